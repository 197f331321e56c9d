//! Account settings: their names, defaults and values, and whose they are.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html>

use model::AccountSetting;
use store::State;
use wire::{Error, ecs};

use crate::Cx;

/// The principal under which the account's default is kept.
pub const DEFAULT: &str = "default";

const ON_OFF: &[&str] = &["enabled", "disabled"];

/// Each setting with its default and the values that it takes.
const SETTINGS: &[(ecs::SettingName, &str, &[&str])] = &[
    (ecs::SettingName::ServiceLongArnFormat, "enabled", ON_OFF),
    (ecs::SettingName::TaskLongArnFormat, "enabled", ON_OFF),
    (ecs::SettingName::ContainerInstanceLongArnFormat, "enabled", ON_OFF),
    (ecs::SettingName::AwsvpcTrunking, "disabled", ON_OFF),
    (ecs::SettingName::ContainerInsights, "disabled", &["enabled", "disabled", "enhanced"]),
    (ecs::SettingName::FargateFipsMode, "disabled", ON_OFF),
    (ecs::SettingName::TagResourceAuthorization, "on", &["on", "off"]),
    (ecs::SettingName::FargateTaskRetirementWaitPeriod, "7", &["0", "7", "14"]),
    (ecs::SettingName::GuardDutyActivate, "off", &["on", "off"]),
    (ecs::SettingName::DefaultLogDriverMode, "non-blocking", &["blocking", "non-blocking"]),
    (ecs::SettingName::FargateEventWindows, "disabled", ON_OFF),
];

/// The names and defaults, in order.
pub fn defaults() -> impl Iterator<Item = (ecs::SettingName, &'static str)> {
    SETTINGS.iter().map(|(name, default, _)| (*name, *default))
}

/// Checks a value of a setting.
pub fn check(name: ecs::SettingName, value: &str) -> Result<(), Error> {
    let found = SETTINGS.iter().find(|(known, ..)| *known == name);
    if name == ecs::SettingName::GuardDutyActivate {
        return Err(Error::invalid_parameter(format!(
            "The account setting {name} is read-only: Amazon GuardDuty sets it."
        )));
    }
    let allowed = found.map_or(ON_OFF, |(_, _, allowed)| *allowed);
    let is_arn_format = name.as_str().ends_with("LongArnFormat");
    if is_arn_format && value == "disabled" {
        return Err(Error::invalid_parameter(format!(
            "The account setting {name} cannot be disabled: every ARN has the long format."
        )));
    }
    if allowed.contains(&value) {
        return Ok(());
    }
    Err(Error::invalid_parameter(format!(
        "The value '{value}' of the account setting {name} is not valid: it is one of {}.",
        allowed.join(", ")
    )))
}

/// The principal that a request means: its caller when it names none.
pub fn principal(cx: &Cx, given: Option<&str>) -> Result<String, Error> {
    match given.filter(|principal| !principal.is_empty()) {
        None => Ok(cx.principal.arn.clone()),
        Some(arn) if arn.starts_with("arn:") => Ok(arn.into()),
        Some(other) => Err(Error::invalid_parameter(format!(
            "principalArn '{other}' is not valid: it is the ARN of a user, a role or the root user."
        ))),
    }
}

/// What holds for a principal: its own setting, the account's default, ECS's default.
pub fn effective(state: &State, principal: &str, name: ecs::SettingName) -> String {
    let of = |principal: &str| {
        let key = (principal.to_owned(), name.as_str().to_owned());
        state.account_settings().get(&key).map(|s| s.value.clone())
    };
    let default = || defaults().find(|(n, _)| *n == name).map_or("", |(_, d)| d).to_owned();
    of(principal).or_else(|| of(DEFAULT)).unwrap_or_else(default)
}

/// A setting on the wire.
pub fn render(principal: &str, name: ecs::SettingName, value: &str) -> ecs::Setting {
    ecs::Setting {
        name: Some(name),
        value: Some(value.into()),
        principal_arn: Some(principal.into()),
        r#type: Some(match name {
            ecs::SettingName::GuardDutyActivate => ecs::SettingType::AwsManaged,
            _ => ecs::SettingType::User,
        }),
    }
}

/// A setting to keep.
pub fn row(principal: &str, name: ecs::SettingName, value: &str) -> AccountSetting {
    AccountSetting { principal: principal.into(), name: name.as_str().into(), value: value.into() }
}
