//! Tasks and their containers.

use alloc::{string::String, vec::Vec};
use arn::{
    ClusterName, ContainerId, ContainerName, DeploymentId, InstanceId, ServiceId, ServiceName,
    TaskDefinitionId, TaskId,
};
use serde::{Deserialize, Serialize};

use crate::{
    Connectivity, DesiredStatus, HealthStatus, LaunchType, Protocol, Resources, StopCode, Tag,
    TaskStatus, Timestamp,
};

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its id.
    pub id: TaskId,
    /// What it runs.
    pub task_definition: TaskDefinitionId,
    /// Where it runs, once placed.
    pub container_instance: Option<InstanceId>,
    /// The zone of that instance.
    pub availability_zone: Option<String>,
    /// The launch type.
    pub launch_type: LaunchType,
    /// `service:NAME`, `family:FAMILY` or what RunTask said.
    pub group: String,
    /// The deployment id for a service's task, else what RunTask said.
    pub started_by: Option<String>,
    /// The service and deployment that it belongs to; never taken from what a caller wrote.
    pub owner: Option<Owner>,
    /// What is.
    pub last_status: TaskStatus,
    /// What is wanted.
    pub desired_status: DesiredStatus,
    /// Rolled up from its essential containers.
    pub health_status: HealthStatus,
    /// When `health_status` last changed.
    pub health_since: Option<Timestamp>,
    /// Whether its agent is connected.
    pub connectivity: Connectivity,
    /// When that last changed.
    pub connectivity_at: Option<Timestamp>,
    /// When it entered PENDING.
    pub created_at: Timestamp,
    /// When it went from PENDING to RUNNING.
    pub started_at: Option<Timestamp>,
    /// When its stop was asked for.
    pub stopping_at: Option<Timestamp>,
    /// When it was STOPPED.
    pub stopped_at: Option<Timestamp>,
    /// When its first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
    /// When its first pull began.
    pub pull_started_at: Option<Timestamp>,
    /// When its last pull ended.
    pub pull_stopped_at: Option<Timestamp>,
    /// Why it stopped, for programs.
    pub stop_code: Option<StopCode>,
    /// Why it stopped, for people.
    pub stopped_reason: Option<String>,
    /// In the order of the task definition.
    pub containers: Vec<Container>,
    /// What it holds on its instance from placement until STOPPED.
    pub reserved: Resources,
    /// The limit of the whole task, with overrides applied.
    pub cpu_units: Option<i64>,
    /// The limit of the whole task, with overrides applied.
    pub memory_mib: Option<i64>,
    /// What RunTask or StartTask changed.
    pub overrides: TaskOverride,
    /// ECS Exec.
    pub enable_execute_command: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// How many changes it has seen; the `version` of DescribeTasks and of events.
    pub version: i64,
    /// The number of the newest message about it to its agent: the revision of the state that has it.
    pub payload_seq_num: u64,
    /// Until when it is protected from scale-in, if it is.
    pub protected_until: Option<Timestamp>,
}

/// Whose a task is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Owner {
    /// The service's name.
    pub service: ServiceName,
    /// This life of the service.
    pub service_id: ServiceId,
    /// The deployment that started it.
    pub deployment: DeploymentId,
}

/// A container of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// The name in the task definition.
    pub name: ContainerName,
    /// The last part of its ARN.
    pub id: ContainerId,
    /// The image reference.
    pub image: String,
    /// The digest that was pulled.
    pub image_digest: Option<String>,
    /// The id at the container runtime.
    pub runtime_id: Option<String>,
    /// PENDING, RUNNING or STOPPED.
    pub last_status: TaskStatus,
    /// Set when it ended by itself or was stopped.
    pub exit_code: Option<i32>,
    /// What went wrong, up to 1,024 characters.
    pub reason: Option<String>,
    /// From its health check.
    pub health_status: HealthStatus,
    /// Whether the task ends with it.
    pub essential: bool,
    /// Whether it has a health check.
    pub has_health_check: bool,
    /// Ports as the agent bound them.
    pub network_bindings: Vec<NetworkBinding>,
    /// CPU units.
    pub cpu_units: i64,
    /// The hard limit.
    pub memory_mib: Option<i64>,
    /// The soft limit.
    pub memory_reservation_mib: Option<i64>,
}

/// A container port bound to a host port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkBinding {
    /// The host's address.
    pub bind_ip: String,
    /// The container's port; absent when a range is given.
    pub container_port: Option<u16>,
    /// The host's port; absent when a range is given.
    pub host_port: Option<u16>,
    /// TCP or UDP.
    pub protocol: Protocol,
    /// `first-last` in the container.
    pub container_port_range: Option<String>,
    /// `first-last` on the host.
    pub host_port_range: Option<String>,
}

/// What RunTask or StartTask changes of the task definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOverride {
    /// By container.
    pub containers: Vec<ContainerOverride>,
    /// CPU units of the whole task.
    pub cpu_units: Option<i64>,
    /// Memory of the whole task.
    pub memory_mib: Option<i64>,
    /// Another task role.
    pub task_role_arn: Option<String>,
    /// Another execution role.
    pub execution_role_arn: Option<String>,
}

/// What changes of one container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerOverride {
    /// The container.
    pub name: ContainerName,
    /// Replaces the command.
    pub command: Option<Vec<String>>,
    /// Added to the environment, replacing entries of the same name.
    pub environment: Vec<(String, String)>,
    /// Added to the environment files.
    pub environment_files: Vec<EnvironmentFile>,
    /// CPU units.
    pub cpu_units: Option<i64>,
    /// The hard limit.
    pub memory_mib: Option<i64>,
    /// The soft limit.
    pub memory_reservation_mib: Option<i64>,
    /// GPUs.
    pub gpu_count: Option<u32>,
}

/// A file of `NAME=value` lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironmentFile {
    /// `s3`.
    pub kind: String,
    /// The ARN of the object.
    pub value: String,
}

impl Task {
    /// A PENDING task of `task_definition` that is placed nowhere, belongs to nobody, holds nothing
    /// and has no containers yet.
    pub fn new(cluster: ClusterName, id: TaskId, task_definition: TaskDefinitionId) -> Self {
        Task {
            cluster,
            id,
            task_definition,
            container_instance: None,
            availability_zone: None,
            launch_type: LaunchType::Ec2,
            group: String::new(),
            started_by: None,
            owner: None,
            last_status: TaskStatus::Pending,
            desired_status: DesiredStatus::Running,
            health_status: HealthStatus::Unknown,
            health_since: None,
            connectivity: Connectivity::Connected,
            connectivity_at: None,
            created_at: Timestamp::default(),
            started_at: None,
            stopping_at: None,
            stopped_at: None,
            execution_stopped_at: None,
            pull_started_at: None,
            pull_stopped_at: None,
            stop_code: None,
            stopped_reason: None,
            containers: Vec::new(),
            reserved: Resources::default(),
            cpu_units: None,
            memory_mib: None,
            overrides: TaskOverride::default(),
            enable_execute_command: false,
            tags: Vec::new(),
            version: 0,
            payload_seq_num: 0,
            protected_until: None,
        }
    }

    /// Whether it belongs to this deployment or task set.
    pub fn is_of(&self, deployment: &DeploymentId) -> bool {
        self.owner.as_ref().is_some_and(|owner| owner.deployment == *deployment)
    }

    /// Whether it still holds anything.
    pub fn is_live(&self) -> bool {
        self.last_status < TaskStatus::Stopped
    }

    /// Whether it is to run and has not stopped.
    pub fn is_wanted(&self) -> bool {
        self.desired_status == DesiredStatus::Running && self.is_live()
    }

    /// Whether an essential container has a health check, so that health decides when the task counts.
    pub fn has_health_check(&self) -> bool {
        self.containers.iter().any(|c| c.essential && c.has_health_check)
    }

    /// Whether a scheduler must leave it alone.
    pub fn is_protected(&self, now: Timestamp) -> bool {
        self.protected_until.is_some_and(|until| now < until)
    }
}
