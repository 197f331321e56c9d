//! From the strings of a request to what they name.

use std::sync::Arc;

use arn::{
    ClusterName, DEFAULT_CLUSTER, DeploymentId, InstanceId, Resource, ServiceDeploymentId,
    ServiceName, TaskDefinitionRef, TaskId,
};
use model::{
    Cluster, ClusterStatus, ContainerInstance, Service, ServiceDeployment, ServiceStatus, Task,
    TaskDefinitionStatus,
};
use store::{State, TaskDefinitionRow};
use wire::{Error, ErrorCode};

use crate::{Cx, deployments};

/// A string of a request that names nothing in ECS's grammar.
pub fn invalid(error: arn::Invalid) -> Error {
    Error::invalid_parameter(format!("Invalid identifier: {error}."))
}

/// The name of the cluster that a request means.
pub fn cluster_name(cx: &Cx, cluster: Option<&str>) -> Result<ClusterName, Error> {
    cx.home().cluster(cluster.unwrap_or(DEFAULT_CLUSTER)).map_err(invalid)
}

/// The ACTIVE cluster that a request means.
pub fn cluster(state: &State, cx: &Cx, cluster: Option<&str>) -> Result<Arc<Cluster>, Error> {
    let name = cluster_name(cx, cluster)?;
    state
        .clusters()
        .get(&name)
        .filter(|c| c.status == ClusterStatus::Active)
        .cloned()
        .ok_or_else(|| Error::new(ErrorCode::ClusterNotFound, "Cluster not found."))
}

/// A task of a cluster.
pub fn task(state: &State, cx: &Cx, cluster: &ClusterName, text: &str) -> Result<Arc<Task>, Error> {
    let id = task_id(cx, cluster, text)?;
    state
        .tasks()
        .get(&(cluster.clone(), id))
        .cloned()
        .ok_or_else(|| Error::invalid_parameter("The referenced task was not found."))
}

/// The id of a task that a request names.
pub fn task_id(cx: &Cx, cluster: &ClusterName, text: &str) -> Result<TaskId, Error> {
    check_length("taskId", text)?;
    cx.home().task(text, cluster).map_err(|error| not_in(cx, cluster, text, error))
}

/// The id of a container instance that a request names.
pub fn instance_id(cx: &Cx, cluster: &ClusterName, text: &str) -> Result<InstanceId, Error> {
    check_length("instanceId", text)?;
    cx.home().container_instance(text, cluster).map_err(|error| not_in(cx, cluster, text, error))
}

/// The name of a service that a request names.
pub fn service_name(cx: &Cx, cluster: &ClusterName, text: &str) -> Result<ServiceName, Error> {
    cx.home().service(text, cluster).map_err(|error| not_in(cx, cluster, text, error))
}

/// ECS's ids have 32 digits; those of its first years had 36 characters.
fn check_length(field: &str, text: &str) -> Result<(), Error> {
    if text.starts_with("arn:") || matches!(text.len(), 32 | 36) {
        return Ok(());
    }
    Err(Error::invalid_parameter(format!("{field} length should be one of [32,36]")))
}

/// A string that names nothing in a cluster; the ARN of something in another cluster is told apart.
fn not_in(cx: &Cx, cluster: &ClusterName, text: &str, error: arn::Invalid) -> Error {
    let other = match cx.home().parse(text) {
        Ok(
            Resource::Service(other, _)
            | Resource::Task(other, _)
            | Resource::ContainerInstance(other, _),
        ) => other,
        _ => None,
    };
    match other.filter(|other| other != cluster) {
        Some(other) => Error::invalid_parameter(format!(
            "Invalid identifier: Identifier is for cluster {other}. Your cluster is {cluster}"
        )),
        None => invalid(error),
    }
}

/// A container instance of a cluster.
pub fn container_instance(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    text: &str,
) -> Result<Arc<ContainerInstance>, Error> {
    let id = instance_id(cx, cluster, text)?;
    state.container_instances().get(&(cluster.clone(), id)).cloned().ok_or_else(|| {
        Error::invalid_parameter(format!(
            "The referenced container instance '{text}' was not found."
        ))
    })
}

/// A service of a cluster, whatever its status.
pub fn service(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    text: &str,
) -> Result<Arc<Service>, Error> {
    let name = service_name(cx, cluster, text)?;
    let service = state.services().get(&(cluster.clone(), name)).cloned();
    service.ok_or_else(|| Error::new(ErrorCode::ServiceNotFound, "Service not found."))
}

/// A service that is not deleted: ACTIVE or DRAINING.
pub fn living_service(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    text: &str,
) -> Result<Arc<Service>, Error> {
    let service = service(state, cx, cluster, text)?;
    if service.status == ServiceStatus::Inactive {
        return Err(Error::new(ErrorCode::ServiceNotFound, "Service not found."));
    }
    Ok(service)
}

/// A service that can be changed.
pub fn active_service(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    text: &str,
) -> Result<Arc<Service>, Error> {
    let service = service(state, cx, cluster, text)?;
    if service.status != ServiceStatus::Active {
        return Err(Error::new(ErrorCode::ServiceNotActive, "Service was not ACTIVE."));
    }
    Ok(service)
}

/// What the ARN of a service deployment names.
pub fn service_deployment_arn(
    cx: &Cx,
    text: &str,
) -> Result<(ClusterName, ServiceName, ServiceDeploymentId), Error> {
    match cx.home().parse(text).map_err(invalid)? {
        Resource::ServiceDeployment(cluster, service, id) => Ok((cluster, service, id)),
        _ => Err(not_the_arn_of("a service deployment", text)),
    }
}

/// The service deployment that an ARN names, and its service.
pub fn service_deployment<'a>(
    state: &'a State,
    cx: &Cx,
    text: &str,
) -> Result<(&'a Service, &'a ServiceDeployment), Error> {
    let (cluster, service, id) = service_deployment_arn(cx, text)?;
    deployments::find(state, &cluster, &service, &id).ok_or_else(|| {
        Error::new(ErrorCode::ServiceDeploymentNotFound, "Service deployment not found.")
    })
}

/// What the ARN of a service revision names.
pub fn service_revision_arn(
    cx: &Cx,
    text: &str,
) -> Result<(ClusterName, ServiceName, DeploymentId), Error> {
    match cx.home().parse(text).map_err(invalid)? {
        Resource::ServiceRevision(cluster, service, id) => Ok((cluster, service, id)),
        _ => Err(not_the_arn_of("a service revision", text)),
    }
}

fn not_the_arn_of(what: &str, text: &str) -> Error {
    Error::invalid_parameter(format!("Invalid identifier: {text} is not the ARN of {what}."))
}

/// A revision of a task definition, whatever its status; without a number the newest ACTIVE one.
pub fn task_definition(
    state: &State,
    cx: &Cx,
    text: &str,
) -> Result<Arc<TaskDefinitionRow>, Error> {
    find_task_definition(state, &task_definition_ref(cx, text)?)
        .cloned()
        .ok_or_else(|| Error::client("Unable to describe task definition."))
}

/// A task definition as a request names it.
pub fn task_definition_ref(cx: &Cx, text: &str) -> Result<TaskDefinitionRef, Error> {
    cx.home().task_definition(text).map_err(|error| {
        let name = text.rsplit('/').next().unwrap_or(text);
        match name.split_once(':') {
            Some((_, number)) if number.parse::<u32>().is_err() => {
                Error::invalid_parameter(format!("Invalid revision number. Number: {number}"))
            }
            _ => Error::client(format!("{error}.")),
        }
    })
}

/// A revision of a task definition that new tasks and services may use.
pub fn usable_task_definition(
    state: &State,
    cx: &Cx,
    text: &str,
) -> Result<Arc<TaskDefinitionRow>, Error> {
    let row = find_task_definition(state, &task_definition_ref(cx, text)?)
        .ok_or_else(|| Error::client("TaskDefinition not found."))?;
    match row.facts.status {
        TaskDefinitionStatus::Active => Ok(row.clone()),
        TaskDefinitionStatus::Inactive | TaskDefinitionStatus::DeleteInProgress => {
            Err(Error::client("TaskDefinition is inactive"))
        }
    }
}

/// The revision that is named, or without a number the newest ACTIVE one.
pub fn find_task_definition<'s>(
    state: &'s State,
    reference: &TaskDefinitionRef,
) -> Option<&'s Arc<TaskDefinitionRow>> {
    let rows = state.task_definitions();
    match reference.revision {
        Some(revision) => rows.get(&(reference.family.clone(), revision)),
        None => rows
            .scan(&reference.family)
            .rev()
            .find(|row| row.facts.status == TaskDefinitionStatus::Active),
    }
}
