//! What must be true in the end: every service is what its user asked for, every task has its
//! container, and no container is left that nobody owns.

use model::{
    DeploymentController, RolloutState, Service, ServiceStatus, StabilityStatus, Task, TaskStatus,
};
use store::State;

use crate::World;

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
    let alive = world.hosts.iter().enumerate().filter(|(_, host)| !host.is_dead);
    for (index, _) in alive.filter(|(_, host)| host.connection.is_none()) {
        open.push(format!("host {index} is not connected"));
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
            let is_settled = running == service.desired_count
                && live.len() as u32 == running
                && is_complete(service)
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

/// Whether the newest deployment has ended well, or the only task set is there.
fn is_complete(service: &Service) -> bool {
    if service.deployment_controller == DeploymentController::External {
        return matches!(&service.task_sets[..], [only] if only.stability == StabilityStatus::SteadyState);
    }
    let is_over = service.service_deployment.as_ref().is_some_and(|it| !it.is_under_way());
    is_over
        && matches!(&service.deployments[..], [only] if only.rollout_state == RolloutState::Completed)
}
