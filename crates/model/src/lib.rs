//! The nouns of ECS as the control plane keeps them: ordered statuses, resource arithmetic, time as
//! whole milliseconds. Nothing here knows AWS's JSON or HTTP, and nothing here decides.
//!
//! Every noun is `Serialize`: that form is what the store keeps on disk. A field that comes later is
//! added with `#[serde(default)]`, so that an older data directory opens.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod alarm;
mod cluster;
mod container_instance;
mod host;
pub mod iam;
mod lifecycle_hook;
mod resources;
mod service;
mod service_deployment;
mod status;
mod tag;
mod task;
mod task_definition;
mod task_set;
pub mod task_size;
#[cfg(test)]
mod tests;
mod time;

pub use alarm::Alarm;
pub use cluster::{AccountSetting, Cluster, ClusterSetting};
pub use container_instance::{ContainerInstance, RuntimeStatus, VersionInfo};
pub use host::{Host, JoinToken};
pub use lifecycle_hook::{HookRun, HookTarget, LifecycleHook};
pub use resources::{Resources, Usage};
pub use service::{
    BreakerThreshold, CircuitBreaker, Deployment, DeploymentAlarms, DeploymentConfiguration,
    EarlySuccess, PlacementConstraint, PlacementStrategy, RolloutRecord, Service, ServiceEvent,
    Throttle, TrafficSteps, percent_rounded_up,
};
pub use service_deployment::{
    FailureCause, RevisionImage, Rollback, ServiceDeployment, ServiceRevision, Shift,
    TrafficWeights,
};
pub use status::{
    AlarmState, ClusterStatus, Connectivity, ContainerInstanceStatus, DeploymentController,
    DeploymentStatus, DeploymentStrategy, DesiredStatus, HealthStatus, LaunchType,
    LifecycleHookAction, LifecycleHookStatus, LifecycleStage, NetworkMode, PropagateTags,
    RolloutState, SchedulingStrategy, ServiceDeploymentStatus, ServiceStatus, StabilityStatus,
    StopCode, TaskDefinitionStatus, TaskSetStatus, TaskStatus,
};
pub use tag::{Attribute, Tag};
pub use task::{
    Container, ContainerOverride, EnvironmentFile, NetworkBinding, Owner, Task, TaskOverride,
};
pub use task_definition::{
    ContainerDefinition, Dependency, DependencyCondition, HealthCheck, PortMapping, Protocol,
    TaskDefinition,
};
pub use task_set::{Scale, TaskSet};
pub use time::Timestamp;
