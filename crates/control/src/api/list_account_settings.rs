//! ListAccountSettings.

use store::State;
use wire::{Error, ecs};

use super::{account_settings as settings, page::Page};
use crate::{Cx, limits};

/// Lists a principal's own settings, or with `effectiveSettings` what holds for it.
pub fn list_account_settings(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListAccountSettingsRequest,
) -> Result<ecs::ListAccountSettingsResponse, Error> {
    let page = Page::parse(
        "ListAccountSettings",
        input.max_results.filter(|n| *n != 0),
        input.next_token.as_deref(),
        limits::ACCOUNT_SETTINGS_PAGE_SIZE,
        limits::ACCOUNT_SETTINGS_PAGE_SIZE,
    )?;
    if input.value.is_some() && input.name.is_none() {
        return Err(Error::invalid_parameter(
            "value: a value can be filtered by only together with name.",
        ));
    }
    let after: Option<String> = page.after()?;
    let principal = settings::principal(cx, input.principal_arn.as_deref())?;
    let effective = input.effective_settings == Some(true);
    let mut all: Vec<(ecs::SettingName, String)> = settings::defaults()
        .filter_map(|(name, _)| {
            let own = (principal.clone(), name.as_str().to_owned());
            let value = if effective {
                Some(settings::effective(state, &principal, name))
            } else {
                state.account_settings().get(&own).map(|s| s.value.clone())
            };
            value.map(|value| (name, value))
        })
        .filter(|(name, value)| {
            input.name.is_none_or(|n| n == *name)
                && input.value.as_ref().is_none_or(|v| v == value)
                && after.as_deref().is_none_or(|last| name.as_str() > last)
        })
        .collect();
    all.sort_by_key(|(name, _)| name.as_str());
    let (found, next_token) = page.take(all.into_iter(), |(name, _)| name.to_string());
    let settings =
        found.iter().map(|(name, value)| settings::render(&principal, *name, value)).collect();
    Ok(ecs::ListAccountSettingsResponse { settings: Some(settings), next_token })
}
