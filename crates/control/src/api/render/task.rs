//! A task as DescribeTasks shows it.

use model::{Container, NetworkBinding, Protocol, Task, TaskOverride};
use wire::ecs;

use super::{tags, timestamp, word};
use crate::Cx;

/// A task; its tags are shown when asked for.
pub fn task(cx: &Cx, task: &Task, with_tags: bool) -> ecs::Task {
    let home = cx.home();
    ecs::Task {
        attachments: Some(Vec::new()),
        availability_zone: task.availability_zone.clone(),
        cluster_arn: Some(home.cluster_arn(&task.cluster)),
        connectivity: word(task.connectivity.as_str()),
        connectivity_at: task.connectivity_at.map(timestamp),
        container_instance_arn: task
            .container_instance
            .map(|id| home.container_instance_arn(&task.cluster, id)),
        containers: Some(task.containers.iter().map(|c| container(cx, task, c)).collect()),
        cpu: Some(task.cpu_units.unwrap_or(task.reserved.cpu_units).to_string()),
        memory: Some(task.memory_mib.unwrap_or(task.reserved.memory_mib).to_string()),
        created_at: Some(timestamp(task.created_at)),
        desired_status: Some(task.desired_status.to_string()),
        enable_execute_command: Some(task.enable_execute_command),
        execution_stopped_at: task.execution_stopped_at.map(timestamp),
        group: Some(task.group.clone()),
        health_status: word(task.health_status.as_str()),
        inference_accelerators: Some(Vec::new()),
        last_status: Some(task.last_status.to_string()),
        launch_type: word(task.launch_type.as_str()),
        overrides: Some(overrides(task)),
        pull_started_at: task.pull_started_at.map(timestamp),
        pull_stopped_at: task.pull_stopped_at.map(timestamp),
        started_at: task.started_at.map(timestamp),
        started_by: task.started_by.clone(),
        stop_code: task.stop_code.and_then(|c| word(c.as_str())),
        stopped_at: task.stopped_at.map(timestamp),
        stopped_reason: task.stopped_reason.clone(),
        stopping_at: task.stopping_at.map(timestamp),
        tags: Some(if with_tags { tags(&task.tags) } else { Vec::new() }),
        task_arn: Some(home.task_arn(&task.cluster, task.id)),
        task_definition_arn: Some(home.task_definition_arn(&task.task_definition)),
        version: Some(task.version),
        ..ecs::Task::default()
    }
}

fn container(cx: &Cx, task: &Task, container: &Container) -> ecs::Container {
    let home = cx.home();
    ecs::Container {
        container_arn: Some(home.container_arn(&task.cluster, task.id, container.id)),
        task_arn: Some(home.task_arn(&task.cluster, task.id)),
        name: Some(container.name.to_string()),
        image: Some(container.image.clone()),
        image_digest: container.image_digest.clone(),
        runtime_id: container.runtime_id.clone(),
        last_status: Some(container.last_status.to_string()),
        exit_code: container.exit_code,
        reason: container.reason.clone(),
        network_bindings: Some(container.network_bindings.iter().map(binding).collect()),
        network_interfaces: Some(Vec::new()),
        health_status: word(container.health_status.as_str()),
        cpu: Some(container.cpu_units.to_string()),
        memory: container.memory_mib.map(|m| m.to_string()),
        memory_reservation: container.memory_reservation_mib.map(|m| m.to_string()),
        ..ecs::Container::default()
    }
}

fn binding(binding: &NetworkBinding) -> ecs::NetworkBinding {
    ecs::NetworkBinding {
        bind_ip: Some(binding.bind_ip.clone()),
        container_port: binding.container_port.map(i32::from),
        host_port: binding.host_port.map(i32::from),
        protocol: Some(match binding.protocol {
            Protocol::Tcp => ecs::TransportProtocol::Tcp,
            Protocol::Udp => ecs::TransportProtocol::Udp,
        }),
        container_port_range: binding.container_port_range.clone(),
        host_port_range: binding.host_port_range.clone(),
    }
}

/// ECS names every container in the overrides, also those that nothing overrides.
fn overrides(task: &Task) -> ecs::TaskOverride {
    let given: &TaskOverride = &task.overrides;
    let of = |container: &Container| {
        let Some(given) = given.containers.iter().find(|o| o.name == container.name) else {
            return ecs::ContainerOverride {
                name: Some(container.name.to_string()),
                ..ecs::ContainerOverride::default()
            };
        };
        super::super::overrides::render(given)
    };
    ecs::TaskOverride {
        container_overrides: Some(task.containers.iter().map(of).collect()),
        cpu: given.cpu_units.map(|v| v.to_string()),
        memory: given.memory_mib.map(|v| v.to_string()),
        task_role_arn: given.task_role_arn.clone(),
        execution_role_arn: given.execution_role_arn.clone(),
        inference_accelerator_overrides: Some(Vec::new()),
        ..ecs::TaskOverride::default()
    }
}
