//! The placement indexes of all clusters, which the store's writer keeps beside the state: a choice costs
//! no look at every container instance, and sees what the same transaction has placed before.

use std::{collections::BTreeMap, sync::Arc};

use arn::{ClusterName, InstanceId};
use model::{ContainerInstance, ContainerInstanceStatus, Task};
use placement::Index;
use store::{Change, Companion, State};

/// An index for each cluster that has, or had, a container instance or a live task.
#[derive(Default)]
pub struct Placer {
    clusters: BTreeMap<ClusterName, Index>,
}

impl Placer {
    /// The index of a cluster.
    pub fn index(&self, cluster: &ClusterName) -> Option<&Index> {
        self.clusters.get(cluster)
    }

    /// The index of a cluster, to be asked; an empty one for a cluster that has none.
    pub fn of_cluster(&mut self, cluster: &ClusterName) -> &mut Index {
        self.clusters.entry(cluster.clone()).or_default()
    }

    fn set_instance(
        &mut self,
        (cluster, id): &(ClusterName, InstanceId),
        old: Option<&ContainerInstance>,
        new: Option<&Arc<ContainerInstance>>,
    ) {
        match new.filter(|instance| instance.status != ContainerInstanceStatus::Inactive) {
            Some(new) if old.is_some_and(|old| old.differs_only_in_numbers(new)) => {}
            Some(new) => self.of_cluster(cluster).set_instance(new.clone()),
            None => self.of_cluster(cluster).remove_instance(*id),
        }
    }

    fn set_task(&mut self, old: Option<&Task>, new: Option<&Task>) {
        if let Some(task) = new.or(old) {
            self.of_cluster(&task.cluster).set_task(old, new);
        }
    }
}

impl Companion for Placer {
    fn of(state: &State) -> Self {
        let mut placer = Placer::default();
        for instance in state.container_instances().iter() {
            let key = (instance.cluster.clone(), instance.id);
            placer.set_instance(&key, None, Some(instance));
        }
        let live = state.tasks().iter().filter(|task| task.is_live());
        live.for_each(|task| placer.set_task(None, Some(task)));
        placer
    }

    fn follow(&mut self, change: &Change) {
        match change {
            Change::ContainerInstance(changed) => {
                self.set_instance(&changed.key, changed.old.as_deref(), changed.new.as_ref());
            }
            Change::Task(changed) => {
                self.set_task(changed.old.as_deref(), changed.new.as_deref());
            }
            _ => {}
        }
    }
}
