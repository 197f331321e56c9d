//! What an inspection by the engine says, in our words.

use std::collections::BTreeMap;
use std::net::IpAddr;

use bollard::models::{
    ContainerInspectResponse, ContainerStateStatusEnum, Health, HealthStatusEnum, MountPoint,
    NetworkSettings,
};
use runtime::{
    ContainerHealth, ContainerId, ContainerState, ContainerStatus, HealthStatus, Mount,
    PortBinding, Protocol,
};

use crate::moment::parse_ms;

/// The state of an inspected container.
pub(crate) fn container_state(inspected: ContainerInspectResponse) -> ContainerState {
    let state = inspected.state.unwrap_or_default();
    let status = status(state.status);
    let config = inspected.config.unwrap_or_default();
    let network = inspected.network_settings.unwrap_or_default();
    let moment = |text: &Option<String>| text.as_deref().and_then(parse_ms);
    let finished_at_ms = moment(&state.finished_at).filter(|_| !status.is_running());
    // The engine notes the start once it is over: a process that ends at once has ended before.
    let started_at_ms = moment(&state.started_at)
        .map(|started_ms| finished_at_ms.map_or(started_ms, |ended_ms| started_ms.min(ended_ms)));
    ContainerState {
        id: ContainerId(inspected.id.unwrap_or_default()),
        name: inspected.name.unwrap_or_default().trim_start_matches('/').to_owned(),
        labels: config.labels.unwrap_or_default().into_iter().collect(),
        status,
        image_id: inspected.image.unwrap_or_default(),
        created_at_ms: moment(&inspected.created).unwrap_or(0),
        exit_code: state.exit_code.filter(|_| status.is_stopped()),
        oom_killed: state.oom_killed.unwrap_or(false),
        error: state.error.unwrap_or_default(),
        started_at_ms,
        finished_at_ms,
        pid: state.pid.and_then(|pid| u32::try_from(pid).ok()).filter(|pid| *pid > 0),
        health: state.health.and_then(health),
        port_bindings: port_bindings(&network),
        ip_addresses: ip_addresses(&network),
        network_mode: inspected
            .host_config
            .and_then(|config| config.network_mode)
            .unwrap_or_else(|| "default".into()),
        mounts: mounts(inspected.mounts),
    }
}

fn mounts(mounts: Option<Vec<MountPoint>>) -> Vec<Mount> {
    let mounts = mounts.into_iter().flatten().map(|mount| Mount {
        destination: mount.destination.unwrap_or_default(),
        name: mount.name.unwrap_or_default(),
        source: mount.source.unwrap_or_default(),
    });
    let mut mounts: Vec<Mount> = mounts.collect();
    mounts.sort();
    mounts
}

fn status(status: Option<ContainerStateStatusEnum>) -> ContainerStatus {
    use ContainerStateStatusEnum as Docker;
    match status {
        Some(Docker::RUNNING | Docker::STOPPING) => ContainerStatus::Running,
        Some(Docker::PAUSED) => ContainerStatus::Paused,
        Some(Docker::RESTARTING) => ContainerStatus::Restarting,
        Some(Docker::REMOVING) => ContainerStatus::Removing,
        Some(Docker::EXITED) => ContainerStatus::Exited,
        Some(Docker::DEAD) => ContainerStatus::Dead,
        Some(Docker::CREATED | Docker::EMPTY) | None => ContainerStatus::Created,
    }
}

/// `None` for a container without a health check, of which the engine says nothing or `none`.
fn health(health: Health) -> Option<ContainerHealth> {
    let status = match health.status? {
        HealthStatusEnum::HEALTHY => HealthStatus::Healthy,
        HealthStatusEnum::UNHEALTHY => HealthStatus::Unhealthy,
        HealthStatusEnum::STARTING => HealthStatus::Starting,
        HealthStatusEnum::NONE | HealthStatusEnum::EMPTY => return None,
    };
    let last = health.log.and_then(|mut checks| checks.pop()).unwrap_or_default();
    Some(ContainerHealth {
        status,
        checked_at_ms: last.end.as_deref().and_then(parse_ms),
        exit_code: last.exit_code,
        output: last.output.unwrap_or_default(),
    })
}

fn port_bindings(network: &NetworkSettings) -> Vec<PortBinding> {
    let mut bindings = Vec::new();
    for (port, hosts) in network.ports.iter().flatten() {
        let Some((number, word)) = port.split_once('/') else { continue };
        let (Ok(container_port), Some(protocol)) = (number.parse(), Protocol::parse(word)) else {
            continue;
        };
        for host in hosts.iter().flatten() {
            let Some(host_port) = host.host_port.as_deref().and_then(|p| p.parse().ok()) else {
                continue;
            };
            let bind_ip = host.host_ip.clone().unwrap_or_default();
            bindings.push(PortBinding { container_port, protocol, bind_ip, host_port });
        }
    }
    bindings.sort();
    bindings
}

fn ip_addresses(network: &NetworkSettings) -> BTreeMap<String, IpAddr> {
    let networks = network.networks.iter().flatten();
    networks
        .filter_map(|(name, endpoint)| {
            let address = endpoint.ip_address.as_deref()?.parse().ok()?;
            Some((name.clone(), address))
        })
        .collect()
}
