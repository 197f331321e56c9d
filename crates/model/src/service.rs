//! Services, their deployments and their events.

use alloc::{string::String, vec::Vec};
use arn::{ClusterName, DeploymentId, EventId, ServiceId, ServiceName, TaskDefinitionId};
use serde::{Deserialize, Serialize};

use crate::{
    DeploymentStatus, LaunchType, PropagateTags, RolloutState, SchedulingStrategy, ServiceStatus,
    Tag, Timestamp,
};

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its name.
    pub name: ServiceName,
    /// This life of it.
    pub id: ServiceId,
    /// ACTIVE, DRAINING or INACTIVE.
    pub status: ServiceStatus,
    /// REPLICA or DAEMON.
    pub scheduling_strategy: SchedulingStrategy,
    /// Where its tasks run.
    pub launch_type: LaunchType,
    /// How many tasks there should be (REPLICA).
    pub desired_count: u32,
    /// The two percentages and the circuit breaker.
    pub deployment_configuration: DeploymentConfiguration,
    /// Binding.
    pub placement_constraints: Vec<PlacementConstraint>,
    /// Best effort, in order.
    pub placement_strategies: Vec<PlacementStrategy>,
    /// How long a new task may be unhealthy.
    pub health_check_grace_period_s: Option<u32>,
    /// Whether tasks move to keep zones even.
    pub availability_zone_rebalancing: bool,
    /// Where its tasks get their tags from.
    pub propagate_tags: PropagateTags,
    /// Whether tasks get the `aws:ecs:` tags.
    pub enable_ecs_managed_tags: bool,
    /// ECS Exec.
    pub enable_execute_command: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it, as an ARN.
    pub created_by: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The newest first: one PRIMARY, then the ACTIVE ones.
    pub deployments: Vec<Deployment>,
    /// The number of its newest event.
    pub event_seq: u64,
    /// Whether its newest word was that it is steady.
    pub steady: bool,
    /// The last placement failure that an event told, so that it is told once.
    pub placement_failure: Option<String>,
    /// Restarts of tasks that fail to start are spaced out.
    pub throttle: Throttle,
    /// The token of CreateService.
    pub client_token: Option<String>,
}

/// The back-off for tasks that go from PENDING to STOPPED without ever running.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    /// Failures in a row since a task last ran or the task definition changed.
    pub failure_count: u32,
    /// No start before this instant.
    pub retry_at: Option<Timestamp>,
}

/// How a rolling update goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeploymentConfiguration {
    /// Percent of desired_count, rounded up, that must stay healthy.
    pub minimum_healthy_percent: u32,
    /// Percent of desired_count, rounded down, that may be there at once.
    pub maximum_percent: u32,
    /// The circuit breaker.
    pub circuit_breaker: CircuitBreaker,
}

/// The deployment circuit breaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircuitBreaker {
    /// Whether it is on.
    pub enable: bool,
    /// Whether it rolls back.
    pub rollback: bool,
}

/// A deployment of a service: one task definition being brought to `desired_count` tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// `ecs-svc/…`
    pub id: DeploymentId,
    /// PRIMARY or ACTIVE.
    pub status: DeploymentStatus,
    /// What its tasks run.
    pub task_definition: TaskDefinitionId,
    /// How far it has come.
    pub rollout_state: RolloutState,
    /// In ECS's words.
    pub rollout_state_reason: String,
    /// Tasks that failed to start, in a row.
    pub failed_tasks: u32,
    /// When it began.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A line of a service's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEvent {
    /// The cluster.
    pub cluster: ClusterName,
    /// The service.
    pub service: ServiceName,
    /// The number of the event in its service, from 1.
    pub seq: u64,
    /// Its id on the wire.
    pub id: EventId,
    /// When.
    pub created_at: Timestamp,
    /// In ECS's words.
    pub message: String,
}

/// A rule that a container instance must meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum PlacementConstraint {
    /// Each task on an instance of its own.
    DistinctInstance,
    /// An expression of the cluster query language that must hold.
    MemberOf {
        /// The expression.
        expression: String,
    },
}

/// A preference among the container instances that fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum PlacementStrategy {
    /// Any.
    Random,
    /// Evenly over the values of `field`: `instanceId` or `attribute:NAME`.
    Spread {
        /// The field.
        field: String,
    },
    /// Least of `field` left: `cpu` or `memory`.
    Binpack {
        /// The field.
        field: String,
    },
}

impl Service {
    /// The newest deployment.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments.iter().find(|d| d.status == DeploymentStatus::Primary)
    }

    /// The fewest healthy tasks that a rollout may leave: the percentage rounded up.
    pub fn healthy_count_min(&self) -> u32 {
        let percent = u64::from(self.deployment_configuration.minimum_healthy_percent);
        (u64::from(self.desired_count) * percent).div_ceil(100) as u32
    }

    /// The most tasks that may be there at once: the percentage rounded down.
    pub fn task_count_max(&self) -> u32 {
        let percent = u64::from(self.deployment_configuration.maximum_percent);
        (u64::from(self.desired_count) * percent / 100) as u32
    }
}
