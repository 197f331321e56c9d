//! What the operations on task sets have in common: how they find a service and its task sets, and what
//! they answer.

use arn::{ClusterName, DeploymentId, Resource};
use model::{DeploymentController, Scale, Service, TaskSet};
use store::State;
use wire::{Error, ErrorCode, ecs};

use super::{lookup, render};
use crate::Cx;

/// The ACTIVE service whose task sets a request is about.
pub fn service(
    state: &State,
    cx: &Cx,
    cluster: Option<&str>,
    service: Option<&str>,
) -> Result<Service, Error> {
    let cluster = lookup::cluster(state, cx, cluster)?;
    let service = lookup::active_service(state, cx, &cluster.name, service.unwrap_or_default())?;
    if service.deployment_controller != DeploymentController::External {
        return Err(Error::invalid_parameter(
            "Amazon ECS only supports task set management on services configured to use external deployment controllers.",
        ));
    }
    Ok(Service::clone(&service))
}

/// The id of a task set that a request names, by id or ARN.
pub fn task_set_id(cx: &Cx, service: &Service, text: &str) -> Result<DeploymentId, Error> {
    if !text.starts_with("arn:") {
        return text.parse().map_err(lookup::invalid);
    }
    match cx.home().parse(text).map_err(lookup::invalid)? {
        Resource::TaskSet(cluster, name, id) if is_of(service, &cluster, &name) => Ok(id),
        Resource::TaskSet(cluster, name, _) => Err(Error::invalid_parameter(format!(
            "Invalid identifier: Identifier is for service {cluster}/{name}. Your service is {}/{}",
            service.cluster, service.name
        ))),
        _ => Err(Error::invalid_parameter(format!(
            "Invalid identifier: '{text}' is not the ARN of a task set."
        ))),
    }
}

fn is_of(service: &Service, cluster: &ClusterName, name: &arn::ServiceName) -> bool {
    service.cluster == *cluster && service.name == *name
}

/// The task set of `service` that a request names.
pub fn task_set<'a>(
    cx: &Cx,
    service: &'a mut Service,
    text: &str,
) -> Result<&'a mut TaskSet, Error> {
    let id = task_set_id(cx, service, text)?;
    service.task_sets.iter_mut().find(|set| set.id == id).ok_or_else(|| {
        Error::new(ErrorCode::TaskSetNotFound, "The specified task set was not found.")
    })
}

/// A scale as a request has it; nothing where it says nothing.
pub fn scale(given: Option<&ecs::Scale>) -> Result<Scale, Error> {
    let value = given.and_then(|scale| scale.value).unwrap_or_default();
    Scale::from_percent(value).ok_or_else(|| {
        Error::invalid_parameter(format!("scale.value is {value}; it must be between 0 and 100."))
    })
}

/// The task set `id` of `service` as the answer to a request that may have changed it.
pub fn shown(state: &State, cx: &Cx, service: &Service, id: &DeploymentId) -> Option<ecs::TaskSet> {
    let set = service.task_sets.iter().find(|set| set.id == *id)?;
    Some(render::task_set(state, cx, service, set, true))
}
