//! How a task comes to its end by the control plane's own word.

use model::{StopCode, Task};
use store::Tx;

use crate::{Cx, launch, report};

/// Asks the task's agent to stop it. A task that is to stop already keeps its first reason.
pub fn request(tx: &mut Tx, cx: &mut Cx, task: &Task, code: StopCode, reason: &str) {
    let mut stopping = task.clone();
    if lifecycle::task::request_stop(&mut stopping, code, reason, cx.now).is_empty() {
        return;
    }
    if task.container_instance.is_some() && stopping.is_live() {
        stopping.payload_seq_num = launch::seq_num(tx);
    }
    report::commit(tx, cx, task, stopping);
}

/// Marks a task as STOPPED that no agent will ever report on again.
pub fn abandon(tx: &mut Tx, cx: &mut Cx, task: &Task, code: StopCode, reason: &str) {
    let mut stopped = task.clone();
    lifecycle::task::abandon(&mut stopped, code, reason, cx.now);
    report::commit(tx, cx, task, stopped);
}
