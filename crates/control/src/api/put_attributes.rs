//! PutAttributes.

use model::ContainerInstance;
use store::Tx;
use wire::{Error, ErrorCode, ecs};

use super::{attributes, lookup, render};
use crate::{Cx, limits};

/// Sets attributes of container instances.
pub fn put_attributes(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::PutAttributesRequest,
) -> Result<ecs::PutAttributesResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let given = input.attributes.unwrap_or_default();
    let parsed = attributes::parse(&given, limits::ATTRIBUTE_COUNT_MAX)?;
    let mut answer = Vec::new();
    for (given, attribute) in given.iter().zip(parsed) {
        attributes::check_custom(&attribute.name)?;
        let target = given.target_id.as_deref().ok_or_else(|| {
            Error::invalid_parameter(
                "targetId: an attribute needs the container instance that it is for.",
            )
        })?;
        let instance = target_instance(tx, cx, &cluster, target)?;
        let mut instance: ContainerInstance = (*instance).clone();
        instance.attributes.retain(|a| a.name != attribute.name);
        instance.attributes.push(attribute.clone());
        instance.attributes.sort();
        let custom = instance.attributes.iter().filter(|a| !attributes::is_built_in(&a.name));
        if custom.count() > limits::ATTRIBUTE_COUNT_MAX {
            return Err(Error::new(
                ErrorCode::AttributeLimitExceeded,
                format!(
                    "A container instance can have at most {} custom attributes.",
                    limits::ATTRIBUTE_COUNT_MAX
                ),
            ));
        }
        let arn = cx.home().container_instance_arn(&cluster, instance.id);
        instance.version += 1;
        tx.put(instance);
        answer.push(render::attribute(&attribute, Some(&arn)));
    }
    Ok(ecs::PutAttributesResponse { attributes: Some(answer) })
}

/// The container instance that an attribute is for.
pub fn target_instance(
    tx: &Tx,
    cx: &Cx,
    cluster: &arn::ClusterName,
    target: &str,
) -> Result<std::sync::Arc<ContainerInstance>, Error> {
    let id = lookup::instance_id(cx, cluster, target)?;
    tx.container_instances().get(&(cluster.clone(), id)).cloned().ok_or_else(|| {
        Error::new(
            ErrorCode::TargetNotFound,
            format!("The specified target '{target}' was not found."),
        )
    })
}
