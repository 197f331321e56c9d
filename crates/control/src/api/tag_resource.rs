//! TagResource.

use store::Tx;
use wire::{Error, ecs};

use super::{tagged, tags};
use crate::Cx;

/// Sets tags of a resource, key by key.
pub fn tag_resource(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::TagResourceRequest,
) -> Result<ecs::TagResourceResponse, Error> {
    let new = tags::parse(input.tags.as_deref())?;
    tagged::edit(tx, cx, &input.resource_arn.unwrap_or_default(), |tags| {
        tags::merge(tags, new);
        tags::check_count(tags.iter().map(|tag| tag.key.as_str()))
    })?;
    Ok(ecs::TagResourceResponse {})
}
