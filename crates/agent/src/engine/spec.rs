//! What a container is created from: Docker's part as the control plane wrote it, with the agent's
//! own part laid over.

use runtime::{ContainerSpec, PortBinding, Protocol};
use session_wire::payload;

use super::naming::{endpoint_id, label};
use super::{Settings, Task, volume};

/// Docker refuses less.
const LEAST_MEMORY_MIB: i64 = 6;
/// Any of these in the task or its image keeps the others away.
const REGION: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
/// The address of the task endpoint, on port 80; SDKs know it by heart.
const TASK_ENDPOINT: &str = "169.254.170.2";
const CPU_SHARES: std::ops::RangeInclusive<i64> = 2..=262_144;

/// The spec of a container, or the reason why there is none.
pub(super) fn of_container(
    settings: &Settings,
    task: &Task,
    index: usize,
) -> Result<ContainerSpec, String> {
    let (body, own) = (&task.body.containers[index], &task.containers[index]);
    let mut spec = ContainerSpec::new(own.docker_name.clone(), body.image.clone());
    limits(&mut spec, &task.body, body);
    if let Some(words) = &body.entry_point {
        spec.set_entry_point(words);
    }
    let command = body.overrides.command().map_err(|error| error.to_string())?;
    if let Some(words) = command.as_ref().or(body.command.as_ref()) {
        spec.set_command(words);
    }
    spec.overlay(&body.docker_config.config, &body.docker_config.host_config)
        .map_err(|error| error.to_string())?;
    if body.health_check_type == "docker" && !spec.has_health_check() {
        return Err(format!(
            "DockerClientConfigError: container '{}' has the health check type docker but no health check",
            body.name
        ));
    }
    network(&mut spec, task, body);
    mounts(&mut spec, task, body)?;
    environment(&mut spec, settings, body, &own.image_env);
    endpoint(&mut spec, settings, task, &body.name);
    for (key, value) in [
        (label::CLUSTER, settings.cluster.as_str()),
        (label::CONTAINER_NAME, &body.name),
        (label::TASK_ARN, &task.arn),
        (label::FAMILY, &task.body.family),
        (label::REVISION, &task.body.version),
        (label::CONTAINER_INSTANCE, &settings.container_instance_arn),
    ] {
        spec.set_label(key, value);
    }
    Ok(spec)
}

/// A container without a limit of its own gets the task's: no control group holds the task as a
/// whole, so that is the nearest that a single container can be held to.
fn limits(spec: &mut ContainerSpec, task: &payload::Task, body: &payload::Container) {
    let memory_mib = match (body.memory, task.memory) {
        (0, Some(whole)) => whole,
        (own, _) => own,
    };
    if memory_mib > 0 {
        spec.set_memory_bytes((memory_mib.max(LEAST_MEMORY_MIB) as u64) << 20);
    }
    spec.set_cpu_shares(body.cpu.clamp(*CPU_SHARES.start(), *CPU_SHARES.end()) as u64);
}

fn network(spec: &mut ContainerSpec, task: &Task, body: &payload::Container) {
    if spec.network_mode() == "default" {
        let mode = task.body.network_mode.as_str();
        spec.set_network_mode(if mode.is_empty() { "bridge" } else { mode });
    }
    if matches!(spec.network_mode(), "host" | "none") {
        return;
    }
    for mapping in &body.port_mappings {
        let port = |port: Option<i32>| port.and_then(|p| u16::try_from(p).ok()).unwrap_or(0);
        spec.publish(&PortBinding {
            container_port: port(mapping.container_port),
            protocol: Protocol::parse(&mapping.protocol).unwrap_or_default(),
            bind_ip: String::new(),
            host_port: port(mapping.host_port),
        });
    }
    for link in &body.links {
        let (name, alias) = link.split_once(':').unwrap_or((link, link));
        if let Some(other) = task.containers.iter().find(|c| c.name == name) {
            spec.add_link(&format!("{}:{alias}", other.docker_name));
        }
    }
}

fn mounts(spec: &mut ContainerSpec, task: &Task, body: &payload::Container) -> Result<(), String> {
    for mount in &body.mount_points {
        let source = volume::bind_source(task, &mount.source_volume).ok_or_else(|| {
            format!("HostConfigError: the volume '{}' is not known", mount.source_volume)
        })?;
        let mode = if mount.read_only { ":ro" } else { "" };
        spec.add_bind(&format!("{source}:{}{mode}", mount.container_path));
    }
    for from in &body.volumes_from {
        let other = task.containers.iter().find(|c| c.name == from.source_container);
        if let Some(other) = other {
            let mode = if from.read_only { ":ro" } else { "" };
            spec.add_volumes_from(&format!("{}{mode}", other.docker_name));
        }
    }
    Ok(())
}

/// The payload's variables, and the region unless one is set there or in the image.
fn environment(
    spec: &mut ContainerSpec,
    settings: &Settings,
    body: &payload::Container,
    image_env: &[String],
) {
    for (key, value) in &body.environment {
        spec.set_env(key, value);
    }
    let in_image = |key: &str| image_env.iter().any(|entry| entry.split('=').next() == Some(key));
    if !REGION.iter().any(|key| spec.env(key).is_some() || in_image(key)) {
        for key in REGION {
            spec.set_env(key, &settings.region);
        }
    }
}

/// Where the container finds the credentials of its role, what is known about it, and its agent; in
/// place of what the payload says of these.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html>
fn endpoint(spec: &mut ContainerSpec, settings: &Settings, task: &Task, name: &str) {
    let Some(secret) = &settings.endpoint_secret else { return };
    if let Some(id) = task.role_credentials_id() {
        let path = format!("/v2/credentials/{id}");
        spec.set_env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", &path);
    }
    let id = endpoint_id(secret, &task.arn, name);
    for (key, path) in [
        ("ECS_CONTAINER_METADATA_URI", "v3"),
        ("ECS_CONTAINER_METADATA_URI_V4", "v4"),
        ("ECS_AGENT_URI", "api"),
    ] {
        spec.set_env(key, &format!("http://{TASK_ENDPOINT}/{path}/{id}"));
    }
}
