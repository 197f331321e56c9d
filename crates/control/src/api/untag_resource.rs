//! UntagResource.

use store::Tx;
use wire::{Error, ecs};

use super::tagged;
use crate::Cx;

/// Takes tags from a resource; a key that is not there is no error.
pub fn untag_resource(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UntagResourceRequest,
) -> Result<ecs::UntagResourceResponse, Error> {
    let keys = input.tag_keys.unwrap_or_default();
    tagged::edit(tx, cx, &input.resource_arn.unwrap_or_default(), |tags| {
        tags.retain(|tag| !keys.contains(&tag.key));
        Ok(())
    })?;
    Ok(ecs::UntagResourceResponse {})
}
