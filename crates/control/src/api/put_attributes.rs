//! PutAttributes.

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
    let parsed = attributes::parse(&given)?;
    let mut answer = Vec::new();
    for (given, attribute) in given.iter().zip(parsed) {
        let known = attributes::target(tx, cx, &cluster, given)?;
        let mut instance = (*known).clone();
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
        instance.version += i64::from(instance.attributes != known.attributes);
        tx.put(instance);
        answer.push(render::attribute(&attribute, Some(&arn)));
    }
    Ok(ecs::PutAttributesResponse { attributes: Some(answer) })
}
