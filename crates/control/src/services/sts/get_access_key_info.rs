//! GetAccessKeyInfo.

use store::State;
use wire::{Error, sts};

use crate::Cx;

/// Says which account an access key belongs to. As on AWS, whether the key is there does not matter;
/// a control plane has one account.
pub fn get_access_key_info(
    _: &State,
    cx: &mut Cx,
    input: sts::GetAccessKeyInfoRequest,
) -> Result<sts::GetAccessKeyInfoResponse, Error> {
    let id = input.access_key_id.unwrap_or_default();
    if !["AKIA", "ASIA"].iter().any(|prefix| id.starts_with(prefix)) {
        return Err(Error::validation(format!("The access key id {id} is not valid.")));
    }
    Ok(sts::GetAccessKeyInfoResponse { account: Some(cx.home().account.clone()) })
}
