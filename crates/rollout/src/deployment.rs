//! How a deployment begins, and how it completes.

use alloc::{format, vec::Vec};
use arn::{DeploymentId, ServiceDeploymentId, TaskDefinitionId};
use model::{
    Deployment, DeploymentStatus, LifecycleStage, RolloutState, Service, ServiceDeployment,
    ServiceDeploymentStatus, Shift, Throttle, Timestamp,
};

use crate::hooks;

/// What begins.
#[derive(Clone, Debug)]
pub struct NewDeployment {
    /// What its tasks run.
    pub task_definition: TaskDefinitionId,
    /// The deployment, whose number is that of the service revision.
    pub id: DeploymentId,
    /// The service deployment.
    pub service_deployment: ServiceDeploymentId,
}

/// Makes a new primary deployment of `service`; the one before becomes ACTIVE until its tasks are
/// gone. Also for the first one, and for forceNewDeployment. The throttle starts afresh.
///
/// Returns the service deployment that was the newest until now, to be kept: STOPPED if it was still
/// under way.
#[must_use = "the history of the service is to be kept"]
pub fn begin_deployment(
    service: &mut Service,
    new: NewDeployment,
    now: Timestamp,
) -> Option<ServiceDeployment> {
    let deployment = Deployment {
        rollout_state_reason: format!("ECS deployment {} in progress.", new.id),
        id: new.id.clone(),
        status: DeploymentStatus::Primary,
        task_definition: new.task_definition,
        rollout_state: RolloutState::InProgress,
        failed_tasks: 0,
        last_failed_at: None,
        bake_until: None,
        created_at: now,
        updated_at: now,
    };
    keep_what_serves(service);
    let begun = ServiceDeployment {
        cluster: service.cluster.clone(),
        service: service.name.clone(),
        service_id: service.id,
        id: new.service_deployment,
        target: new.id,
        sources: service.deployments.iter().map(|source| source.id.clone()).collect(),
        status: ServiceDeploymentStatus::Pending,
        status_reason: None,
        lifecycle_stage: LifecycleStage::ReconcileService,
        configuration: service.deployment_configuration.clone(),
        created_at: now,
        started_at: None,
        finished_at: None,
        stopped_at: None,
        updated_at: now,
        rollback: None,
        failure: None,
        failure_count: 0,
        alarms_ignored: false,
        triggered_alarms: Vec::new(),
        shift: Shift { blue: blue(service), stage_since: now, ..Shift::default() },
    };
    let failed_tasks = service.primary().map_or(0, |primary| primary.failed_tasks);
    let superseded = service.service_deployment.replace(begun).map(|mut earlier| {
        note_failures(&mut earlier, failed_tasks);
        hooks::close(&mut earlier);
        earlier.stop("A newer service deployment has started.", now);
        earlier
    });
    make_primary(service, deployment, now);
    superseded
}

/// A deployment that is superseded while it goes back, or when all traffic was moved for good, leaves
/// the revision that serves as the one to go back to: a rollback that is cut short takes nothing from
/// the revision that it brings back, which has completed before.
fn keep_what_serves(service: &mut Service) {
    let newest = service.service_deployment.as_ref();
    let Some(it) = newest.filter(|it| it.is_under_way()) else { return };
    let has_won = it.is_shifting() && it.lifecycle_stage == LifecycleStage::CleanUp;
    if it.rollback.is_some() || has_won {
        service.rollout.last_completed = service.primary().cloned();
    }
}

/// The revision that has the traffic when a new one comes: the last that completed, if it has tasks,
/// else the newest.
fn blue(service: &Service) -> Option<DeploymentId> {
    let mut ids = service.deployments.iter().map(|deployment| &deployment.id);
    let completed = service.rollout.last_completed.as_ref().map(|completed| &completed.id);
    let completed = completed.filter(|completed| ids.clone().any(|id| id == *completed));
    completed.or_else(|| ids.next()).cloned()
}

/// Ends the service deployment whose primary deployment has completed.
pub(crate) fn complete(it: &mut ServiceDeployment, failed_tasks: u32, now: Timestamp) {
    note_failures(it, failed_tasks);
    let status = match it.rollback {
        Some(_) => ServiceDeploymentStatus::RollbackSuccessful,
        None => ServiceDeploymentStatus::Successful,
    };
    if it.is_under_way() {
        // With nothing to start or stop it begins and ends in the same step.
        it.started_at.get_or_insert(now);
        it.lifecycle_stage = LifecycleStage::CleanUp;
    }
    let reason = it.status_reason.take();
    it.finish(status, reason, now);
}

/// Keeps the count of the circuit breaker at the end of a service deployment; that of a rollback is
/// not its own.
pub(crate) fn note_failures(it: &mut ServiceDeployment, failed_tasks: u32) {
    if it.is_under_way() && it.rollback.is_none() {
        it.failure_count = failed_tasks;
    }
}

/// Puts `deployment` before all others.
pub(crate) fn make_primary(service: &mut Service, deployment: Deployment, now: Timestamp) {
    service.deployments.retain(|other| other.id != deployment.id);
    for other in &mut service.deployments {
        if other.status == DeploymentStatus::Primary {
            other.status = DeploymentStatus::Active;
            other.updated_at = now;
        }
    }
    service.deployments.insert(0, deployment);
    service.throttle = Throttle::default();
    service.steady = false;
    service.rollout.blockage_told = None;
}
