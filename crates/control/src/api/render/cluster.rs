//! A cluster as DescribeClusters shows it.

use model::{Cluster, LaunchType, ServiceStatus, TaskStatus};
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
            statistics(state, cluster)
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

/// Tasks and services counted by launch type, under ECS's names for the counts.
fn statistics(state: &State, cluster: &Cluster) -> Vec<ecs::KeyValuePair> {
    let launch_types = [
        (LaunchType::Ec2, "EC2"),
        (LaunchType::Fargate, "Fargate"),
        (LaunchType::External, "External"),
    ];
    let tasks = |launch_type, status| {
        let all = state.tasks().scan(&cluster.name);
        all.filter(|t| t.launch_type == launch_type && t.last_status == status).count()
    };
    let services = |launch_type, status| {
        let all = state.services().scan(&cluster.name);
        all.filter(|s| s.launch_type == launch_type && s.status == status).count()
    };
    let statistic = |name: String, value: usize| ecs::KeyValuePair {
        name: Some(name),
        value: Some(value.to_string()),
    };
    let of = |(launch_type, name)| {
        [
            statistic(format!("running{name}TasksCount"), tasks(launch_type, TaskStatus::Running)),
            statistic(format!("pending{name}TasksCount"), tasks(launch_type, TaskStatus::Pending)),
            statistic(
                format!("active{name}ServiceCount"),
                services(launch_type, ServiceStatus::Active),
            ),
            statistic(
                format!("draining{name}ServiceCount"),
                services(launch_type, ServiceStatus::Draining),
            ),
        ]
    };
    launch_types.into_iter().flat_map(of).collect()
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
