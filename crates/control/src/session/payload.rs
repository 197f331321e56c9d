//! From a task and its task definition to what an agent is told: ECS's members, and for all that only
//! Docker knows its own `Config` and `HostConfig`.

use std::collections::BTreeMap;

use arn::Home;
use model::{Container, ContainerOverride, DesiredStatus, HealthCheck, NetworkMode, Task};
use serde_json::{Value, json};
use session_wire::payload as out;
use store::TaskDefinitionRow;
use wire::ecs;

use crate::task_definition::secret_source;

/// The version of Docker's API that `dockerConfig` is written for.
const DOCKER_API_VERSION: &str = "1.18";
/// Nanoseconds, in which Docker counts the times of a health check.
const NANOS_PER_SECOND: i64 = 1_000_000_000;
const MIB: i64 = 1024 * 1024;

/// A task as its agent is told of it.
pub fn task(home: &Home, task: &Task, row: &TaskDefinitionRow) -> out::Task {
    let document = &row.document;
    let arn = home.task_arn(&task.cluster, task.id);
    let cluster_arn = home.cluster_arn(&task.cluster);
    if task.desired_status == DesiredStatus::Stopped {
        return out::Task {
            arn,
            task_cluster_arn: cluster_arn,
            family: task.task_definition.family.to_string(),
            version: task.task_definition.revision.to_string(),
            desired_status: "STOPPED".into(),
            ..out::Task::default()
        };
    }
    let definitions = document.container_definitions.iter().flatten();
    out::Task {
        arn,
        task_cluster_arn: cluster_arn,
        family: task.task_definition.family.to_string(),
        version: task.task_definition.revision.to_string(),
        desired_status: "RUNNING".into(),
        containers: definitions
            .zip(&task.containers)
            .map(|(definition, own)| container(home, task, row, definition, own))
            .collect(),
        volumes: document.volumes.iter().flatten().map(volume).collect(),
        cpu: task.cpu_units.map(|units| units as f64 / 1024.0),
        memory: task.memory_mib,
        network_mode: row.facts.network_mode.to_string(),
        pid_mode: document.pid_mode.map(|m| m.as_str().to_owned()).unwrap_or_default(),
        ipc_mode: document.ipc_mode.map(|m| m.as_str().to_owned()).unwrap_or_default(),
        launch_type: task.launch_type.to_string(),
        associations: gpus(task, row),
        service_name: task.owner.as_ref().map(|o| o.service.to_string()).unwrap_or_default(),
        group: task.group.clone(),
        ..out::Task::default()
    }
}

/// The GPUs that placement reserved, handed out in order of the containers.
fn gpus(task: &Task, row: &TaskDefinitionRow) -> Vec<out::Association> {
    let takers = row.facts.containers.iter().flat_map(|c| {
        let change = task.overrides.containers.iter().find(|o| o.name == c.name);
        let count = change.and_then(|o| o.gpu_count).unwrap_or(c.gpu_count);
        std::iter::repeat_n(&c.name, count as usize)
    });
    let held = task.reserved.gpus.iter().zip(takers);
    held.map(|(id, container)| out::Association {
        name: id.clone(),
        r#type: "gpu".into(),
        containers: vec![container.to_string()],
        ..out::Association::default()
    })
    .collect()
}

fn container(
    home: &Home,
    task: &Task,
    row: &TaskDefinitionRow,
    definition: &ecs::ContainerDefinition,
    own: &Container,
) -> out::Container {
    let change = task.overrides.containers.iter().find(|o| o.name == own.name);
    let facts = row.facts.containers.iter().find(|c| c.name == own.name);
    let health_check = facts.and_then(|f| f.health_check.as_ref());
    let command = change.and_then(|o| o.command.clone()).or_else(|| definition.command.clone());
    out::Container {
        name: own.name.to_string(),
        image: own.image.clone(),
        cpu: own.cpu_units,
        memory: own.memory_mib.unwrap_or(0),
        essential: own.essential,
        entry_point: definition.entry_point.clone().filter(|e| !e.is_empty()),
        command: command.filter(|c| !c.is_empty()),
        environment: environment(definition, change),
        environment_files: environment_files(definition, change),
        secrets: definition.secrets.iter().flatten().map(|s| secret(home, s)).collect(),
        port_mappings: definition.port_mappings.iter().flatten().map(port_mapping).collect(),
        links: definition.links.clone().unwrap_or_default(),
        mount_points: definition.mount_points.iter().flatten().map(mount_point).collect(),
        volumes_from: definition.volumes_from.iter().flatten().map(volume_from).collect(),
        depends_on: definition.depends_on.iter().flatten().map(dependency).collect(),
        start_timeout: definition.start_timeout.map_or(0, i64::from),
        stop_timeout: definition.stop_timeout.map_or(0, i64::from),
        docker_config: out::DockerConfig {
            version: DOCKER_API_VERSION.into(),
            config: config(definition, health_check).to_string(),
            host_config: host_config(task, row, definition, own).to_string(),
        },
        health_check_type: health_check.map(|_| "docker".to_owned()).unwrap_or_default(),
        restart_policy: definition.restart_policy.as_ref().map(restart_policy),
        container_arn: home.container_arn(&task.cluster, task.id, own.id),
        ..out::Container::default()
    }
}

fn environment(
    definition: &ecs::ContainerDefinition,
    change: Option<&ContainerOverride>,
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::from([("AWS_EXECUTION_ENV".to_owned(), "AWS_ECS_EC2".to_owned())]);
    for pair in definition.environment.iter().flatten() {
        all.insert(pair.name.clone().unwrap_or_default(), pair.value.clone().unwrap_or_default());
    }
    all.extend(change.into_iter().flat_map(|o| o.environment.iter().cloned()));
    all
}

fn environment_files(
    definition: &ecs::ContainerDefinition,
    change: Option<&ContainerOverride>,
) -> Vec<out::EnvironmentFile> {
    let own = definition.environment_files.iter().flatten().map(|file| out::EnvironmentFile {
        value: file.value.clone().unwrap_or_default(),
        r#type: file.r#type.map_or("s3", |t| t.as_str()).into(),
    });
    let more = change
        .into_iter()
        .flat_map(|o| &o.environment_files)
        .map(|file| out::EnvironmentFile { value: file.value.clone(), r#type: file.kind.clone() });
    own.chain(more).collect()
}

fn secret(home: &Home, secret: &ecs::Secret) -> out::Secret {
    let from = secret.value_from.clone().unwrap_or_default();
    out::Secret {
        name: secret.name.clone().unwrap_or_default(),
        value_from: from,
        region: home.region.clone(),
        r#type: "ENVIRONMENT_VARIABLE".into(),
        provider: secret_source(secret).into(),
        target: "CONTAINER".into(),
        ..out::Secret::default()
    }
}

fn port_mapping(mapping: &ecs::PortMapping) -> out::PortMapping {
    out::PortMapping {
        container_port: mapping.container_port,
        host_port: mapping.host_port,
        container_port_range: mapping.container_port_range.clone().unwrap_or_default(),
        protocol: mapping.protocol.map_or("tcp", |p| p.as_str()).into(),
    }
}

fn mount_point(mount: &ecs::MountPoint) -> out::MountPoint {
    out::MountPoint {
        source_volume: mount.source_volume.clone().unwrap_or_default(),
        container_path: mount.container_path.clone().unwrap_or_default(),
        read_only: mount.read_only.unwrap_or_default(),
    }
}

fn volume_from(volume: &ecs::VolumeFrom) -> out::VolumeFrom {
    out::VolumeFrom {
        source_container: volume.source_container.clone().unwrap_or_default(),
        read_only: volume.read_only.unwrap_or_default(),
    }
}

fn dependency(dependency: &ecs::ContainerDependency) -> out::ContainerDependency {
    out::ContainerDependency {
        container_name: dependency.container_name.clone().unwrap_or_default(),
        condition: dependency.condition.map_or("START", |c| c.as_str()).into(),
    }
}

fn restart_policy(policy: &ecs::ContainerRestartPolicy) -> out::RestartPolicy {
    out::RestartPolicy {
        enabled: policy.enabled.unwrap_or_default(),
        ignored_exit_codes: policy.ignored_exit_codes.clone().unwrap_or_default(),
        restart_attempt_period: policy.restart_attempt_period.map_or(300, i64::from),
    }
}

fn volume(volume: &ecs::Volume) -> out::Volume {
    let name = volume.name.clone().unwrap_or_default();
    if let Some(docker) = &volume.docker_volume_configuration {
        return out::Volume {
            name,
            r#type: "docker".into(),
            docker_volume_configuration: Some(out::DockerVolumeConfiguration {
                scope: docker.scope.map_or("task", |s| s.as_str()).into(),
                autoprovision: docker.autoprovision.unwrap_or_default(),
                driver: docker.driver.clone().unwrap_or_else(|| "local".into()),
                driver_opts: docker.driver_opts.clone().unwrap_or_default(),
                labels: docker.labels.clone().unwrap_or_default(),
            }),
            ..out::Volume::default()
        };
    }
    let source_path = volume.host.as_ref().and_then(|h| h.source_path.clone()).unwrap_or_default();
    out::Volume {
        name,
        r#type: "host".into(),
        host: Some(out::HostVolume { source_path }),
        ..out::Volume::default()
    }
}

/// Members that are absent or empty are left out, so that Docker's own defaults hold.
fn without_nothing(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        members.retain(|_, member| match member {
            Value::Null => false,
            Value::Array(list) => !list.is_empty(),
            Value::Object(map) => !map.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        });
    }
    value
}

fn config(definition: &ecs::ContainerDefinition, check: Option<&HealthCheck>) -> Value {
    without_nothing(json!({
        "Hostname": definition.hostname,
        "User": definition.user,
        "WorkingDir": definition.working_directory,
        "Tty": definition.pseudo_terminal,
        "OpenStdin": definition.interactive,
        "NetworkDisabled": definition.disable_networking,
        "Labels": definition.docker_labels,
        "Healthcheck": check.map(|check| json!({
            "Test": check.command,
            "Interval": i64::from(check.interval_s) * NANOS_PER_SECOND,
            "Timeout": i64::from(check.timeout_s) * NANOS_PER_SECOND,
            "Retries": check.retries,
            "StartPeriod": i64::from(check.start_period_s) * NANOS_PER_SECOND,
        })),
    }))
}

fn host_config(
    task: &Task,
    row: &TaskDefinitionRow,
    definition: &ecs::ContainerDefinition,
    own: &Container,
) -> Value {
    let mode = match row.facts.network_mode {
        NetworkMode::Bridge => "bridge",
        NetworkMode::Host => "host",
        NetworkMode::None | NetworkMode::Awsvpc => "none",
    };
    let linux = definition.linux_parameters.as_ref();
    let capabilities = linux.and_then(|l| l.capabilities.as_ref());
    let memory_swap = linux.and_then(|l| l.max_swap).zip(own.memory_mib);
    let on_host = |mode: Option<&str>| mode.filter(|m| *m == "host").map(ToOwned::to_owned);
    without_nothing(json!({
        "NetworkMode": mode,
        "Privileged": definition.privileged,
        "ReadonlyRootfs": definition.readonly_root_filesystem,
        "Dns": definition.dns_servers,
        "DnsSearch": definition.dns_search_domains,
        "ExtraHosts": definition.extra_hosts.as_ref().map(|hosts| hosts.iter().map(|h| {
            format!("{}:{}", h.hostname.as_deref().unwrap_or_default(), h.ip_address.as_deref().unwrap_or_default())
        }).collect::<Vec<_>>()),
        "SecurityOpt": definition.docker_security_options,
        "Ulimits": definition.ulimits.as_ref().map(|u| u.iter().map(ulimit).collect::<Vec<_>>()),
        "Sysctls": definition.system_controls.as_ref().map(|s| sysctls(s)),
        "CapAdd": capabilities.and_then(|c| c.add.clone()),
        "CapDrop": capabilities.and_then(|c| c.drop.clone()),
        "Devices": linux.and_then(|l| l.devices.as_ref()).map(|d| d.iter().map(device).collect::<Vec<_>>()),
        "Init": linux.and_then(|l| l.init_process_enabled),
        "ShmSize": linux.and_then(|l| l.shared_memory_size).map(|mib| i64::from(mib) * MIB),
        "Tmpfs": linux.and_then(|l| l.tmpfs.as_ref()).map(|t| tmpfs(t)),
        "MemorySwap": memory_swap.map(|(swap, memory)| (i64::from(swap) + memory) * MIB),
        "MemorySwappiness": linux.and_then(|l| l.swappiness),
        "MemoryReservation": own.memory_reservation_mib.map(|mib| mib * MIB),
        "PidMode": on_host(row.document.pid_mode.map(ecs::PidMode::as_str)),
        "IpcMode": on_host(row.document.ipc_mode.map(ecs::IpcMode::as_str)),
        "LogConfig": definition.log_configuration.as_ref().map(|log| log_config(task, own, log)),
    }))
}

fn ulimit(limit: &ecs::Ulimit) -> Value {
    json!({
        "Name": limit.name.map(ecs::UlimitName::as_str),
        "Soft": limit.soft_limit,
        "Hard": limit.hard_limit,
    })
}

fn sysctls(controls: &[ecs::SystemControl]) -> BTreeMap<String, String> {
    let pair = |c: &ecs::SystemControl| Some((c.namespace.clone()?, c.value.clone()?));
    controls.iter().filter_map(pair).collect()
}

fn device(device: &ecs::Device) -> Value {
    let letter = |p: &ecs::DeviceCgroupPermission| match p {
        ecs::DeviceCgroupPermission::Read => 'r',
        ecs::DeviceCgroupPermission::Write => 'w',
        ecs::DeviceCgroupPermission::Mknod => 'm',
    };
    let permissions: String = device.permissions.iter().flatten().map(letter).collect();
    json!({
        "PathOnHost": device.host_path,
        "PathInContainer": device.container_path.as_ref().or(device.host_path.as_ref()),
        "CgroupPermissions": if permissions.is_empty() { "rwm".to_owned() } else { permissions },
    })
}

fn tmpfs(mounts: &[ecs::Tmpfs]) -> BTreeMap<String, String> {
    let options = |mount: &ecs::Tmpfs| {
        let size = mount.size.map(|mib| format!("size={mib}m"));
        let more = mount.mount_options.iter().flatten().cloned();
        more.chain(size).collect::<Vec<_>>().join(",")
    };
    mounts.iter().filter_map(|m| Some((m.container_path.clone()?, options(m)))).collect()
}

/// Docker's log configuration. For awslogs the stream is named here, `prefix/container/task`, since
/// Docker knows no prefix.
fn log_config(task: &Task, own: &Container, log: &ecs::LogConfiguration) -> Value {
    let mut options = log.options.clone().unwrap_or_default();
    if let Some(prefix) = options.remove("awslogs-stream-prefix") {
        options.insert("awslogs-stream".into(), format!("{prefix}/{}/{}", own.name, task.id));
    }
    json!({ "Type": log.log_driver.map(ecs::LogDriver::as_str), "Config": options })
}
