//! What an agent reports of a task through SubmitTaskStateChange and SubmitContainerStateChange.

use alloc::string::String;
use alloc::vec::Vec;
use model::{Container, NetworkBinding, StopCode, Task, TaskStatus, Timestamp};

use super::Input;
use super::change::{Effect, advance, finish};
use super::stop::{ESSENTIAL_CONTAINER_EXITED, decide};

/// A report of one task. A report about a container alone has no `status`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// PENDING, RUNNING or STOPPED. Others mean the next lower one of these.
    pub status: Option<TaskStatus>,
    /// Why the task as a whole could not go on; often empty.
    pub reason: Option<String>,
    /// Changes of containers, in the order in which they happened. One container may be there
    /// more than once.
    pub containers: Vec<ContainerReport>,
    /// When the first pull began.
    pub pull_started_at: Option<Timestamp>,
    /// When the last pull ended.
    pub pull_stopped_at: Option<Timestamp>,
    /// When the first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
}

/// A report of one container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerReport {
    /// Its name. One that the task does not have is skipped: agents report helpers of their own.
    pub name: String,
    /// PENDING, RUNNING or STOPPED.
    pub status: Option<TaskStatus>,
    /// The id at the container runtime.
    pub runtime_id: Option<String>,
    /// The exit code.
    pub exit_code: Option<i32>,
    /// What went wrong. Amazon's agent repeats its first error for ever, even on success.
    pub reason: Option<String>,
    /// The digest that was pulled.
    pub image_digest: Option<String>,
    /// Ports as they are bound; absent when the report does not speak of them.
    pub network_bindings: Option<Vec<NetworkBinding>>,
}

/// As many characters as ECS keeps of a reason.
const REASON_CHARS: usize = 1024;

/// Takes a report over. Statuses only rise, so late and repeated reports change nothing; after
/// STOPPED nothing is taken over at all. An empty answer means that nothing has to be stored.
pub fn apply_report(task: &mut Task, report: &Report, now: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !task.is_live() {
        return effects;
    }
    apply_times(task, report, &mut effects);
    apply_containers(task, &report.containers, &mut effects);
    let input = report.status.map(|status| match status {
        TaskStatus::Stopped | TaskStatus::Deleted => Input::ReportedStopped,
        status if status >= TaskStatus::Running => Input::ReportedRunning,
        _ => Input::ReportedPending,
    });
    if let Some(input) = input {
        advance(task, input, &mut effects);
    }
    if input == Some(Input::ReportedRunning) && task.started_at.is_none() {
        task.started_at = Some(now);
        effects.push(Effect::DetailsChanged);
    }
    if input == Some(Input::ReportedStopped) {
        finish_stop(task, report, now, &mut effects);
    } else {
        notice_essential_exit(task, now, &mut effects);
    }
    super::health::refresh(task, now, &mut effects);
    finish(task, effects)
}

fn apply_times(task: &mut Task, report: &Report, effects: &mut Vec<Effect>) {
    let before = (task.pull_started_at, task.pull_stopped_at, task.execution_stopped_at);
    task.pull_started_at = task.pull_started_at.or(report.pull_started_at);
    task.pull_stopped_at = task.pull_stopped_at.max(report.pull_stopped_at);
    task.execution_stopped_at = task.execution_stopped_at.or(report.execution_stopped_at);
    if before != (task.pull_started_at, task.pull_stopped_at, task.execution_stopped_at) {
        effects.push(Effect::DetailsChanged);
    }
}

fn apply_containers(task: &mut Task, entries: &[ContainerReport], effects: &mut Vec<Effect>) {
    for own in &mut task.containers {
        let before = own.clone();
        for entry in entries.iter().filter(|entry| entry.name == before.name.as_str()) {
            apply_container(own, entry);
        }
        note(own, &before, effects);
    }
}

fn apply_container(own: &mut Container, entry: &ContainerReport) {
    if let Some(status) = entry.status {
        own.last_status = own.last_status.max(status.min(TaskStatus::Stopped));
    }
    let told = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    own.runtime_id = told(&entry.runtime_id).or_else(|| own.runtime_id.take());
    own.image_digest = told(&entry.image_digest).or_else(|| own.image_digest.take());
    if let Some(reason) = told(&entry.reason) {
        own.reason = Some(shortened(&reason));
    }
    own.exit_code = own.exit_code.or(entry.exit_code);
    if let Some(bindings) = &entry.network_bindings {
        own.network_bindings.clone_from(bindings);
    }
}

fn note(container: &Container, before: &Container, effects: &mut Vec<Effect>) {
    let (from, to) = (before.last_status, container.last_status);
    if from != to {
        let container = container.name.clone();
        effects.push(Effect::ContainerStatusChanged { container, from, to });
    } else if container != before {
        effects.push(Effect::DetailsChanged);
    }
}

/// An essential container has ended and the agent stops the others: the task stops from now on, so
/// that a scheduler need not wait for the slowest of them.
fn notice_essential_exit(task: &mut Task, now: Timestamp, effects: &mut Vec<Effect>) {
    let ended = |c: &Container| c.essential && c.last_status == TaskStatus::Stopped;
    if !task.containers.iter().any(ended) || !task.is_wanted() {
        return;
    }
    let (code, reason) = cause(task, None);
    decide(task, code, reason);
    task.stopping_at.get_or_insert(now);
    advance(task, Input::StopRequested, effects);
}

fn finish_stop(task: &mut Task, report: &Report, now: Timestamp, effects: &mut Vec<Effect>) {
    let (code, reason) = cause(task, report.reason.as_deref());
    decide(task, code, reason);
    task.stopping_at.get_or_insert(now);
    task.stopped_at = Some(now);
    if task.started_at.is_some() {
        task.execution_stopped_at.get_or_insert(now);
    }
    stop_all_containers(task, effects);
}

/// No container outlives its task.
pub(super) fn stop_all_containers(task: &mut Task, effects: &mut Vec<Effect>) {
    for container in &mut task.containers {
        let before = container.clone();
        container.last_status = container.last_status.max(TaskStatus::Stopped);
        note(container, &before, effects);
    }
}

/// Why a task stops that nobody asked to stop: a container that ran has ended, or else something
/// could not be started. In the latter case ECS shows the first error, the task's own before those
/// of essential containers before those of others.
fn cause(task: &Task, task_reason: Option<&str>) -> (StopCode, String) {
    let task_reason = task_reason.filter(|reason| !reason.is_empty());
    let exited = |c: &&Container| {
        c.essential
            && c.last_status == TaskStatus::Stopped
            && (c.exit_code.is_some() && c.runtime_id.is_some())
    };
    if task.started_at.is_some() || task.containers.iter().any(|c| exited(&c)) {
        let reason = task_reason.unwrap_or(ESSENTIAL_CONTAINER_EXITED);
        return (StopCode::EssentialContainerExited, shortened(reason));
    }
    let failed = |essential: bool| {
        let mut containers = task.containers.iter();
        containers
            .find(|c| c.essential == essential && c.reason.is_some() && c.exit_code.is_none())
            .or_else(|| {
                task.containers.iter().find(|c| c.essential == essential && c.reason.is_some())
            })
            .and_then(|c| c.reason.as_deref())
    };
    let reason = task_reason
        .or_else(|| failed(true))
        .or_else(|| failed(false))
        .unwrap_or("Task failed to start");
    (StopCode::TaskFailedToStart, shortened(reason))
}

fn shortened(reason: &str) -> String {
    reason.chars().take(REASON_CHARS).collect()
}
