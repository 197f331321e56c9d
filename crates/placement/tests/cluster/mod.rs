//! A cluster in memory, whose every answer is counted from its list of tasks.
#![allow(dead_code, reason = "each test file uses its part")]

use std::{borrow::Cow, collections::BTreeMap};

use arn::{DeploymentId, InstanceId, ServiceId, TaskId};
use model::{
    Attribute, ContainerInstance, ContainerInstanceStatus, Owner, Resources, Task, TaskStatus,
    Timestamp, Usage, VersionInfo,
};
use placement::{ClusterView, PeerCount, Peers, Placement};

/// Container instances by id and the tasks on them.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    pub instances: Vec<(ContainerInstance, Usage)>,
    pub tasks: Vec<Task>,
}

impl Cluster {
    pub fn add_task(&mut self, task: Task) {
        self.tasks.push(task);
        self.count();
    }

    /// Takes a placement over, as a running task of these peers.
    pub fn accept(&mut self, placement: &Placement, peers: &Peers, group: &str) -> TaskId {
        let id = TaskId(self.tasks.iter().map(|task| task.id.0).max().unwrap_or(0) + 1);
        let mut task = task(id, Some(placement.instance), peers, group);
        task.reserved = placement.reserved.clone();
        self.add_task(task);
        id
    }

    pub fn instance_mut(&mut self, id: InstanceId) -> &mut ContainerInstance {
        let found = self.instances.iter_mut().find(|(instance, _)| instance.id == id);
        &mut found.expect("invariant: the test names an instance of its cluster").0
    }

    /// Counts again what each instance's tasks hold.
    pub fn count(&mut self) {
        for (instance, usage) in &mut self.instances {
            *usage = Usage::default();
            for task in self.tasks.iter().filter(|t| t.container_instance == Some(instance.id)) {
                if task.is_live() {
                    usage.held.add(&task.reserved);
                    usage.running_count += u32::from(task.last_status >= TaskStatus::Running);
                    usage.pending_count += u32::from(task.last_status < TaskStatus::Running);
                }
            }
        }
    }

    pub fn peer_tasks(&self, peers: &Peers) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |task| is_peer(task, peers))
    }
}

pub fn is_peer(task: &Task, peers: &Peers) -> bool {
    match peers {
        Peers::Service(id) => task.owner.as_ref().is_some_and(|owner| owner.service_id == *id),
        Peers::Group(group) => task.owner.is_none() && task.group == *group,
    }
}

impl ClusterView for Cluster {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        self.instances.iter().map(|(instance, usage)| (instance, Cow::Borrowed(usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        self.instances().find(|(instance, _)| instance.id == id)
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        let here = || self.peer_tasks(peers).filter(|t| t.container_instance == Some(instance));
        PeerCount {
            wanted: here().filter(|task| task.is_wanted()).count() as u32,
            live: here().filter(|task| task.is_live()).count() as u32,
        }
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        let here = self.tasks.iter().filter(|t| t.container_instance == Some(instance));
        here.filter(|task| task.is_live()).any(|task| wanted(&task.group))
    }
}

/// An ACTIVE, connected instance.
pub fn instance(id: InstanceId, registered: Resources) -> ContainerInstance {
    ContainerInstance {
        cluster: "default".parse().expect("invariant: a name"),
        id,
        ec2_instance_id: None,
        status: ContainerInstanceStatus::Active,
        agent_connected: true,
        agent_connected_at: Timestamp(0),
        registered,
        attributes: Vec::new(),
        version_info: VersionInfo::default(),
        registered_at: Timestamp(0),
        tags: Vec::new(),
        version: 0,
        seq_num: 0,
        runtime_status: None,
        host: None,
    }
}

/// Sets an attribute, in place of one of the same name.
pub fn set_attribute(instance: &mut ContainerInstance, name: &str, value: &str) {
    instance.attributes.retain(|attribute| attribute.name != name);
    instance.attributes.push(Attribute::new(name, value));
}

/// The peers that a word stands for: `service:NAME`, or else a task group.
pub fn peers(word: &str) -> Peers {
    match word.strip_prefix("service:") {
        Some(name) => {
            Peers::Service(ServiceId(name.bytes().fold(7, |id, b| id * 31 + u128::from(b))))
        }
        None => Peers::Group(word.into()),
    }
}

/// A RUNNING task that holds nothing.
pub fn task(id: TaskId, instance: Option<InstanceId>, peers: &Peers, group: &str) -> Task {
    let owner = match peers {
        Peers::Group(_) => None,
        Peers::Service(service_id) => Some(Owner {
            service: "a-service".parse().expect("invariant: a name"),
            service_id: *service_id,
            deployment: DeploymentId::from_number(1),
        }),
    };
    Task {
        container_instance: instance,
        group: group.into(),
        owner,
        last_status: TaskStatus::Running,
        ..Task::new(
            "default".parse().expect("invariant: a name"),
            id,
            "a-family:1".parse().expect("invariant: a name"),
        )
    }
}

/// How many of something each name has, as `a=2 b=1`.
pub fn tally(names: impl Iterator<Item = String>) -> String {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_insert(0) += 1;
    }
    let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{name}={count}")).collect();
    parts.join(" ")
}
