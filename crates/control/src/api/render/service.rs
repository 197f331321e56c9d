//! A service as DescribeServices shows it: counts are counted, never remembered.

use arn::DeploymentId;
use model::{
    Deployment, DeploymentController, DeploymentStatus, LifecycleStage, PlacementConstraint,
    PlacementStrategy, Service, ServiceEvent, Task, TaskStatus,
};
use store::State;
use wire::ecs;

use super::{deployment_configuration, tags, timestamp, word};
use crate::Cx;

/// A service with its deployments and newest events; its tags are shown when asked for.
pub fn service(state: &State, cx: &Cx, service: &Service, with_tags: bool) -> ecs::Service {
    let home = cx.home();
    let tasks: Vec<&Task> = state.live_tasks_of_service(service).collect();
    let (running, pending) = counts(tasks.iter().copied());
    let events = state.service_events().scan(&(service.cluster.clone(), service.name.clone()));
    ecs::Service {
        service_arn: Some(home.service_arn(&service.cluster, &service.name)),
        service_name: Some(service.name.to_string()),
        cluster_arn: Some(home.cluster_arn(&service.cluster)),
        load_balancers: Some(Vec::new()),
        service_registries: Some(Vec::new()),
        status: Some(service.status.to_string()),
        desired_count: Some(service.desired_count as i32),
        running_count: Some(running),
        pending_count: Some(pending),
        launch_type: word(service.launch_type.as_str()),
        task_definition: service.task_definition().map(|id| home.task_definition_arn(id)),
        deployment_configuration: Some(deployment_configuration(
            &service.deployment_configuration,
            service.scheduling_strategy,
        )),
        deployments: Some(
            service.deployments.iter().map(|d| deployment(cx, service, d, &tasks)).collect(),
        ),
        current_service_deployment: service
            .service_deployment
            .as_ref()
            .map(|it| home.service_deployment_arn(&service.cluster, &service.name, &it.id)),
        current_service_revisions: Some(
            service.deployments.iter().map(|d| current_revision(cx, service, d, &tasks)).collect(),
        ),
        task_sets: (service.deployment_controller == DeploymentController::External).then(|| {
            let sets = service.task_sets.iter();
            sets.map(|set| super::task_set(state, cx, service, set, with_tags)).collect()
        }),
        events: Some(events.rev().map(|e| event(e)).collect()),
        created_at: Some(timestamp(service.created_at)),
        created_by: Some(service.created_by.clone()),
        placement_constraints: Some(service.placement_constraints.iter().map(constraint).collect()),
        placement_strategy: Some(service.placement_strategies.iter().map(strategy).collect()),
        health_check_grace_period_seconds: Some(
            service.health_check_grace_period_s.unwrap_or(0) as i32
        ),
        scheduling_strategy: word(service.scheduling_strategy.as_str()),
        deployment_controller: Some(ecs::DeploymentController {
            r#type: word(service.deployment_controller.as_str()),
        }),
        tags: Some(if with_tags { tags(&service.tags) } else { Vec::new() }),
        enable_ecs_managed_tags: Some(service.enable_ecs_managed_tags),
        propagate_tags: word(service.propagate_tags.as_str()),
        enable_execute_command: Some(service.enable_execute_command),
        availability_zone_rebalancing: word(if service.availability_zone_rebalancing {
            "ENABLED"
        } else {
            "DISABLED"
        }),
        ..ecs::Service::default()
    }
}

/// Running and pending: a task that is told to stop is counted as what it still is.
pub(super) fn counts<'a>(tasks: impl Iterator<Item = &'a Task>) -> (i32, i32) {
    let (mut running, mut pending) = (0, 0);
    for task in tasks {
        match task.last_status {
            TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => pending += 1,
            TaskStatus::Running => running += 1,
            TaskStatus::Deactivating
            | TaskStatus::Stopping
            | TaskStatus::Deprovisioning
            | TaskStatus::Stopped
            | TaskStatus::Deleted => {}
        }
    }
    (running, pending)
}

/// How many tasks of a service revision there should be and are.
pub(super) struct RevisionCounts {
    pub(super) requested: i32,
    pub(super) running: i32,
    pub(super) pending: i32,
}

impl RevisionCounts {
    /// Counts a revision among the live `tasks` of its service. The primary one is to have as many as
    /// the service; of another one as many are requested as were not told to stop.
    pub(super) fn of(service: &Service, id: &DeploymentId, tasks: &[&Task]) -> Self {
        let own = || tasks.iter().copied().filter(|task| task.is_of(id));
        let (running, pending) = counts(own());
        let requested = match service.primary() {
            Some(primary) if primary.id == *id => service.desired_count as i32,
            _ => own().filter(|task| task.is_wanted()).count() as i32,
        };
        RevisionCounts { requested, running, pending }
    }
}

fn current_revision(
    cx: &Cx,
    service: &Service,
    deployment: &Deployment,
    tasks: &[&Task],
) -> ecs::ServiceCurrentRevisionSummary {
    let counts = RevisionCounts::of(service, &deployment.id, tasks);
    let home = cx.home();
    ecs::ServiceCurrentRevisionSummary {
        arn: Some(home.service_revision_arn(&service.cluster, &service.name, &deployment.id)),
        requested_task_count: Some(counts.requested),
        running_task_count: Some(counts.running),
        pending_task_count: Some(counts.pending),
    }
}

fn deployment(
    cx: &Cx,
    service: &Service,
    deployment: &Deployment,
    tasks: &[&Task],
) -> ecs::Deployment {
    let counts = RevisionCounts::of(service, &deployment.id, tasks);
    let is_kept =
        deployment.status == DeploymentStatus::Primary || serves_beside(service, deployment);
    ecs::Deployment {
        id: Some(deployment.id.to_string()),
        status: Some(deployment.status.to_string()),
        task_definition: Some(cx.home().task_definition_arn(&deployment.task_definition)),
        desired_count: Some(if is_kept { service.desired_count as i32 } else { 0 }),
        running_count: Some(counts.running),
        pending_count: Some(counts.pending),
        failed_tasks: Some(deployment.failed_tasks as i32),
        created_at: Some(timestamp(deployment.created_at)),
        updated_at: Some(timestamp(deployment.updated_at)),
        launch_type: word(service.launch_type.as_str()),
        rollout_state: word(deployment.rollout_state.as_str()),
        rollout_state_reason: Some(deployment.rollout_state_reason.clone()),
        ..ecs::Deployment::default()
    }
}

/// Whether a deployment is blue, which is kept whole until green has taken over.
fn serves_beside(service: &Service, deployment: &Deployment) -> bool {
    service.shifting().is_some_and(|it| {
        it.shift.blue.as_ref() == Some(&deployment.id)
            && it.rollback.is_none()
            && it.lifecycle_stage != LifecycleStage::CleanUp
    })
}

/// An event of a service.
pub fn event(event: &ServiceEvent) -> ecs::ServiceEvent {
    ecs::ServiceEvent {
        id: Some(event.id.uuid()),
        created_at: Some(timestamp(event.created_at)),
        message: Some(event.message.clone()),
    }
}

fn constraint(constraint: &PlacementConstraint) -> ecs::PlacementConstraint {
    match constraint {
        PlacementConstraint::DistinctInstance => ecs::PlacementConstraint {
            r#type: Some(ecs::PlacementConstraintType::DistinctInstance),
            expression: None,
        },
        PlacementConstraint::MemberOf { expression } => ecs::PlacementConstraint {
            r#type: Some(ecs::PlacementConstraintType::MemberOf),
            expression: Some(expression.clone()),
        },
    }
}

fn strategy(strategy: &PlacementStrategy) -> ecs::PlacementStrategy {
    let (kind, field) = match strategy {
        PlacementStrategy::Random => (ecs::PlacementStrategyType::Random, None),
        PlacementStrategy::Spread { field } => (ecs::PlacementStrategyType::Spread, Some(field)),
        PlacementStrategy::Binpack { field } => (ecs::PlacementStrategyType::Binpack, Some(field)),
    };
    ecs::PlacementStrategy { r#type: Some(kind), field: field.cloned() }
}
