//! UpdateContainerInstancesState: to DRAINING and back to ACTIVE.

use model::{ContainerInstance, ContainerInstanceStatus};
use store::Tx;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Sets the status of container instances. The services with tasks there move them elsewhere.
pub fn update_container_instances_state(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateContainerInstancesStateRequest,
) -> Result<ecs::UpdateContainerInstancesStateResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let status = match input.status {
        Some(ecs::ContainerInstanceStatus::Active) => ContainerInstanceStatus::Active,
        Some(ecs::ContainerInstanceStatus::Draining) => ContainerInstanceStatus::Draining,
        other => {
            let given = other.map_or("", |s| s.as_str());
            return Err(Error::invalid_parameter(format!(
                "status is '{given}'; a container instance can be set to ACTIVE or DRAINING."
            )));
        }
    };
    let named = input.container_instances.unwrap_or_default();
    check_count("containerInstances", named.len(), limits::UPDATE_STATE_COUNT_MAX)?;
    let (mut instances, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let id = lookup::instance_id(cx, &cluster, text)?;
        let key = (cluster.clone(), id);
        let arn = cx.home().container_instance_arn(&cluster, id);
        match tx.container_instances().get(&key).map(|i| i.status) {
            None => failures.push(failure::missing(&arn)),
            Some(ContainerInstanceStatus::Inactive) => {
                failures.push(failure::failure(&arn, "INACTIVE"));
            }
            Some(ContainerInstanceStatus::Active | ContainerInstanceStatus::Draining) => {
                tx.edit::<ContainerInstance>(&key, |instance| {
                    instance.version += i64::from(instance.status != status);
                    instance.status = status;
                });
                let instance = lookup::container_instance(tx, cx, &cluster, text)?;
                instances.push(render::container_instance(tx, cx, &instance, &[]));
            }
        }
    }
    Ok(ecs::UpdateContainerInstancesStateResponse {
        container_instances: Some(instances),
        failures: Some(failures),
    })
}
