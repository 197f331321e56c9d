//! Service deployments as DescribeServiceDeployments and ListServiceDeployments show them.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment-property.html>

use arn::DeploymentId;
use model::{
    DeploymentStrategy, FailureCause, HookRun, HookTarget, Service, ServiceDeployment, Task,
    TrafficWeights,
};
use store::State;
use wire::ecs::{self, ServiceDeploymentRollbackMonitorsStatus as MonitorStatus};

use super::{
    deployment_configuration::{deployment_configuration, percent, target_type},
    service::RevisionCounts,
    timestamp, word,
};
use crate::Cx;

/// A service deployment of `service`; the counts of its revisions are counted now.
pub fn service_deployment(
    state: &State,
    cx: &Cx,
    service: &Service,
    deployment: &ServiceDeployment,
) -> ecs::ServiceDeployment {
    let (home, cluster, name) = (cx.home(), &deployment.cluster, &deployment.service);
    let tasks: Vec<&Task> = state.live_tasks_of_service(service).collect();
    let revision = |id: &DeploymentId| {
        let counts = RevisionCounts::of(service, id, &tasks);
        let weights = weights(deployment, id);
        ecs::ServiceRevisionSummary {
            arn: Some(home.service_revision_arn(cluster, name, id)),
            requested_task_count: Some(counts.requested),
            running_task_count: Some(counts.running),
            pending_task_count: Some(counts.pending),
            requested_production_traffic_weight: weights.map(|w| percent(w.production_permille)),
            requested_test_traffic_weight: weights.map(|w| percent(w.test_permille)),
        }
    };
    let hook_runs = &deployment.shift.hook_runs;
    ecs::ServiceDeployment {
        service_deployment_arn: Some(home.service_deployment_arn(cluster, name, &deployment.id)),
        service_arn: Some(home.service_arn(cluster, name)),
        cluster_arn: Some(home.cluster_arn(cluster)),
        created_at: Some(timestamp(deployment.created_at)),
        started_at: deployment.started_at.map(timestamp),
        finished_at: deployment.finished_at.map(timestamp),
        stopped_at: deployment.stopped_at.map(timestamp),
        updated_at: Some(timestamp(deployment.updated_at)),
        source_service_revisions: Some(deployment.sources.iter().map(revision).collect()),
        target_service_revision: Some(revision(&deployment.target)),
        status: word(deployment.status.as_str()),
        status_reason: deployment.status_reason.clone(),
        lifecycle_stage: word(deployment.lifecycle_stage.shown().as_str()),
        lifecycle_hook_details: (!hook_runs.is_empty())
            .then(|| hook_runs.iter().map(hook_run).collect()),
        deployment_configuration: Some(deployment_configuration(
            &deployment.configuration,
            service.scheduling_strategy,
        )),
        rollback: deployment.rollback.as_ref().map(|rollback| ecs::Rollback {
            reason: Some(rollback.reason.clone()),
            started_at: Some(timestamp(rollback.started_at)),
            service_revision_arn: Some(home.service_revision_arn(cluster, name, &rollback.target)),
        }),
        deployment_circuit_breaker: Some(circuit_breaker(service, deployment)),
        alarms: Some(alarms(deployment)),
    }
}

/// What share of the traffic a revision is to have; none in a rolling update.
fn weights(deployment: &ServiceDeployment, id: &DeploymentId) -> Option<TrafficWeights> {
    if deployment.configuration.strategy == DeploymentStrategy::Rolling {
        return None;
    }
    let requested = deployment.shift.requested;
    Some(if *id == deployment.target {
        requested
    } else if deployment.shift.blue.as_ref() == Some(id) {
        requested.rest()
    } else {
        TrafficWeights::default()
    })
}

fn hook_run(run: &HookRun) -> ecs::DeploymentLifecycleHookDetail {
    ecs::DeploymentLifecycleHookDetail {
        hook_id: Some(run.id.clone()),
        target_type: Some(target_type(&run.target)),
        target_arn: match &run.target {
            HookTarget::Pause => None,
            HookTarget::AwsLambda { function_arn, .. } => Some(function_arn.clone()),
        },
        status: word(run.status.as_str()),
        expires_at: Some(timestamp(run.expires_at)),
        timeout_action: word(run.timeout_action.as_str()),
    }
}

/// A line of ListServiceDeployments.
pub fn service_deployment_brief(
    cx: &Cx,
    deployment: &ServiceDeployment,
) -> ecs::ServiceDeploymentBrief {
    let (home, cluster, name) = (cx.home(), &deployment.cluster, &deployment.service);
    ecs::ServiceDeploymentBrief {
        service_deployment_arn: Some(home.service_deployment_arn(cluster, name, &deployment.id)),
        service_arn: Some(home.service_arn(cluster, name)),
        cluster_arn: Some(home.cluster_arn(cluster)),
        created_at: Some(timestamp(deployment.created_at)),
        started_at: deployment.started_at.map(timestamp),
        finished_at: deployment.finished_at.map(timestamp),
        status: word(deployment.status.as_str()),
        status_reason: deployment.status_reason.clone(),
        target_service_revision_arn: Some(home.service_revision_arn(
            cluster,
            name,
            &deployment.target,
        )),
    }
}

/// Where a monitor of `deployment` is that is on or not, and that gave it up or not.
fn monitor(deployment: &ServiceDeployment, is_on: bool, gave_up: bool) -> MonitorStatus {
    match (is_on, gave_up, deployment.is_under_way()) {
        (_, true, _) => MonitorStatus::Triggered,
        (false, false, _) => MonitorStatus::Disabled,
        (true, false, true) => MonitorStatus::Monitoring,
        (true, false, false) => MonitorStatus::MonitoringComplete,
    }
}

fn circuit_breaker(
    service: &Service,
    deployment: &ServiceDeployment,
) -> ecs::ServiceDeploymentCircuitBreaker {
    let breaker = &deployment.configuration.circuit_breaker;
    let gave_up = deployment.failure == Some(FailureCause::TasksFailedToStart);
    // While it goes on, the count is with the revision that it brings.
    let counting = service.primary().filter(|primary| {
        deployment.is_under_way()
            && deployment.rollback.is_none()
            && primary.id == deployment.target
    });
    let count = counting.map_or(deployment.failure_count, |primary| primary.failed_tasks);
    ecs::ServiceDeploymentCircuitBreaker {
        status: Some(monitor(deployment, breaker.enable, gave_up)),
        failure_count: Some(count as i32),
        threshold: Some(rollout::failure_threshold(breaker, service.desired_count) as i32),
    }
}

fn alarms(deployment: &ServiceDeployment) -> ecs::ServiceDeploymentAlarms {
    let alarms = &deployment.configuration.alarms;
    let gave_up = deployment.failure == Some(FailureCause::Alarm);
    let is_on = alarms.enable && !deployment.alarms_ignored;
    ecs::ServiceDeploymentAlarms {
        status: Some(monitor(deployment, is_on, gave_up)),
        alarm_names: Some(alarms.names.clone()),
        triggered_alarm_names: Some(deployment.triggered_alarms.clone()),
    }
}
