//! What a task holds on its container instance.

use alloc::{collections::BTreeSet, format, string::String};
use model::{ContainerDefinition, NetworkMode, Protocol, Resources, TaskDefinition, TaskOverride};

/// What a task of this definition reserves, with what RunTask or StartTask changed.
///
/// CPU units and memory are those of the whole task where it has any, else the sum over its
/// containers, where a container's memory is its `memoryReservation` if set, else its `memory`. Only
/// host ports that are fixed are reserved: a `hostPort` of 0 is chosen later by the agent, `awsvpc`
/// tasks have ports of their own, and under `host` every container port is a host port. `gpus` has as
/// many entries as GPUs are asked for; [`crate::Placement::reserved`] names the real ones.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html>
pub fn needs_of(definition: &TaskDefinition, overrides: &TaskOverride) -> Resources {
    let mut needs = Resources::default();
    let mut gpu_count = 0;
    for container in &definition.containers {
        let change = overrides.containers.iter().find(|o| o.name == container.name);
        needs.cpu_units += change.and_then(|o| o.cpu_units).unwrap_or(container.cpu_units);
        let soft =
            change.and_then(|o| o.memory_reservation_mib).or(container.memory_reservation_mib);
        let hard = change.and_then(|o| o.memory_mib).or(container.memory_mib);
        needs.memory_mib += soft.or(hard).unwrap_or(0);
        gpu_count += change.and_then(|o| o.gpu_count).unwrap_or(container.gpu_count);
        add_host_ports(definition.network_mode, container, &mut needs);
    }
    if let Some(cpu_units) = overrides.cpu_units.or(definition.cpu_units) {
        needs.cpu_units = cpu_units;
    }
    if let Some(memory_mib) = overrides.memory_mib.or(definition.memory_mib) {
        needs.memory_mib = memory_mib;
    }
    needs.gpus = (0..gpu_count).map(|i| format!("any-{i}")).collect::<BTreeSet<String>>();
    needs
}

fn add_host_ports(mode: NetworkMode, container: &ContainerDefinition, needs: &mut Resources) {
    for mapping in &container.port_mappings {
        let first = match mode {
            NetworkMode::Host => mapping.container_port,
            NetworkMode::Bridge => mapping.host_port,
            NetworkMode::Awsvpc | NetworkMode::None => 0,
        };
        if first == 0 {
            continue;
        }
        let further = mapping.container_port_end.saturating_sub(mapping.container_port);
        let ports = first..=first.saturating_add(further);
        match mapping.protocol {
            Protocol::Tcp => needs.tcp_ports.extend(ports),
            Protocol::Udp => needs.udp_ports.extend(ports),
        }
    }
}
