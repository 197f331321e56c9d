//! UpdateTaskSet: the scale is all that can be changed.

use model::TaskSetStatus;
use store::Tx;
use wire::{Error, ecs};

use super::task_sets;
use crate::Cx;

/// Changes the scale of a task set.
pub fn update_task_set(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateTaskSetRequest,
) -> Result<ecs::UpdateTaskSetResponse, Error> {
    let mut service =
        task_sets::service(tx, cx, input.cluster.as_deref(), input.service.as_deref())?;
    let scale = task_sets::scale(input.scale.as_ref())?;
    let text = input.task_set.as_deref().unwrap_or_default();
    let set = task_sets::task_set(cx, &mut service, text)?;
    if set.status == TaskSetStatus::Draining {
        return Err(Error::invalid_parameter(format!(
            "The task set {} is DRAINING; its scale can no longer be changed.",
            set.id
        )));
    }
    if set.scale != scale {
        (set.scale, set.updated_at) = (scale, cx.now);
    }
    let id = set.id.clone();
    let task_set = task_sets::shown(tx, cx, &service, &id);
    tx.put(service);
    Ok(ecs::UpdateTaskSetResponse { task_set })
}
