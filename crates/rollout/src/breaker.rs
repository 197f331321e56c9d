//! The circuit breaker: counting failed tasks of the primary deployment.
//!
//! Tasks count that stop before they ran, that end by themselves before they were healthy, and whose
//! container health check fails. A task that becomes healthy sets the count back, unless the breaker
//! is told otherwise. ECS documents two stages, until a task of the deployment is RUNNING and from
//! then on, and counts no task that runs for a moment and exits; here such a task counts, since
//! otherwise a revision that exits at once would be restarted for ever.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html>

use alloc::{string::String, vec::Vec};
use model::{
    BreakerThreshold, CircuitBreaker, Deployment, FailureCause, HealthStatus, RolloutState,
    Service, StopCode, Task, Throttle, Timestamp, percent_rounded_up,
};

use crate::{events, failure::fail_deployment, throttle};

/// How many failed tasks trip `breaker` when `desired_count` tasks are wanted.
pub fn failure_threshold(breaker: &CircuitBreaker, desired_count: u32) -> u32 {
    let of_desired = |percent| percent_rounded_up(percent, desired_count);
    match breaker.threshold {
        BreakerThreshold::Count(count) => count.max(1),
        BreakerThreshold::BoundedPercent(percent) => of_desired(percent).clamp(3, 200),
        BreakerThreshold::UnboundedPercent(percent) => of_desired(percent).max(1),
    }
}

/// To be called in the transaction in which `task` becomes RUNNING, before or after its status
/// changes.
pub fn on_task_running(service: &mut Service, task: &Task) {
    if is_of(service, task) {
        service.throttle = Throttle::default();
    }
}

/// To be called in the transaction in which the health status of `task` changes, with the new
/// status. Tasks without a health check become healthy by settling, which [`crate::plan`] sees.
/// Returns service events.
pub fn on_task_health(service: &mut Service, task: &Task, now: Timestamp) -> Vec<String> {
    if !is_of(service, task) || !task.has_health_check() {
        return Vec::new();
    }
    match task.health_status {
        HealthStatus::Healthy if resets(service) => {
            if let Some(deployment) = primary_of(service, task) {
                deployment.failed_tasks = 0;
            }
        }
        HealthStatus::Unhealthy if task.is_wanted() && !in_grace(service, task, now) => {
            return count_failure(service, task, now);
        }
        _ => {}
    }
    Vec::new()
}

/// To be called in the transaction in which `task` becomes STOPPED, with its stop code set.
/// `settle_ms` is how long a task without a health check runs until it counts as healthy. Returns
/// service events.
pub fn on_task_stopped(
    service: &mut Service,
    task: &Task,
    settle_ms: i64,
    now: Timestamp,
) -> Vec<String> {
    let mut told = Vec::new();
    if !is_of(service, task) {
        return told;
    }
    if task.started_at.is_none() {
        if is_wanted_elsewhere(task) {
            return told;
        }
        if throttle::step(&mut service.throttle, task.created_at, now) {
            told.push(events::cannot_start_consistently(&service.name));
        }
        told.extend(count_failure(service, task, now));
    } else if ended_unproven(task, settle_ms) {
        told.extend(count_failure(service, task, now));
    } else if task.health_status == HealthStatus::Unhealthy
        && task.health_since.is_some_and(|since| in_grace(service, task, since))
        && task.stopping_at.is_some_and(|at| !in_grace(service, task, at))
    {
        // It was not counted when it became unhealthy, since its grace period was not over.
        told.extend(count_failure(service, task, now));
    }
    told
}

/// To be called when tasks of the primary deployment need more than any container instance of the
/// cluster has, whatever else ends there. Where the circuit breaker is on they count as tasks that
/// failed to start, and the next attempt waits; where it is off they wait for such an instance.
/// Returns service events.
///
/// ECS does not say what its breaker does here; a deployment that cannot ever start is one to give up.
pub fn on_tasks_unplaceable(service: &mut Service, count: u32, now: Timestamp) -> Vec<String> {
    let is_watched = service.deployment_configuration.circuit_breaker.enable
        && service.primary().is_some_and(|d| d.rollout_state == RolloutState::InProgress);
    if !is_watched {
        return Vec::new();
    }
    throttle::step(&mut service.throttle, now, now);
    count_failures(service, count, now)
}

fn count_failure(service: &mut Service, task: &Task, now: Timestamp) -> Vec<String> {
    if primary_of(service, task).is_none() {
        return Vec::new();
    }
    count_failures(service, 1, now)
}

/// Counts failed tasks of the primary deployment.
fn count_failures(service: &mut Service, count: u32, now: Timestamp) -> Vec<String> {
    let breaker = service.deployment_configuration.circuit_breaker.clone();
    let threshold = failure_threshold(&breaker, service.desired_count);
    // The circuit breaker is for rolling updates alone.
    let shifts = service.shifting().is_some();
    let Some(deployment) = service.primary_mut() else { return Vec::new() };
    if deployment.rollout_state != RolloutState::InProgress {
        return Vec::new();
    }
    deployment.failed_tasks = deployment.failed_tasks.saturating_add(count);
    deployment.last_failed_at = Some(now);
    if breaker.enable && !shifts && deployment.failed_tasks >= threshold {
        fail_deployment(service, FailureCause::TasksFailedToStart, breaker.rollback, now)
    } else {
        Vec::new()
    }
}

fn is_of(service: &Service, task: &Task) -> bool {
    task.owner.as_ref().is_some_and(|owner| owner.service_id == service.id)
}

/// The primary deployment, if `task` is of it.
fn primary_of<'a>(service: &'a mut Service, task: &Task) -> Option<&'a mut Deployment> {
    let owner = task.owner.as_ref()?;
    service.primary_mut().filter(|primary| primary.id == owner.deployment)
}

/// Whether a task that becomes healthy sets the count back.
pub(crate) fn resets(service: &Service) -> bool {
    service.deployment_configuration.circuit_breaker.reset_on_healthy_task
}

/// Whether a task that never ran was stopped for reasons that are not its own.
fn is_wanted_elsewhere(task: &Task) -> bool {
    match task.stop_code {
        None | Some(StopCode::TaskFailedToStart | StopCode::EssentialContainerExited) => false,
        Some(
            StopCode::UserInitiated
            | StopCode::ServiceSchedulerInitiated
            | StopCode::SpotInterruption
            | StopCode::TerminationNotice
            | StopCode::InfrastructureHealth,
        ) => true,
    }
}

/// Whether a task ended by itself before it was healthy. What exits at once may or may not be seen
/// RUNNING before it is STOPPED: both are failures to start.
fn ended_unproven(task: &Task, settle_ms: i64) -> bool {
    if task.stop_code != Some(StopCode::EssentialContainerExited) {
        return false;
    }
    if task.has_health_check() {
        return task.health_status == HealthStatus::Unknown;
    }
    let ran_ms = |start: Timestamp| task.stopped_at.map_or(0, |end| end.ms_since(start));
    task.started_at.is_some_and(|start| ran_ms(start) < settle_ms)
}

fn in_grace(service: &Service, task: &Task, at: Timestamp) -> bool {
    let running_since = task.started_at.unwrap_or(task.created_at);
    at < running_since.plus_ms(service.grace_period_ms())
}
