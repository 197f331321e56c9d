//! The caller as STS sees it.

use store::State;
use wire::{Error, ErrorCode};

use crate::{Cx, authority::Who};

/// Who calls, by the ARN of the caller.
///
/// # Errors
/// `InvalidClientTokenId` if that user or role is gone.
pub fn caller(state: &State, cx: &Cx) -> Result<Who, Error> {
    Who::by_arn(state, cx.home(), &cx.principal.arn).ok_or_else(|| {
        Error::new(
            ErrorCode::InvalidClientTokenId,
            "The security token included in the request is invalid.",
        )
    })
}
