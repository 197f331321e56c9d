//! What a task is worth to its service, and how many tasks there are of each such phase.

use serde::{Deserialize, Serialize};

/// What a task is worth to its service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaskPhase {
    /// Not yet RUNNING.
    #[default]
    Pending,
    /// RUNNING, not yet healthy.
    Warming,
    /// Healthy: what the floor counts.
    Healthy,
    /// Unhealthy: to be replaced.
    Unhealthy,
    /// On its way to STOPPED.
    Stopping,
    /// No more.
    Stopped,
}

/// Tasks by phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tally {
    /// Not yet RUNNING.
    pub pending: u32,
    /// RUNNING, not yet healthy.
    pub warming: u32,
    /// Healthy.
    pub healthy: u32,
    /// Unhealthy.
    pub unhealthy: u32,
    /// On their way to STOPPED.
    pub stopping: u32,
}

impl Tally {
    /// Those of a phase; of STOPPED ones none is counted.
    pub fn of(self, phase: TaskPhase) -> u32 {
        match phase {
            TaskPhase::Pending => self.pending,
            TaskPhase::Warming => self.warming,
            TaskPhase::Healthy => self.healthy,
            TaskPhase::Unhealthy => self.unhealthy,
            TaskPhase::Stopping => self.stopping,
            TaskPhase::Stopped => 0,
        }
    }

    /// Counts a task.
    pub fn add(&mut self, phase: TaskPhase) {
        *match phase {
            TaskPhase::Pending => &mut self.pending,
            TaskPhase::Warming => &mut self.warming,
            TaskPhase::Healthy => &mut self.healthy,
            TaskPhase::Unhealthy => &mut self.unhealthy,
            TaskPhase::Stopping => &mut self.stopping,
            TaskPhase::Stopped => return,
        } += 1;
    }

    /// All of them.
    pub fn total(self) -> u32 {
        self.wanted() + self.stopping
    }

    /// Those that are to run.
    pub fn wanted(self) -> u32 {
        self.pending + self.warming + self.healthy + self.unhealthy
    }
}
