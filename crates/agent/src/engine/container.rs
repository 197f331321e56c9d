//! A container of a task, as the engine knows it.

use lifecycle::order::{self, Progress};
use model::{HealthStatus, TaskStatus, Timestamp};
use runtime::ImageInfo;
use serde::{Deserialize, Serialize};

/// How far a container came. Only rises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Nothing was done yet.
    #[default]
    Fresh,
    /// Its image is here.
    Pulled,
    /// It exists and never ran.
    Created,
    /// It runs, or is about to be restarted in place.
    Running,
    /// It has ended, or will never run.
    Stopped,
}

/// A container port bound to a host port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Binding {
    /// The host's address.
    pub bind_ip: String,
    /// The container's port.
    pub container_port: u16,
    /// The host's port.
    pub host_port: u16,
    /// `tcp` or `udp`.
    pub protocol: String,
}

/// A container. What is not written to disk is found out again by looking.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Container {
    /// Its name in the task.
    pub name: String,
    /// Its name at the runtime.
    pub docker_name: String,
    /// Whether the task ends with it.
    pub essential: bool,
    /// How far it came.
    pub stage: Stage,
    /// Its id at the runtime.
    pub runtime_id: Option<String>,
    /// The digest that was pulled.
    pub image_digest: Option<String>,
    /// Once it has ended.
    pub exit_code: Option<i64>,
    /// What went wrong.
    pub reason: Option<String>,
    /// When it was started first.
    pub started_at: Option<Timestamp>,
    /// When it was started last.
    pub run_started_at: Option<Timestamp>,
    /// When it ended, by the runtime's clock.
    pub finished_at: Option<Timestamp>,
    /// How often it was restarted in place.
    pub restart_count: u32,
    /// From its health check.
    pub health: Health,
    /// The ports as they are bound.
    pub bindings: Vec<Binding>,
    /// The last status that was put into a report.
    pub reported: Option<TaskStatus>,
    #[serde(skip)]
    pub(super) doing: Option<Doing>,
    /// Something may have happened to it that only an inspection tells.
    #[serde(skip)]
    pub(super) look: bool,
    /// A create may have taken effect though it failed.
    #[serde(skip)]
    pub(super) find: bool,
    #[serde(skip)]
    pub(super) retry_at: Option<Timestamp>,
    /// Failures in a row of the same verb.
    #[serde(skip)]
    pub(super) attempts: u32,
    /// Starts that the engine refused since it last ran. An inspection in between does not count them
    /// anew.
    #[serde(skip)]
    pub(super) refused_starts: u32,
    /// The image that is here already, while a newer one is asked for.
    #[serde(skip)]
    pub(super) cached: Option<ImageInfo>,
    /// The environment of the image.
    #[serde(skip)]
    pub(super) image_env: Vec<String>,
    /// Whether its image was looked for.
    #[serde(skip)]
    pub(super) checked: bool,
    /// Whether it was removed from the runtime.
    #[serde(skip)]
    pub(super) removed: bool,
}

/// The health of a container and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// UNKNOWN without a health check.
    pub status: HealthStatus,
    /// When it became so.
    pub since: Option<Timestamp>,
}

/// A call under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doing {
    pub(super) call: u64,
    pub(super) what: What,
}

/// Which verb a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Check,
    Pull,
    Create,
    Find,
    Start,
    Inspect,
    Stop,
    Kill,
    Remove,
}

impl Default for Health {
    fn default() -> Self {
        Self { status: HealthStatus::Unknown, since: None }
    }
}

impl Container {
    /// Where it is, as far as the order among containers cares.
    pub(super) fn progress(&self) -> Progress {
        let stage = match self.stage {
            Stage::Fresh | Stage::Pulled => order::Stage::Absent,
            Stage::Created => order::Stage::Created,
            Stage::Running => order::Stage::Running,
            Stage::Stopped => order::Stage::Stopped,
        };
        Progress {
            stage,
            exit_code: self.exit_code,
            healthy: self.health.status == HealthStatus::Healthy,
            started_at: self.started_at,
        }
    }

    /// A verb failed that is worth another try: 1 second, then twice as long each time up to 30.
    pub(super) fn retry(&mut self, now: Timestamp) {
        let delay_ms = (1_000_i64 << self.attempts.min(5)).min(30_000);
        self.attempts += 1;
        self.retry_at = Some(now.plus_ms(delay_ms));
    }

    /// A verb succeeded.
    pub(super) fn settle(&mut self) {
        self.attempts = 0;
        self.retry_at = None;
    }

    /// Whether nothing is to be done about it now.
    pub(super) fn must_wait(&self, now: Timestamp) -> bool {
        self.doing.is_some() || self.retry_at.is_some_and(|at| at > now)
    }
}
