//! What an expression may ask of a container instance.

use model::Timestamp;

/// A container instance as an expression sees it.
pub trait InstanceView {
    /// The value of an attribute: empty for one that is just a name, `None` for one it lacks.
    fn attribute(&self, name: &str) -> Option<&str>;

    /// Whether its agent is connected.
    fn agent_connected(&self) -> bool;

    /// The version of its agent, for example `1.105.1`.
    fn agent_version(&self) -> Option<&str>;

    /// The id of its machine in its cloud.
    fn ec2_instance_id(&self) -> Option<&str>;

    /// When it registered.
    fn registered_at(&self) -> Timestamp;

    /// How many tasks are RUNNING on it.
    fn running_tasks_count(&self) -> u32;

    /// Whether it hosts a task of a group that `wanted` accepts.
    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool;

    /// Whether it hosts a task of this group.
    fn hosts_group(&self, group: &str) -> bool {
        self.hosts_group_where(&mut |hosted| hosted == group)
    }
}
