//! What the state says of a service to its watcher.

use arn::TaskId;
use model::{HealthStatus, Service, ServiceDeployment, Task, TaskStatus, Timestamp};
use rollout::{Phase, TaskView, View};
use store::State;
use wire::{
    ecs,
    longshore::{
        phase::TaskPhase,
        watch::{Picture, WatchedService, WatchedServiceDeployment, WatchedTask},
    },
};

use crate::{
    Cx,
    api::render::{self, timestamp},
    reconcile::service as scheduler,
};

/// A picture, and when time alone makes another of it.
pub struct Look {
    pub picture: Picture,
    pub changes_at: Option<Timestamp>,
}

/// A service as it is now.
pub fn look(state: &State, cx: &Cx, service: &Service) -> Look {
    let clock = View::without_tasks(service, cx.now, cx.settings.settle_ms);
    let mut tasks = std::collections::BTreeMap::new();
    let mut changes_at = None;
    for task in state.live_tasks_of_service(service) {
        let Some(view) = TaskView::new(task, scheduler::host(state, task)) else { continue };
        let phase = clock.phase(&view);
        let ends_at = clock.phase_ends_at(&view).filter(|_| phase == Phase::Warming);
        changes_at = changes_at.into_iter().chain(ends_at).min();
        let watched = WatchedTask {
            phase: shown(phase),
            waits_for: waits_for(task, &view, phase, ends_at),
            ..watched(task)
        };
        tasks.insert(watched.id.clone(), watched);
    }
    let deployments = render::service(state, cx, service, false).deployments;
    let service = watched_service(state, cx, service);
    Look {
        picture: Picture { service, deployments: deployments.unwrap_or_default(), tasks },
        changes_at,
    }
}

fn watched_service(state: &State, cx: &Cx, service: &Service) -> WatchedService {
    let percents = &service.deployment_configuration;
    WatchedService {
        cluster: service.cluster.to_string(),
        name: service.name.to_string(),
        status: service.status.to_string(),
        scheduling_strategy: service.scheduling_strategy.to_string(),
        desired_count: service.desired_count,
        floor: percents.healthy_count_min(service.desired_count),
        ceiling: service.task_count_max(),
        minimum_healthy_percent: percents.minimum_healthy_percent,
        maximum_percent: percents.maximum_percent,
        settle_ms: cx.settings.settle_ms,
        steady: service.steady,
        waits_for: service_waits_for(state, cx, service),
        service_deployment: service
            .service_deployment
            .as_ref()
            .map(|it| service_deployment(cx, it)),
    }
}

fn service_deployment(cx: &Cx, it: &ServiceDeployment) -> WatchedServiceDeployment {
    WatchedServiceDeployment {
        service_deployment_arn: cx.home().service_deployment_arn(&it.cluster, &it.service, &it.id),
        status: it.status.to_string(),
        status_reason: it.status_reason.clone(),
        lifecycle_stage: it.lifecycle_stage.to_string(),
        created_at: timestamp(it.created_at),
    }
}

/// What the scheduler says of a service that it cannot move now.
fn service_waits_for(state: &State, cx: &Cx, service: &Service) -> Option<String> {
    if service.steady {
        return None;
    }
    let eligible = scheduler::eligible_in(state, service);
    let plan = scheduler::plan(state, cx, service, eligible, 0);
    if plan.starts.is_empty() {
        return plan.waiting.map(|waiting| waiting.to_string());
    }
    service.placement_failure.clone()
}

/// What became of a task that is live no more.
pub fn stopped(state: &State, service: &Service, told: &WatchedTask) -> WatchedTask {
    let id = told.id.parse::<TaskId>().ok();
    let task = id.and_then(|id| state.tasks().get(&(service.cluster.clone(), id)));
    let newest = task.map_or_else(|| told.clone(), |task| watched(task));
    let last_status = TaskStatus::Stopped.to_string();
    WatchedTask { last_status, phase: TaskPhase::Stopped, waits_for: None, ..newest }
}

/// What a task is, whatever the time.
fn watched(task: &Task) -> WatchedTask {
    let deployment = task.owner.as_ref().map(|owner| owner.deployment.to_string());
    WatchedTask {
        id: task.id.to_string(),
        deployment: deployment.unwrap_or_default(),
        task_definition: task.task_definition.to_string(),
        container_instance: task.container_instance.map(|id| id.to_string()),
        availability_zone: task.availability_zone.clone(),
        last_status: task.last_status.to_string(),
        desired_status: task.desired_status.to_string(),
        health_status: task.health_status.to_string(),
        phase: TaskPhase::Stopped,
        created_at: timestamp(task.created_at),
        started_at: task.started_at.map(timestamp),
        stopped_at: task.stopped_at.map(timestamp),
        stopped_reason: task.stopped_reason.clone(),
        waits_for: None,
    }
}

fn shown(phase: Phase) -> TaskPhase {
    match phase {
        Phase::Pending => TaskPhase::Pending,
        Phase::Warming => TaskPhase::Warming,
        Phase::Healthy => TaskPhase::Healthy,
        Phase::Unhealthy => TaskPhase::Unhealthy,
        Phase::Stopping => TaskPhase::Stopping,
    }
}

/// What the next step of a task waits for.
fn waits_for(
    task: &Task,
    view: &TaskView,
    phase: Phase,
    ends_at: Option<Timestamp>,
) -> Option<String> {
    if phase != Phase::Healthy && view.host.disconnected {
        return Some("the agent of its container instance is not connected".into());
    }
    let is_pulling = task.pull_started_at.is_some() && task.pull_stopped_at.is_none();
    match phase {
        Phase::Pending if is_pulling => Some("its images are pulled".into()),
        Phase::Pending => Some("its agent starts its containers".into()),
        Phase::Warming => Some(match (ends_at, task.health_status) {
            (Some(at), HealthStatus::Unhealthy) => {
                format!("its health check fails, and its grace period ends at {at}")
            }
            (Some(at), _) => format!("it counts as healthy at {at}"),
            (None, _) => "its health check has not passed yet".into(),
        }),
        Phase::Stopping => Some("its containers stop".into()),
        Phase::Unhealthy => Some("it is to be replaced".into()),
        Phase::Healthy => None,
    }
}

/// The events after `seq`, the oldest first, of which no more than `count_max` of the newest.
pub fn events(
    state: &State,
    service: &Service,
    seq: u64,
    count_max: usize,
) -> Vec<ecs::ServiceEvent> {
    let all = state.service_events().scan(&(service.cluster.clone(), service.name.clone()));
    let new = all.rev().take_while(|event| event.seq > seq).take(count_max);
    let mut new: Vec<ecs::ServiceEvent> = new.map(|event| render::event(event)).collect();
    new.reverse();
    new
}
