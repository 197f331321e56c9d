//! Service deployments and service revisions: the history that ECS keeps of a service.
//!
//! A service revision is what a service was to be at some time. A service deployment is the way from
//! one to another, with its end. An entry in [`crate::Service::deployments`] is a revision that has
//! tasks now; revision and entry share their number.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html>

use alloc::{string::String, vec::Vec};
use arn::{
    ClusterName, ContainerName, DeploymentId, ServiceDeploymentId, ServiceId, ServiceName,
    TaskDefinitionId,
};
use serde::{Deserialize, Serialize};

use crate::{
    DeploymentConfiguration, DeploymentStrategy, HookRun, LaunchType, LifecycleStage,
    ServiceDeploymentStatus, Timestamp,
};

/// What a service was to be at some time. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRevision {
    /// The cluster.
    pub cluster: ClusterName,
    /// The service.
    pub service: ServiceName,
    /// The life of the service that it belongs to.
    pub service_id: ServiceId,
    /// Its number, as the id of the deployment that brings it: `ecs-svc/NUMBER`.
    pub id: DeploymentId,
    /// What its tasks run.
    pub task_definition: TaskDefinitionId,
    /// Where they run.
    pub launch_type: LaunchType,
    /// The images that the task definition names.
    pub images: Vec<RevisionImage>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The image of a container of a service revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionImage {
    /// The container.
    pub container: ContainerName,
    /// Its image, as the task definition names it.
    pub image: String,
}

/// The way of a service from one revision to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDeployment {
    /// The cluster.
    pub cluster: ClusterName,
    /// The service.
    pub service: ServiceName,
    /// The life of the service that it belongs to.
    pub service_id: ServiceId,
    /// Its id.
    pub id: ServiceDeploymentId,
    /// The revision that it brings.
    pub target: DeploymentId,
    /// The revisions that had tasks when it began.
    pub sources: Vec<DeploymentId>,
    /// How far it is.
    pub status: ServiceDeploymentStatus,
    /// Why, in ECS's words.
    pub status_reason: Option<String>,
    /// The stage that it is in or ended in.
    pub lifecycle_stage: LifecycleStage,
    /// The service's configuration when it began.
    pub configuration: DeploymentConfiguration,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its first step was taken.
    pub started_at: Option<Timestamp>,
    /// When it ended, in whatever way.
    pub finished_at: Option<Timestamp>,
    /// When it was told to stop, or gave up.
    pub stopped_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where it went back to.
    pub rollback: Option<Rollback>,
    /// What gave it up.
    pub failure: Option<FailureCause>,
    /// The failed tasks that the circuit breaker had counted when the deployment ended.
    pub failure_count: u32,
    /// Whether its alarms are not watched, since one of them was in ALARM when it started.
    #[serde(default)]
    pub alarms_ignored: bool,
    /// The alarms in ALARM that gave it up, or for which its alarms are not watched.
    #[serde(default)]
    pub triggered_alarms: Vec<String>,
    /// Where it is between the old revision and the new, unless it is ROLLING.
    #[serde(default)]
    pub shift: Shift,
}

/// Where a service deployment that is not ROLLING is between two revisions: the target, green, and the
/// one that had the traffic before, blue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The revision that has the traffic which the target has not. None where nothing ran before.
    pub blue: Option<DeploymentId>,
    /// Since when the stage lasts.
    pub stage_since: Timestamp,
    /// What the target's share of the traffic is to be.
    pub requested: TrafficWeights,
    /// Until when traffic stays as it is before its next step.
    pub step_bakes_until: Option<Timestamp>,
    /// The runs of hooks of the newest stage that had any.
    pub hook_runs: Vec<HookRun>,
    /// How many runs of hooks there have been.
    pub hook_run_count: u32,
}

/// The share of a revision in the traffic of its service, in tenths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrafficWeights {
    /// Of what everybody sends.
    pub production_permille: u32,
    /// Of what testers send.
    pub test_permille: u32,
}

impl TrafficWeights {
    /// All of it, in tenths of a percent.
    pub const ALL_PERMILLE: u32 = 1_000;

    /// What is left of it for the other revision.
    pub fn rest(self) -> TrafficWeights {
        TrafficWeights {
            production_permille: Self::ALL_PERMILLE.saturating_sub(self.production_permille),
            test_permille: Self::ALL_PERMILLE.saturating_sub(self.test_permille),
        }
    }
}

/// The return to an earlier revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    /// Why.
    pub reason: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The revision that comes back.
    pub target: DeploymentId,
}

/// What gave a deployment up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FailureCause {
    /// The circuit breaker: tasks do not start or do not become healthy.
    TasksFailedToStart,
    /// A CloudWatch alarm.
    Alarm,
    /// A lifecycle hook.
    LifecycleHook,
    /// A lifecycle stage that took too long.
    StageTimeout,
}

impl ServiceDeployment {
    /// Whether it goes on.
    pub fn is_under_way(&self) -> bool {
        self.finished_at.is_none()
    }

    /// Whether an alarm that it names may give it up: one that goes back is not given up by alarms.
    pub fn watches_alarms(&self) -> bool {
        let alarms = &self.configuration.alarms;
        alarms.enable && !self.alarms_ignored && self.rollback.is_none() && self.is_under_way()
    }

    /// Notes that its first step is taken at `now`. Nothing happens to one that is not PENDING.
    pub fn start(&mut self, now: Timestamp) {
        if self.status == ServiceDeploymentStatus::Pending {
            self.status = ServiceDeploymentStatus::InProgress;
            self.started_at = Some(now);
            self.updated_at = now;
        }
    }

    /// Ends it at `now`, since it was told so or something came in its place. Nothing happens to one
    /// that has ended.
    pub fn stop(&mut self, reason: &str, now: Timestamp) {
        if self.is_under_way() {
            self.stopped_at = Some(now);
            self.finish(ServiceDeploymentStatus::Stopped, Some(reason.into()), now);
        }
    }

    /// Whether it brings its revision whole beside the one before, and then moves the traffic.
    pub fn is_shifting(&self) -> bool {
        self.is_under_way() && self.configuration.strategy != DeploymentStrategy::Rolling
    }

    /// Ends it at `now`. Nothing happens to one that has ended.
    pub fn finish(
        &mut self,
        status: ServiceDeploymentStatus,
        reason: Option<String>,
        now: Timestamp,
    ) {
        if self.is_under_way() {
            self.status = status;
            self.status_reason = reason;
            self.finished_at = Some(now);
            self.updated_at = now;
        }
    }
}
