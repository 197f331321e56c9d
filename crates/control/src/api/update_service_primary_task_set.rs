//! UpdateServicePrimaryTaskSet.

use model::TaskSetStatus;
use store::Tx;
use wire::{Error, ecs};

use super::task_sets;
use crate::Cx;

/// Makes a task set the PRIMARY one, and the one before ACTIVE. The service then shows what this one
/// runs and where.
pub fn update_service_primary_task_set(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateServicePrimaryTaskSetRequest,
) -> Result<ecs::UpdateServicePrimaryTaskSetResponse, Error> {
    let mut service =
        task_sets::service(tx, cx, input.cluster.as_deref(), input.service.as_deref())?;
    let text = input.primary_task_set.as_deref().unwrap_or_default();
    let set = task_sets::task_set(cx, &mut service, text)?;
    if set.status == TaskSetStatus::Draining {
        return Err(Error::invalid_parameter(format!(
            "The task set {} is DRAINING; it cannot become the primary task set.",
            set.id
        )));
    }
    let (id, launch_type) = (set.id.clone(), set.launch_type);
    for set in &mut service.task_sets {
        let status = match set.status {
            _ if set.id == id => TaskSetStatus::Primary,
            TaskSetStatus::Primary => TaskSetStatus::Active,
            other => other,
        };
        if set.status != status {
            (set.status, set.updated_at) = (status, cx.now);
        }
    }
    service.launch_type = launch_type;
    let task_set = task_sets::shown(tx, cx, &service, &id);
    tx.put(service);
    Ok(ecs::UpdateServicePrimaryTaskSetResponse { task_set })
}
