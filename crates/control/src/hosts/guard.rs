//! What a host may touch, whatever its role allows: its own container instance and the tasks on it.

use access::Ask;
use arn::{Home, InstanceId, Resource};
use model::{ContainerInstance, Task};
use store::State;
use wire::{Error, ErrorCode};

/// Actions that tell of other hosts' tasks or instances without naming one.
const TELLING_OF_OTHERS: [&str; 3] =
    ["ecs:ListTasks", "ecs:ListContainerInstances", "ecs:ListAttributes"];

/// Whether a container instance is the host's.
pub fn is_own_instance(instance: &ContainerInstance, host: &str) -> bool {
    instance.host.as_deref() == Some(host)
}

/// Whether a task runs on the host.
pub fn is_own_task(state: &State, task: &Task, host: &str) -> bool {
    let on = |id: InstanceId| state.container_instances().get(&(task.cluster.clone(), id));
    task.container_instance.and_then(on).is_some_and(|instance| is_own_instance(instance, host))
}

/// Whether a host's key was taken back.
pub fn is_revoked(state: &State, host: &str) -> bool {
    state.hosts().get(&host.to_owned()).is_none_or(|host| host.revoked_at.is_some())
}

/// Why a host may not do what is asked, although its role may: it is about another host's.
pub fn refusal(state: &State, home: &Home, host: &str, ask: &Ask) -> Option<String> {
    let is_own = match home.parse(&ask.resource) {
        Ok(Resource::Cluster(cluster)) => {
            let row = state.hosts().get(&host.to_owned());
            row.is_some_and(|row| row.cluster.as_ref().is_none_or(|only| *only == cluster))
        }
        Ok(Resource::ContainerInstance(Some(cluster), id)) => {
            let instance = state.container_instances().get(&(cluster, id));
            instance.is_some_and(|instance| is_own_instance(instance, host))
        }
        Ok(Resource::Task(Some(cluster), id)) => {
            let task = state.tasks().get(&(cluster, id));
            task.is_none_or(|task| is_own_task(state, task, host))
        }
        _ => !TELLING_OF_OTHERS.contains(&ask.action) && !is_any_task(home, &ask.resource),
    };
    (!is_own).then(|| {
        format!(
            "is not authorized to perform: {} on resource: {} because it is not of the host {host}",
            ask.action, ask.resource
        )
    })
}

/// Whether a resource stands for tasks or container instances without naming one.
fn is_any_task(home: &Home, resource: &str) -> bool {
    let head = format!("arn:aws:ecs:{}:{}:", home.region, home.account);
    let kind = resource.strip_prefix(&head).unwrap_or_default();
    kind.starts_with("task/") || kind.starts_with("container-instance/")
}

/// Refuses a report of a host about a task that is not on it. Reports are asked on the cluster.
///
/// # Errors
/// `AccessDeniedException`
pub fn check_task(state: &State, host: Option<&str>, task: &Task) -> Result<(), Error> {
    match host {
        Some(host) if !is_own_task(state, task, host) => Err(Error::new(
            ErrorCode::AccessDenied,
            format!("The task {} is not on the host {host}.", task.id),
        )),
        _ => Ok(()),
    }
}

/// Refuses a host that registers again as a container instance that is not its own.
///
/// # Errors
/// `AccessDeniedException`
pub fn check_instance(host: Option<&str>, instance: &ContainerInstance) -> Result<(), Error> {
    match host {
        Some(host) if !is_own_instance(instance, host) => Err(Error::new(
            ErrorCode::AccessDenied,
            format!("The container instance {} is not the host {host}.", instance.id),
        )),
        _ => Ok(()),
    }
}
