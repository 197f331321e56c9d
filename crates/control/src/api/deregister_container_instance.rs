//! DeregisterContainerInstance.

use model::{ContainerInstanceStatus, StopCode, Task};
use store::Tx;
use wire::{Error, ecs};

use super::{lookup, render};
use crate::{Cx, hosts::guard, stop};

/// Deregisters a container instance; with tasks on it only by `force`, which orphans them: they are
/// STOPPED here, and their containers are left to the host.
pub fn deregister_container_instance(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeregisterContainerInstanceRequest,
) -> Result<ecs::DeregisterContainerInstanceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let text = input.container_instance.unwrap_or_default();
    let mut instance = (*lookup::container_instance(tx, cx, &cluster, &text)?).clone();
    guard::check_instance(cx.principal.host(), &instance)?;
    let tasks: Vec<Task> =
        tx.live_tasks_on(&cluster, instance.id).map(|task| (**task).clone()).collect();
    if !tasks.is_empty() && input.force != Some(true) {
        return Err(Error::invalid_parameter(
            "Found running tasks on the instance. Use force to deregister it all the same.",
        ));
    }
    if instance.status != ContainerInstanceStatus::Inactive {
        instance.status = ContainerInstanceStatus::Inactive;
        instance.agent_connected = false;
        instance.agent_connected_at = cx.now;
        instance.version += 1;
        tx.put(instance.clone());
    }
    for task in &tasks {
        stop::abandon(
            tx,
            cx,
            task,
            StopCode::UserInitiated,
            "Container instance deregistration forced by user",
        );
    }
    let answer = render::container_instance(tx, cx, &instance, &[]);
    Ok(ecs::DeregisterContainerInstanceResponse { container_instance: Some(answer) })
}
