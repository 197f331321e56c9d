//! The resources that carry tags, found by their ARN.

use arn::{ClusterName, Resource};
use model::{Cluster, ClusterStatus, ContainerInstance, Service, ServiceStatus, Tag, Task};
use store::{Record, State, TaskDefinitionRow, Tx};
use wire::{Error, ErrorCode};

use crate::Cx;

/// The tags of the resource with this ARN.
pub fn read(state: &State, cx: &Cx, arn: &str) -> Result<Vec<Tag>, Error> {
    let tags = match parse(cx, arn)? {
        Resource::Cluster(name) => state
            .clusters()
            .get(&name)
            .filter(|c| c.status == ClusterStatus::Active)
            .map(|c| c.tags.clone()),
        Resource::Service(Some(cluster), name) => state
            .services()
            .get(&(cluster, name))
            .filter(|s| s.status != ServiceStatus::Inactive)
            .map(|s| s.tags.clone()),
        Resource::Task(Some(cluster), id) => {
            state.tasks().get(&(cluster, id)).map(|t| t.tags.clone())
        }
        Resource::ContainerInstance(Some(cluster), id) => {
            state.container_instances().get(&(cluster, id)).map(|i| i.tags.clone())
        }
        Resource::TaskDefinition(reference) => {
            let revision = reference.revision.unwrap_or_default();
            let row = state.task_definitions().get(&(reference.family, revision));
            row.map(|row| row.facts.tags.clone())
        }
        _ => return Err(unsupported(arn)),
    };
    tags.ok_or_else(not_found)
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
    match parse(cx, arn)? {
        Resource::Cluster(name) => set::<Cluster>(tx, &name, |c| c.tags = tags),
        Resource::Service(Some(cluster), name) => {
            set::<Service>(tx, &(cluster, name), |s| s.tags = tags);
        }
        Resource::Task(Some(cluster), id) => {
            set::<Task>(tx, &(cluster, id), |t| t.tags = tags);
        }
        Resource::ContainerInstance(Some(cluster), id) => {
            set::<ContainerInstance>(tx, &(cluster, id), |i| i.tags = tags);
        }
        Resource::TaskDefinition(reference) => {
            let revision = reference.revision.unwrap_or_default();
            set::<TaskDefinitionRow>(tx, &(reference.family, revision), |r| r.facts.tags = tags);
        }
        _ => return Err(unsupported(arn)),
    }
    Ok(())
}

fn set<R: Record>(tx: &mut Tx, key: &R::Key, change: impl FnOnce(&mut R)) {
    tx.edit::<R>(key, change);
}

fn parse(cx: &Cx, arn: &str) -> Result<Resource, Error> {
    let resource = cx.home().parse(arn).map_err(super::lookup::invalid)?;
    let has_cluster = |c: &Option<ClusterName>| c.is_some();
    let is_long = match &resource {
        Resource::Service(c, _) => has_cluster(c),
        Resource::Task(c, _) => has_cluster(c),
        Resource::ContainerInstance(c, _) => has_cluster(c),
        _ => true,
    };
    if is_long {
        Ok(resource)
    } else {
        Err(Error::invalid_parameter("Long arn format must be used for tagging operations"))
    }
}

fn not_found() -> Error {
    Error::new(ErrorCode::InvalidParameter, "The specified resource was not found.")
}

fn unsupported(arn: &str) -> Error {
    Error::unsupported_feature(format!(
        "The resource '{arn}' is of a type that this control plane does not keep."
    ))
}
