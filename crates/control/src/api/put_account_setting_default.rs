//! PutAccountSettingDefault.

use store::Tx;
use wire::{Error, ecs};

use super::account_settings as settings;
use crate::Cx;

/// Sets the account's default of a setting.
pub fn put_account_setting_default(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::PutAccountSettingDefaultRequest,
) -> Result<ecs::PutAccountSettingDefaultResponse, Error> {
    let name = input.name.ok_or_else(|| Error::invalid_parameter("name is missing."))?;
    let value = input.value.unwrap_or_default();
    settings::check(name, &value)?;
    tx.put(settings::row(settings::DEFAULT, name, &value));
    let root = format!("arn:aws:iam::{}:root", cx.home().account);
    let setting = settings::render(&root, name, &value);
    Ok(ecs::PutAccountSettingDefaultResponse { setting: Some(setting) })
}
