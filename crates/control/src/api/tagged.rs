//! The resources that carry tags, found by their ARN.

use arn::Resource;
use model::{
    Cluster, ClusterStatus, ContainerInstance, ContainerInstanceStatus, Service, ServiceStatus,
    Tag, Task,
};
use store::{State, TaskDefinitionRow, Tx};
use wire::Error;

use crate::Cx;

/// The tags of the resource with this ARN.
pub fn read(state: &State, cx: &Cx, arn: &str) -> Result<Vec<Tag>, Error> {
    let (kind, found) = match parse(cx, arn)? {
        Resource::Cluster(name) => {
            let found = state.clusters().get(&name);
            ("cluster", found.map(|c| (c.status != ClusterStatus::Inactive, c.tags.clone())))
        }
        Resource::Service(Some(cluster), name) => {
            let found = state.services().get(&(cluster, name));
            ("service", found.map(|s| (s.status != ServiceStatus::Inactive, s.tags.clone())))
        }
        Resource::TaskSet(cluster, service, id) => {
            let service = state.services().get(&(cluster, service));
            let found = service.and_then(|service| service.task_sets.iter().find(|s| s.id == id));
            ("task set", found.map(|set| (true, set.tags.clone())))
        }
        Resource::Task(Some(cluster), id) => {
            let found = state.tasks().get(&(cluster, id));
            ("task", found.map(|t| (true, t.tags.clone())))
        }
        Resource::ContainerInstance(Some(cluster), id) => {
            let found = state.container_instances().get(&(cluster, id));
            let is_there = |i: &ContainerInstance| i.status != ContainerInstanceStatus::Inactive;
            ("container instance", found.map(|i| (is_there(i), i.tags.clone())))
        }
        Resource::TaskDefinition(reference) => {
            let revision = reference.revision.unwrap_or_default();
            let found = state.task_definitions().get(&(reference.family, revision));
            ("task definition", found.map(|row| (true, row.facts.tags.clone())))
        }
        _ => return Err(unsupported(arn)),
    };
    match found {
        Some((true, tags)) => Ok(tags),
        // In these words Terraform recognises that a cluster is gone.
        Some((false, _)) => Err(Error::invalid_parameter(format!(
            "The specified {kind} is inactive. Specify an active {kind} and try again."
        ))),
        None => Err(Error::invalid_parameter(format!(
            "The specified {kind} was not found. Specify a valid {kind} and try again."
        ))),
    }
}

/// Changes the tags of the resource with this ARN.
pub fn edit(
    tx: &mut Tx,
    cx: &Cx,
    arn: &str,
    change: impl FnOnce(&mut Vec<Tag>) -> Result<(), Error>,
) -> Result<(), Error> {
    // Reading first refuses what is gone or has no tags.
    let mut tags = read(tx, cx, arn)?;
    change(&mut tags)?;
    let is_found = match parse(cx, arn)? {
        Resource::Cluster(name) => tx.edit::<Cluster>(&name, |c| c.tags = tags),
        Resource::Service(Some(cluster), name) => {
            tx.edit::<Service>(&(cluster, name), |s| s.tags = tags)
        }
        Resource::TaskSet(cluster, service, id) => tx.edit::<Service>(&(cluster, service), |s| {
            let set = s.task_sets.iter_mut().find(|set| set.id == id);
            set.expect("invariant: what was read is there").tags = tags;
        }),
        Resource::Task(Some(cluster), id) => tx.edit::<Task>(&(cluster, id), |t| t.tags = tags),
        Resource::ContainerInstance(Some(cluster), id) => {
            tx.edit::<ContainerInstance>(&(cluster, id), |i| i.tags = tags)
        }
        Resource::TaskDefinition(reference) => {
            let key = (reference.family, reference.revision.unwrap_or_default());
            tx.edit::<TaskDefinitionRow>(&key, |row| row.facts.tags = tags)
        }
        _ => false,
    };
    assert!(is_found, "invariant: what was read can be edited");
    Ok(())
}

fn parse(cx: &Cx, arn: &str) -> Result<Resource, Error> {
    let resource = cx.home().parse(arn).map_err(super::lookup::invalid)?;
    match resource {
        Resource::Service(None, _)
        | Resource::Task(None, _)
        | Resource::ContainerInstance(None, _) => {
            Err(Error::invalid_parameter("Long arn format must be used for tagging operations"))
        }
        other => Ok(other),
    }
}

fn unsupported(arn: &str) -> Error {
    Error::unsupported_feature(format!(
        "The resource '{arn}' is of a type that this control plane does not keep."
    ))
}
