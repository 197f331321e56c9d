//! A cluster as it would be without one of its tasks.

use std::borrow::Cow;

use arn::InstanceId;
use model::{ContainerInstance, Task, Usage};
use placement::{ClusterView, PeerCount, Peers};

use crate::place::Cluster;

/// A cluster without a task; the task is left out only where it still holds something.
pub struct Without<'a> {
    cluster: Cluster<'a>,
    task: &'a Task,
    /// Where the task is, and what the others there hold.
    place: Option<(InstanceId, Usage)>,
}

impl<'a> Without<'a> {
    /// The cluster without the task.
    pub fn new(cluster: Cluster<'a>, task: &'a Task) -> Self {
        let place = task.container_instance.filter(|_| task.is_live()).map(|id| {
            let mut usage = cluster.state.usage(cluster.name, id).clone();
            usage.held.subtract(&task.reserved);
            if task.last_status < model::TaskStatus::Running {
                usage.pending_count -= 1;
            } else {
                usage.running_count -= 1;
            }
            (id, usage)
        });
        Without { cluster, task, place }
    }

    fn usage<'b>(&'b self, id: InstanceId, usage: Cow<'b, Usage>) -> Cow<'b, Usage> {
        let place = self.place.as_ref().filter(|(place, _)| *place == id);
        place.map_or(usage, |(_, left)| Cow::Borrowed(left))
    }

    fn others(&self, instance: InstanceId) -> impl Iterator<Item = &Task> {
        let all = self.cluster.state.live_tasks_on(self.cluster.name, instance);
        all.map(|task| &**task).filter(|task| task.id != self.task.id)
    }
}

impl ClusterView for Without<'_> {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        let all = self.cluster.instances();
        all.map(|(instance, usage)| (instance, self.usage(instance.id, usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        let (instance, usage) = self.cluster.instance(id)?;
        Some((instance, self.usage(id, usage)))
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        crate::place::count_peers(self.others(instance), peers)
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        self.others(instance).any(|task| wanted(&task.group))
    }
}
