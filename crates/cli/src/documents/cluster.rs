//! A cluster in memory, with what was done to it.

use std::{borrow::Cow, collections::BTreeMap};

use arn::{InstanceId, TaskDefinitionId, TaskId};
use model::{ContainerInstance, Resources, Task, Usage};
use placement::{Candidate, ClusterView, PeerCount, Peers, Placement};

use super::nouns::blank_task;

/// Container instances with their tasks.
#[derive(Debug, Default)]
pub(crate) struct Cluster {
    instances: BTreeMap<InstanceId, (ContainerInstance, Usage)>,
    guests: BTreeMap<InstanceId, Vec<Guest>>,
    placed: u128,
}

/// A task on a container instance.
#[derive(Debug)]
pub(crate) struct Guest {
    /// The task.
    pub(crate) task: Task,
    /// Whether it was placed here and is in no document.
    pub(crate) is_new: bool,
}

impl Cluster {
    pub(super) fn add_instance(&mut self, instance: ContainerInstance, usage: Usage) {
        self.instances.insert(instance.id, (instance, usage));
    }

    /// Takes a task of a document in. What it holds is counted on its instance already.
    pub(super) fn add_guest(&mut self, task: Task) {
        if let Some(id) = task.container_instance {
            let guests = self.guests.entry(id).or_default();
            // The same task may stand in two documents.
            guests.retain(|guest| guest.task.id != task.id);
            guests.push(Guest { task, is_new: false });
        }
    }

    /// What all tasks of an instance hold.
    pub(super) fn held(&self, id: InstanceId) -> Option<&Resources> {
        self.instances.get(&id).map(|(_, usage)| &usage.held)
    }

    /// Puts a new task of a group where it was placed.
    pub(crate) fn place(&mut self, placement: &Placement, of: &TaskDefinitionId, group: &str) {
        let Some((_, usage)) = self.instances.get_mut(&placement.instance) else { return };
        usage.held.add(&placement.reserved);
        usage.pending_count += 1;
        self.placed += 1;
        let task = Task {
            container_instance: Some(placement.instance),
            reserved: placement.reserved.clone(),
            group: group.into(),
            ..blank_task(of.clone(), TaskId(self.placed))
        };
        self.guests.entry(placement.instance).or_default().push(Guest { task, is_new: true });
    }

    /// Takes a task away, with what it holds.
    pub(crate) fn stop(&mut self, id: TaskId) -> Option<InstanceId> {
        let (&home, guests) =
            self.guests.iter_mut().find(|(_, all)| all.iter().any(|g| g.task.id == id))?;
        let at = guests.iter().position(|guest| guest.task.id == id)?;
        let task = guests.remove(at).task;
        let (_, usage) = self.instances.get_mut(&home)?;
        usage.held.subtract(&task.reserved);
        if task.last_status >= model::TaskStatus::Running {
            usage.running_count = usage.running_count.saturating_sub(1);
        } else {
            usage.pending_count = usage.pending_count.saturating_sub(1);
        }
        Some(home)
    }

    /// The tasks that are on an instance.
    pub(crate) fn guests(&self, id: InstanceId) -> &[Guest] {
        self.guests.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The tasks of a group that are to run.
    pub(crate) fn wanted(&self, group: &str) -> Vec<&Task> {
        let all = self.guests.values().flatten().map(|guest| &guest.task);
        all.filter(|task| task.group == group && task.is_wanted()).collect()
    }

    /// An instance as an expression sees it.
    pub(crate) fn candidate<'a>(
        &'a self,
        instance: &'a ContainerInstance,
        usage: &'a Usage,
    ) -> Candidate<'a, Self> {
        Candidate { view: self, instance, usage }
    }
}

impl ClusterView for Cluster {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        self.instances.values().map(|(instance, usage)| (instance, Cow::Borrowed(usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        self.instances.get(&id).map(|(instance, usage)| (instance, Cow::Borrowed(usage)))
    }

    /// Documents do not tell services' ids: here a service's tasks are those of its task group.
    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        let Peers::Group(group) = peers else { return PeerCount::default() };
        let mut count = PeerCount::default();
        for guest in self.guests(instance).iter().filter(|guest| guest.task.group == *group) {
            count.live += 1;
            count.wanted += u32::from(guest.task.is_wanted());
        }
        count
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        self.guests(instance).iter().any(|guest| wanted(&guest.task.group))
    }
}
