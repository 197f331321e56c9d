//! From a placement to a task that its agent will be told of.

use arn::{ClusterName, InstanceId};
use model::{
    Container, ContainerDefinition, ContainerInstance, HealthStatus, LaunchType, Owner, Tag, Task,
    TaskOverride, TaskStatus,
};
use store::{TaskDefinitionRow, Tx};

use crate::{Cx, place::Place};

/// What a new task is to be.
#[derive(Clone, Copy, Debug)]
pub struct Launch<'a> {
    /// Its cluster.
    pub cluster: &'a ClusterName,
    /// What it runs.
    pub definition: &'a TaskDefinitionRow,
    /// Where it may run.
    pub launch_type: LaunchType,
    /// Its task group.
    pub group: &'a str,
    /// Who started it.
    pub started_by: Option<&'a str>,
    /// The service that it belongs to.
    pub owner: Option<&'a Owner>,
    /// What changes of the task definition.
    pub overrides: &'a TaskOverride,
    /// Its tags.
    pub tags: &'a [Tag],
}

/// Creates the task, PENDING on the instance that was chosen.
pub fn launch(tx: &mut Tx, cx: &mut Cx, launch: &Launch<'_>, place: Place) -> Task {
    let facts = &launch.definition.facts;
    let id = cx.task_id();
    let task = Task {
        container_instance: Some(place.instance.id),
        availability_zone: place.instance.attribute("ecs.availability-zone").map(Into::into),
        launch_type: launch.launch_type,
        group: launch.group.to_owned(),
        started_by: launch.started_by.map(Into::into),
        owner: launch.owner.cloned(),
        connectivity_at: Some(cx.now),
        created_at: cx.now,
        containers: facts.containers.iter().map(|c| container(cx, c, launch.overrides)).collect(),
        reserved: place.reserved,
        cpu_units: launch.overrides.cpu_units.or(facts.cpu_units),
        memory_mib: launch.overrides.memory_mib.or(facts.memory_mib),
        overrides: launch.overrides.clone(),
        tags: launch.tags.to_vec(),
        version: 1,
        payload_seq_num: seq_num(tx),
        ..Task::new(launch.cluster.clone(), id, facts.id.clone())
    };
    tx.put(task.clone());
    task
}

fn container(cx: &mut Cx, definition: &ContainerDefinition, overrides: &TaskOverride) -> Container {
    let change = overrides.containers.iter().find(|o| o.name == definition.name);
    let soft = change.and_then(|o| o.memory_reservation_mib);
    Container {
        name: definition.name.clone(),
        id: cx.container_id(),
        image: definition.image.clone(),
        image_digest: None,
        runtime_id: None,
        last_status: TaskStatus::Pending,
        exit_code: None,
        reason: None,
        health_status: HealthStatus::Unknown,
        essential: definition.essential,
        has_health_check: definition.health_check.is_some(),
        network_bindings: Vec::new(),
        cpu_units: change.and_then(|o| o.cpu_units).unwrap_or(definition.cpu_units),
        memory_mib: change.and_then(|o| o.memory_mib).or(definition.memory_mib),
        memory_reservation_mib: soft.or(definition.memory_reservation_mib),
    }
}

/// The number of what this transaction has to tell agents. Payloads and manifests share one line, and
/// the store's revisions are one already: nothing need be kept for it.
pub fn seq_num(tx: &Tx) -> u64 {
    tx.revision().0
}

/// A number for a manifest, above that of every payload so far: an agent drops a manifest that is not
/// newer than what it has seen. It is noted with the container instance, so that the revision is its own;
/// a session sends nothing while it draws one.
pub fn manifest_seq_num(tx: &mut Tx, cluster: &ClusterName, instance: InstanceId) -> u64 {
    let number = seq_num(tx);
    tx.edit::<ContainerInstance>(&(cluster.clone(), instance), |instance| {
        instance.seq_num = number;
    });
    number
}

/// Adds the tags of a task definition or service that the task does not have itself.
pub fn inherit_tags(tags: &mut Vec<Tag>, from: &[Tag]) {
    let new: Vec<Tag> =
        from.iter().filter(|tag| !tags.iter().any(|own| own.key == tag.key)).cloned().collect();
    tags.extend(new);
}

/// Adds the tags that `enableECSManagedTags` asks for.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html>
pub fn add_managed_tags(tags: &mut Vec<Tag>, cluster: &ClusterName, owner: Option<&Owner>) {
    let mut add = |key: &str, value: &str| tags.push(Tag { key: key.into(), value: value.into() });
    add("aws:ecs:clusterName", cluster.as_str());
    if let Some(owner) = owner {
        add("aws:ecs:serviceName", owner.service.as_str());
    }
}
