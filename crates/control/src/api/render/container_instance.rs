//! A container instance as DescribeContainerInstances shows it.

use model::{Attribute, ContainerInstance, Resources};
use store::State;
use wire::ecs;

use super::{tags, timestamp};
use crate::Cx;

/// A container instance; optional parts are shown when `include` names them.
pub fn container_instance(
    state: &State,
    cx: &Cx,
    instance: &ContainerInstance,
    include: &[ecs::ContainerInstanceField],
) -> ecs::ContainerInstance {
    let usage = state.usage(&instance.cluster, instance.id);
    // Ports are shown as those taken, everything else as what is left.
    let mut remaining = instance.registered.clone();
    remaining.cpu_units -= usage.held.cpu_units;
    remaining.memory_mib -= usage.held.memory_mib;
    remaining.tcp_ports.extend(&usage.held.tcp_ports);
    remaining.udp_ports.extend(&usage.held.udp_ports);
    remaining.gpus.retain(|gpu| !usage.held.gpus.contains(gpu));
    let shows = |field| include.contains(&field);
    ecs::ContainerInstance {
        container_instance_arn: Some(
            cx.home().container_instance_arn(&instance.cluster, instance.id),
        ),
        ec2_instance_id: instance.ec2_instance_id.clone(),
        version: Some(instance.version),
        version_info: Some(ecs::VersionInfo {
            agent_version: instance.version_info.agent_version.clone(),
            agent_hash: instance.version_info.agent_hash.clone(),
            docker_version: instance.version_info.docker_version.clone(),
        }),
        registered_resources: Some(resources(&instance.registered)),
        remaining_resources: Some(resources(&remaining)),
        status: Some(instance.status.to_string()),
        agent_connected: Some(instance.agent_connected),
        running_tasks_count: Some(usage.running_count as i32),
        pending_tasks_count: Some(usage.pending_count as i32),
        attributes: Some(instance.attributes.iter().map(|a| attribute(a, None)).collect()),
        registered_at: Some(timestamp(instance.registered_at)),
        attachments: Some(Vec::new()),
        tags: Some(if shows(ecs::ContainerInstanceField::Tags) {
            tags(&instance.tags)
        } else {
            Vec::new()
        }),
        health_status: health(instance)
            .filter(|_| shows(ecs::ContainerInstanceField::ContainerInstanceHealth)),
        ..ecs::ContainerInstance::default()
    }
}

/// An attribute; `target` is the instance that it belongs to, where that is shown.
pub fn attribute(attribute: &Attribute, target: Option<&str>) -> ecs::Attribute {
    ecs::Attribute {
        name: Some(attribute.name.clone()),
        value: attribute.value.clone(),
        target_type: target.map(|_| ecs::TargetType::ContainerInstance),
        target_id: target.map(Into::into),
    }
}

fn resources(resources: &Resources) -> Vec<ecs::Resource> {
    let integer = |name: &str, value: i64| ecs::Resource {
        name: Some(name.into()),
        r#type: Some("INTEGER".into()),
        double_value: Some(0.0),
        long_value: Some(0),
        integer_value: Some(i32::try_from(value).unwrap_or(i32::MAX)),
        string_set_value: None,
    };
    let set = |name: &str, values: Vec<String>| ecs::Resource {
        name: Some(name.into()),
        r#type: Some("STRINGSET".into()),
        double_value: Some(0.0),
        long_value: Some(0),
        integer_value: Some(0),
        string_set_value: Some(values),
    };
    let ports =
        |ports: &std::collections::BTreeSet<u16>| ports.iter().map(u16::to_string).collect();
    let mut all = vec![
        integer("CPU", resources.cpu_units),
        integer("MEMORY", resources.memory_mib),
        set("PORTS", ports(&resources.tcp_ports)),
        set("PORTS_UDP", ports(&resources.udp_ports)),
    ];
    if !resources.gpus.is_empty() {
        all.push(set("GPU", resources.gpus.iter().cloned().collect()));
    }
    all
}

fn health(instance: &ContainerInstance) -> Option<ecs::ContainerInstanceHealthStatus> {
    let runtime = instance.runtime_status.as_ref()?;
    let status = super::word(&runtime.status);
    Some(ecs::ContainerInstanceHealthStatus {
        overall_status: status,
        details: Some(vec![ecs::InstanceHealthCheckResult {
            r#type: super::word("CONTAINER_RUNTIME"),
            status,
            last_updated: Some(timestamp(runtime.last_updated)),
            last_status_change: Some(timestamp(runtime.last_status_change)),
            ..ecs::InstanceHealthCheckResult::default()
        }]),
    })
}
