//! `GET /longshore/v1/plan/service/CLUSTER/NAME`: the frames that a rollout would go through, on the
//! cluster as it is. Nothing is touched.
//!
//! Its query has `taskDefinition`, `minimumHealthyPercent`, `maximumPercent` and `desiredCount`, each
//! as in UpdateService and each absent for what the service has.

use serde::{Deserialize, Serialize};

use super::phase::Tally;

/// A rollout foreseen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RolloutPlan {
    /// The cluster.
    pub cluster: String,
    /// The service.
    pub service: String,
    /// `family:revision` of what runs.
    pub from: String,
    /// `family:revision` of what is to run.
    pub to: String,
    /// How many tasks there are to be.
    pub desired_count: u32,
    /// minimumHealthyPercent.
    pub minimum_healthy_percent: u32,
    /// maximumPercent.
    pub maximum_percent: u32,
    /// The fewest healthy tasks.
    pub floor: u32,
    /// The most tasks.
    pub ceiling: u32,
    /// How long things take, and where that is from.
    pub pace: PlanPace,
    /// One for each instant at which something changes, the first at 0 ms.
    pub frames: Vec<PlanFrame>,
    /// How it ends.
    pub end: PlanEnd,
    /// When the last frame is, if it ends with a steady service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    /// Why it never finishes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What each container instance lacks for the next task, when there is no room.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obstacles: Vec<PlanObstacle>,
    /// The smallest changes with each of which it would finish.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<PlanRemedy>,
}

/// How a plan ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlanEnd {
    /// The service is steady.
    #[default]
    Steady,
    /// Nothing more may be started or stopped.
    Stuck,
    /// No container instance takes what is to be started.
    NoRoom,
    /// It was not over after very many steps.
    Open,
}

/// How long things take, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanPace {
    /// From PENDING to RUNNING.
    pub start: PlanTime,
    /// From RUNNING to healthy.
    pub healthy: PlanTime,
    /// From the wish to stop to STOPPED.
    pub stop: PlanTime,
}

/// A time and where it is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanTime {
    /// The time.
    pub ms: i64,
    /// The tasks that it is the median of; 0 where none was seen and the time is a setting or assumed.
    pub seen_count: u32,
}

/// How many tasks there are, in which phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanFrame {
    /// Since the beginning.
    pub after_ms: i64,
    /// Of older deployments.
    pub old: Tally,
    /// Of the new one.
    pub new: Tally,
}

/// Why a container instance does not take the next task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanObstacle {
    /// The container instance.
    pub container_instance: String,
    /// What it lacks, in numbers.
    pub lacks: String,
}

/// A change with which the rollout would finish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanRemedy {
    /// `minimumHealthyPercent`, `maximumPercent` or `desiredCount`.
    pub member: String,
    /// Its new value.
    pub value: u32,
    /// How long the rollout would then take.
    pub duration_ms: i64,
}
