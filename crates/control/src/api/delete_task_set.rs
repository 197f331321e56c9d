//! DeleteTaskSet.

use model::{Scale, TaskSetStatus};
use store::Tx;
use wire::{Error, ecs};

use super::task_sets;
use crate::Cx;

/// Deletes a task set: DRAINING while tasks are left, then it is gone. One that is PRIMARY or still
/// wants tasks is deleted only with `force`.
pub fn delete_task_set(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteTaskSetRequest,
) -> Result<ecs::DeleteTaskSetResponse, Error> {
    let mut service =
        task_sets::service(tx, cx, input.cluster.as_deref(), input.service.as_deref())?;
    let text = input.task_set.as_deref().unwrap_or_default();
    let desired_count = service.desired_count;
    let set = task_sets::task_set(cx, &mut service, text)?;
    if input.force != Some(true) {
        if set.status == TaskSetStatus::Primary {
            return Err(Error::invalid_parameter("Primary TaskSet cannot be deleted"));
        }
        if set.computed_desired_count(desired_count) > 0 {
            return Err(Error::invalid_parameter(
                "The task set cannot be deleted while it is scaled above 0.",
            ));
        }
    }
    if set.status != TaskSetStatus::Draining {
        set.drain(cx.now);
        set.scale = Scale::NONE;
    }
    let id = set.id.clone();
    let task_set = task_sets::shown(tx, cx, &service, &id);
    tx.put(service);
    Ok(ecs::DeleteTaskSetResponse { task_set })
}
