//! DeleteService.

use model::{SchedulingStrategy, ServiceStatus, TaskSet, TaskSetStatus};
use store::Tx;
use wire::{Error, ecs};

use super::{lookup, render};
use crate::Cx;

/// Deletes a service: DRAINING while tasks are left, then INACTIVE. A service that still wants tasks
/// is deleted only with `force`, and so is one with task sets; how many a DAEMON service wants is not
/// its owner's to say.
pub fn delete_service(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteServiceRequest,
) -> Result<ecs::DeleteServiceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let text = input.service.as_deref().unwrap_or_default();
    let mut service = (*lookup::living_service(tx, cx, &cluster, text)?).clone();
    let is_forced = input.force == Some(true);
    let is_replica = service.scheduling_strategy == SchedulingStrategy::Replica;
    let wants_tasks = is_replica && service.desired_count > 0;
    if wants_tasks && !is_forced && service.status == ServiceStatus::Active {
        return Err(Error::invalid_parameter(
            "The service cannot be stopped while it is scaled above 0.",
        ));
    }
    let is_kept = |set: &TaskSet| set.status != TaskSetStatus::Draining;
    if !is_forced && service.task_sets.iter().any(is_kept) {
        return Err(Error::invalid_parameter(
            "The service cannot be stopped while it has task sets. Delete them first, or use force.",
        ));
    }
    for set in service.task_sets.iter_mut().filter(|set| is_kept(set)) {
        set.drain(cx.now);
    }
    service.status = ServiceStatus::Draining;
    service.desired_count = 0;
    let answer = render::service(tx, cx, &service, true);
    tx.put(service);
    Ok(ecs::DeleteServiceResponse { service: Some(answer) })
}
