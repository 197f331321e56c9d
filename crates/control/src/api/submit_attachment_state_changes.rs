//! SubmitAttachmentStateChanges.

use store::State;
use wire::{Error, ecs};

use super::lookup;
use crate::Cx;

/// Agents confirm attachments by it. This control plane hands none out, so there is none to confirm.
pub fn submit_attachment_state_changes(
    state: &State,
    cx: &mut Cx,
    input: ecs::SubmitAttachmentStateChangesRequest,
) -> Result<ecs::SubmitAttachmentStateChangesResponse, Error> {
    lookup::cluster(state, cx, input.cluster.as_deref())?;
    match input.attachments.iter().flatten().next() {
        None => {
            Ok(ecs::SubmitAttachmentStateChangesResponse { acknowledgment: Some("ACK".into()) })
        }
        Some(attachment) => Err(Error::invalid_parameter(format!(
            "attachments: the attachment '{}' does not exist.",
            attachment.attachment_arn.as_deref().unwrap_or_default()
        ))),
    }
}
