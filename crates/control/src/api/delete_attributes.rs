//! DeleteAttributes.

use model::ContainerInstance;
use store::Tx;
use wire::{Error, ecs};

use super::{attributes, lookup, render};
use crate::Cx;

/// Takes attributes from container instances; one that is not there is no error.
pub fn delete_attributes(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteAttributesRequest,
) -> Result<ecs::DeleteAttributesResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let given = input.attributes.unwrap_or_default();
    let parsed = attributes::parse(&given)?;
    let mut answer = Vec::new();
    for (given, attribute) in given.iter().zip(parsed) {
        let instance = attributes::target(tx, cx, &cluster, given)?;
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
