//! Who holds what on a container instance.

use std::collections::BTreeSet;

use arn::{ClusterName, InstanceId};
use model::{ContainerInstance, NetworkMode, Protocol, Task};
use placement::Obstacle;
use serde::Serialize;
use store::State;

/// A task, or the container instance itself, with what it holds of a resource that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The task's id; absent where the container instance registered the port as taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The task's group, such as `service:web`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The names of the containers that hold it, where only some of the task's do.
    pub containers: Vec<String>,
    /// What is held, such as `256 CPU units` or `8080/tcp`.
    pub holds: String,
}

/// Who holds what an obstacle lacks, the most first.
pub fn of(
    state: &State,
    cluster: &ClusterName,
    instance: InstanceId,
    obstacle: &Obstacle,
) -> Vec<Holder> {
    let amount = |of: fn(&Task) -> i64, unit: &str| {
        let mut tasks: Vec<&Task> =
            state.live_tasks_on(cluster, instance).map(|task| &**task).collect();
        tasks.retain(|task| of(task) > 0);
        tasks.sort_by_key(|task| (-of(task), task.id));
        let holder = |task: &&Task| whole(task, format!("{} {unit}", of(task)));
        tasks.iter().map(holder).collect()
    };
    match obstacle {
        Obstacle::Cpu { .. } => amount(|task| task.reserved.cpu_units, "CPU units"),
        Obstacle::Memory { .. } => amount(|task| task.reserved.memory_mib, "MiB of memory"),
        Obstacle::Gpu { .. } => amount(|task| task.reserved.gpus.len() as i64, "GPUs"),
        Obstacle::Ports { tcp, udp } => {
            let row = state.container_instances().get(&(cluster.clone(), instance));
            let tcp = tcp.iter().map(|port| (*port, Protocol::Tcp));
            let all = tcp.chain(udp.iter().map(|port| (*port, Protocol::Udp)));
            all.flat_map(|(port, protocol)| {
                port_holders(state, cluster, instance, row.map(|row| &**row), port, protocol)
            })
            .collect()
        }
        Obstacle::DistinctInstance { .. }
        | Obstacle::Status(_)
        | Obstacle::LaunchType(_)
        | Obstacle::Agent
        | Obstacle::Attribute { .. }
        | Obstacle::MemberOf { .. } => Vec::new(),
    }
}

fn whole(task: &Task, holds: String) -> Holder {
    let containers = task.containers.iter().map(|container| container.name.to_string()).collect();
    Holder { task: Some(task.id.to_string()), group: Some(task.group.clone()), containers, holds }
}

fn port_holders(
    state: &State,
    cluster: &ClusterName,
    instance: InstanceId,
    row: Option<&ContainerInstance>,
    port: u16,
    protocol: Protocol,
) -> Vec<Holder> {
    let of = |resources: &model::Resources| -> BTreeSet<u16> {
        match protocol {
            Protocol::Tcp => resources.tcp_ports.clone(),
            Protocol::Udp => resources.udp_ports.clone(),
        }
    };
    let name = match protocol {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    };
    let holds = format!("{port}/{name}");
    let registered = row.filter(|row| of(&row.registered).contains(&port)).map(|_| Holder {
        task: None,
        group: None,
        containers: Vec::new(),
        holds: holds.clone(),
    });
    let tasks = state.live_tasks_on(cluster, instance);
    let tasks = tasks.filter(|task| of(&task.reserved).contains(&port)).map(|task| Holder {
        containers: containers_with(state, task, port, protocol),
        ..whole(task, holds.clone())
    });
    registered.into_iter().chain(tasks).collect()
}

/// The containers of a task that ask for a host port.
fn containers_with(state: &State, task: &Task, port: u16, protocol: Protocol) -> Vec<String> {
    let id = &task.task_definition;
    let row = state.task_definitions().get(&(id.family.clone(), id.revision));
    let Some(facts) = row.map(|row| &row.facts) else { return Vec::new() };
    let asks = |mapping: &model::PortMapping| {
        let first = match facts.network_mode {
            NetworkMode::Host => mapping.container_port,
            _ => mapping.host_port,
        };
        let further = mapping.container_port_end.saturating_sub(mapping.container_port);
        mapping.protocol == protocol
            && first != 0
            && (first..=first.saturating_add(further)).contains(&port)
    };
    let with = facts.containers.iter().filter(|container| container.port_mappings.iter().any(asks));
    with.map(|container| container.name.to_string()).collect()
}
