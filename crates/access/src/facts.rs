//! What must be known of the state to say what a call asks.

use arn::{ClusterName, InstanceId, ServiceName, TaskDefinitionRef, TaskId};
use model::{Cluster, ContainerInstance, Service, Task, TaskDefinition};

/// Looks nouns up by their keys, whatever their status. Each look-up is a step into an index; nothing
/// here walks over a table.
pub trait Facts {
    /// A cluster.
    fn cluster(&self, name: &ClusterName) -> Option<&Cluster>;

    /// A service, with its task sets.
    fn service(&self, cluster: &ClusterName, name: &ServiceName) -> Option<&Service>;

    /// A task.
    fn task(&self, cluster: &ClusterName, id: TaskId) -> Option<&Task>;

    /// A container instance.
    fn container_instance(
        &self,
        cluster: &ClusterName,
        id: InstanceId,
    ) -> Option<&ContainerInstance>;

    /// The revision that is named, whatever its status; without a number the newest ACTIVE one.
    fn task_definition(&self, reference: &TaskDefinitionRef) -> Option<&TaskDefinition>;

    /// Whether tags in a call that creates something need `ecs:TagResource`: the caller's account
    /// setting `tagResourceAuthorization` is `on`.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#tag-resources-setting>
    fn authorises_tags(&self) -> bool;
}
