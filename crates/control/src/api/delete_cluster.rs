//! DeleteCluster.

use model::{ClusterStatus, ContainerInstanceStatus, ServiceStatus};
use store::Tx;
use wire::{Error, ErrorCode, ecs};

use super::{lookup, render};
use crate::Cx;

/// Deletes a cluster that holds nothing any more; it can still be described as INACTIVE.
pub fn delete_cluster(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteClusterRequest,
) -> Result<ecs::DeleteClusterResponse, Error> {
    let mut cluster = (*lookup::cluster(tx, cx, input.cluster.as_deref())?).clone();
    let name = &cluster.name;
    if tx.services().scan(name).any(|s| s.status == ServiceStatus::Active) {
        return Err(Error::new(
            ErrorCode::ClusterContainsServices,
            "The Cluster cannot be deleted while Services are active.",
        ));
    }
    let registered = |s| s != ContainerInstanceStatus::Inactive;
    if tx.container_instances().scan(name).any(|i| registered(i.status)) {
        return Err(Error::new(
            ErrorCode::ClusterContainsContainerInstances,
            "The Cluster cannot be deleted while Container Instances are active or draining.",
        ));
    }
    if tx.tasks().scan(name).any(|t| t.is_live()) {
        return Err(Error::new(
            ErrorCode::ClusterContainsTasks,
            "The Cluster cannot be deleted while Tasks are active.",
        ));
    }
    cluster.status = ClusterStatus::Inactive;
    tx.put(cluster.clone());
    Ok(ecs::DeleteClusterResponse { cluster: Some(render::cluster(tx, cx, &cluster, &[])) })
}
