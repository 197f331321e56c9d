//! Stops that the control plane asks for or declares.

use alloc::string::String;
use alloc::vec::Vec;
use model::{StopCode, Task, TaskStatus, Timestamp};

use super::change::{Effect, advance, finish};
use super::report::stop_all_containers;
use super::{Input, State, step};

/// ECS's reason when an essential container has ended.
pub const ESSENTIAL_CONTAINER_EXITED: &str = "Essential container in task exited";

/// Asks a task to stop. The first code and reason stay: a task that stops already is not changed.
///
/// The agent has to be told unless the task is STOPPED at once, which is when it never had one.
pub fn request_stop(task: &mut Task, code: StopCode, reason: &str, now: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    let state = State { last: task.last_status, desired: task.desired_status };
    if step(state, Input::StopRequested) != state {
        decide(task, code, reason.into());
        task.stopping_at.get_or_insert(now);
        advance(task, Input::StopRequested, &mut effects);
        if task.last_status == TaskStatus::Stopped {
            task.stopped_at.get_or_insert(now);
            stop_all_containers(task, &mut effects);
        }
    }
    finish(task, effects)
}

/// Declares a task STOPPED because no agent will ever report it: its container instance was
/// deregistered or is gone.
pub fn abandon(task: &mut Task, code: StopCode, reason: &str, now: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    if task.is_live() {
        decide(task, code, reason.into());
        task.stopping_at.get_or_insert(now);
        task.stopped_at.get_or_insert(now);
        if task.started_at.is_some() {
            task.execution_stopped_at.get_or_insert(now);
        }
        advance(task, Input::Abandoned, &mut effects);
        stop_all_containers(task, &mut effects);
    }
    finish(task, effects)
}

/// Why a task stops is decided once.
pub(super) fn decide(task: &mut Task, code: StopCode, reason: String) {
    if task.stop_code.is_none() {
        task.stop_code = Some(code);
        task.stopped_reason.get_or_insert(reason);
    }
}
