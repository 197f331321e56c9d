//! `GET /longshore/v1/explain/service/CLUSTER/NAME` and `/longshore/v1/explain/task/CLUSTER/ID`: where the
//! next task of a service would go, or why a task is where it is. For each container instance the step
//! that ruled it out, with what was asked, what is free and who holds the rest; for the chosen one what
//! each strategy saw. Longshore's own, not of ECS.

mod answer;
mod holders;
mod without;

use access::Own;
use axum::http::request::Parts;
use model::{PlacementStrategy, Service, Task};
use placement::{Request, Survey};
use store::State;
use wire::{Error, awsjson};

use self::{
    answer::{Answer, Asks},
    without::Without,
};
use crate::{
    App, Cx,
    api::lookup,
    auth,
    launch::Launch,
    place::{self, Cluster},
    reconcile::{self, Key},
};

/// Where services are explained.
pub const SERVICE_PATH: &str = "/longshore/v1/explain/service/{cluster}/{name}";
/// Where tasks are explained.
pub const TASK_PATH: &str = "/longshore/v1/explain/task/{cluster}/{id}";

/// Ties are told as ties, so the seed only has to be the same each time.
const SEED: u64 = 0;

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The next task of a service, by name.
    Service(&'a str),
    /// A task, by id.
    Task(&'a str),
}

/// The answer.
pub fn answer(
    app: &App,
    request: &Parts,
    cluster: &str,
    subject: Subject<'_>,
) -> Result<Vec<u8>, Error> {
    let own = match subject {
        Subject::Service(name) => Own::ExplainService(cluster, name),
        Subject::Task(id) => Own::ExplainTask(cluster, id),
    };
    let asker = auth::admit(app, request, b"", own)?;
    let (cx, state) = (app.cx(asker.principal()), app.store.snapshot());
    let cluster = lookup::cluster(&state, &cx, Some(cluster))?;
    let explained = match subject {
        Subject::Service(name) => {
            let service = lookup::service(&state, &cx, &cluster.name, name)?;
            let mut explained = of_service(&state, &cx, &service)?;
            let key = Key::Service(service.cluster.clone(), service.name.clone());
            explained.waits_for = app.queue().why(&key);
            explained
        }
        Subject::Task(id) => {
            let task = lookup::task(&state, &cx, &cluster.name, id)?;
            of_task(&state, &cx, &task)?
        }
    };
    Ok(awsjson::encode(&explained))
}

/// Where one task more of a service would go now.
pub(crate) fn of_service(state: &State, cx: &Cx, service: &Service) -> Result<Answer, Error> {
    let request = reconcile::service::next_request(state, service).map_err(|why| {
        Error::invalid_parameter(format!("service '{}' places no task: {why}.", service.name))
    })?;
    let view = Cluster { state, name: &service.cluster };
    let survey = placement::survey(&view, &request, SEED);
    let running = state.live_tasks_of_service(service).filter(|task| task.is_wanted()).count();
    let head = format!(
        "service {}: {running} of {} tasks placed; where one task more would go now",
        service.name, service.desired_count
    );
    let asks = Asks::new(&request, &place::strategies(service));
    Ok(Answer::new(state, cx, &service.cluster, head, asks, &survey))
}

/// Why a task is where it is: the process on the cluster as it is now, without the task.
pub(crate) fn of_task(state: &State, cx: &Cx, task: &Task) -> Result<Answer, Error> {
    let (request, strategies) = request_of(state, task)?;
    let view = Without::new(Cluster { state, name: &task.cluster }, task);
    let survey: Survey = placement::survey(&view, &request, SEED);
    let place = match task.container_instance {
        Some(instance) if task.is_live() => format!("is on container instance {instance}"),
        Some(instance) => format!("was on container instance {instance}"),
        None => "has no container instance".to_owned(),
    };
    let head = format!(
        "task {} is {} and {place}; where it would go now, were it not there",
        task.id, task.last_status
    );
    let asks = Asks::new(&request, &strategies);
    let mut answer = Answer::new(state, cx, &task.cluster, head, asks, &survey);
    answer.placed_on(task.container_instance.filter(|_| task.is_live()));
    if task.owner.is_none() {
        answer.note = Some(
            "RunTask's own strategies and constraints are not kept with a task: only those of its task \
             definition are looked at."
                .into(),
        );
    }
    Ok(answer)
}

/// What placement was asked for a task, as far as it is kept.
fn request_of(state: &State, task: &Task) -> Result<(Request, Vec<PlacementStrategy>), Error> {
    let gone = || Error::invalid_parameter("The task definition of the task is deleted.");
    let id = &task.task_definition;
    let definition = state.task_definitions().get(&(id.family.clone(), id.revision));
    let launch = Launch {
        cluster: &task.cluster,
        definition: definition.ok_or_else(gone)?,
        launch_type: task.launch_type,
        group: &task.group,
        started_by: task.started_by.as_deref(),
        owner: task.owner.as_ref(),
        overrides: &task.overrides,
        tags: &task.tags,
    };
    let service = task.owner.as_ref().and_then(|owner| {
        let service = state.services().get(&(task.cluster.clone(), owner.service.clone()))?;
        (service.id == owner.service_id).then_some(service)
    });
    let strategies = service.map(|service| place::strategies(service).into_owned());
    let strategies = strategies.unwrap_or_default();
    let constraints = service.map_or(&[][..], |service| &service.placement_constraints);
    let request = place::request(&launch, constraints, &strategies)
        .map_err(|error| Error::invalid_parameter(error.to_string()))?;
    Ok((request, strategies))
}
