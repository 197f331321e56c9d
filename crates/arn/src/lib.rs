//! ARN and name grammar: what a string from outside must look like to name a thing of ECS, and how
//! each thing's ARN is written.
//!
//! Past these types nothing is checked again: a [`ClusterName`] *is* a valid cluster name. Only the
//! long ARN format is written; both the long and the short one are read.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html>
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod home;
mod id;
mod name;
mod reference;
#[cfg(test)]
mod tests;

pub use home::{Home, Resource};
pub use id::{ContainerId, EventId, InstanceId, ServiceId, TaskId, uuid};
pub use name::{
    ClusterName, ContainerName, DEFAULT_CLUSTER, DeploymentId, Family, Invalid,
    ServiceDeploymentId, ServiceName,
};
pub use reference::{TaskDefinitionId, TaskDefinitionRef};
