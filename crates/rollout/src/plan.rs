//! What a plan says.

use alloc::{format, string::String, vec::Vec};
use arn::{DeploymentId, InstanceId, TaskId};
use core::fmt;
use model::{
    Deployment, LifecycleStage, RolloutRecord, Service, ServiceDeployment, ServiceStatus, StopCode,
    TaskSet, Throttle, Timestamp,
};

/// What to do now. Everything in it is to be applied in one transaction, over the state that the
/// view was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Tasks to start.
    pub starts: Vec<Start>,
    /// Tasks to stop.
    pub stops: Vec<Stop>,
    /// New values for fields of the service, if any changes.
    pub service: Option<ServiceChange>,
    /// Service events, oldest first. Those for the starts and stops that were carried out are the
    /// caller's: [`crate::events::has_started`], [`crate::events::has_stopped`].
    pub events: Vec<String>,
    /// When time alone may change the plan, if ever.
    pub next_at: Option<Timestamp>,
    /// What a service that is not steady waits for when the plan has no starts and no stops.
    pub waiting: Option<Waiting>,
}

/// Tasks to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Whose tasks they are.
    pub deployment: DeploymentId,
    /// How many.
    pub count: u32,
    /// Where they must go.
    pub to: Destination,
}

/// Where the tasks of a start must go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Wherever there is room.
    Anywhere,
    /// To this container instance: DAEMON services only, one task at a time.
    Instance(InstanceId),
    /// To this availability zone, to make the zones even: if it has no room, they are not to be
    /// started.
    Zone(String),
}

impl Destination {
    /// The container instance, where it must be one.
    pub fn instance(&self) -> Option<InstanceId> {
        match self {
            Destination::Instance(id) => Some(*id),
            Destination::Anywhere | Destination::Zone(_) => None,
        }
    }

    /// The zone, where it must be one.
    pub fn zone(&self) -> Option<&str> {
        match self {
            Destination::Zone(zone) => Some(zone),
            Destination::Anywhere | Destination::Instance(_) => None,
        }
    }
}

/// A task to stop: its desired status becomes STOPPED.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The task.
    pub task: TaskId,
    /// The deployment that it belongs to.
    pub deployment: DeploymentId,
    /// Why.
    pub cause: StopCause,
}

/// Why the service scheduler stops a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StopCause {
    /// A newer deployment takes its place.
    Replaced,
    /// There are more than desired_count.
    ScaledIn,
    /// Its health check fails.
    Unhealthy,
    /// Its container instance is DRAINING or no longer fits the service.
    InstanceLeft,
    /// Its task set was deleted.
    TaskSetDeleted,
    /// Its service was deleted.
    ServiceDeleted,
}

impl Stop {
    /// What becomes the task's stop code.
    pub fn stop_code(&self) -> StopCode {
        StopCode::ServiceSchedulerInitiated
    }

    /// What becomes the task's stopped reason, in ECS's words.
    pub fn stopped_reason(&self) -> String {
        match self.cause {
            StopCause::Unhealthy => "Task failed container health checks".into(),
            _ => format!("Scaling activity initiated by (deployment {})", self.deployment),
        }
    }
}

/// New values for the fields of a service that rollout owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceChange {
    /// ACTIVE, DRAINING or INACTIVE.
    pub status: ServiceStatus,
    /// For a DAEMON service, the number of eligible container instances.
    pub desired_count: u32,
    /// Newest first.
    pub deployments: Vec<Deployment>,
    /// Of a service with the EXTERNAL controller.
    pub task_sets: Vec<TaskSet>,
    /// The newest service deployment.
    pub service_deployment: Option<ServiceDeployment>,
    /// Whether the service's newest word was that it is steady.
    pub steady: bool,
    /// The back-off of tasks that fail to start, which ends when another deployment becomes primary.
    pub throttle: Throttle,
    /// What the next plan must know.
    pub rollout: RolloutRecord,
}

impl ServiceChange {
    /// The values that `service` has.
    pub fn of(service: &Service) -> Self {
        ServiceChange {
            status: service.status,
            desired_count: service.desired_count,
            deployments: service.deployments.clone(),
            task_sets: service.task_sets.clone(),
            service_deployment: service.service_deployment.clone(),
            steady: service.steady,
            throttle: service.throttle.clone(),
            rollout: service.rollout.clone(),
        }
    }

    /// Gives `service` these values.
    pub fn apply(self, service: &mut Service) {
        service.status = self.status;
        service.desired_count = self.desired_count;
        service.deployments = self.deployments;
        service.task_sets = self.task_sets;
        service.service_deployment = self.service_deployment;
        service.steady = self.steady;
        service.throttle = self.throttle;
        service.rollout = self.rollout;
    }
}

/// Why a service that is not steady has nothing to start or stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// For tasks to run, to become healthy, to stop.
    Tasks {
        /// Not yet RUNNING.
        pending: u32,
        /// RUNNING and not yet healthy.
        warming: u32,
        /// Not yet STOPPED.
        stopping: u32,
    },
    /// Tasks failed to start; the next try is later.
    Throttled {
        /// When.
        until: Timestamp,
    },
    /// Tasks that should stop are protected.
    Protected {
        /// How many.
        tasks: u32,
        /// When the first protection ends.
        until: Timestamp,
    },
    /// The two percentages allow neither a start nor a stop. This never ends by itself.
    Percentages {
        /// The fewest healthy tasks.
        healthy_min: u32,
        /// The most tasks.
        task_max: u32,
    },
    /// The deployment failed or was stopped, and was not rolled back. This never ends by itself.
    Failed,
    /// Its controller has made no task set, or deleted all of them.
    NoTaskSet,
    /// The deployment bakes.
    Baking {
        /// Until when.
        until: Timestamp,
    },
    /// For answers about runs of lifecycle hooks.
    Hooks {
        /// Their stage.
        stage: LifecycleStage,
        /// Their ids.
        ids: Vec<String>,
        /// When the first of them times out.
        until: Timestamp,
    },
    /// For the load balancer to move the traffic.
    Traffic {
        /// Which traffic.
        stage: LifecycleStage,
    },
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Waiting::Tasks { pending, warming, stopping } => write!(
                f,
                "waiting for tasks: {pending} to run, {warming} to become healthy, {stopping} to stop"
            ),
            Waiting::Throttled { until } => {
                write!(f, "tasks fail to start; the next attempt is at {until}")
            }
            Waiting::Protected { tasks, until } => {
                write!(f, "{tasks} tasks to stop are protected, the first until {until}")
            }
            Waiting::Percentages { healthy_min, task_max } => write!(
                f,
                "no move is possible: at least {healthy_min} tasks must stay healthy and at most \
                 {task_max} may exist; change minimumHealthyPercent or maximumPercent"
            ),
            Waiting::Failed => f.write_str(
                "the deployment failed or was stopped, and was not rolled back; a new deployment is \
                 needed",
            ),
            Waiting::NoTaskSet => f.write_str(
                "the service has no task set; its EXTERNAL deployment controller is to create one",
            ),
            Waiting::Baking { until } => write!(f, "the deployment bakes until {until}"),
            Waiting::Hooks { stage, ids, until } => write!(
                f,
                "the deployment is held at {stage}, at most until {until}, by the lifecycle hooks {}",
                ids.join(", ")
            ),
            Waiting::Traffic { stage } => {
                write!(f, "waiting for the load balancer to move the traffic ({stage})")
            }
        }
    }
}

impl Plan {
    /// Whether there is nothing to apply.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
            && self.stops.is_empty()
            && self.service.is_none()
            && self.events.is_empty()
    }

    /// How many tasks it starts.
    pub fn start_count(&self) -> u32 {
        self.starts.iter().map(|start| start.count).sum()
    }
}
