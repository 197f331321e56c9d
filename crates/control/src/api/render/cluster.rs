//! A cluster as DescribeClusters shows it.

use model::{Cluster, ServiceStatus};
use store::State;
use wire::ecs;

use super::tags;
use crate::Cx;

/// A cluster; optional parts are shown when `include` names them.
pub fn cluster(
    state: &State,
    cx: &Cx,
    cluster: &Cluster,
    include: &[ecs::ClusterField],
) -> ecs::Cluster {
    let (mut running, mut pending, mut registered) = (0, 0, 0);
    for instance in state.container_instances().scan(&cluster.name) {
        let usage = state.usage(&cluster.name, instance.id);
        running += usage.running_count as i32;
        pending += usage.pending_count as i32;
        registered += i32::from(instance.status != model::ContainerInstanceStatus::Inactive);
    }
    let services = state.services().scan(&cluster.name);
    let active = services.filter(|s| s.status == ServiceStatus::Active).count();
    let shows = |field| include.contains(&field);
    ecs::Cluster {
        cluster_arn: Some(cx.home().cluster_arn(&cluster.name)),
        cluster_name: Some(cluster.name.to_string()),
        status: Some(cluster.status.to_string()),
        registered_container_instances_count: Some(registered),
        running_tasks_count: Some(running),
        pending_tasks_count: Some(pending),
        active_services_count: Some(active as i32),
        statistics: Some(if shows(ecs::ClusterField::Statistics) {
            vec![
                statistic("runningEC2TasksCount", running),
                statistic("pendingEC2TasksCount", pending),
                statistic("activeEC2ServiceCount", active as i32),
            ]
        } else {
            Vec::new()
        }),
        tags: Some(if shows(ecs::ClusterField::Tags) { tags(&cluster.tags) } else { Vec::new() }),
        settings: Some(if shows(ecs::ClusterField::Settings) {
            settings(cluster)
        } else {
            Vec::new()
        }),
        configuration: configuration(cluster).filter(|_| shows(ecs::ClusterField::Configurations)),
        capacity_providers: Some(Vec::new()),
        default_capacity_provider_strategy: Some(Vec::new()),
        ..ecs::Cluster::default()
    }
}

fn statistic(name: &str, value: i32) -> ecs::KeyValuePair {
    ecs::KeyValuePair { name: Some(name.into()), value: Some(value.to_string()) }
}

fn settings(cluster: &Cluster) -> Vec<ecs::ClusterSetting> {
    cluster
        .settings
        .iter()
        .map(|s| ecs::ClusterSetting { name: super::word(&s.name), value: Some(s.value.clone()) })
        .collect()
}

fn configuration(cluster: &Cluster) -> Option<ecs::ClusterConfiguration> {
    serde_json::from_str(cluster.configuration.as_deref()?).ok()
}
