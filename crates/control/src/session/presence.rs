//! Whether an agent is there, as the state says it.

use model::{Connectivity, ContainerInstance, ContainerInstanceStatus, Task, Timestamp};
use store::{State, Tx};

use super::InstanceKey;

/// What an agent says of itself when it connects.
#[derive(Clone, Debug, Default)]
pub struct Agent {
    /// Its version.
    pub version: Option<String>,
    /// A hash of its build.
    pub hash: Option<String>,
    /// The container runtime's version.
    pub docker_version: Option<String>,
}

/// Whether a container instance is registered and was not deregistered.
pub fn is_registered(state: &State, key: &InstanceKey) -> bool {
    let instance = state.container_instances().get(key);
    instance.is_some_and(|i| i.status != ContainerInstanceStatus::Inactive)
}

/// Notes that the agent of a container instance is connected; whether there is such an instance.
pub fn connect(tx: &mut Tx, key: &InstanceKey, agent: Agent, now: Timestamp) -> bool {
    if !is_registered(tx, key) {
        return false;
    }
    let Some(mut instance) = tx.container_instances().get(key).map(|i| (**i).clone()) else {
        return false;
    };
    instance.version_info.agent_version = agent.version.or(instance.version_info.agent_version);
    instance.version_info.agent_hash = agent.hash.or(instance.version_info.agent_hash);
    instance.version_info.docker_version =
        agent.docker_version.or(instance.version_info.docker_version);
    set(tx, instance, true, now);
    true
}

/// Notes that the agent of a container instance is gone. Its tasks may well run on.
pub fn disconnect(tx: &mut Tx, key: &InstanceKey, now: Timestamp) {
    let Some(instance) = tx.container_instances().get(key).map(|i| (**i).clone()) else { return };
    if instance.agent_connected {
        set(tx, instance, false, now);
    }
}

fn set(tx: &mut Tx, mut instance: ContainerInstance, is_connected: bool, now: Timestamp) {
    if instance.agent_connected != is_connected {
        instance.agent_connected = is_connected;
        instance.agent_connected_at = now;
        instance.version += 1;
    }
    let connectivity =
        if is_connected { Connectivity::Connected } else { Connectivity::Disconnected };
    let tasks: Vec<Task> = tx
        .live_tasks_on(&instance.cluster, instance.id)
        .filter(|t| t.connectivity != connectivity)
        .map(|t| Task::clone(t))
        .collect();
    for mut task in tasks {
        task.connectivity = connectivity;
        task.connectivity_at = Some(now);
        task.version += 1;
        tx.put(task);
    }
    tx.put(instance);
}

/// After a start no agent is connected, whatever was true before.
pub fn disconnect_all(tx: &mut Tx, now: Timestamp) {
    let keys: Vec<InstanceKey> = tx
        .container_instances()
        .iter()
        .filter(|i| i.agent_connected)
        .map(|i| (i.cluster.clone(), i.id))
        .collect();
    for key in keys {
        disconnect(tx, &key, now);
    }
}
