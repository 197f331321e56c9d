//! What decisions need of a task definition. The whole document, as registered, is kept beside it by
//! the store and shown unchanged.

use alloc::{string::String, vec::Vec};
use arn::{ContainerName, TaskDefinitionId};
use serde::{Deserialize, Serialize};

use crate::{Attribute, LaunchType, NetworkMode, Tag, TaskDefinitionStatus, Timestamp};

/// One revision of a task definition family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDefinition {
    /// Family and revision.
    pub id: TaskDefinitionId,
    /// ACTIVE, INACTIVE or DELETE_IN_PROGRESS.
    pub status: TaskDefinitionStatus,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it was deregistered.
    pub deregistered_at: Option<Timestamp>,
    /// When its deletion was asked for.
    pub delete_requested_at: Option<Timestamp>,
    /// Who registered it, as an ARN.
    pub registered_by: String,
    /// bridge when none was given.
    pub network_mode: NetworkMode,
    /// The limit of the whole task, if one was given.
    pub cpu_units: Option<i64>,
    /// The limit of the whole task, if one was given.
    pub memory_mib: Option<i64>,
    /// In the order of the document.
    pub containers: Vec<ContainerDefinition>,
    /// What an instance must have.
    pub requires_attributes: Vec<Attribute>,
    /// The `memberOf` expressions.
    pub placement_constraints: Vec<String>,
    /// The launch types that the document was found fit for.
    pub compatibilities: Vec<LaunchType>,
    /// The role of the task's containers.
    pub task_role_arn: Option<String>,
    /// The role that pulls images, reads secrets and writes logs.
    pub execution_role_arn: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// What decisions need of one container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerDefinition {
    /// Unique in the task definition.
    pub name: ContainerName,
    /// The image reference.
    pub image: String,
    /// Whether the task ends with this container.
    pub essential: bool,
    /// 0 when none was given.
    pub cpu_units: i64,
    /// The hard limit.
    pub memory_mib: Option<i64>,
    /// The soft limit, which is what is reserved when given.
    pub memory_reservation_mib: Option<i64>,
    /// GPUs asked for.
    pub gpu_count: u32,
    /// Ports.
    pub port_mappings: Vec<PortMapping>,
    /// What must have happened before this container starts.
    pub depends_on: Vec<Dependency>,
    /// The container's health check, if it has one (an image's own is ignored, as ECS does).
    pub health_check: Option<HealthCheck>,
    /// How long others wait for it, in seconds.
    pub start_timeout_s: Option<u32>,
    /// How long it may take to end after its stop signal, in seconds.
    pub stop_timeout_s: Option<u32>,
}

/// A port mapping; a range has `container_port_end` above `container_port`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortMapping {
    /// First port in the container.
    pub container_port: u16,
    /// Last port in the container.
    pub container_port_end: u16,
    /// 0 for one that the agent chooses.
    pub host_port: u16,
    /// TCP or UDP.
    pub protocol: Protocol,
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP
    Tcp,
    /// UDP
    Udp,
}

impl Protocol {
    /// `tcp` or `udp`.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        }
    }
}

/// A `dependsOn` entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The container that comes first.
    pub container: ContainerName,
    /// What must be true of it.
    pub condition: DependencyCondition,
}

/// What a `dependsOn` entry waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DependencyCondition {
    /// It has started.
    Start,
    /// It has ended.
    Complete,
    /// It has ended with exit code 0.
    Success,
    /// Its health check passes.
    Healthy,
}

/// A container health check, with ECS's defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthCheck {
    /// `CMD` or `CMD-SHELL` first.
    pub command: Vec<String>,
    /// 5 to 300, default 30.
    pub interval_s: u32,
    /// 2 to 60, default 5.
    pub timeout_s: u32,
    /// 1 to 10, default 3.
    pub retries: u32,
    /// 0 to 300, default 0.
    pub start_period_s: u32,
}
