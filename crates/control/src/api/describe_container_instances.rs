//! DescribeContainerInstances.

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Describes container instances by id or ARN.
pub fn describe_container_instances(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeContainerInstancesRequest,
) -> Result<ecs::DescribeContainerInstancesResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?;
    let named = input.container_instances.unwrap_or_default();
    if named.is_empty() {
        return Err(Error::invalid_parameter("Container instances cannot be empty."));
    }
    check_count("containerInstances", named.len(), limits::DESCRIBE_COUNT_MAX)?;
    let include = input.include.unwrap_or_default();
    let (mut instances, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let id = lookup::instance_id(cx, &cluster.name, text)?;
        match state.container_instances().get(&(cluster.name.clone(), id)) {
            Some(instance) => {
                instances.push(render::container_instance(state, cx, instance, &include));
            }
            None => failures
                .push(failure::missing(&cx.home().container_instance_arn(&cluster.name, id))),
        }
    }
    Ok(ecs::DescribeContainerInstancesResponse {
        container_instances: Some(instances),
        failures: Some(failures),
    })
}
