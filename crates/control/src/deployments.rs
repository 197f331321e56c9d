//! The history of a service: a new service revision with the service deployment that brings it, and
//! the forgetting of old ones.

use arn::{ClusterName, DeploymentId, ServiceName};
use model::{RevisionImage, Service, ServiceDeployment, ServiceRevision, Timestamp};
use rollout::NewDeployment;
use store::{Record as _, State, TaskDefinitionRow, Tx};

use crate::{Cx, limits};

/// Begins a deployment of `definition`: a new service revision, a new service deployment, a new
/// primary deployment in `service`, which the caller puts. What was the newest until now is kept.
pub fn begin(tx: &mut Tx, cx: &mut Cx, service: &mut Service, definition: &TaskDefinitionRow) {
    let new = NewDeployment {
        task_definition: definition.facts.id.clone(),
        id: cx.deployment_id(),
        service_deployment: cx.service_deployment_id(),
    };
    tx.put(revision(service, definition, new.id.clone(), cx.now));
    if let Some(superseded) = rollout::begin_deployment(service, new, cx.now) {
        tx.put(superseded);
    }
}

fn revision(
    service: &Service,
    definition: &TaskDefinitionRow,
    id: DeploymentId,
    now: Timestamp,
) -> ServiceRevision {
    let containers = definition.facts.containers.iter();
    ServiceRevision {
        cluster: service.cluster.clone(),
        service: service.name.clone(),
        service_id: service.id,
        id,
        task_definition: definition.facts.id.clone(),
        launch_type: service.launch_type,
        images: containers
            .map(|c| RevisionImage { container: c.name.clone(), image: c.image.clone() })
            .collect(),
        created_at: now,
    }
}

/// A service of the same name that was deleted leaves its history; a new one starts without.
pub fn forget_earlier_life(tx: &mut Tx, cluster: &ClusterName, name: &ServiceName) {
    let of = (cluster.clone(), name.clone());
    let seqs: Vec<u64> = tx.service_events().scan(&of).map(|e| e.seq).collect();
    for seq in seqs {
        tx.delete::<model::ServiceEvent>(&(of.0.clone(), of.1.clone(), seq));
    }
    let deployments: Vec<_> = tx.service_deployments().scan(&of).map(|d| d.key()).collect();
    for key in deployments {
        tx.delete::<ServiceDeployment>(&key);
    }
    let revisions: Vec<_> = tx.service_revisions().scan(&of).map(|r| r.key()).collect();
    for key in revisions {
        tx.delete::<ServiceRevision>(&key);
    }
}

/// Service deployments made before this are forgotten, unless they are the newest of their service.
/// ECS lists those of the last 90 days.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html>
pub fn forgotten_before(now: Timestamp) -> Timestamp {
    now.plus_ms(-limits::SERVICE_DEPLOYMENT_RETENTION_MS)
}

/// Forgets a service deployment, and the revisions that only it still named.
pub fn forget(tx: &mut Tx, deployment: &ServiceDeployment, before: Timestamp) {
    tx.delete::<ServiceDeployment>(&deployment.key());
    let back_to = deployment.rollback.as_ref().map(|rollback| &rollback.target);
    for id in [Some(&deployment.target), back_to].into_iter().flatten() {
        let key = (deployment.cluster.clone(), deployment.service.clone(), id.clone());
        let is_old = tx.service_revisions().get(&key).is_some_and(|r| r.created_at < before);
        if is_old && !is_in_use(tx, deployment, id) {
            tx.delete::<ServiceRevision>(&key);
        }
    }
}

fn is_in_use(state: &State, deployment: &ServiceDeployment, revision: &DeploymentId) -> bool {
    let key = (deployment.cluster.clone(), deployment.service.clone());
    state.services().get(&key).is_some_and(|service| {
        let mut entries = service.deployments.iter().chain(&service.rollout.last_completed);
        let newest = service.service_deployment.as_ref();
        entries.any(|entry| entry.id == *revision)
            || newest.is_some_and(|it| it.target == *revision || it.sources.contains(revision))
    })
}
