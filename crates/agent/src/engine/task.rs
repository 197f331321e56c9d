//! A task of this container instance.

use std::collections::VecDeque;

use lifecycle::order::Order;
use model::{DesiredStatus, Resources, TaskStatus, Timestamp};
use serde::{Deserialize, Serialize};
use session_wire::payload;

use super::volume::Volume;
use super::{Container, Report, Stage};

/// A task. This is also what the agent keeps on disk of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its ARN.
    pub arn: String,
    /// As it came; of its credentials only the ids and the names of the roles.
    pub body: payload::Task,
    /// What the control plane wants, or what became of it: STOPPED too once an essential container
    /// has ended.
    pub desired: DesiredStatus,
    /// In the order of the payload.
    pub containers: Vec<Container>,
    /// Volumes that the runtime keeps.
    pub volumes: Vec<Volume>,
    /// Whether it holds its resources; while not, it waits for others to stop.
    pub admitted: bool,
    /// Its place in the line for resources.
    pub arrival: u64,
    /// Why the task as a whole could not go on.
    pub reason: Option<String>,
    /// When the first pull began.
    pub pull_started_at: Option<Timestamp>,
    /// When the last pull ended.
    pub pull_stopped_at: Option<Timestamp>,
    /// When the first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
    /// When the last container had ended.
    pub stopped_at: Option<Timestamp>,
    /// The last status that was put into a report.
    pub reported: Option<TaskStatus>,
    /// Reports that the control plane has not taken yet, oldest first.
    pub outbox: VecDeque<Report>,
    /// The number of the next report.
    pub next_report: u64,
    /// Whether a report is on its way.
    #[serde(skip)]
    pub(super) submitting: bool,
    #[serde(skip)]
    pub(super) order: Order,
    /// What it holds while it is admitted.
    #[serde(skip)]
    pub(super) needs: Resources,
}

impl Task {
    /// Whether every container has ended for good.
    pub fn is_stopped(&self) -> bool {
        self.containers.iter().all(|c| c.stage == Stage::Stopped)
    }

    /// The status that the control plane is to see. Only rises.
    pub fn status(&self) -> TaskStatus {
        let running = self
            .containers
            .iter()
            .all(|c| c.stage == Stage::Running || c.stage == Stage::Stopped && !c.essential);
        let now = if self.is_stopped() {
            TaskStatus::Stopped
        } else if running {
            TaskStatus::Running
        } else {
            TaskStatus::Pending
        };
        self.reported.map_or(now, |reported| reported.max(now))
    }

    /// Whether a container of this task has a health check that the control plane asked for.
    pub fn has_health_check(&self, index: usize) -> bool {
        self.body.containers.get(index).is_some_and(|c| c.health_check_type == "docker")
    }

    /// The id of the credentials of the task role, if it has one.
    pub fn role_credentials_id(&self) -> Option<&str> {
        let credentials = self.body.role_credentials.as_ref()?;
        Some(credentials.credentials_id.as_str()).filter(|id| !id.is_empty())
    }

    /// Wants it stopped. Returns whether that is news.
    pub(super) fn want_stopped(&mut self) -> bool {
        let news = self.desired != DesiredStatus::Stopped;
        self.desired = DesiredStatus::Stopped;
        news
    }
}
