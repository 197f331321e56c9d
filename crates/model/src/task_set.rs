//! Task sets: what somebody else than the service scheduler deploys a service with, the EXTERNAL
//! deployment controller.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html>

use alloc::{format, string::String, vec::Vec};
use arn::{DeploymentId, TaskDefinitionId};
use serde::{Deserialize, Serialize};

use crate::{LaunchType, StabilityStatus, Tag, TaskSetStatus, Timestamp};

/// A task set of a service: tasks of one task definition, as many as a part of what the service
/// wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSet {
    /// `ecs-svc/…`, which is also the deployment that owns its tasks.
    pub id: DeploymentId,
    /// PRIMARY, ACTIVE or DRAINING.
    pub status: TaskSetStatus,
    /// What its tasks run.
    pub task_definition: TaskDefinitionId,
    /// Where they run.
    pub launch_type: LaunchType,
    /// How much of the service's desired_count it is to have.
    pub scale: Scale,
    /// Whether it has what it is to have.
    pub stability: StabilityStatus,
    /// Since when.
    pub stability_at: Timestamp,
    /// What its owner calls it.
    pub external_id: Option<String>,
    /// The token of the request that made it.
    pub client_token: Option<String>,
    /// A digest of that request: the same one again does nothing more.
    pub creation_fingerprint: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When a request last changed it.
    pub updated_at: Timestamp,
    /// Its tags.
    pub tags: Vec<Tag>,
}

impl TaskSet {
    /// Marks it deleted: its tasks are to stop.
    pub fn drain(&mut self, now: Timestamp) {
        (self.status, self.updated_at) = (TaskSetStatus::Draining, now);
        (self.stability, self.stability_at) = (StabilityStatus::Stabilizing, now);
    }

    /// How many tasks it is to have in a service that wants `desired_count`: rounded up.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html>
    pub fn computed_desired_count(&self, desired_count: u32) -> u32 {
        let parts = u128::from(desired_count) * u128::from(self.scale.0);
        parts.div_ceil(u128::from(Scale::ALL.0)) as u32
    }
}

/// A part of a service's desired_count, in billionths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Scale(u64);

impl Scale {
    /// Nothing.
    pub const NONE: Scale = Scale(0);
    /// 100 percent.
    pub const ALL: Scale = Scale(100 * Self::PERCENT);
    const PERCENT: u64 = 1_000_000_000;
    const DIGITS: usize = 9;

    /// From a percentage between 0 and 100; none for any other number. Digits behind the ninth of
    /// the fraction are cut off, so that the noise of two thirds of three tasks makes no third.
    pub fn from_percent(percent: f64) -> Option<Scale> {
        if !(0.0..=100.0).contains(&percent) {
            return None;
        }
        // The decimal digits are what the caller wrote; the binary fraction is only near to it.
        let text = format!("{percent}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = fraction.bytes().chain(core::iter::repeat(b'0')).take(Self::DIGITS);
        let fraction = digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        // The whole part of minus zero has a sign.
        let whole: u64 = whole.trim_start_matches('-').parse().ok()?;
        Some(Scale(whole * Self::PERCENT + fraction))
    }

    /// As a percentage.
    pub fn percent(self) -> f64 {
        self.0 as f64 / Self::PERCENT as f64
    }
}
