//! DeleteAccountSetting.

use model::AccountSetting;
use store::Tx;
use wire::{Error, ecs};

use super::account_settings as settings;
use crate::Cx;

/// Takes a principal's own setting away, so that the account's default holds again.
pub fn delete_account_setting(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteAccountSettingRequest,
) -> Result<ecs::DeleteAccountSettingResponse, Error> {
    let name = input.name.ok_or_else(|| Error::invalid_parameter("name is missing."))?;
    let principal = settings::principal(cx, input.principal_arn.as_deref())?;
    tx.delete::<AccountSetting>(&(principal.clone(), name.as_str().to_owned()));
    let value = settings::effective(tx, &principal, name);
    let setting = settings::render(&principal, name, &value);
    Ok(ecs::DeleteAccountSettingResponse { setting: Some(setting) })
}
