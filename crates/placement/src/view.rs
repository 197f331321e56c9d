//! What placement may ask of a cluster.

use alloc::borrow::Cow;
use arn::InstanceId;
use model::{ContainerInstance, Timestamp, Usage};
use query::InstanceView;

use crate::Peers;

/// The container instances of one cluster at one moment, and what their tasks hold.
pub trait ClusterView {
    /// Every container instance that is not deregistered, each once, in any order.
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)>;

    /// One of them.
    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)>;

    /// How many peers are on an instance.
    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount;

    /// Whether a task that is not STOPPED, and whose group `wanted` accepts, is on an instance.
    fn hosts_group_where(&self, instance: InstanceId, wanted: &mut dyn FnMut(&str) -> bool)
    -> bool;
}

/// How many tasks of some peers an instance has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeerCount {
    /// Those that are to run ([`model::Task::is_wanted`]): `spread` and `distinctInstance` count
    /// them, so that what is being stopped leaves its place at once, although two tasks may run
    /// side by side until it has.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html>
    pub wanted: u32,
    /// Those that are not STOPPED.
    pub live: u32,
}

/// A container instance of a cluster, as an expression sees it.
pub struct Candidate<'a, V> {
    /// The cluster.
    pub view: &'a V,
    /// The instance.
    pub instance: &'a ContainerInstance,
    /// What its tasks hold.
    pub usage: &'a Usage,
}

impl<V: ClusterView> InstanceView for Candidate<'_, V> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.instance.attribute(name)
    }

    fn agent_connected(&self) -> bool {
        self.instance.agent_connected
    }

    fn agent_version(&self) -> Option<&str> {
        self.instance.version_info.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.instance.ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> Timestamp {
        self.instance.registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        self.usage.running_count
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        self.view.hosts_group_where(self.instance.id, wanted)
    }
}
