//! The state, as the `access` crate asks about it.

use access::Facts;
use arn::{ClusterName, InstanceId, ServiceName, TaskDefinitionRef, TaskId};
use model::{Cluster, ContainerInstance, Service, Task, TaskDefinition};
use store::State;
use wire::ecs::SettingName;

use crate::api::{account_settings, lookup};

/// The state for one caller.
pub struct Known<'a> {
    /// What is.
    pub state: &'a State,
    /// The caller's ARN, whose account settings hold.
    pub caller: &'a str,
}

impl Facts for Known<'_> {
    fn cluster(&self, name: &ClusterName) -> Option<&Cluster> {
        self.state.clusters().get(name).map(|row| &**row)
    }

    fn service(&self, cluster: &ClusterName, name: &ServiceName) -> Option<&Service> {
        self.state.services().get(&(cluster.clone(), name.clone())).map(|row| &**row)
    }

    fn task(&self, cluster: &ClusterName, id: TaskId) -> Option<&Task> {
        self.state.tasks().get(&(cluster.clone(), id)).map(|row| &**row)
    }

    fn container_instance(
        &self,
        cluster: &ClusterName,
        id: InstanceId,
    ) -> Option<&ContainerInstance> {
        self.state.container_instances().get(&(cluster.clone(), id)).map(|row| &**row)
    }

    fn task_definition(&self, reference: &TaskDefinitionRef) -> Option<&TaskDefinition> {
        lookup::find_task_definition(self.state, reference).map(|row| &row.facts)
    }

    fn authorises_tags(&self) -> bool {
        let name = SettingName::TagResourceAuthorization;
        account_settings::effective(self.state, self.caller, name) == "on"
    }
}
