//! From tasks as the engine knows them, and containers as the runtime does, to the documents that
//! tell of them.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use model::{HealthStatus, TaskStatus};
use runtime::ContainerState;
use serde_json::Value;
use session_wire::metadata::{
    Container, Health, Limits, LocalContainer, LocalTask, Network, Port, Task, Volume,
};
use session_wire::payload;

use super::agents::LocalAgent;
use super::metadata::Version;
use crate::engine::{self, Stage};

/// Docker is never told less.
const LEAST_CPU_UNITS: i64 = 2;

/// Containers as the runtime has them, each at its place in the task.
type States = [Option<ContainerState>];

/// A moment in milliseconds since 1970, as text.
pub fn moment(ms: i64) -> String {
    let since = Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}

fn moment_of(ms: u64) -> String {
    moment(i64::try_from(ms).unwrap_or(i64::MAX))
}

/// The document of a task.
pub fn task(agent: &LocalAgent, task: &engine::Task, states: &States, version: Version) -> Task {
    let later = |text: &str| {
        Some(text.to_owned()).filter(|text| version == Version::V4 && !text.is_empty())
    };
    let at = |at: Option<model::Timestamp>| at.map(|at| moment(at.0));
    let (cpu, memory) = (task.body.cpu, task.body.memory);
    Task {
        cluster: agent.cluster.clone(),
        task_arn: task.arn.clone(),
        family: task.body.family.clone(),
        revision: task.body.version.clone(),
        desired_status: task.desired.as_str().to_owned(),
        known_status: known_status(task, states).to_owned(),
        containers: here(task)
            .map(|index| container(task, index, states[index].as_ref(), version))
            .collect(),
        limits: (cpu.is_some() || memory.is_some()).then_some(Limits { cpu, memory }),
        pull_started_at: at(task.pull_started_at),
        pull_stopped_at: at(task.pull_stopped_at),
        execution_stopped_at: at(task.execution_stopped_at),
        availability_zone: agent.zone.get().cloned(),
        launch_type: later(&task.body.launch_type),
        service_name: later(&task.body.service_name),
        fault_injection_enabled: (version == Version::V4).then_some(false),
        ..Task::default()
    }
}

/// The places of the containers whose image is here: nothing can be told of the others.
fn here(task: &engine::Task) -> impl Iterator<Item = usize> {
    let all = task.containers.iter().enumerate();
    all.filter(|(_, c)| c.stage > Stage::Fresh).map(|(index, _)| index)
}

/// How far the task came, in the words of Amazon's agent: as far as the least of its containers.
fn known_status(task: &engine::Task, states: &States) -> &'static str {
    match task.status() {
        TaskStatus::Stopped => "STOPPED",
        TaskStatus::Running => "RUNNING",
        _ => {
            let stages = task.containers.iter().zip(states);
            let least = stages.map(|(container, state)| stage(container, state.as_ref())).min();
            stage_word(least.unwrap_or_default())
        }
    }
}

/// A container that runs may not have been looked at since it was started.
fn stage(container: &engine::Container, state: Option<&ContainerState>) -> Stage {
    let runs = state.is_some_and(|state| state.status.is_running());
    if runs { container.stage.max(Stage::Running) } else { container.stage }
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Fresh => "NONE",
        Stage::Pulled => "PULLED",
        Stage::Created => "CREATED",
        Stage::Running => "RUNNING",
        Stage::Stopped => "STOPPED",
    }
}

/// The document of the container at a place of a task.
pub fn container(
    task: &engine::Task,
    index: usize,
    state: Option<&ContainerState>,
    version: Version,
) -> Container {
    let (own, body) = (&task.containers[index], &task.body.containers[index]);
    let is_v4 = version == Version::V4;
    let (log_driver, log_options) = if is_v4 { log_config(body) } else { (None, BTreeMap::new()) };
    let restarts = body.restart_policy.as_ref().is_some_and(|policy| policy.enabled);
    Container {
        docker_id: own.runtime_id.clone().unwrap_or_default(),
        name: own.name.clone(),
        docker_name: own.docker_name.clone(),
        image: body.image.clone(),
        image_id: state.map(|state| state.image_id.clone()).unwrap_or_default(),
        ports: ports(state, is_v4),
        labels: state.map(|state| state.labels.clone()).unwrap_or_default(),
        desired_status: task.desired.as_str().to_owned(),
        known_status: stage_word(stage(own, state)).to_owned(),
        exit_code: own.exit_code.filter(|_| own.stage == Stage::Stopped),
        limits: Limits {
            cpu: Some(body.cpu.max(LEAST_CPU_UNITS) as f64),
            memory: Some(body.memory),
        },
        created_at: state.map(|state| moment_of(state.created_at_ms)),
        started_at: state.and_then(|state| state.started_at_ms).map(moment_of),
        finished_at: own.finished_at.map(|at| moment(at.0)),
        r#type: "NORMAL".into(),
        networks: networks(state),
        health: task.has_health_check(index).then(|| health(own, state)),
        volumes: volumes(state),
        log_driver,
        log_options,
        container_arn: Some(body.container_arn.clone()).filter(|arn| is_v4 && !arn.is_empty()),
        restart_count: (is_v4 && restarts).then_some(own.restart_count),
    }
}

/// The document of a task for whoever asks on the host.
pub fn local_task(task: &engine::Task, states: &States) -> LocalTask {
    LocalTask {
        arn: task.arn.clone(),
        desired_status: task.desired.as_str().to_owned(),
        known_status: known_status(task, states).to_owned(),
        family: task.body.family.clone(),
        version: task.body.version.clone(),
        containers: here(task)
            .map(|index| {
                let whole = container(task, index, states[index].as_ref(), Version::V4);
                LocalContainer {
                    docker_id: whole.docker_id,
                    docker_name: whole.docker_name,
                    name: whole.name,
                    image: whole.image,
                    image_id: whole.image_id,
                    created_at: whole.created_at,
                    started_at: whole.started_at,
                    ports: ports(states[index].as_ref(), false),
                    networks: whole.networks,
                    volumes: whole.volumes,
                    restart_count: whole.restart_count,
                }
            })
            .collect(),
    }
}

/// The log driver that the task definition names, with its options.
fn log_config(body: &payload::Container) -> (Option<String>, BTreeMap<String, String>) {
    let host_config: Value =
        serde_json::from_str(&body.docker_config.host_config).unwrap_or_default();
    let config = &host_config["LogConfig"];
    let options = config["Config"].as_object().into_iter().flatten();
    let options = options.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.into())));
    (config["Type"].as_str().map(str::to_owned), options.collect())
}

/// Docker publishes on IPv6 besides; Amazon's agent leaves that out.
fn ports(state: Option<&ContainerState>, with_address: bool) -> Vec<Port> {
    let bindings = state.into_iter().flat_map(|state| &state.port_bindings);
    let ipv4 = bindings.filter(|binding| !binding.bind_ip.contains(':'));
    ipv4.map(|binding| Port {
        container_port: binding.container_port,
        protocol: binding.protocol.as_str().to_owned(),
        host_port: binding.host_port,
        host_ip: Some(binding.bind_ip.clone()).filter(|ip| with_address && !ip.is_empty()),
    })
    .collect()
}

fn networks(state: Option<&ContainerState>) -> Vec<Network> {
    let Some(state) = state else { return Vec::new() };
    let network = |mode: &str, address: String| Network {
        network_mode: mode.to_owned(),
        ipv4_addresses: vec![address],
    };
    if state.ip_addresses.is_empty() {
        return vec![network(&state.network_mode, String::new())];
    }
    let own = state.ip_addresses.iter();
    own.map(|(name, address)| network(name, address.to_string())).collect()
}

fn volumes(state: Option<&ContainerState>) -> Vec<Volume> {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let mounts = state.into_iter().flat_map(|state| &state.mounts);
    mounts
        .map(|mount| Volume {
            docker_name: some(&mount.name),
            source: some(&mount.source),
            destination: some(&mount.destination),
        })
        .collect()
}

fn health(own: &engine::Container, state: Option<&ContainerState>) -> Health {
    let last = state.and_then(|state| state.health.as_ref());
    let known = own.health.status != HealthStatus::Unknown;
    Health {
        status: known.then(|| own.health.status.as_str().to_owned()),
        status_since: own.health.since.map(|at| moment(at.0)),
        exit_code: last.and_then(|health| health.exit_code).filter(|code| *code != 0),
        output: last.map(|health| health.output.clone()).filter(|output| !output.is_empty()),
    }
}
