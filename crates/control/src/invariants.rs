//! What must always be true of the state. One library for the simulator and the tests.

use std::collections::BTreeSet;

use model::{
    ClusterStatus, ContainerInstance, DeploymentController, DeploymentStatus, RolloutState,
    Service, ServiceDeployment, ServiceDeploymentStatus, ServiceStatus, Task, TaskSet,
    TaskSetStatus,
};
use store::{Change, Changed, Commit, State};

/// Something that should never be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule, by name.
    pub rule: &'static str,
    /// What breaks it.
    pub what: String,
}

/// Every violation in a state.
pub fn check(state: &State) -> Vec<Violation> {
    let mut found = Vec::new();
    state.container_instances().iter().for_each(|i| check_instance(state, i, &mut found));
    state.services().iter().for_each(|s| check_service(state, s, &mut found));
    state.tasks().iter().for_each(|t| check_task(state, t, &mut found));
    state.service_deployments().iter().for_each(|it| check_earlier(it, &mut found));
    if !state.is_indexed_rightly() {
        violate(&mut found, "indexes-match-rows", "an index differs from its rows".into());
    }
    found
}

/// Every violation that a commit made, in the state that it left or a later one: among the rows that
/// it touched, what hangs on them, and in how they changed. It costs as much as the commit is large.
pub fn check_commit(state: &State, commit: &Commit) -> Vec<Violation> {
    let mut found = Vec::new();
    let (mut instances, mut services) = (BTreeSet::new(), BTreeSet::new());
    for change in &commit.changes {
        match change {
            Change::Task(task) => {
                check_change(task, &mut found);
                for task in task.old.iter().chain(&task.new) {
                    let cluster = &task.cluster;
                    instances.extend(task.container_instance.map(|id| (cluster.clone(), id)));
                    let service = task.owner.as_ref().map(|owner| owner.service.clone());
                    services.extend(service.map(|service| (cluster.clone(), service)));
                }
                if let Some(task) = state.tasks().get(&task.key) {
                    check_task(state, task, &mut found);
                }
            }
            Change::Service(service) => {
                services.insert(service.key.clone());
            }
            Change::ContainerInstance(instance) => {
                instances.insert(instance.key.clone());
            }
            Change::ServiceDeployment(earlier) => {
                earlier.new.iter().for_each(|it| check_earlier(it, &mut found));
            }
            _ => {}
        }
    }
    let instances = instances.iter().filter_map(|key| state.container_instances().get(key));
    instances.for_each(|i| check_instance(state, i, &mut found));
    let services = services.iter().filter_map(|key| state.services().get(key));
    services.for_each(|s| check_service(state, s, &mut found));
    found
}

/// Statuses go one way, and what lives is not forgotten.
fn check_change(task: &Changed<Task>, found: &mut Vec<Violation>) {
    let Some(old) = &task.old else { return };
    let who = format!("task {}", old.id);
    let Some(new) = &task.new else {
        if old.is_live() {
            violate(found, "live-task-is-kept", format!("{who} was {}", old.last_status));
        }
        return;
    };
    if new.last_status < old.last_status {
        let what = format!("{who} went from {} to {}", old.last_status, new.last_status);
        violate(found, "last-status-rises", what);
    }
    if new.is_wanted() && !old.is_wanted() {
        violate(found, "desired-status-falls", format!("{who} was to stop and is wanted again"));
    }
    if new.owner != old.owner || new.task_definition != old.task_definition {
        violate(found, "task-stays-what-it-is", who);
    }
}

fn violate(found: &mut Vec<Violation>, rule: &'static str, what: String) {
    found.push(Violation { rule, what });
}

fn check_instance(state: &State, instance: &ContainerInstance, found: &mut Vec<Violation>) {
    let who = format!("container instance {}", instance.id);
    let (mut cpu_units, mut memory_mib) = (0, 0);
    let (mut tcp, mut udp) =
        (instance.registered.tcp_ports.clone(), instance.registered.udp_ports.clone());
    for task in state.live_tasks_on(&instance.cluster, instance.id) {
        cpu_units += task.reserved.cpu_units;
        memory_mib += task.reserved.memory_mib;
        for (taken, own) in
            [(&mut tcp, &task.reserved.tcp_ports), (&mut udp, &task.reserved.udp_ports)]
        {
            for port in own {
                if !taken.insert(*port) {
                    violate(
                        found,
                        "host-ports-are-unique",
                        format!("{who}: port {port} is held twice"),
                    );
                }
            }
        }
    }
    let registered = &instance.registered;
    if cpu_units > registered.cpu_units || memory_mib > registered.memory_mib {
        violate(
            found,
            "reserved-within-registered",
            format!(
                "{who}: its tasks hold {cpu_units} CPU units and {memory_mib} MiB of {} and {}",
                registered.cpu_units, registered.memory_mib
            ),
        );
    }
    if instance.status == model::ContainerInstanceStatus::Inactive && instance.agent_connected {
        violate(found, "inactive-is-disconnected", format!("{who} is INACTIVE and connected"));
    }
}

fn check_service(state: &State, service: &Service, found: &mut Vec<Violation>) {
    let who = format!("service {}/{}", service.cluster, service.name);
    let primaries =
        service.deployments.iter().filter(|d| d.status == DeploymentStatus::Primary).count();
    let is_external = service.deployment_controller == DeploymentController::External;
    let is_active = service.status == ServiceStatus::Active;
    if primaries > 1 || (is_active && primaries != usize::from(!is_external)) {
        violate(found, "one-primary-deployment", format!("{who} has {primaries}"));
    }
    check_task_sets(state, service, found);
    check_service_deployment(service, found);
    let ids: BTreeSet<_> = service.deployments.iter().map(|d| &d.id).collect();
    if ids.len() != service.deployments.len() {
        violate(found, "deployments-are-distinct", who.clone());
    }
    let live_count = state.live_tasks_of_service(service).count();
    if service.status == ServiceStatus::Inactive && live_count > 0 {
        violate(found, "inactive-service-has-no-tasks", format!("{who} has {live_count}"));
    }
}

/// The newest service deployment is under way as long as the primary deployment is IN_PROGRESS, and
/// says why it did not end well.
fn check_service_deployment(service: &Service, found: &mut Vec<Violation>) {
    let Some(it) = &service.service_deployment else { return };
    let who = format!("service deployment {} of {}/{}", it.id, it.cluster, it.service);
    let is_in_progress =
        service.primary().is_some_and(|d| d.rollout_state == RolloutState::InProgress);
    let is_active = service.status == ServiceStatus::Active;
    if is_active && it.is_under_way() != is_in_progress {
        let what = format!("{who} is {} and its deployment is not", it.status);
        violate(found, "service-deployment-ends-with-its-deployment", what);
    }
    check_end(it, &who, found);
}

/// An earlier service deployment has ended.
fn check_earlier(it: &ServiceDeployment, found: &mut Vec<Violation>) {
    let who = format!("service deployment {} of {}/{}", it.id, it.cluster, it.service);
    if it.is_under_way() {
        violate(found, "earlier-service-deployment-has-ended", format!("{who} is {}", it.status));
    }
    check_end(it, &who, found);
}

fn check_end(it: &ServiceDeployment, who: &str, found: &mut Vec<Violation>) {
    let is_bad = !it.is_under_way() && it.status != ServiceDeploymentStatus::Successful;
    if is_bad && it.status_reason.as_ref().is_none_or(String::is_empty) {
        let what = format!("{who} is {} for no reason", it.status);
        violate(found, "ended-service-deployment-says-why", what);
    }
}

fn check_task_sets(state: &State, service: &Service, found: &mut Vec<Violation>) {
    let who = format!("service {}/{}", service.cluster, service.name);
    let is_external = service.deployment_controller == DeploymentController::External;
    if !is_external && !service.task_sets.is_empty() {
        violate(found, "task-sets-are-external", who);
        return;
    }
    let is_primary = |set: &&TaskSet| set.status == TaskSetStatus::Primary;
    let primaries = service.task_sets.iter().filter(is_primary).count();
    if primaries > 1 {
        violate(found, "one-primary-task-set", format!("{who} has {primaries}"));
    }
    let ids: BTreeSet<_> = service.task_sets.iter().map(|set| &set.id).collect();
    if ids.len() != service.task_sets.len() {
        violate(found, "task-sets-are-distinct", who.clone());
    }
    let owners = state.live_tasks_of_service(service).filter_map(|task| task.owner.as_ref());
    let lost = owners.filter(|owner| is_external && !ids.contains(&owner.deployment)).count();
    if lost > 0 {
        violate(found, "live-task-has-task-set", format!("{who} has {lost} without"));
    }
}

fn check_task(state: &State, task: &Task, found: &mut Vec<Violation>) {
    let who = format!("task {}", task.id);
    let cluster = state.clusters().get(&task.cluster);
    if task.is_live() && cluster.is_none_or(|c| c.status != ClusterStatus::Active) {
        violate(found, "live-task-has-cluster", who.clone());
    }
    if let Some(instance) = task.container_instance.filter(|_| task.is_live()) {
        let key = (task.cluster.clone(), instance);
        if state.container_instances().get(&key).is_none() {
            violate(found, "live-task-has-instance", who.clone());
        }
    }
    if !task.is_live() {
        let is_told = task.stopped_at.is_some() && task.stop_code.is_some();
        if !is_told || task.desired_status != model::DesiredStatus::Stopped {
            violate(found, "stopped-task-says-why", who.clone());
        }
    }
    if task.is_wanted() && task.stop_code.is_some() {
        violate(found, "wanted-task-has-no-stop-code", who);
    }
}
