//! What a change of a task was, for those who act on it, and the one place that counts versions.

use alloc::vec::Vec;
use arn::ContainerName;
use model::{DesiredStatus, HealthStatus, Task, TaskStatus};

use super::{Input, State, step};

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The task's last status rose. To STOPPED: what it held is free.
    StatusChanged {
        /// Before.
        from: TaskStatus,
        /// Now.
        to: TaskStatus,
    },
    /// The task is to stop, and was not before.
    DesiredStopped,
    /// A container's last status rose.
    ContainerStatusChanged {
        /// The container.
        container: ContainerName,
        /// Before.
        from: TaskStatus,
        /// Now.
        to: TaskStatus,
    },
    /// The task's health changed.
    HealthChanged {
        /// Before.
        from: HealthStatus,
        /// Now.
        to: HealthStatus,
    },
    /// Something else that DescribeTasks shows: an id, a port, a digest, a time, a container's
    /// health.
    DetailsChanged,
}

/// Takes one step and tells what it changed.
pub(super) fn advance(task: &mut Task, input: Input, effects: &mut Vec<Effect>) {
    let before = State { last: task.last_status, desired: task.desired_status };
    let after = step(before, input);
    task.last_status = after.last;
    task.desired_status = after.desired;
    if before.last != after.last {
        effects.push(Effect::StatusChanged { from: before.last, to: after.last });
    }
    if before.desired != after.desired && after.desired == DesiredStatus::Stopped {
        effects.push(Effect::DesiredStopped);
    }
}

/// Counts the change, if it was one.
pub(super) fn finish(task: &mut Task, effects: Vec<Effect>) -> Vec<Effect> {
    if !effects.is_empty() {
        task.version += 1;
    }
    effects
}
