//! GetTaskProtection: which tasks of services may not be stopped by a scheduler.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html>

use std::sync::Arc;

use arn::ClusterName;
use model::Task;
use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// The protection of the tasks named, or of every task of the cluster that is to run.
pub fn get_task_protection(
    state: &State,
    cx: &mut Cx,
    input: ecs::GetTaskProtectionRequest,
) -> Result<ecs::GetTaskProtectionResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let named = input.tasks.unwrap_or_default();
    check_count("tasks", named.len(), limits::DESCRIBE_COUNT_MAX)?;
    let (mut protected, mut failures) = (Vec::new(), Vec::new());
    if named.is_empty() {
        let of_services =
            state.tasks().scan(&cluster).filter(|t| t.is_wanted() && t.owner.is_some());
        protected.extend(of_services.map(|task| shown(cx, task)));
    }
    for text in &named {
        match find(state, cx, &cluster, text)? {
            Ok(task) => protected.push(shown(cx, &task)),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(ecs::GetTaskProtectionResponse {
        protected_tasks: Some(protected),
        failures: Some(failures),
    })
}

/// A running task of a service: others cannot be protected.
pub fn find(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    text: &str,
) -> Result<Result<Arc<Task>, ecs::Failure>, Error> {
    let id = lookup::task_id(cx, cluster, text)?;
    let arn = cx.home().task_arn(cluster, id);
    let Some(task) = state.tasks().get(&(cluster.clone(), id)) else {
        return Ok(Err(failure::missing(&arn)));
    };
    if task.owner.is_none() || !task.is_wanted() {
        return Ok(Err(failure::failure(&arn, "TASK_NOT_VALID")));
    }
    Ok(Ok(task.clone()))
}

/// A task's protection on the wire.
pub fn shown(cx: &Cx, task: &Task) -> ecs::ProtectedTask {
    let until = task.protected_until.filter(|_| task.is_protected(cx.now));
    ecs::ProtectedTask {
        task_arn: Some(cx.home().task_arn(&task.cluster, task.id)),
        protection_enabled: Some(until.is_some()),
        expiration_date: until.map(render::timestamp),
    }
}
