//! CreateTaskSet.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateTaskSet.html>

use model::{Service, StabilityStatus, TaskSet, TaskSetStatus};
use store::Tx;
use wire::{Error, ecs};

use super::{idempotency, lookup, service_settings as settings, tags, task_sets};
use crate::{Cx, limits};

/// Creates a task set of a service with the EXTERNAL deployment controller. The reconciler starts
/// its tasks; without a scale it has none.
pub fn create_task_set(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::CreateTaskSetRequest,
) -> Result<ecs::CreateTaskSetResponse, Error> {
    let mut service =
        task_sets::service(tx, cx, input.cluster.as_deref(), input.service.as_deref())?;
    idempotency::check_token(input.client_token.as_deref(), limits::CREATE_TASK_SET_TOKEN_LEN_MAX)?;
    let fingerprint = fingerprint(&input);
    if let Some(made) = made_before(&service, &input, &fingerprint)? {
        let task_set = task_sets::shown(tx, cx, &service, &made);
        return Ok(ecs::CreateTaskSetResponse { task_set });
    }
    settings::check_supported(&input)?;
    let count = service.task_sets.len();
    if count >= limits::TASK_SET_COUNT_MAX {
        return Err(Error::invalid_parameter(format!(
            "{count} deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit."
        )));
    }
    let set = parse(tx, cx, &service, input, fingerprint)?;
    let id = set.id.clone();
    service.task_sets.push(set);
    service.steady = false;
    let task_set = task_sets::shown(tx, cx, &service, &id);
    tx.put(service);
    Ok(ecs::CreateTaskSetResponse { task_set })
}

/// The request without what may differ when it is made again: how cluster and service are named.
fn fingerprint(input: &ecs::CreateTaskSetRequest) -> String {
    let same = ecs::CreateTaskSetRequest { cluster: None, service: None, ..input.clone() };
    idempotency::fingerprint(&same)
}

/// The task set that a request with the same token made. The token is free again when it is gone.
fn made_before(
    service: &Service,
    input: &ecs::CreateTaskSetRequest,
    fingerprint: &str,
) -> Result<Option<arn::DeploymentId>, Error> {
    let Some(token) = &input.client_token else { return Ok(None) };
    let made = service.task_sets.iter().find(|set| set.client_token.as_ref() == Some(token));
    match made {
        Some(set) if set.creation_fingerprint == fingerprint => Ok(Some(set.id.clone())),
        Some(_) => Err(Error::invalid_parameter("Creation of task set was not idempotent.")),
        None => Ok(None),
    }
}

fn parse(
    tx: &Tx,
    cx: &mut Cx,
    service: &Service,
    input: ecs::CreateTaskSetRequest,
    creation_fingerprint: String,
) -> Result<TaskSet, Error> {
    let text = input.task_definition.as_deref().unwrap_or_default();
    let definition = lookup::usable_task_definition(tx, cx, text)?;
    let launch_type = settings::launch_type(input.launch_type)?;
    settings::check_fit(&definition, launch_type, input.network_configuration.is_some())?;
    let of_definition = &definition.facts.placement_constraints;
    settings::check_constraints(&service.placement_constraints, of_definition)?;
    Ok(TaskSet {
        id: cx.deployment_id(),
        status: TaskSetStatus::Active,
        task_definition: definition.facts.id.clone(),
        launch_type,
        scale: task_sets::scale(input.scale.as_ref())?,
        stability: StabilityStatus::Stabilizing,
        stability_at: cx.now,
        external_id: input.external_id,
        client_token: input.client_token,
        creation_fingerprint,
        created_at: cx.now,
        updated_at: cx.now,
        tags: tags::parse(input.tags.as_deref())?,
    })
}
