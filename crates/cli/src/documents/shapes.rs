//! The members of AWS's documents that placement looks at. Everything else in them is ignored, so that
//! documents of a newer or an older AWS are read as well; statuses stay texts for the same reason.

#![allow(clippy::struct_field_names, reason = "the names are AWS's")]

use model::Timestamp;
use serde::Deserialize;

/// One of `containerInstances` of `describe-container-instances`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Instance {
    pub(super) container_instance_arn: String,
    pub(super) ec2_instance_id: Option<String>,
    pub(super) status: String,
    pub(super) agent_connected: bool,
    pub(super) registered_at: Option<Instant>,
    #[serde(default)]
    pub(super) registered_resources: Vec<Resource>,
    #[serde(default)]
    pub(super) remaining_resources: Vec<Resource>,
    #[serde(default)]
    pub(super) attributes: Vec<Attribute>,
    #[serde(default)]
    pub(super) running_tasks_count: u32,
    #[serde(default)]
    pub(super) pending_tasks_count: u32,
    #[serde(default)]
    pub(super) version_info: VersionInfo,
}

/// `versionInfo`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct VersionInfo {
    pub(super) agent_version: Option<String>,
    pub(super) agent_hash: Option<String>,
    pub(super) docker_version: Option<String>,
}

/// An amount, or the ports that are taken, or the GPUs.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resource {
    pub(super) name: String,
    #[serde(default)]
    pub(super) integer_value: i64,
    #[serde(default)]
    pub(super) string_set_value: Vec<String>,
}

/// An attribute that an instance has or a task definition requires.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

/// One of `tasks` of `describe-tasks`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Task {
    pub(super) task_arn: String,
    pub(super) container_instance_arn: Option<String>,
    pub(super) task_definition_arn: String,
    #[serde(default)]
    pub(super) group: String,
    pub(super) last_status: String,
    pub(super) desired_status: String,
    pub(super) cpu: Option<String>,
    pub(super) memory: Option<String>,
    #[serde(default)]
    pub(super) containers: Vec<Container>,
}

/// A container of a task.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub(super) struct Container {
    pub(super) cpu: Option<String>,
    pub(super) memory: Option<String>,
    pub(super) memory_reservation: Option<String>,
    pub(super) gpu_ids: Vec<String>,
    pub(super) network_bindings: Vec<Binding>,
}

/// A port that a container has on its host.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Binding {
    pub(super) host_port: u16,
    pub(super) protocol: Option<String>,
}

/// `taskDefinition` of `describe-task-definition`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Definition {
    pub(super) family: String,
    pub(super) revision: u32,
    pub(super) network_mode: Option<String>,
    pub(super) cpu: Option<String>,
    pub(super) memory: Option<String>,
    #[serde(default)]
    pub(super) container_definitions: Vec<ContainerDefinition>,
    #[serde(default)]
    pub(super) requires_attributes: Vec<Attribute>,
    #[serde(default)]
    pub(super) placement_constraints: Vec<Constraint>,
    #[serde(default)]
    pub(super) requires_compatibilities: Vec<String>,
}

/// One of its `containerDefinitions`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContainerDefinition {
    pub(super) name: String,
    #[serde(default)]
    pub(super) image: String,
    #[serde(default)]
    pub(super) cpu: i64,
    pub(super) memory: Option<i64>,
    pub(super) memory_reservation: Option<i64>,
    #[serde(default)]
    pub(super) port_mappings: Vec<PortMapping>,
    #[serde(default)]
    pub(super) resource_requirements: Vec<Requirement>,
}

/// One of its `portMappings`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PortMapping {
    pub(super) container_port: u16,
    pub(super) container_port_range: Option<String>,
    pub(super) host_port: u16,
    pub(super) protocol: Option<String>,
}

/// One of its `resourceRequirements`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Requirement {
    pub(super) r#type: String,
    pub(super) value: String,
}

/// One of `services` of `describe-services`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Service {
    pub(super) service_name: String,
    pub(super) task_definition: String,
    #[serde(default)]
    pub(super) placement_strategy: Vec<Strategy>,
    #[serde(default)]
    pub(super) placement_constraints: Vec<Constraint>,
    pub(super) launch_type: Option<String>,
}

/// A placement strategy.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Strategy {
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) field: String,
}

/// A placement constraint.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Constraint {
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) expression: String,
}

/// A time: seconds, as the API has it, or a date, as version 2 of the aws CLI prints it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Instant {
    /// Seconds since 1970.
    Seconds(f64),
    /// For example `2025-03-01T12:00:00.123000+01:00`.
    Date(String),
}

impl Instant {
    /// The instant, to the second; `None` for a text that is no date.
    pub(super) fn timestamp(&self) -> Option<Timestamp> {
        match self {
            Instant::Seconds(seconds) => Some(Timestamp(*seconds as i64 * 1000)),
            Instant::Date(text) => match text.split_once('.') {
                None => query::parse_date(text),
                Some((to_second, rest)) => {
                    let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                    query::parse_date(&format!("{to_second}{zone}"))
                }
            },
        }
    }
}
