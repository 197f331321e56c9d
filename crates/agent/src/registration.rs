//! Joining a cluster: what a container instance says that it has, and who it is from then on.

use std::time::Duration;

use model::Resources;
use runtime::EngineInfo;
use wire::{ecs, op};

use crate::api::{CallError, Client};
use crate::attributes;
use crate::clock::BackOff;
use crate::config::Config;
use crate::error::AgentError;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What this container instance has: what it was told, or its share of the host.
pub fn capacity(config: &Config, info: &EngineInfo) -> Resources {
    let shares = i64::from(config.host_shares.max(1));
    let host_cpu_units = i64::from(info.cpus) * 1024;
    let host_memory_mib = i64::try_from(info.memory_bytes >> 20).unwrap_or(i64::MAX);
    let mut capacity = Resources::new(
        config.cpu_units.unwrap_or(host_cpu_units / shares),
        config.memory_mib.unwrap_or(host_memory_mib / shares),
    );
    capacity.tcp_ports = config.reserved_ports.iter().copied().collect();
    capacity
}

/// What the control plane answers a registration.
#[derive(Clone, Debug)]
pub struct Registered {
    /// The ARN of this container instance.
    pub arn: String,
    /// Its availability zone, which the control plane chooses when the agent was told none.
    pub zone: Option<String>,
}

/// Registers, for the first time or, with the ARN of earlier times, again. Tries until the control plane answers; fails only when it refuses.
pub async fn register(
    api: &Client,
    config: &Config,
    info: &EngineInfo,
    capacity: &Resources,
    known_arn: &str,
) -> Result<Registered, AgentError> {
    let input = request(config, info, capacity, known_arn);
    let mut back_off = BackOff::new(FIRST_PAUSE, LONGEST_PAUSE);
    loop {
        match api.call::<op::RegisterContainerInstance>(&input).await {
            Ok(answer) => {
                let instance = answer.container_instance.unwrap_or_default();
                let arn = instance.container_instance_arn.filter(|arn| !arn.is_empty());
                let mut attributes = instance.attributes.into_iter().flatten();
                let zone = attributes.find(|a| a.name.as_deref() == Some(attributes::ZONE));
                let zone = zone.and_then(|zone| zone.value).or_else(|| config.zone.clone());
                return Ok(Registered { arn: arn.ok_or(AgentError::NoArn)?, zone });
            }
            Err(CallError::Api(error)) if !CallError::Api(error.clone()).may_pass() => {
                return Err(AgentError::NotRegistered(error));
            }
            Err(error) => {
                tracing::warn!(%error, "not registered yet");
                tokio::time::sleep(back_off.pause()).await;
            }
        }
    }
}

fn request(
    config: &Config,
    info: &EngineInfo,
    capacity: &Resources,
    known_arn: &str,
) -> ecs::RegisterContainerInstanceRequest {
    let integer = |name: &str, value: i64| ecs::Resource {
        name: Some(name.into()),
        r#type: Some("INTEGER".into()),
        integer_value: Some(i32::try_from(value).unwrap_or(i32::MAX)),
        ..ecs::Resource::default()
    };
    let ports = |name: &str, ports: &std::collections::BTreeSet<u16>| ecs::Resource {
        name: Some(name.into()),
        r#type: Some("STRINGSET".into()),
        string_set_value: Some(ports.iter().map(ToString::to_string).collect()),
        ..ecs::Resource::default()
    };
    ecs::RegisterContainerInstanceRequest {
        cluster: Some(config.cluster.clone()),
        container_instance_arn: Some(known_arn.to_owned()).filter(|arn| !arn.is_empty()),
        attributes: Some(attributes::of(config, info)),
        total_resources: Some(vec![
            integer("CPU", capacity.cpu_units),
            integer("MEMORY", capacity.memory_mib),
            ports("PORTS", &capacity.tcp_ports),
            ports("PORTS_UDP", &capacity.udp_ports),
        ]),
        version_info: Some(ecs::VersionInfo {
            agent_version: Some(env!("CARGO_PKG_VERSION").into()),
            agent_hash: Some("longshore".into()),
            docker_version: Some(docker_version(info)),
        }),
        ..ecs::RegisterContainerInstanceRequest::default()
    }
}

/// The engine's version with the words that Amazon's agent puts before it.
pub fn docker_version(info: &EngineInfo) -> String {
    format!("DockerVersion: {}", info.version)
}
