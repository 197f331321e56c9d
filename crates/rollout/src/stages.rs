//! The stages of a BLUE_GREEN, LINEAR or CANARY deployment: what ends each, what the next asks for.
//!
//! The machine knows time, the health of tasks, the traffic that is applied, and the answers of hooks.
//! It has no memory but [`model::ServiceDeployment`], and one plan takes as many stages as are over.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html>

use alloc::{string::String, vec::Vec};
use arn::DeploymentId;
use model::{
    Deployment, DeploymentConfiguration, DeploymentStrategy, FailureCause, LifecycleStage,
    RolloutState, Service, ServiceDeployment, ServiceDeploymentStatus, ServiceStatus, Timestamp,
    TrafficWeights,
};

use crate::{Phase, View, Waiting, fail_deployment, hooks};

/// How long a stage may wait for tasks or for the load balancer: 24 hours.
pub const STAGE_MAX_MS: i64 = 24 * 3_600_000;

/// What a stage comes to at an instant.
enum Next {
    /// It lasts.
    Stay(Stay),
    /// It is over, and this one begins.
    Enter(LifecycleStage),
    /// The traffic stays as it is for a time.
    BakeStep,
    /// The traffic goes back to blue.
    ShiftBack,
    /// The deployment is given up.
    Fail(FailureCause),
}

/// A stage that lasts.
#[derive(Debug, Default)]
pub(crate) struct Stay {
    /// For what, if not for tasks.
    pub waiting: Option<Waiting>,
    /// When time alone ends it.
    pub until: Option<Timestamp>,
}

/// The service of `view` in the stage of this instant, with service events, if that changes anything.
pub(crate) fn advance(view: &View) -> Option<(Service, Vec<String>)> {
    if view.service.status != ServiceStatus::Active {
        return None;
    }
    view.service.shifting()?;
    let mut service = view.service.clone();
    let mut told = Vec::new();
    let now = view.now;
    while is_moving(&service) {
        if let Some(it) = &mut service.service_deployment {
            hooks::expire(it, now);
        }
        match next(view, &service) {
            Next::Stay(_) => break,
            Next::Enter(stage) => enter(&mut service, stage, now),
            Next::BakeStep => bake_step(&mut service, now),
            Next::ShiftBack => shift_back(&mut service, now),
            Next::Fail(cause) => told.extend(fail_deployment(&mut service, cause, true, now)),
        }
    }
    (service != *view.service).then_some((service, told))
}

/// What the stage of a service that was advanced waits for; none when it is not shifting.
pub(crate) fn stay(view: &View) -> Option<Stay> {
    view.service.shifting()?;
    match next(view, view.service) {
        Next::Stay(stay) => Some(stay),
        _ => None,
    }
}

/// Whether the machine goes on; it stands once the primary deployment has failed.
fn is_moving(service: &Service) -> bool {
    let is_open = |primary: &Deployment| primary.rollout_state == RolloutState::InProgress;
    service.shifting().is_some() && service.primary().is_some_and(is_open)
}

/// Whether as many tasks of `id` as there should be are healthy where they may stay.
pub(crate) fn is_whole(view: &View, id: &DeploymentId) -> bool {
    let is_sound = |task: &&crate::TaskView| {
        task.deployment == *id && !task.host.draining && view.phase(task) == Phase::Healthy
    };
    view.tasks.iter().filter(is_sound).count() >= view.service.desired_count as usize
}

/// The revision that has the traffic of a deployment which is not to be kept only because its tasks
/// are there: one that has completed.
pub(crate) fn kept_blue(service: &Service) -> Option<&Deployment> {
    let blue = service.service_deployment.as_ref()?.shift.blue.as_ref()?;
    let completed = &service.rollout.last_completed.as_ref()?.id;
    service.deployments.iter().find(|d| d.id == *blue && d.id == *completed)
}

/// Whether `id` is neither blue nor the target.
pub(crate) fn is_stray(service: &Service, id: &DeploymentId) -> bool {
    kept_blue(service).is_some_and(|blue| blue.id != *id)
        && service.primary().is_some_and(|green| green.id != *id)
}

fn has_strays(view: &View, service: &Service) -> bool {
    view.tasks.iter().any(|task| {
        task.last_status < model::TaskStatus::Stopped && is_stray(service, &task.deployment)
    })
}

/// `service` is that of the view, which may have come further.
fn next(view: &View, service: &Service) -> Next {
    let (Some(it), Some(primary)) = (&service.service_deployment, service.primary()) else {
        return Next::Stay(Stay::default());
    };
    if it.rollback.is_some() {
        return next_back(view, it, primary);
    }
    if it.status == ServiceDeploymentStatus::Pending {
        let reconciles = has_strays(view, service);
        let first =
            if reconciles { LifecycleStage::ReconcileService } else { LifecycleStage::PreScaleUp };
        return Next::Enter(first);
    }
    if it.shift.hook_runs.iter().any(hooks::takes_back) {
        return Next::Fail(FailureCause::LifecycleHook);
    }
    if let Some(stay) = open_hooks(it) {
        return Next::Stay(stay);
    }
    next_forward(view, service, it, primary)
}

fn next_forward(
    view: &View,
    service: &Service,
    it: &ServiceDeployment,
    green: &Deployment,
) -> Next {
    use LifecycleStage as Stage;
    let now = view.now;
    let is_whole = || is_whole(view, &green.id);
    match it.lifecycle_stage {
        Stage::ReconcileService if is_reconciled(view, service) => Next::Enter(Stage::PreScaleUp),
        Stage::PreScaleUp => Next::Enter(Stage::ScaleUp),
        Stage::ScaleUp if is_whole() => Next::Enter(Stage::PostScaleUp),
        Stage::PostScaleUp => Next::Enter(Stage::TestTrafficShift),
        Stage::TestTrafficShift if is_applied(view, it) => Next::Enter(Stage::PostTestTrafficShift),
        Stage::PostTestTrafficShift => Next::Enter(Stage::PreProductionTrafficShift),
        Stage::PreProductionTrafficShift if is_whole() => {
            Next::Enter(Stage::ProductionTrafficShift)
        }
        Stage::ProductionTrafficShift if is_applied(view, it) => next_step(it, now),
        Stage::PostProductionTrafficShift => Next::Enter(Stage::BakeTime),
        Stage::BakeTime => match green.bake_until.filter(|until| now < *until) {
            Some(until) => baking(until),
            None if is_whole() => Next::Enter(Stage::CleanUp),
            None => within_limit(view, it, None),
        },
        Stage::CleanUp => Next::Stay(Stay::default()),
        stage @ (Stage::TestTrafficShift | Stage::ProductionTrafficShift) => {
            within_limit(view, it, Some(Waiting::Traffic { stage }))
        }
        Stage::ReconcileService | Stage::ScaleUp | Stage::PreProductionTrafficShift => {
            within_limit(view, it, None)
        }
    }
}

/// After a step of production traffic was applied.
fn next_step(it: &ServiceDeployment, now: Timestamp) -> Next {
    if it.shift.requested.production_permille >= TrafficWeights::ALL_PERMILLE {
        return Next::Enter(LifecycleStage::PostProductionTrafficShift);
    }
    match it.shift.step_bakes_until {
        None => Next::BakeStep,
        Some(until) if now < until => baking(until),
        Some(_) => Next::Enter(LifecycleStage::PreProductionTrafficShift),
    }
}

/// The way back: the traffic goes at once, unless tasks of blue are gone already.
fn next_back(view: &View, it: &ServiceDeployment, blue: &Deployment) -> Next {
    if it.shift.requested.production_permille > 0 {
        if is_whole(view, &blue.id) {
            return Next::ShiftBack;
        }
        return Next::Stay(Stay::default());
    }
    if let Some(stay) = open_hooks(it) {
        return Next::Stay(stay);
    }
    if !is_applied(view, it) {
        let waiting = Some(Waiting::Traffic { stage: it.lifecycle_stage });
        return Next::Stay(Stay { waiting, until: None });
    }
    match it.lifecycle_stage {
        LifecycleStage::CleanUp => Next::Stay(Stay::default()),
        _ => Next::Enter(LifecycleStage::CleanUp),
    }
}

fn open_hooks(it: &ServiceDeployment) -> Option<Stay> {
    let open = || it.shift.hook_runs.iter().filter(|run| run.is_open());
    let first = open().next()?;
    let until = open().map(|run| run.expires_at).min()?;
    let waiting = Waiting::Hooks {
        stage: first.stage,
        ids: open().map(|run| run.id.clone()).collect(),
        until,
    };
    Some(Stay { waiting: Some(waiting), until: Some(until) })
}

fn baking(until: Timestamp) -> Next {
    Next::Stay(Stay { waiting: Some(Waiting::Baking { until }), until: Some(until) })
}

fn within_limit(view: &View, it: &ServiceDeployment, waiting: Option<Waiting>) -> Next {
    let until = it.shift.stage_since.plus_ms(STAGE_MAX_MS);
    if until <= view.now {
        return Next::Fail(FailureCause::StageTimeout);
    }
    Next::Stay(Stay { waiting, until: Some(until) })
}

/// Whether only blue has tasks. A blue that does not start is not waited for.
fn is_reconciled(view: &View, service: &Service) -> bool {
    let is_hopeless = || service.throttle.failure_count > 0;
    !has_strays(view, service)
        || kept_blue(service).is_some_and(|b| !is_whole(view, &b.id) && is_hopeless())
}

fn is_applied(view: &View, it: &ServiceDeployment) -> bool {
    view.applied_traffic.is_none_or(|applied| applied == it.shift.requested)
}

fn enter(service: &mut Service, stage: LifecycleStage, now: Timestamp) {
    let Some(it) = &mut service.service_deployment else { return };
    it.start(now);
    it.lifecycle_stage = stage;
    it.updated_at = now;
    it.shift.stage_since = now;
    let mut bake_until = None;
    match stage {
        LifecycleStage::TestTrafficShift => {
            it.shift.requested.test_permille = TrafficWeights::ALL_PERMILLE;
        }
        LifecycleStage::ProductionTrafficShift => {
            let weight = &mut it.shift.requested.production_permille;
            let is_first = it.shift.blue.is_none();
            *weight = after_step(&it.configuration, *weight, is_first);
            it.shift.step_bakes_until = None;
        }
        // A first revision has nothing to bake beside.
        LifecycleStage::BakeTime if it.shift.blue.is_some() => {
            bake_until = Some(now.plus_minutes(it.configuration.bake_time_minutes));
        }
        _ => {}
    }
    hooks::open(it, &[stage], now);
    if let Some(green) = service.primary_mut() {
        green.bake_until = bake_until;
    }
}

/// The weight of production traffic after one step more.
fn after_step(config: &DeploymentConfiguration, weight_permille: u32, is_first: bool) -> u32 {
    let all = TrafficWeights::ALL_PERMILLE;
    let step = config.traffic_steps.map_or(all, |steps| steps.step_permille.max(1));
    let next = match config.strategy {
        _ if is_first => all,
        DeploymentStrategy::Linear => weight_permille.saturating_add(step),
        DeploymentStrategy::Canary if weight_permille == 0 => step,
        DeploymentStrategy::Rolling
        | DeploymentStrategy::BlueGreen
        | DeploymentStrategy::Canary => all,
    };
    next.min(all)
}

fn bake_step(service: &mut Service, now: Timestamp) {
    let Some(it) = &mut service.service_deployment else { return };
    let minutes = it.configuration.traffic_steps.map_or(0, |steps| steps.bake_time_minutes);
    it.shift.step_bakes_until = Some(now.plus_minutes(minutes));
}

/// The deployment begins to go back. Where tasks of blue are being stopped, the traffic waits until
/// they are whole again.
pub(crate) fn begin_back(service: &mut Service, now: Timestamp) {
    let Some(it) = service.shifting_mut() else { return };
    hooks::close(it);
    if it.lifecycle_stage != LifecycleStage::CleanUp {
        shift_back(service, now);
    }
}

/// All traffic is to go to blue. The hooks of the stages that moved it run once more.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html>
fn shift_back(service: &mut Service, now: Timestamp) {
    let Some(it) = &mut service.service_deployment else { return };
    let had = it.shift.requested;
    let moved: Vec<LifecycleStage> = [
        (had.production_permille > 0, LifecycleStage::ProductionTrafficShift),
        (had.test_permille > 0, LifecycleStage::TestTrafficShift),
    ]
    .into_iter()
    .filter_map(|(has_moved, stage)| has_moved.then_some(stage))
    .collect();
    it.shift.requested = TrafficWeights::default();
    it.shift.step_bakes_until = None;
    it.shift.stage_since = now;
    it.lifecycle_stage = moved.first().copied().unwrap_or(LifecycleStage::CleanUp);
    it.updated_at = now;
    hooks::open(it, &moved, now);
}
