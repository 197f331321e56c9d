//! The history of a service: a new service revision with the service deployment that brings it, how
//! earlier ones are found, and the forgetting of old ones.

use arn::{ClusterName, DeploymentId, ServiceDeploymentId, ServiceName};
use model::{RevisionImage, Service, ServiceDeployment, ServiceRevision, ServiceStatus, Timestamp};
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

/// A service deployment and its service. A deleted service, and an earlier one of its name, has none.
pub fn find<'a>(
    state: &'a State,
    cluster: &ClusterName,
    service: &ServiceName,
    id: &ServiceDeploymentId,
) -> Option<(&'a Service, &'a ServiceDeployment)> {
    let service = with_history(state, cluster, service)?;
    if let Some(newest) = service.service_deployment.as_ref().filter(|it| it.id == *id) {
        return Some((service, newest));
    }
    let key = (cluster.clone(), service.name.clone(), id.clone());
    let earlier = state.service_deployments().get(&key)?;
    (earlier.service_id == service.id).then_some((service, &**earlier))
}

/// A service revision. A deleted service, and an earlier one of its name, has none.
pub fn find_revision<'a>(
    state: &'a State,
    cluster: &ClusterName,
    service: &ServiceName,
    id: &DeploymentId,
) -> Option<&'a ServiceRevision> {
    let service = with_history(state, cluster, service)?;
    let revision =
        state.service_revisions().get(&(cluster.clone(), service.name.clone(), id.clone()));
    revision.map(|revision| &**revision).filter(|revision| revision.service_id == service.id)
}

/// The service deployments of a service, the newest first.
pub fn newest_first<'a>(state: &'a State, service: &'a Service) -> Vec<&'a ServiceDeployment> {
    let of = (service.cluster.clone(), service.name.clone());
    let earlier = state.service_deployments().scan(&of).map(|earlier| &**earlier);
    let mut earlier: Vec<_> = earlier.filter(|it| it.service_id == service.id).collect();
    earlier.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    service.service_deployment.iter().chain(earlier).collect()
}

fn with_history<'a>(
    state: &'a State,
    cluster: &ClusterName,
    service: &ServiceName,
) -> Option<&'a Service> {
    let service = state.services().get(&(cluster.clone(), service.clone()))?;
    (service.status != ServiceStatus::Inactive).then_some(&**service)
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
