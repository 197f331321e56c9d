//! PutAccountSetting.

use store::Tx;
use wire::{Error, ecs};

use super::account_settings as settings;
use crate::Cx;

/// Sets a setting of one principal.
pub fn put_account_setting(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::PutAccountSettingRequest,
) -> Result<ecs::PutAccountSettingResponse, Error> {
    let name = input.name.ok_or_else(|| Error::invalid_parameter("name is missing."))?;
    let value = input.value.unwrap_or_default();
    settings::check(name, &value)?;
    let principal = settings::principal(cx, input.principal_arn.as_deref())?;
    tx.put(settings::row(&principal, name, &value));
    let setting = settings::render(&principal, name, &value);
    Ok(ecs::PutAccountSettingResponse { setting: Some(setting) })
}
