//! A cluster with the tasks of an unfinished plan on it.

use alloc::{
    borrow::Cow,
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use arn::InstanceId;
use model::{ContainerInstance, Usage};

use crate::{ClusterView, PeerCount, Peers, Placement};

/// A view with tasks added that are not in it yet, so that a plan of several tasks places each with
/// those before it in mind.
pub struct Overlay<'v, V> {
    base: &'v V,
    added: BTreeMap<InstanceId, Added>,
}

struct Added {
    usage: Usage,
    tasks: Vec<(Peers, String)>,
}

impl<'v, V: ClusterView> Overlay<'v, V> {
    /// The view as it is.
    pub fn new(base: &'v V) -> Self {
        Overlay { base, added: BTreeMap::new() }
    }

    /// Puts a task where it was placed. `group` is its task group.
    pub fn add(&mut self, placement: &Placement, peers: &Peers, group: &str) {
        let base = self.base;
        let added = self.added.entry(placement.instance).or_insert_with(|| {
            let usage = base.instance(placement.instance).map(|(_, usage)| usage.into_owned());
            Added { usage: usage.unwrap_or_default(), tasks: Vec::new() }
        });
        added.usage.held.add(&placement.reserved);
        added.usage.pending_count += 1;
        added.tasks.push((peers.clone(), group.to_string()));
    }

    fn usage<'a>(&'a self, id: InstanceId, usage: Cow<'a, Usage>) -> Cow<'a, Usage> {
        self.added.get(&id).map_or(usage, |added| Cow::Borrowed(&added.usage))
    }
}

impl<V: ClusterView> ClusterView for Overlay<'_, V> {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        self.base.instances().map(|(instance, usage)| (instance, self.usage(instance.id, usage)))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        let (instance, usage) = self.base.instance(id)?;
        Some((instance, self.usage(id, usage)))
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        let base = self.base.peers(instance, peers);
        let Some(added) = self.added.get(&instance) else { return base };
        let more = added.tasks.iter().filter(|(of, _)| of == peers).count() as u32;
        PeerCount { wanted: base.wanted + more, live: base.live + more }
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        let added = self.added.get(&instance).map_or(&[][..], |added| &added.tasks);
        added.iter().any(|(_, group)| wanted(group))
            || self.base.hosts_group_where(instance, wanted)
    }
}
