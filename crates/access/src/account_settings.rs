//! Account settings: no resource, but the name of the setting in `ecs:account-setting`.

use wire::ecs::SettingName;

use crate::{guarded, keys, subject::Subject};

guarded! {
    PutAccountSetting(input, call) { call.on(setting(input.name)); }

    PutAccountSettingDefault(input, call) { call.on(setting(input.name)); }

    DeleteAccountSetting(input, call) { call.on(setting(input.name)); }

    ListAccountSettings(_input, _call) {}
}

fn setting(name: Option<SettingName>) -> Subject {
    Subject::any().with_some(keys::ACCOUNT_SETTING, name.map(SettingName::as_str))
}
