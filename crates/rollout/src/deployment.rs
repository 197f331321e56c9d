//! How a deployment begins.

use alloc::format;
use arn::{DeploymentId, TaskDefinitionId};
use model::{Deployment, DeploymentStatus, RolloutState, Service, Throttle, Timestamp};

/// Makes a new primary deployment of `service`; the one before becomes ACTIVE until its tasks are
/// gone. Also for the first one, and for forceNewDeployment. The throttle starts afresh.
pub fn begin_deployment(
    service: &mut Service,
    task_definition: TaskDefinitionId,
    id: DeploymentId,
    now: Timestamp,
) {
    let deployment = Deployment {
        rollout_state_reason: format!("ECS deployment {id} in progress."),
        id,
        status: DeploymentStatus::Primary,
        task_definition,
        rollout_state: RolloutState::InProgress,
        failed_tasks: 0,
        reached_running: false,
        bake_until: None,
        created_at: now,
        updated_at: now,
    };
    make_primary(service, deployment, now);
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
