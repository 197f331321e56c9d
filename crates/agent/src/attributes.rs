//! The attributes that tell the control plane what this agent can do.
//!
//! Only what is there is claimed: a task that needs more is then placed elsewhere, or its user is
//! told so, instead of failing here.

use runtime::EngineInfo;
use wire::ecs;

use crate::config::Config;

const OLD: &str = "com.amazonaws.ecs.capability.";
const NEW: &str = "ecs.capability.";

/// The attribute that says in which availability zone this is.
pub const ZONE: &str = "ecs.availability-zone";

/// Log drivers that Docker works by itself, without credentials of ours.
const LOG_DRIVERS: [&str; 7] =
    ["json-file", "none", "syslog", "journald", "gelf", "fluentd", "splunk"];

/// The versions of Docker's API that have a capability: those that AWS once asked for.
const API_MINORS: std::ops::RangeInclusive<u32> = 17..=32;
const API_MINORS_LEFT_OUT: [u32; 3] = [26, 27, 31];

/// Every attribute, capabilities first.
pub fn of(config: &Config, info: &EngineInfo) -> Vec<ecs::Attribute> {
    let mut all = capabilities(info, config.serves_tasks());
    let architecture = match info.architecture.as_str() {
        "aarch64" => "arm64",
        other => other,
    };
    let named = |name: &str, value: &str| ecs::Attribute {
        name: Some(name.to_owned()),
        value: Some(value.to_owned()).filter(|value| !value.is_empty()),
        ..ecs::Attribute::default()
    };
    all.push(named("ecs.os-type", &info.os_type));
    all.push(named("ecs.os-family", &info.os_type.to_ascii_uppercase()));
    all.push(named("ecs.cpu-architecture", architecture));
    for (name, value) in [
        (ZONE, &config.zone),
        ("ecs.instance-type", &config.instance_type),
        ("longshore.name", &Some(config.name.clone()).filter(|name| !name.is_empty())),
    ] {
        if let Some(value) = value {
            all.push(named(name, value));
        }
    }
    all.extend(config.attributes.iter().map(|(name, value)| named(name, value)));
    all
}

fn capabilities(info: &EngineInfo, serves_tasks: bool) -> Vec<ecs::Attribute> {
    let mut names: Vec<String> = Vec::new();
    for name in [
        "container-health-check",
        "container-ordering",
        "container-restart-policy",
        "full-sync",
        "task-cpu-mem-limit",
    ] {
        names.push(format!("{NEW}{name}"));
    }
    names.push(format!("{OLD}privileged-container"));
    if serves_tasks {
        // From a bridge and from the host's own network: containers of both reach the task endpoint.
        names.push(format!("{OLD}task-iam-role"));
        names.push(format!("{OLD}task-iam-role-network-host"));
    }
    let minor = info.api_version.split('.').nth(1).and_then(|minor| minor.parse().ok());
    for known in API_MINORS.filter(|known| minor.is_some_and(|minor: u32| *known <= minor)) {
        if !API_MINORS_LEFT_OUT.contains(&known) {
            names.push(format!("{OLD}docker-remote-api.1.{known}"));
        }
    }
    for driver in LOG_DRIVERS {
        if driver == "none" || info.log_drivers.iter().any(|known| known == driver) {
            names.push(format!("{OLD}logging-driver.{driver}"));
        }
    }
    for driver in &info.volume_drivers {
        let name = driver.replace(':', ".");
        if let Some(plain) = name.strip_suffix(".latest") {
            names.push(format!("{NEW}docker-plugin.{plain}"));
        }
        names.push(format!("{NEW}docker-plugin.{name}"));
    }
    let bare = |name: String| ecs::Attribute { name: Some(name), ..ecs::Attribute::default() };
    names.into_iter().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::config::{Config, Credentials};
    use runtime::EngineInfo;

    fn values(info: &EngineInfo) -> Vec<String> {
        let credentials = Credentials {
            access_key_id: String::new(),
            secret_access_key: String::new(),
            session_token: None,
        };
        let mut config = Config::new("http://localhost", "demo", "/tmp", credentials);
        config.zone = Some("us-east-1b".into());
        config.attributes.push(("stack".into(), "blue".into()));
        let text = |a: wire::ecs::Attribute| {
            format!("{}={}", a.name.unwrap_or_default(), a.value.unwrap_or_default())
        };
        of(&config, info).into_iter().map(text).collect()
    }

    #[test]
    fn only_what_the_engine_has_is_claimed() {
        let info = EngineInfo {
            api_version: "1.24".into(),
            os_type: "linux".into(),
            architecture: "aarch64".into(),
            log_drivers: vec!["awslogs".into(), "json-file".into()],
            volume_drivers: vec!["local".into(), "rexray/ebs:latest".into()],
            ..EngineInfo::default()
        };
        let values = values(&info);
        for there in [
            "com.amazonaws.ecs.capability.docker-remote-api.1.24=",
            "com.amazonaws.ecs.capability.logging-driver.json-file=",
            "ecs.capability.docker-plugin.local=",
            "ecs.capability.docker-plugin.rexray/ebs=",
            "ecs.capability.full-sync=",
            "ecs.cpu-architecture=arm64",
            "ecs.os-type=linux",
            "ecs.availability-zone=us-east-1b",
            "stack=blue",
        ] {
            assert!(values.iter().any(|value| value == there), "{there} is missing in {values:?}");
        }
        for absent in [
            "docker-remote-api.1.25",
            "logging-driver.awslogs",
            "syslog",
            "task-eni",
            "task-iam-role",
        ] {
            assert!(!values.iter().any(|value| value.contains(absent)), "{absent} is claimed");
        }
    }
}
