//! ListTagsForResource.

use store::State;
use wire::{Error, ecs};

use super::{render, tagged};
use crate::Cx;

/// The tags of a resource.
pub fn list_tags_for_resource(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListTagsForResourceRequest,
) -> Result<ecs::ListTagsForResourceResponse, Error> {
    let tags = tagged::read(state, cx, &input.resource_arn.unwrap_or_default())?;
    Ok(ecs::ListTagsForResourceResponse { tags: Some(render::tags(&tags)) })
}
