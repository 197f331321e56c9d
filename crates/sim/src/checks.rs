//! What must hold after every step, and what must be true in the end.

use std::collections::BTreeMap;

use control::invariants;
use model::{HealthStatus, RolloutState, Service, ServiceStatus, Task, TaskStatus};
use store::State;

use crate::World;

/// How often the costly invariants are looked at, in steps.
const DEEP_EVERY: u64 = 200;

/// What a service has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    live: u32,
    healthy: u32,
    minimum: u32,
    maximum: u32,
}

/// The invariants of the state.
pub fn after_step(world: &mut World, step: u64) -> Result<(), String> {
    if let Some(moved) = world.bad_move.take() {
        return Err(moved);
    }
    if !step.is_multiple_of(DEEP_EVERY) {
        return Ok(());
    }
    let Some(state) = world.plane.snapshot() else { return Ok(()) };
    match invariants::check(&state).as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("{}: {}", first.rule, first.what)),
    }
}

/// What every service has now.
pub fn counts(world: &World) -> BTreeMap<String, Counts> {
    let Some(state) = world.plane.snapshot() else { return BTreeMap::new() };
    let active = state.services().iter().filter(|s| s.status == ServiceStatus::Active);
    active.map(|s| (s.name.to_string(), count(world, &state, s))).collect()
}

fn count(world: &World, state: &State, service: &Service) -> Counts {
    let settle_ms = world.plane.settings.settle_ms;
    let is_healthy = |task: &Task| {
        let settled = || task.started_at.is_some_and(|at| world.now.ms_since(at) >= settle_ms);
        task.is_wanted()
            && task.last_status == TaskStatus::Running
            && if task.has_health_check() {
                task.health_status == HealthStatus::Healthy
            } else {
                settled()
            }
    };
    Counts {
        live: state.live_tasks_of_service(service).count() as u32,
        healthy: state.live_tasks_of_service(service).filter(|t| is_healthy(t)).count() as u32,
        minimum: service.healthy_count_min(),
        maximum: service.task_count_max(),
    }
}

/// A reconciler has run: by its own doing no service may have fewer healthy tasks than its minimum,
/// nor more tasks than its maximum.
pub fn note_moves(world: &mut World, before: &BTreeMap<String, Counts>) {
    let after = counts(world);
    for (name, after) in after {
        let Some(before) = before.get(&name) else { continue };
        let too_few = after.healthy < before.healthy && after.healthy < after.minimum;
        let too_many = after.live > before.live && after.live > after.maximum;
        if (too_few && !is_forced(world, &name)) || too_many {
            world.bad_move = Some(format!("a bad move of service {name}: {before:?} to {after:?}"));
        }
    }
}

/// Fewer than the minimum are right when the service wants fewer, or a host is drained without room
/// elsewhere; what rollout promises then is proven by its own property tests.
fn is_forced(world: &World, name: &str) -> bool {
    let Some(state) = world.plane.snapshot() else { return true };
    let Some(service) = state.services().iter().find(|s| s.name.as_str() == name) else {
        return true;
    };
    let wanted = state.live_tasks_of_service(service).filter(|t| t.is_wanted()).count() as u32;
    wanted >= service.desired_count
}

/// What is not yet as it should be, once nothing breaks any more.
pub fn unsettled(world: &World) -> Vec<String> {
    let mut open = Vec::new();
    let Some(state) = world.plane.snapshot() else { return vec!["the server is down".into()] };
    for service in state.services().iter() {
        if let Some(what) = unsettled_service(&state, service) {
            open.push(format!("service {}: {what}", service.name));
        }
    }
    for task in state.tasks().iter().filter(|t| t.is_live() && t.owner.is_none()) {
        open.push(format!("task {} is {}", task.id, task.last_status));
    }
    if !open.is_empty() {
        return open;
    }
    let running = world.running_containers();
    for task in state.tasks().iter().filter(|t| t.is_live()) {
        let arn = world.plane.settings.home.task_arn(&task.cluster, task.id);
        let hosts = running.get(&arn).cloned().unwrap_or_default();
        let is_right =
            hosts.len() == 1 && Some(world.hosts[hosts[0]].key.1) == task.container_instance;
        if !is_right {
            open.push(format!("task {} runs on hosts {hosts:?}", task.id));
        }
    }
    for (arn, hosts) in &running {
        let id = arn.rsplit('/').next().and_then(|id| id.parse().ok());
        let task = id.and_then(|id| state.tasks().get(&(world.cluster.clone(), id)));
        if task.is_none_or(|t| !t.is_live()) {
            open.push(format!("a container of {arn} is left on hosts {hosts:?}"));
        }
    }
    open
}

fn unsettled_service(state: &State, service: &Service) -> Option<String> {
    let live: Vec<&Task> = state.live_tasks_of_service(service).collect();
    match service.status {
        ServiceStatus::Inactive => None,
        ServiceStatus::Draining => Some(format!("DRAINING with {} tasks", live.len())),
        ServiceStatus::Active => {
            let running = live
                .iter()
                .filter(|t| t.is_wanted() && t.last_status == TaskStatus::Running)
                .count() as u32;
            let is_complete = service.deployments.len() == 1
                && service.deployments[0].rollout_state == RolloutState::Completed;
            let is_settled = running == service.desired_count
                && live.len() as u32 == running
                && is_complete
                && service.steady;
            (!is_settled).then(|| {
                let states: Vec<String> = live
                    .iter()
                    .map(|t| format!("{}/{}/{}", t.last_status, t.desired_status, t.health_status))
                    .collect();
                format!(
                    "wants {}, has {states:?}, {} deployments, {:?}, throttle {:?}, placement {:?}",
                    service.desired_count,
                    service.deployments.len(),
                    service.deployments.first().map(|d| &d.rollout_state_reason),
                    service.throttle,
                    service.placement_failure,
                )
            })
        }
    }
}
