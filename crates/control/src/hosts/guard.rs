//! What a host may touch, whatever its role allows: its own container instance and the tasks on it.

use access::Ask;
use arn::{ClusterName, Home, InstanceId, Resource};
use model::{ContainerInstance, Task};
use store::State;
use wire::{Error, ErrorCode};

/// Actions of ECS on nothing in particular that a host may be allowed: they tell of no other host, and
/// change none.
const ON_NOTHING: [&str; 5] = [
    "ecs:DiscoverPollEndpoint",
    "ecs:ListAccountSettings",
    "ecs:ListClusters",
    "ecs:ListTaskDefinitionFamilies",
    "ecs:ListTaskDefinitions",
];

/// Actions that a host never has, because they are about the hosts of others though their resource is
/// not.
const NEVER: [&str; 4] =
    ["ecs:StartTask", "ecs:ListTasks", "ecs:ListContainerInstances", "ecs:ListAttributes"];

/// Whether a container instance is the host's.
pub fn is_own_instance(instance: &ContainerInstance, host: &str) -> bool {
    instance.host.as_deref() == Some(host)
}

/// Whether a task runs on the host.
pub fn is_own_task(state: &State, task: &Task, host: &str) -> bool {
    let on = |id: InstanceId| state.container_instances().get(&(task.cluster.clone(), id));
    task.container_instance.and_then(on).is_some_and(|instance| is_own_instance(instance, host))
}

/// Whether a container instance is that of a host whose key was taken back.
pub fn is_of_revoked(state: &State, cluster: &ClusterName, id: InstanceId) -> bool {
    let instance = state.container_instances().get(&(cluster.clone(), id));
    let host = instance.and_then(|instance| instance.host.as_deref());
    host.is_some_and(|host| is_revoked(state, host))
}

/// Whether a host's key was taken back.
pub fn is_revoked(state: &State, host: &str) -> bool {
    state.hosts().get(&host.to_owned()).is_none_or(|host| host.revoked_at.is_some())
}

/// Why a host may not do what is asked, although its role may: it is about another host's.
pub fn refusal(state: &State, home: &Home, host: &str, ask: &Ask) -> Option<String> {
    let is_in = |cluster: &ClusterName| {
        let row = state.hosts().get(&host.to_owned());
        row.is_some_and(|row| row.cluster.as_ref().is_none_or(|only| only == cluster))
    };
    let is_own = !NEVER.contains(&ask.action)
        && match home.parse(&ask.resource) {
            Ok(Resource::Cluster(cluster) | Resource::Service(Some(cluster), _)) => is_in(&cluster),
            Ok(Resource::ContainerInstance(Some(cluster), id)) => {
                let instance = state.container_instances().get(&(cluster, id));
                instance.is_some_and(|instance| is_own_instance(instance, host))
            }
            Ok(Resource::Task(Some(cluster), id)) => {
                let task = state.tasks().get(&(cluster, id));
                task.is_none_or(|task| is_own_task(state, task, host))
            }
            Ok(Resource::TaskDefinition(_)) => true,
            _ => !ask.action.starts_with("ecs:") || is_of_nobody(home, ask, is_in),
        };
    (!is_own).then(|| {
        format!(
            "is not authorized to perform: {} on resource: {} because it is not of the host {host}",
            ask.action, ask.resource
        )
    })
}

/// Whether what names no one thing is about no other host: an action on nothing, the families of task
/// definitions, or the tags of the container instance that the host is about to register.
fn is_of_nobody(home: &Home, ask: &Ask, is_in: impl Fn(&ClusterName) -> bool) -> bool {
    let head = format!("arn:aws:ecs:{}:{}:", home.region, home.account);
    let named = ask.resource.strip_prefix(&head).and_then(|rest| rest.split_once('/'));
    match named {
        None => ON_NOTHING.contains(&ask.action),
        Some(("container-instance", rest)) if ask.action == "ecs:TagResource" => {
            let cluster = rest.strip_suffix("/*").and_then(|name| home.cluster(name).ok());
            cluster.is_some_and(|cluster| is_in(&cluster))
        }
        Some((kind, _)) => kind == "task-definition",
    }
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
