//! ListAttributes.

use model::ContainerInstanceStatus;
use store::State;
use wire::{Error, ecs};

use super::{lookup, page::Page, render};
use crate::Cx;

/// Lists the attributes of the container instances of a cluster, by instance and name.
pub fn list_attributes(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListAttributesRequest,
) -> Result<ecs::ListAttributesResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let page = Page::of("ListAttributes", input.max_results, input.next_token.as_deref())?;
    if input.attribute_value.is_some() && input.attribute_name.is_none() {
        return Err(Error::invalid_parameter(
            "attributeValue: a value can be filtered by only together with attributeName.",
        ));
    }
    let after: Option<String> = page.after()?;
    let wanted = |a: &model::Attribute| {
        input.attribute_name.as_ref().is_none_or(|n| *n == a.name)
            && input.attribute_value.as_deref().is_none_or(|v| a.value.as_deref() == Some(v))
    };
    let all = state
        .container_instances()
        .scan(&cluster)
        .filter(|i| i.status != ContainerInstanceStatus::Inactive)
        .flat_map(|i| i.attributes.iter().filter(|a| wanted(a)).map(move |a| (i.id, a)))
        .filter(|(id, a)| after.as_ref().is_none_or(|last| format!("{id} {}", a.name) > *last));
    let (found, next_token) = page.take(all, |(id, a)| format!("{id} {}", a.name));
    let attributes = found
        .into_iter()
        .map(|(id, a)| render::attribute(a, Some(&cx.home().container_instance_arn(&cluster, id))));
    Ok(ecs::ListAttributesResponse { attributes: Some(attributes.collect()), next_token })
}
