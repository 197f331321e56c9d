//! How a deployment fails, whatever ends it: the service goes back, or stays where it is.

use alloc::{format, string::String, vec, vec::Vec};
use arn::DeploymentId;
use model::{
    Deployment, DeploymentStatus, FailureCause, LifecycleStage, Rollback, RolloutState, Service,
    ServiceDeploymentStatus, Timestamp, TrafficWeights,
};

use crate::{
    deployment::{make_primary, note_failures},
    events, hooks, stages,
};

/// Gives the primary deployment up, and rolls back to the last completed one if `roll_back` and
/// there is one. Only a deployment IN_PROGRESS can fail. Returns service events.
pub fn fail_deployment(
    service: &mut Service,
    cause: FailureCause,
    roll_back: bool,
    now: Timestamp,
) -> Vec<String> {
    let (who, what) = match cause {
        FailureCause::TasksFailedToStart => ("circuit breaker", "tasks failed to start"),
        FailureCause::Alarm => ("alarm", "alarm detected"),
        FailureCause::LifecycleHook => ("lifecycle hook", "lifecycle hook failed"),
        FailureCause::StageTimeout => ("lifecycle stage", "lifecycle stage timed out"),
    };
    let reason = format!("ECS deployment {who}: {what}.");
    let failed_tasks = service.primary().map_or(0, |primary| primary.failed_tasks);
    let Some(failed) = end_primary(service, reason.clone(), now) else { return Vec::new() };
    let mut roll_back = roll_back;
    if let Some(it) = &mut service.service_deployment
        && it.rollback.is_none()
    {
        note_failures(it, failed_tasks);
        it.failure = Some(cause);
        roll_back |= it.status == ServiceDeploymentStatus::RollbackRequested;
    }
    let mut told = vec![events::deployment_failed(&service.name, &failed, what)];
    let target = service.rollout.last_completed.take_if(|target| roll_back && target.id != failed);
    match target {
        Some(target) => told.extend(go_back(service, target, who, reason, now)),
        None => give_up(service, reason, now),
    }
    told
}

/// Makes the primary deployment FAILED, if it is IN_PROGRESS; its id.
pub(crate) fn end_primary(
    service: &mut Service,
    reason: String,
    now: Timestamp,
) -> Option<DeploymentId> {
    let primary = service.primary_mut();
    let ended = primary.filter(|primary| primary.rollout_state == RolloutState::InProgress)?;
    ended.rollout_state = RolloutState::Failed;
    ended.rollout_state_reason = reason;
    ended.updated_at = now;
    Some(ended.id.clone())
}

/// Makes `target`, which has completed before, the primary deployment again. Returns service events.
pub(crate) fn go_back(
    service: &mut Service,
    target: Deployment,
    who: &str,
    reason: String,
    now: Timestamp,
) -> Vec<String> {
    let told = events::rolling_back(&service.name, &target.id);
    if let Some(it) = &mut service.service_deployment {
        it.status = ServiceDeploymentStatus::RollbackInProgress;
        it.status_reason = Some(reason.clone());
        it.rollback = Some(Rollback { reason, started_at: now, target: target.id.clone() });
        it.updated_at = now;
    }
    stages::begin_back(service, now);
    let reason = format!("ECS deployment {who}: rolling back to deploymentId {}.", target.id);
    let revived = Deployment {
        status: DeploymentStatus::Primary,
        rollout_state: RolloutState::InProgress,
        rollout_state_reason: reason,
        failed_tasks: 0,
        last_failed_at: None,
        bake_until: None,
        updated_at: now,
        ..target
    };
    make_primary(service, revived, now);
    vec![told]
}

/// Ends the service deployment that failed and does not go back.
pub(crate) fn give_up(service: &mut Service, reason: String, now: Timestamp) {
    let Some(it) = &mut service.service_deployment else { return };
    let was_asked_back = it.status == ServiceDeploymentStatus::RollbackRequested;
    let status = if was_asked_back || it.rollback.is_some() {
        ServiceDeploymentStatus::RollbackFailed
    } else {
        ServiceDeploymentStatus::Stopped
    };
    hooks::close(it);
    // In CLEAN_UP blue is going: there is nothing to give the traffic back to.
    if it.shift.blue.is_some() && it.lifecycle_stage != LifecycleStage::CleanUp {
        it.shift.requested = TrafficWeights::default();
    }
    it.stopped_at.get_or_insert(now);
    it.finish(status, Some(reason), now);
}
