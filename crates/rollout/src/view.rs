//! What a plan is made from: the service, its tasks as far as they matter, and the time.

use alloc::{string::String, vec::Vec};
use arn::{DeploymentId, InstanceId, TaskId};
use model::{DesiredStatus, HealthStatus, Service, Task, TaskStatus, Timestamp, TrafficWeights};

/// How long a task without a container health check must be RUNNING to count as healthy.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>
pub const SETTLE_DEFAULT_MS: i64 = 40_000;

/// A service at an instant.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The service with its deployments.
    pub service: &'a Service,
    /// Its tasks; STOPPED ones may be left out. Where the caller has no other wish, earlier ones are
    /// stopped first.
    pub tasks: Vec<TaskView>,
    /// The time.
    pub now: Timestamp,
    /// How long a task without a health check must run to count as healthy, in milliseconds.
    pub settle_ms: i64,
    /// The container instances that may take a new task: each gets one task of a DAEMON service.
    /// Not needed for REPLICA services.
    pub eligible: Vec<Eligible>,
    /// Those of the alarms of the newest service deployment that are in ALARM now, whoever says so.
    pub in_alarm: Vec<String>,
    /// The share in the traffic that the load balancer gives the target of the newest service
    /// deployment. None for a service without load balancer: what is requested counts as applied.
    pub applied_traffic: Option<TrafficWeights>,
}

/// A container instance that is ACTIVE and meets the service's requirements and constraints,
/// whether or not it has room at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligible {
    /// Its id.
    pub instance: InstanceId,
    /// Its availability zone.
    pub availability_zone: Option<String>,
}

/// A task of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// The deployment that started it.
    pub deployment: DeploymentId,
    /// Where it runs, once placed.
    pub container_instance: Option<InstanceId>,
    /// The zone of that instance.
    pub availability_zone: Option<String>,
    /// What is.
    pub last_status: TaskStatus,
    /// What is wanted.
    pub desired_status: DesiredStatus,
    /// Of its essential containers.
    pub health_status: HealthStatus,
    /// Whether an essential container has a health check.
    pub has_health_check: bool,
    /// When it entered PENDING.
    pub created_at: Timestamp,
    /// When it entered RUNNING.
    pub started_at: Option<Timestamp>,
    /// Until when neither scale-in nor a deployment may stop it.
    pub protected_until: Option<Timestamp>,
    /// Of its container instance.
    pub host: Host,
}

/// What matters of the container instance of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// It is DRAINING: its tasks go elsewhere.
    pub draining: bool,
    /// Its agent is not connected: a stop would not be carried out now.
    pub disconnected: bool,
}

impl TaskView {
    /// The view of `task`; none for a task that belongs to no service.
    pub fn new(task: &Task, host: Host) -> Option<Self> {
        let owner = task.owner.as_ref()?;
        Some(TaskView {
            id: task.id,
            deployment: owner.deployment.clone(),
            container_instance: task.container_instance,
            availability_zone: task.availability_zone.clone(),
            last_status: task.last_status,
            desired_status: task.desired_status,
            health_status: task.health_status,
            has_health_check: task.has_health_check(),
            created_at: task.created_at,
            started_at: task.started_at,
            protected_until: task.protected_until,
            host,
        })
    }

    /// Since when a RUNNING task runs.
    pub(crate) fn running_since(&self) -> Timestamp {
        self.started_at.unwrap_or(self.created_at)
    }

    pub(crate) fn is_protected(&self, now: Timestamp) -> bool {
        self.protected_until.is_some_and(|until| now < until)
    }
}

/// What a live task is worth to its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Not yet RUNNING.
    Pending,
    /// RUNNING, not yet healthy: no result yet, not yet settled, or unhealthy within the grace
    /// period.
    Warming,
    /// RUNNING and healthy: what the minimum counts.
    Healthy,
    /// RUNNING and unhealthy: to be replaced.
    Unhealthy,
    /// On its way to STOPPED.
    Stopping,
}

impl<'a> View<'a> {
    /// A view without tasks: enough to tell the phase of one.
    pub fn without_tasks(service: &'a Service, now: Timestamp, settle_ms: i64) -> Self {
        View {
            service,
            tasks: Vec::new(),
            now,
            settle_ms,
            eligible: Vec::new(),
            in_alarm: Vec::new(),
            applied_traffic: None,
        }
    }

    /// The phase of `task`, which must not be STOPPED.
    pub fn phase(&self, task: &TaskView) -> Phase {
        if task.desired_status == DesiredStatus::Stopped || task.last_status > TaskStatus::Running {
            return Phase::Stopping;
        }
        if task.last_status < TaskStatus::Running {
            return Phase::Pending;
        }
        if self.phase_ends_at(task).is_some() {
            return Phase::Warming;
        }
        match task.health_status {
            _ if !task.has_health_check => Phase::Healthy,
            HealthStatus::Healthy => Phase::Healthy,
            HealthStatus::Unhealthy => Phase::Unhealthy,
            HealthStatus::Unknown => Phase::Warming,
        }
    }

    /// When a RUNNING task changes its phase by the mere passing of time, if it does: it settles, or
    /// its grace period ends.
    pub fn phase_ends_at(&self, task: &TaskView) -> Option<Timestamp> {
        let end = match (task.has_health_check, task.health_status) {
            (false, _) => task.running_since().plus_ms(self.settle_ms),
            (true, HealthStatus::Unhealthy) => {
                task.running_since().plus_ms(self.service.grace_period_ms())
            }
            (true, _) => return None,
        };
        (self.now < end).then_some(end)
    }
}
