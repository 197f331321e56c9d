//! GetCallerIdentity, which everybody may call.

use store::State;
use wire::{Error, sts};

use super::caller::caller;
use crate::Cx;

/// Says who calls.
pub fn get_caller_identity(
    state: &State,
    cx: &mut Cx,
    _: sts::GetCallerIdentityRequest,
) -> Result<sts::GetCallerIdentityResponse, Error> {
    Ok(sts::GetCallerIdentityResponse {
        user_id: Some(caller(state, cx)?.user_id(cx.home())),
        account: Some(cx.home().account.clone()),
        arn: Some(cx.principal.arn.clone()),
    })
}
