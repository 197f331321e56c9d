//! DeleteAttributes.

use model::ContainerInstance;
use store::Tx;
use wire::{Error, ecs};

use super::{attributes, lookup, put_attributes, render};
use crate::{Cx, limits};

/// Takes attributes from container instances; one that is not there is no error.
pub fn delete_attributes(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteAttributesRequest,
) -> Result<ecs::DeleteAttributesResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let given = input.attributes.unwrap_or_default();
    let parsed = attributes::parse(&given, limits::ATTRIBUTE_COUNT_MAX)?;
    let mut answer = Vec::new();
    for (given, attribute) in given.iter().zip(parsed) {
        attributes::check_custom(&attribute.name)?;
        let target = given.target_id.as_deref().ok_or_else(|| {
            Error::invalid_parameter(
                "targetId: an attribute needs the container instance that it is of.",
            )
        })?;
        let instance = put_attributes::target_instance(tx, cx, &cluster, target)?;
        let arn = cx.home().container_instance_arn(&cluster, instance.id);
        tx.edit::<ContainerInstance>(&(cluster.clone(), instance.id), |instance| {
            let before = instance.attributes.len();
            instance.attributes.retain(|a| {
                a.name != attribute.name
                    || (attribute.value.is_some() && a.value != attribute.value)
            });
            instance.version += i64::from(instance.attributes.len() != before);
        });
        answer.push(render::attribute(&attribute, Some(&arn)));
    }
    Ok(ecs::DeleteAttributesResponse { attributes: Some(answer) })
}
