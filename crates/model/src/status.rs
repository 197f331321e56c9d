//! ECS's statuses. The order of the variants is the order of life: a `last_status` only rises.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html>

use alloc::string::String;
use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

/// A closed set of ECS words, ordered as listed.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that ECS uses.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            /// The text that is none of the words.
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(text.into()),
                }
            }
        }
    };
}

words!(
    /// Where a task or one of its containers is in its life.
    TaskStatus {
        /// Waiting for things that come before the launch, such as a network interface.
        Provisioning = "PROVISIONING",
        /// Waiting for its container instance's agent.
        Pending = "PENDING",
        /// After launch, before running: target registration and the like.
        Activating = "ACTIVATING",
        /// Running.
        Running = "RUNNING",
        /// Before stopping: target deregistration and the like.
        Deactivating = "DEACTIVATING",
        /// The agent is stopping its containers.
        Stopping = "STOPPING",
        /// After its containers have stopped.
        Deprovisioning = "DEPROVISIONING",
        /// Stopped.
        Stopped = "STOPPED",
        /// Seen only while a stopped task is being forgotten.
        Deleted = "DELETED",
    }
);
words!(
    /// What the control plane wants of a task; it changes once.
    DesiredStatus {
        /// It should run.
        Running = "RUNNING",
        /// It should stop.
        Stopped = "STOPPED",
    }
);
words!(
    /// The health of a container or task; a task's is that of its essential containers.
    HealthStatus {
        /// No health check, or no result yet.
        Unknown = "UNKNOWN",
        /// Passed.
        Healthy = "HEALTHY",
        /// Failed.
        Unhealthy = "UNHEALTHY",
    }
);
words!(
    /// Why a task stopped, for programs.
    StopCode {
        /// It never ran.
        TaskFailedToStart = "TaskFailedToStart",
        /// An essential container exited.
        EssentialContainerExited = "EssentialContainerExited",
        /// A caller of StopTask.
        UserInitiated = "UserInitiated",
        /// The service scheduler.
        ServiceSchedulerInitiated = "ServiceSchedulerInitiated",
        /// The host was a Spot instance that AWS took back.
        SpotInterruption = "SpotInterruption",
        /// The host was going away.
        TerminationNotice = "TerminationNotice",
        /// Something below the task is unwell.
        InfrastructureHealth = "InfrastructureHealth",
    }
);
words!(
    /// Whether the agent of a task's container instance is connected.
    Connectivity {
        /// Connected.
        Connected = "CONNECTED",
        /// Not connected.
        Disconnected = "DISCONNECTED",
    }
);
words!(
    /// The status of a cluster.
    ClusterStatus {
        /// In use.
        Active = "ACTIVE",
        /// Deleted; still described for a while.
        Inactive = "INACTIVE",
    }
);
words!(
    /// The status of a container instance.
    ContainerInstanceStatus {
        /// It accepts tasks.
        Active = "ACTIVE",
        /// It accepts no new tasks and its service tasks move elsewhere.
        Draining = "DRAINING",
        /// Deregistered.
        Inactive = "INACTIVE",
    }
);
words!(
    /// The status of a service.
    ServiceStatus {
        /// In use.
        Active = "ACTIVE",
        /// Deleted while tasks are left.
        Draining = "DRAINING",
        /// Deleted.
        Inactive = "INACTIVE",
    }
);
words!(
    /// The status of a deployment inside a service.
    DeploymentStatus {
        /// The newest one.
        Primary = "PRIMARY",
        /// Still has tasks, which are being replaced.
        Active = "ACTIVE",
        /// Replaced.
        Inactive = "INACTIVE",
    }
);
words!(
    /// How far a deployment has come.
    RolloutState {
        /// On its way.
        InProgress = "IN_PROGRESS",
        /// The service reached a steady state on it.
        Completed = "COMPLETED",
        /// The circuit breaker or an alarm gave it up.
        Failed = "FAILED",
    }
);
words!(
    /// The status of a task definition revision.
    TaskDefinitionStatus {
        /// It can be run.
        Active = "ACTIVE",
        /// Deregistered: services that use it go on, new ones cannot begin.
        Inactive = "INACTIVE",
        /// Deleted, waiting for the tasks that still use it.
        DeleteInProgress = "DELETE_IN_PROGRESS",
    }
);
words!(
    /// Where a task runs.
    LaunchType {
        /// A container instance of the cluster.
        Ec2 = "EC2",
        /// The Fargate pool.
        Fargate = "FARGATE",
        /// An ECS Anywhere instance.
        External = "EXTERNAL",
    }
);
words!(
    /// How the containers of a task reach the network.
    NetworkMode {
        /// Docker's bridge of the host.
        Bridge = "bridge",
        /// The host's own network.
        Host = "host",
        /// An address of the task's own.
        Awsvpc = "awsvpc",
        /// No network.
        None = "none",
    }
);
words!(
    /// How a service decides how many tasks there are.
    SchedulingStrategy {
        /// `desired_count` tasks.
        Replica = "REPLICA",
        /// One task on each container instance that fits.
        Daemon = "DAEMON",
    }
);
words!(
    /// Where the tags of a task come from.
    PropagateTags {
        /// The task definition.
        TaskDefinition = "TASK_DEFINITION",
        /// The service.
        Service = "SERVICE",
        /// Nowhere.
        None = "NONE",
    }
);
words!(
    /// How far a service deployment is.
    ServiceDeploymentStatus {
        /// Asked for; nothing was done yet.
        Pending = "PENDING",
        /// Its target revision runs alone, and it was long enough so.
        Successful = "SUCCESSFUL",
        /// It was told to stop, was superseded, or failed without a rollback.
        Stopped = "STOPPED",
        /// It was told to stop.
        StopRequested = "STOP_REQUESTED",
        /// Under way.
        InProgress = "IN_PROGRESS",
        /// It was told to go back.
        RollbackRequested = "ROLLBACK_REQUESTED",
        /// It goes back.
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        /// It went back.
        RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
        /// It could not go back.
        RollbackFailed = "ROLLBACK_FAILED",
    }
);
words!(
    /// The stages of a service deployment, in their order.
    LifecycleStage {
        /// Services with more than one revision that has tasks are first brought to one.
        ReconcileService = "RECONCILE_SERVICE",
        /// Before the first task of the new revision.
        PreScaleUp = "PRE_SCALE_UP",
        /// Tasks of the new revision start.
        ScaleUp = "SCALE_UP",
        /// All tasks of the new revision are healthy and get no traffic.
        PostScaleUp = "POST_SCALE_UP",
        /// Test traffic moves to the new revision.
        TestTrafficShift = "TEST_TRAFFIC_SHIFT",
        /// All test traffic goes to the new revision.
        PostTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT",
        /// Before production traffic moves, and before each further step of it. Hooks know this stage;
        /// a service deployment does not show it: [`LifecycleStage::shown`].
        PreProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT",
        /// Production traffic moves to the new revision.
        ProductionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT",
        /// All production traffic goes to the new revision.
        PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT",
        /// Both revisions run on, so that the way back is short.
        BakeTime = "BAKE_TIME",
        /// Tasks of the old revision stop.
        CleanUp = "CLEAN_UP",
    }
);

impl LifecycleStage {
    /// The stage that a service deployment shows while it is in this one.
    pub fn shown(self) -> LifecycleStage {
        match self {
            LifecycleStage::PreProductionTrafficShift => LifecycleStage::ProductionTrafficShift,
            other => other,
        }
    }
}

words!(
    /// What becomes of a deployment that a lifecycle hook held.
    LifecycleHookAction {
        /// It goes back to the revision before.
        Rollback = "ROLLBACK",
        /// It goes on.
        Continue = "CONTINUE",
    }
);
words!(
    /// How far a run of a lifecycle hook is.
    LifecycleHookStatus {
        /// Somebody must call ContinueServiceDeployment.
        AwaitingAction = "AWAITING_ACTION",
        /// Its Lambda function is being asked.
        InProgress = "IN_PROGRESS",
        /// The deployment may go on.
        Succeeded = "SUCCEEDED",
        /// The deployment is to go back.
        Failed = "FAILED",
        /// Nobody answered in time.
        TimedOut = "TIMED_OUT",
    }
);
words!(
    /// Who brings new revisions of a service.
    DeploymentController {
        /// The service scheduler.
        Ecs = "ECS",
        /// Somebody else, by task sets.
        External = "EXTERNAL",
    }
);
words!(
    /// The state of an alarm.
    AlarmState {
        /// What it watches is as it should be.
        Ok = "OK",
        /// It is not.
        Alarm = "ALARM",
        /// Its source does not know.
        InsufficientData = "INSUFFICIENT_DATA",
    }
);
words!(
    /// The status of a task set.
    TaskSetStatus {
        /// What the service shows as its own: it serves production traffic.
        Primary = "PRIMARY",
        /// Another one.
        Active = "ACTIVE",
        /// It was deleted; its tasks are stopping.
        Draining = "DRAINING",
    }
);
words!(
    /// Whether a task set has what it is to have.
    StabilityStatus {
        /// As many tasks as there should be are RUNNING and healthy, and there are no others.
        SteadyState = "STEADY_STATE",
        /// Not so, or not yet.
        Stabilizing = "STABILIZING",
    }
);
words!(
    /// How a deployment brings a new revision.
    DeploymentStrategy {
        /// Gradually, within the two percentages.
        Rolling = "ROLLING",
        /// Whole beside the old one, then all traffic at once.
        BlueGreen = "BLUE_GREEN",
        /// Whole beside the old one, then traffic in equal steps.
        Linear = "LINEAR",
        /// Whole beside the old one, then a little traffic, then all.
        Canary = "CANARY",
    }
);
