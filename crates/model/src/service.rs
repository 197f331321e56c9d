//! Services, their deployments and their events.

use alloc::{string::String, vec::Vec};
use arn::{ClusterName, DeploymentId, EventId, ServiceId, ServiceName, TaskDefinitionId};
use serde::{Deserialize, Serialize};

use crate::{
    DeploymentController, DeploymentStatus, DeploymentStrategy, LaunchType, LifecycleHook,
    PropagateTags, RolloutState, SchedulingStrategy, ServiceDeployment, ServiceStatus, Tag,
    TaskSet, TaskSetStatus, Timestamp,
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
    /// Who brings new revisions of it.
    #[serde(default = "ecs")]
    pub deployment_controller: DeploymentController,
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
    /// The newest first: one PRIMARY, then the ACTIVE ones. None with the EXTERNAL controller.
    pub deployments: Vec<Deployment>,
    /// What the EXTERNAL controller made, the oldest first; at most one is PRIMARY.
    #[serde(default)]
    pub task_sets: Vec<TaskSet>,
    /// The newest service deployment; the earlier ones are in a table of their own.
    #[serde(default)]
    pub service_deployment: Option<ServiceDeployment>,
    /// The number of its newest event.
    pub event_seq: u64,
    /// Whether its newest word was that it is steady.
    pub steady: bool,
    /// The last placement failure that an event told, so that it is told once.
    pub placement_failure: Option<String>,
    /// Restarts of tasks that fail to start are spaced out.
    pub throttle: Throttle,
    /// What its rollout must not forget.
    #[serde(default)]
    pub rollout: RolloutRecord,
    /// A digest of the CreateService request that made it: the same request again does nothing more.
    pub creation_fingerprint: String,
}

/// The back-off for tasks that go from PENDING to STOPPED without ever running.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    /// Failures in a row since a task last ran or the task definition changed.
    pub failure_count: u32,
    /// No start before this instant.
    pub retry_at: Option<Timestamp>,
}

/// What the rollout of a service remembers from one plan to the next. Only `rollout` writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolloutRecord {
    /// The newest deployment that completed: what a rollback goes back to. It outlives its entry in
    /// `Service::deployments`, and is taken by a rollback until that has completed in turn.
    pub last_completed: Option<Deployment>,
    /// The last event that said why nothing moves, so that it is told once.
    pub blockage_told: Option<String>,
    /// When an event last said that the service is steady; it is said again after a time.
    #[serde(default)]
    pub steady_told_at: Option<Timestamp>,
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
    /// Completes a deployment before all of its tasks are healthy.
    #[serde(default)]
    pub early_success: Option<EarlySuccess>,
    /// How long a deployment that is otherwise done stays IN_PROGRESS, in minutes; 0 for not at all.
    #[serde(default)]
    pub bake_time_minutes: u32,
    /// How the new revision comes.
    #[serde(default = "rolling")]
    pub strategy: DeploymentStrategy,
    /// How the traffic moves (LINEAR and CANARY).
    #[serde(default)]
    pub traffic_steps: Option<TrafficSteps>,
    /// Where a deployment that is not ROLLING waits for somebody's word.
    #[serde(default)]
    pub lifecycle_hooks: Vec<LifecycleHook>,
    /// The CloudWatch alarms that give a deployment up.
    #[serde(default)]
    pub alarms: DeploymentAlarms,
}

/// How the traffic of a LINEAR or CANARY deployment moves: one step after another until all of it
/// has moved (LINEAR), or one step and then all the rest (CANARY).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrafficSteps {
    /// How much moves in a step, in tenths of a percent of the traffic.
    pub step_permille: u32,
    /// How long after each step, in minutes.
    pub bake_time_minutes: u32,
}

/// CloudWatch alarms that are watched while a deployment is under way.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeploymentAlarms {
    /// Their names.
    pub names: Vec<String>,
    /// Whether they are watched.
    pub enable: bool,
    /// Whether an alarm rolls the deployment back.
    pub rollback: bool,
}

fn ecs() -> DeploymentController {
    DeploymentController::Ecs
}

fn rolling() -> DeploymentStrategy {
    DeploymentStrategy::Rolling
}

/// When a deployment may complete early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlySuccess {
    /// Percent of desired_count, rounded up, of healthy new tasks that is enough.
    pub healthy_percent: u32,
    /// Whether completion waits for the old tasks to be gone (BLOCKING), or not (DEFERRED).
    pub cleanup_blocks: bool,
}

/// The deployment circuit breaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircuitBreaker {
    /// Whether it is on.
    pub enable: bool,
    /// Whether it rolls back.
    pub rollback: bool,
    /// How many failures trip it.
    #[serde(default)]
    pub threshold: BreakerThreshold,
    /// Whether a task that becomes healthy sets the count of failures back to 0.
    #[serde(default = "yes")]
    pub reset_on_healthy_task: bool,
}

fn yes() -> bool {
    true
}

impl Default for CircuitBreaker {
    /// Off, with ECS's threshold for when it is turned on.
    fn default() -> Self {
        CircuitBreaker {
            enable: false,
            rollback: false,
            threshold: BreakerThreshold::default(),
            reset_on_healthy_task: true,
        }
    }
}

/// How many failed tasks trip the circuit breaker (`thresholdConfiguration`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BreakerThreshold {
    /// So many.
    Count(u32),
    /// Percent of desired_count, rounded up, and at least 3 and at most 200.
    BoundedPercent(u32),
    /// Percent of desired_count, rounded up.
    UnboundedPercent(u32),
}

impl Default for BreakerThreshold {
    fn default() -> Self {
        BreakerThreshold::BoundedPercent(50)
    }
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
    /// Tasks that failed to start or failed their health check, in a row.
    pub failed_tasks: u32,
    /// When the last of them failed.
    #[serde(default)]
    pub last_failed_at: Option<Timestamp>,
    /// Until when it bakes, once all of its tasks were healthy.
    #[serde(default)]
    pub bake_until: Option<Timestamp>,
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

    /// The same, to be changed.
    pub fn primary_mut(&mut self) -> Option<&mut Deployment> {
        self.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary)
    }

    /// The service deployment under way that is not ROLLING: it brings its revision whole beside the
    /// one before, and then moves the traffic.
    pub fn shifting(&self) -> Option<&ServiceDeployment> {
        self.service_deployment.as_ref().filter(|it| it.is_shifting())
    }

    /// The same, to be changed.
    pub fn shifting_mut(&mut self) -> Option<&mut ServiceDeployment> {
        self.service_deployment.as_mut().filter(|it| it.is_shifting())
    }

    /// How long a new task may be unhealthy, in milliseconds.
    pub fn grace_period_ms(&self) -> i64 {
        i64::from(self.health_check_grace_period_s.unwrap_or(0)) * 1_000
    }

    /// The task set that serves production traffic.
    pub fn primary_task_set(&self) -> Option<&TaskSet> {
        self.task_sets.iter().find(|set| set.status == TaskSetStatus::Primary)
    }

    /// What the service shows as its task definition: that of its primary deployment or task set.
    pub fn task_definition(&self) -> Option<&TaskDefinitionId> {
        let of_task_set = || self.primary_task_set().map(|set| &set.task_definition);
        self.primary().map(|deployment| &deployment.task_definition).or_else(of_task_set)
    }

    /// What the tasks of a deployment or task set run, and where.
    pub fn runs(&self, id: &DeploymentId) -> Option<(&TaskDefinitionId, LaunchType)> {
        let deployment = self.deployments.iter().find(|deployment| deployment.id == *id);
        let set = self.task_sets.iter().find(|set| set.id == *id);
        deployment
            .map(|deployment| (&deployment.task_definition, self.launch_type))
            .or_else(|| set.map(|set| (&set.task_definition, set.launch_type)))
    }

    /// The task definitions of its deployments and task sets, some perhaps twice.
    pub fn task_definitions(&self) -> impl Iterator<Item = &TaskDefinitionId> {
        let deployments = self.deployments.iter().map(|deployment| &deployment.task_definition);
        deployments.chain(self.task_sets.iter().map(|set| &set.task_definition))
    }

    /// The most tasks that may be there at once: what the percentage says, and twice that while two
    /// revisions are each kept whole.
    pub fn task_count_max(&self) -> u32 {
        let revisions = if self.shifting().is_some() { 2 } else { 1 };
        let of_one = self.deployment_configuration.task_count_max(self.desired_count);
        of_one.saturating_mul(revisions)
    }
}

impl DeploymentConfiguration {
    /// The fewest healthy tasks that a rollout of `desired_count` tasks may leave: the percentage
    /// rounded up, and never more than all of them.
    pub fn healthy_count_min(&self, desired_count: u32) -> u32 {
        percent_rounded_up(self.minimum_healthy_percent, desired_count).min(desired_count)
    }

    /// The most tasks of a revision that may be there at once: the percentage rounded down.
    pub fn task_count_max(&self, desired_count: u32) -> u32 {
        let hundredths = u64::from(desired_count) * u64::from(self.maximum_percent);
        u32::try_from(hundredths / 100).unwrap_or(u32::MAX)
    }
}

/// So many percent of `count`, rounded up.
pub fn percent_rounded_up(percent: u32, count: u32) -> u32 {
    let hundredths = u64::from(count) * u64::from(percent);
    u32::try_from(hundredths.div_ceil(100)).unwrap_or(u32::MAX)
}
