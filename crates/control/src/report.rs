//! What happens when a task changes by a report, of its state or of its health: the task is written, and its service learns of it in
//! the same transaction, so that no failure is counted twice or forgotten.

use model::{Service, Task, TaskStatus};
use store::Tx;

use crate::{Cx, events};

/// Writes a task that was `before`, and tells its service what that means.
pub fn commit(tx: &mut Tx, cx: &mut Cx, before: &Task, task: Task) {
    if *before == task {
        return;
    }
    tell_service(tx, cx, before, &task);
    tx.put(task);
}

fn tell_service(tx: &mut Tx, cx: &mut Cx, before: &Task, task: &Task) {
    let Some(owner) = &task.owner else { return };
    let key = (task.cluster.clone(), owner.service.clone());
    let Some(service) = tx.get::<Service>(&key).filter(|s| s.id == owner.service_id) else {
        return;
    };
    let mut service = Service::clone(service);
    let mut messages = Vec::new();
    let came_to = |status| before.last_status < status && task.last_status >= status;
    if came_to(TaskStatus::Running) && task.started_at.is_some() {
        rollout::on_task_running(&mut service, task);
    }
    if before.health_status != task.health_status {
        messages.extend(rollout::on_task_health(&mut service, task, cx.now));
    }
    if came_to(TaskStatus::Stopped) {
        messages.extend(rollout::on_task_stopped(
            &mut service,
            task,
            cx.settings.settle_ms,
            cx.now,
        ));
    }
    events::add(tx, cx, &mut service, messages);
    tx.put(service);
}
