//! `GET /longshore/v1/plan/service/CLUSTER/NAME`: how a rollout would go, on the cluster as it is, and
//! what to change when it could never finish. Longshore's own, not of ECS; its shapes are in
//! `wire::longshore::plan`.
//!
//! UpdateService itself is run, on a copy of the state that nobody keeps: so what it would refuse is
//! refused here, in the same words.

mod pace;
#[cfg(test)]
mod tests;
mod trial;

use access::Own;
use axum::{
    extract::{Path, Request, State as Extract},
    http::request::Parts,
    response::Response,
};
use model::Service;
use placement::RuledOut;
use rollout::{
    Waiting,
    forecast::{self, End, Forecast},
};
use store::{State, Tx};
use wire::{
    Error, ErrorCode, awsjson, ecs,
    longshore::{
        phase::Tally,
        plan::{PlanEnd, PlanFrame, PlanObstacle, PlanPace, PlanRemedy, RolloutPlan},
    },
};

use crate::{
    Cx, api, auth,
    query_string::members,
    server::{Shared, render},
};

/// Where it is served.
pub const PATH: &str = "/longshore/v1/plan/service/{cluster}/{service}";

/// What is asked for: absent members are what the service has.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The cluster.
    pub cluster: String,
    /// The service.
    pub service: String,
    /// As in UpdateService.
    pub task_definition: Option<String>,
    /// As in UpdateService.
    pub minimum_healthy_percent: Option<u32>,
    /// As in UpdateService.
    pub maximum_percent: Option<u32>,
    /// As in UpdateService.
    pub desired_count: Option<u32>,
}

/// Answers with a [`RolloutPlan`].
pub(crate) async fn answer(
    Extract(shared): Extract<Shared>,
    Path((cluster, service)): Path<(String, String)>,
    request: Request,
) -> Response {
    let parts = request.into_parts().0;
    render(planned(shared, parts, Asked { cluster, service, ..Asked::default() }).await)
}

async fn planned(shared: Shared, request: Parts, asked: Asked) -> Result<Vec<u8>, Error> {
    let app = shared.app;
    let own = Own::PlanService(&asked.cluster, &asked.service);
    let asker = auth::admit(&app, &request, b"", own)?;
    let asked = read(request.uri.query().unwrap_or_default(), asked)?;
    let mut cx = app.cx(asker.principal());
    // A large service takes its time, which no other call should wait for.
    let plan = move || plan(&app.store.snapshot(), &mut cx, &asked);
    let plan = tokio::task::spawn_blocking(plan).await;
    let plan = plan.map_err(|_| Error::new(ErrorCode::Server, "The plan could not be made."))??;
    Ok(awsjson::encode(&plan))
}

/// Reads the members of a query string.
fn read(query: &str, mut asked: Asked) -> Result<Asked, Error> {
    for (name, value) in members(query) {
        let number = || {
            let number = value.parse::<u32>().ok().filter(|number| i32::try_from(*number).is_ok());
            number.map(Some).ok_or_else(|| {
                Error::invalid_parameter(format!("{name} is '{value}'; it must be a number."))
            })
        };
        match name {
            "taskDefinition" => asked.task_definition = Some(value),
            "minimumHealthyPercent" => asked.minimum_healthy_percent = number()?,
            "maximumPercent" => asked.maximum_percent = number()?,
            "desiredCount" => asked.desired_count = number()?,
            other => {
                return Err(Error::invalid_parameter(format!("{other} is no member of a plan.")));
            }
        }
    }
    Ok(asked)
}

/// Plans the rollout, and looks for remedies if it could never finish.
pub fn plan(state: &State, cx: &mut Cx, asked: &Asked) -> Result<RolloutPlan, Error> {
    let course = course(state, cx, asked)?;
    let remedies = match course.forecast.end {
        // No setting answers a lifecycle hook.
        End::Steady | End::Open | End::Stuck(Waiting::Hooks { .. }) => Vec::new(),
        End::Stuck(_) | End::NoRoom { .. } => remedies(state, cx, asked, &course.service),
    };
    Ok(RolloutPlan { remedies, ..course.shown() })
}

/// A rollout tried out.
struct Course {
    /// What runs before.
    from: String,
    /// The service as UpdateService leaves it.
    service: Service,
    pace: PlanPace,
    forecast: Forecast,
    obstacles: Vec<RuledOut>,
}

fn course(state: &State, cx: &mut Cx, asked: &Asked) -> Result<Course, Error> {
    let cluster = api::lookup::cluster(state, cx, Some(&asked.cluster))?.name.clone();
    let before = api::lookup::service(state, cx, &cluster, &asked.service)?;
    let mut copy = Tx::scratch(state);
    let percents = ecs::DeploymentConfiguration {
        minimum_healthy_percent: asked.minimum_healthy_percent.map(|it| it as i32),
        maximum_percent: asked.maximum_percent.map(|it| it as i32),
        ..ecs::DeploymentConfiguration::default()
    };
    let update = ecs::UpdateServiceRequest {
        cluster: Some(asked.cluster.clone()),
        service: Some(asked.service.clone()),
        task_definition: asked.task_definition.clone(),
        desired_count: asked.desired_count.map(|it| it as i32),
        deployment_configuration: Some(percents),
        ..ecs::UpdateServiceRequest::default()
    };
    api::update_service(&mut copy, cx, update)?;
    let key = (cluster, before.name.clone());
    let service = copy.get::<Service>(&key).cloned();
    let service = Service::clone(&service.expect("invariant: an update leaves the service"));
    let primary = service.primary().expect("invariant: an ACTIVE service has a PRIMARY deployment");
    let id = &primary.task_definition;
    let definition = state.task_definitions().get(&(id.family.clone(), id.revision)).cloned();
    let definition = definition.expect("invariant: a task definition stays while it is used");
    let (told, taken) = pace::pace(state, cx, &service, &definition.facts);
    let (forecast, obstacles) = trial::run(copy, cx, &service, &taken);
    let from = before.primary().map(|it| it.task_definition.to_string()).unwrap_or_default();
    Ok(Course { from, service, pace: told, forecast, obstacles })
}

impl Course {
    fn shown(&self) -> RolloutPlan {
        let service = &self.service;
        let percents = &service.deployment_configuration;
        let to = service.primary().map(|it| it.task_definition.to_string()).unwrap_or_default();
        let frames = self.forecast.frames.iter().map(|frame| PlanFrame {
            after_ms: frame.after_ms,
            old: tally(frame.old),
            new: tally(frame.new),
        });
        let (end, reason) = match &self.forecast.end {
            End::Steady => (PlanEnd::Steady, None),
            // The runs of hooks are those of the copy: their ids would mean nothing to anybody.
            End::Stuck(Waiting::Hooks { stage, ids, .. }) => (
                PlanEnd::Stuck,
                Some(format!(
                    "at {stage} it waits for the answer of {} lifecycle hooks, which nobody can foresee",
                    ids.len()
                )),
            ),
            End::Stuck(waiting) => (PlanEnd::Stuck, Some(waiting.to_string())),
            End::NoRoom { missing } => (
                PlanEnd::NoRoom,
                Some(format!("no container instance has room for {missing} more tasks of {to}")),
            ),
            End::Open => (PlanEnd::Open, Some("it is not over after very many steps".into())),
        };
        let obstacles = self.obstacles.iter().map(|out| PlanObstacle {
            container_instance: out.instance.to_string(),
            lacks: out.obstacle.to_string(),
        });
        RolloutPlan {
            cluster: service.cluster.to_string(),
            service: service.name.to_string(),
            from: self.from.clone(),
            desired_count: service.desired_count,
            minimum_healthy_percent: percents.minimum_healthy_percent,
            maximum_percent: percents.maximum_percent,
            floor: percents.healthy_count_min(service.desired_count),
            ceiling: service.task_count_max(),
            pace: self.pace,
            duration_ms: self.duration_ms(),
            frames: frames.collect(),
            obstacles: if end == PlanEnd::NoRoom { obstacles.collect() } else { Vec::new() },
            to,
            end,
            reason,
            remedies: Vec::new(),
        }
    }

    fn duration_ms(&self) -> Option<i64> {
        let last = self.forecast.frames.last().map_or(0, |frame| frame.after_ms);
        (self.forecast.end == End::Steady).then_some(last)
    }
}

fn tally(tally: forecast::Tally) -> Tally {
    Tally {
        pending: tally.pending,
        warming: tally.warming,
        healthy: tally.healthy,
        unhealthy: tally.unhealthy,
        stopping: tally.stopping,
    }
}

/// The smallest change of each setting with which the rollout finishes, each tried out.
fn remedies(state: &State, cx: &mut Cx, asked: &Asked, service: &Service) -> Vec<PlanRemedy> {
    let desired = service.desired_count;
    let mut found = Vec::new();
    let mut finishes = |member: &str, value: u32, asked: &Asked| {
        let duration_ms = course(state, cx, asked).ok().and_then(|course| course.duration_ms());
        duration_ms.map(|duration_ms| PlanRemedy { member: member.into(), value, duration_ms })
    };
    if desired > 0 {
        // Room for one more task than is desired, or for one fewer: one move is enough to go on.
        let maximum = ((desired + 1) * 100).div_ceil(desired);
        if maximum > service.deployment_configuration.maximum_percent {
            let with = Asked { maximum_percent: Some(maximum), ..asked.clone() };
            found.extend(finishes("maximumPercent", maximum, &with));
        }
        let minimum = (desired - 1) * 100 / desired;
        if minimum < service.deployment_configuration.minimum_healthy_percent {
            let with = Asked { minimum_healthy_percent: Some(minimum), ..asked.clone() };
            found.extend(finishes("minimumHealthyPercent", minimum, &with));
        }
    }
    // The largest count below the desired one that goes; what a smaller count has, a larger may not.
    let (mut low, mut high, mut best) = (1, desired.saturating_sub(1), None);
    while low <= high {
        let middle = low + (high - low) / 2;
        let with = Asked { desired_count: Some(middle), ..asked.clone() };
        if let Some(remedy) = finishes("desiredCount", middle, &with) {
            best = Some(remedy);
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    found.extend(best);
    found
}
