//! StopTask.

use model::StopCode;
use store::Tx;
use wire::{Error, ecs};

use super::{lookup, render};
use crate::{Cx, limits, stop};

/// Asks for the end of a task. A task that is stopping or has stopped is answered as it is.
pub fn stop_task(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::StopTaskRequest,
) -> Result<ecs::StopTaskResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let task = lookup::task(tx, cx, &cluster, &input.task.unwrap_or_default())?;
    let reason = input.reason.filter(|r| !r.is_empty());
    if reason.as_ref().is_some_and(|r| r.chars().count() > limits::REASON_LEN_MAX) {
        return Err(Error::invalid_parameter(format!(
            "reason is longer than the {} characters that are allowed.",
            limits::REASON_LEN_MAX
        )));
    }
    let reason = reason.unwrap_or_else(|| "Task stopped by user".into());
    stop::request(tx, cx, &task, StopCode::UserInitiated, &reason);
    let task = lookup::task(tx, cx, &cluster, &task.id.to_string())?;
    Ok(ecs::StopTaskResponse { task: Some(render::task(cx, &task, true)) })
}
