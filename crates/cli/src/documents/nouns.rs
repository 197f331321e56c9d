//! AWS's documents as the nouns that placement knows.

use std::{collections::BTreeMap, str::FromStr};

use arn::{ClusterName, DEFAULT_CLUSTER, InstanceId, TaskDefinitionId, TaskId};
use model::{
    Attribute, ContainerDefinition, ContainerInstance, ContainerInstanceStatus, NetworkMode,
    PlacementConstraint, PlacementStrategy, PortMapping, Protocol, Resources, Task, TaskDefinition,
    TaskDefinitionStatus, TaskOverride, TaskStatus, Timestamp, Usage, VersionInfo,
};

use super::{Service, Unreadable, shapes};

/// A value with where it stands, for errors.
struct Told<'a> {
    file: &'a str,
    member: &'static str,
    value: &'a str,
}

impl Told<'_> {
    fn parse<T: FromStr>(&self, text: &str, rule: &'static str) -> Result<T, Unreadable> {
        text.parse().map_err(|_| Unreadable::Value {
            file: self.file.into(),
            member: self.member,
            value: self.value.into(),
            rule,
        })
    }

    /// The id at the end of an ARN; ids of an older AWS are UUIDs.
    fn id<T: FromStr>(&self, rule: &'static str) -> Result<T, Unreadable> {
        let last = self.value.rsplit('/').next().unwrap_or_default();
        self.parse(&last.replace('-', ""), rule)
    }

    /// The cluster in an ARN of the long format; in the short one it is not told.
    fn cluster(&self) -> Result<ClusterName, Unreadable> {
        let mut parts = self.value.rsplit('/');
        let name = parts.nth(1).filter(|_| parts.next().is_some()).unwrap_or(DEFAULT_CLUSTER);
        self.parse(name, "an ARN with the name of a cluster")
    }
}

const INSTANCE_RULE: &str = "the ARN of a container instance, which ends with its id";

/// A container instance with what is held on it; nothing for one that is deregistered.
pub(super) fn instance(
    file: &str,
    shape: shapes::Instance,
) -> Result<Option<(ContainerInstance, Usage)>, Unreadable> {
    let told = |member, value| Told { file, member, value };
    let arn = told("containerInstanceArn", &shape.container_instance_arn);
    let registered = resources(file, &shape.registered_resources)?;
    let remaining = resources(file, &shape.remaining_resources)?;
    let status = match shape.status.as_str() {
        "ACTIVE" => ContainerInstanceStatus::Active,
        "INACTIVE" => return Ok(None),
        // DRAINING, or on the way up or down: nothing new is placed there.
        _ => ContainerInstanceStatus::Draining,
    };
    let registered_at = shape.registered_at.as_ref().and_then(shapes::Instant::timestamp);
    let instance = ContainerInstance {
        cluster: arn.cluster()?,
        id: arn.id(INSTANCE_RULE)?,
        ec2_instance_id: shape.ec2_instance_id,
        status,
        agent_connected: shape.agent_connected,
        agent_connected_at: Timestamp::default(),
        attributes: attributes(shape.attributes),
        version_info: VersionInfo {
            agent_version: shape.version_info.agent_version,
            agent_hash: shape.version_info.agent_hash,
            docker_version: shape.version_info.docker_version,
        },
        registered_at: registered_at.unwrap_or_default(),
        tags: Vec::new(),
        version: 0,
        seq_num: 0,
        runtime_status: None,
        host: None,
        registered,
    };
    // Without `remainingResources` nothing is known to be held.
    let known = !shape.remaining_resources.is_empty();
    let held = if known { held(&instance.registered, remaining) } else { Resources::default() };
    let (running_count, pending_count) = (shape.running_tasks_count, shape.pending_tasks_count);
    Ok(Some((instance, Usage { held, pending_count, running_count })))
}

/// What tasks hold: of ports, `remainingResources` has those that are taken.
fn held(registered: &Resources, remaining: Resources) -> Resources {
    Resources {
        cpu_units: registered.cpu_units - remaining.cpu_units,
        memory_mib: registered.memory_mib - remaining.memory_mib,
        tcp_ports: &remaining.tcp_ports - &registered.tcp_ports,
        udp_ports: &remaining.udp_ports - &registered.udp_ports,
        gpus: &registered.gpus - &remaining.gpus,
    }
}

fn resources(file: &str, shapes: &[shapes::Resource]) -> Result<Resources, Unreadable> {
    let mut all = Resources::default();
    for shape in shapes {
        let ports = || -> Result<Vec<u16>, Unreadable> {
            let port = |value: &String| {
                Told { file, member: "stringSetValue", value }.parse(value, "a port")
            };
            shape.string_set_value.iter().map(port).collect()
        };
        match shape.name.as_str() {
            "CPU" => all.cpu_units = shape.integer_value,
            "MEMORY" => all.memory_mib = shape.integer_value,
            "PORTS" => all.tcp_ports = ports()?.into_iter().collect(),
            "PORTS_UDP" => all.udp_ports = ports()?.into_iter().collect(),
            "GPU" => all.gpus = shape.string_set_value.iter().cloned().collect(),
            _ => {}
        }
    }
    Ok(all)
}

fn attributes(shapes: Vec<shapes::Attribute>) -> Vec<Attribute> {
    shapes.into_iter().map(|shape| Attribute { name: shape.name, value: shape.value }).collect()
}

/// The container instance of a task, if it has one.
pub(super) fn home(file: &str, task: &shapes::Task) -> Result<Option<InstanceId>, Unreadable> {
    let arn = task.container_instance_arn.as_deref();
    let id = |value| Told { file, member: "containerInstanceArn", value }.id(INSTANCE_RULE);
    arn.map(id).transpose()
}

/// A task; nothing for one that is stopped. `held` is what all tasks of its instance hold.
pub(super) fn task(
    file: &str,
    shape: shapes::Task,
    definitions: &BTreeMap<TaskDefinitionId, TaskDefinition>,
    held: Option<&Resources>,
) -> Result<Option<Task>, Unreadable> {
    let told = |member, value| Told { file, member, value };
    let Ok(last_status) = shape.last_status.parse::<TaskStatus>() else { return Ok(None) };
    if last_status >= TaskStatus::Stopped {
        return Ok(None);
    }
    let id: TaskId =
        told("taskArn", &shape.task_arn).id("the ARN of a task, which ends with its id")?;
    let task_definition = definition_id(file, "taskDefinitionArn", &shape.task_definition_arn)?;
    let desired = told("desiredStatus", &shape.desired_status);
    let definition = definitions.get(&task_definition);
    Ok(Some(Task {
        cluster: told("taskArn", &shape.task_arn).cluster()?,
        id,
        container_instance: home(file, &shape)?,
        desired_status: desired.parse(&shape.desired_status, "RUNNING or STOPPED")?,
        last_status,
        reserved: reserved(&shape, definition, held),
        group: shape.group,
        ..blank_task(task_definition, id)
    }))
}

/// A task of which nothing is known but what it runs.
pub(super) fn blank_task(task_definition: TaskDefinitionId, id: TaskId) -> Task {
    Task::new("default".parse().expect("invariant: a name"), id, task_definition)
}

/// What a task holds: CPU and memory as the task tells them, else as its definition does, else as
/// its containers do; and of the host ports of its containers those that its instance counts as
/// taken, since those that the agent chose are nobody's.
fn reserved(
    shape: &shapes::Task,
    definition: Option<&TaskDefinition>,
    held: Option<&Resources>,
) -> Resources {
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let overrides = TaskOverride {
        cpu_units: number(&shape.cpu),
        memory_mib: number(&shape.memory),
        ..TaskOverride::default()
    };
    let told = definition.map(|definition| placement::needs_of(definition, &overrides));
    let sum = |of: fn(&shapes::Container) -> Option<&String>| -> i64 {
        shape.containers.iter().filter_map(|c| of(c)?.parse::<i64>().ok()).sum()
    };
    let cpu_units = || overrides.cpu_units.unwrap_or_else(|| sum(|c| c.cpu.as_ref()));
    let memory_mib = || {
        let of_containers = || sum(|c| c.memory_reservation.as_ref().or(c.memory.as_ref()));
        overrides.memory_mib.unwrap_or_else(of_containers)
    };
    let mut reserved = told.unwrap_or_else(|| Resources::new(cpu_units(), memory_mib()));
    let bindings = || shape.containers.iter().flat_map(|container| &container.network_bindings);
    let ports = |wanted: Protocol, held: &std::collections::BTreeSet<u16>| {
        let of_kind = bindings().filter(|b| protocol(b.protocol.as_deref()) == wanted);
        of_kind.map(|b| b.host_port).filter(|port| held.contains(port)).collect()
    };
    let nothing = Resources::default();
    let held = held.unwrap_or(&nothing);
    reserved.tcp_ports = ports(Protocol::Tcp, &held.tcp_ports);
    reserved.udp_ports = ports(Protocol::Udp, &held.udp_ports);
    reserved.gpus = shape.containers.iter().flat_map(|c| c.gpu_ids.iter().cloned()).collect();
    reserved
}

fn protocol(text: Option<&str>) -> Protocol {
    if text == Some("udp") { Protocol::Udp } else { Protocol::Tcp }
}

/// `family:revision`, alone or at the end of an ARN.
pub(super) fn definition_id(
    file: &str,
    member: &'static str,
    value: &str,
) -> Result<TaskDefinitionId, Unreadable> {
    let last = value.rsplit('/').next().unwrap_or_default();
    Told { file, member, value }.parse(last, "a task definition with its revision")
}

/// A task definition.
pub(super) fn definition(
    file: &str,
    shape: shapes::Definition,
) -> Result<TaskDefinition, Unreadable> {
    let id = format!("{}:{}", shape.family, shape.revision);
    let id =
        Told { file, member: "family", value: &id }.parse(&id, "a family with its revision")?;
    let size = |member, text: &Option<String>| {
        let number =
            |text: &String| Told { file, member, value: text }.parse(text, "a whole number");
        text.as_ref().map(number).transpose()
    };
    let mode = shape.network_mode.as_deref().unwrap_or("bridge");
    let expressions = shape.placement_constraints.into_iter().map(|c| c.expression);
    let kinds = shape.requires_compatibilities.iter().filter_map(|kind| kind.parse().ok());
    Ok(TaskDefinition {
        id,
        status: TaskDefinitionStatus::Active,
        registered_at: Timestamp::default(),
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: String::new(),
        // Modes of another system, such as `default` of Windows, publish ports as bridge does.
        network_mode: mode.parse().unwrap_or(NetworkMode::Bridge),
        cpu_units: size("cpu", &shape.cpu)?,
        memory_mib: size("memory", &shape.memory)?,
        containers: shape
            .container_definitions
            .into_iter()
            .map(|container| container_definition(file, container))
            .collect::<Result<_, _>>()?,
        requires_attributes: attributes(shape.requires_attributes),
        placement_constraints: expressions.collect(),
        compatibilities: kinds.collect(),
        task_role_arn: None,
        execution_role_arn: None,
        tags: Vec::new(),
    })
}

fn container_definition(
    file: &str,
    shape: shapes::ContainerDefinition,
) -> Result<ContainerDefinition, Unreadable> {
    let gpus = shape.resource_requirements.iter().filter(|needed| needed.r#type == "GPU");
    let gpu_count = gpus
        .map(|needed| {
            let told = Told { file, member: "resourceRequirements", value: &needed.value };
            told.parse::<u32>(&needed.value, "a number of GPUs")
        })
        .sum::<Result<u32, Unreadable>>()?;
    let name = Told { file, member: "name", value: &shape.name };
    let ports = shape.port_mappings.into_iter().map(|mapping| port_mapping(file, mapping));
    Ok(ContainerDefinition {
        name: name.parse(&shape.name, "the name of a container")?,
        image: shape.image,
        essential: true,
        cpu_units: shape.cpu,
        memory_mib: shape.memory,
        memory_reservation_mib: shape.memory_reservation,
        gpu_count,
        port_mappings: ports.collect::<Result<_, _>>()?,
        depends_on: Vec::new(),
        health_check: None,
        start_timeout_s: None,
        stop_timeout_s: None,
    })
}

fn port_mapping(file: &str, shape: shapes::PortMapping) -> Result<PortMapping, Unreadable> {
    let (container_port, container_port_end) = match &shape.container_port_range {
        None => (shape.container_port, shape.container_port),
        Some(range) => {
            let told = Told { file, member: "containerPortRange", value: range };
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let rule = "a range like 8000-8010";
            (told.parse(first.trim(), rule)?, told.parse(last.trim(), rule)?)
        }
    };
    let protocol = protocol(shape.protocol.as_deref());
    Ok(PortMapping { container_port, container_port_end, host_port: shape.host_port, protocol })
}

/// A service and its name.
pub(super) fn service(file: &str, shape: shapes::Service) -> Result<(String, Service), Unreadable> {
    let refused =
        |member, value: String, rule| Unreadable::Value { file: file.into(), member, value, rule };
    let strategies = shape.placement_strategy.into_iter().map(|strategy| {
        let field = strategy.field;
        match strategy.r#type.as_str() {
            "random" => Ok(PlacementStrategy::Random),
            "spread" => Ok(PlacementStrategy::Spread { field }),
            "binpack" => Ok(PlacementStrategy::Binpack { field }),
            _ => Err(refused("placementStrategy", strategy.r#type, "random, spread or binpack")),
        }
    });
    let constraints = shape.placement_constraints.into_iter().map(|constraint| {
        let expression = constraint.expression;
        match constraint.r#type.as_str() {
            "distinctInstance" => Ok(PlacementConstraint::DistinctInstance),
            "memberOf" => Ok(PlacementConstraint::MemberOf { expression }),
            _ => {
                let rule = "distinctInstance or memberOf";
                Err(refused("placementConstraints", constraint.r#type, rule))
            }
        }
    });
    let service = Service {
        task_definition: definition_id(file, "taskDefinition", &shape.task_definition)?,
        strategies: strategies.collect::<Result<_, _>>()?,
        constraints: constraints.collect::<Result<_, _>>()?,
        launch_type: shape.launch_type.and_then(|kind| kind.parse().ok()),
    };
    Ok((shape.service_name, service))
}
