//! What the control plane is told of a task, at once and in order.

use model::{TaskStatus, Timestamp};
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::{Binding, Container, Effect, Stage, Task};

/// As many characters as ECS takes of a reason.
const REASON_CHARS: usize = 1024;

/// A state report, to be brought to the control plane by `SubmitTaskStateChange`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The task's ARN.
    pub task: String,
    /// From 1 for each task.
    pub number: u64,
    /// PENDING, RUNNING or STOPPED.
    pub status: TaskStatus,
    /// Why the task as a whole could not go on.
    pub reason: Option<String>,
    /// What changed since the last report.
    pub containers: Vec<ContainerChange>,
    /// When the first pull began.
    pub pull_started_at: Option<Timestamp>,
    /// When the last pull ended.
    pub pull_stopped_at: Option<Timestamp>,
    /// When the first essential container ended.
    pub execution_stopped_at: Option<Timestamp>,
}

/// A container in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerChange {
    /// Its name in the task.
    pub name: String,
    /// RUNNING or STOPPED.
    pub status: TaskStatus,
    /// Its id at the runtime, if it was created.
    pub runtime_id: Option<String>,
    /// Once it has ended.
    pub exit_code: Option<i64>,
    /// What went wrong.
    pub reason: Option<String>,
    /// The digest that was pulled.
    pub image_digest: Option<String>,
    /// The ports as they are bound.
    pub bindings: Vec<Binding>,
}

impl Task {
    /// Puts what changed since the last report into the next one, and sends that unless an older
    /// one is on its way.
    pub(super) fn report_changes(&mut self, cx: &mut Context<'_>) {
        let status = self.status();
        let changes: Vec<ContainerChange> = self.containers.iter_mut().filter_map(change).collect();
        let news = self.reported.unwrap_or(TaskStatus::Pending) < status;
        if news || !changes.is_empty() {
            self.reported = Some(status);
            let report = Report {
                task: self.arn.clone(),
                number: self.next_report,
                status,
                reason: self.reason.as_deref().map(shortened),
                containers: changes,
                pull_started_at: self.pull_started_at,
                pull_stopped_at: self.pull_stopped_at,
                execution_stopped_at: self.execution_stopped_at,
            };
            self.next_report += 1;
            self.outbox.push_back(report);
            cx.out.save(&self.arn);
        }
        self.submit_next(cx);
    }

    /// Sends the oldest report, if none is on its way.
    pub(super) fn submit_next(&mut self, cx: &mut Context<'_>) {
        if let Some(report) = self.outbox.front().filter(|_| !self.submitting) {
            cx.out.push(Effect::Submit(Box::new(report.clone())));
            self.submitting = true;
        }
    }

    /// The control plane is done with a report.
    pub(super) fn submitted(&mut self, number: u64, cx: &mut Context<'_>) {
        self.submitting = false;
        if self.outbox.front().is_some_and(|report| report.number == number) {
            self.outbox.pop_front();
            // A report that comes again after a restart changes nothing: while the task goes on, its
            // next save is early enough.
            if self.is_stopped() {
                cx.out.save(&self.arn);
            }
        }
        self.submit_next(cx);
    }
}

/// The change of a container since it was last reported, which it is with this.
fn change(container: &mut Container) -> Option<ContainerChange> {
    let status = match container.stage {
        Stage::Running => TaskStatus::Running,
        Stage::Stopped => TaskStatus::Stopped,
        Stage::Fresh | Stage::Pulled | Stage::Created => return None,
    };
    if container.reported.is_some_and(|reported| reported >= status) {
        return None;
    }
    container.reported = Some(status);
    Some(ContainerChange {
        name: container.name.clone(),
        status,
        runtime_id: container.runtime_id.clone(),
        exit_code: container.exit_code.filter(|_| status == TaskStatus::Stopped),
        reason: container.reason.as_deref().map(shortened),
        image_digest: container.image_digest.clone(),
        bindings: container.bindings.clone(),
    })
}

fn shortened(reason: &str) -> String {
    reason.chars().take(REASON_CHARS).collect()
}
