//! The containers of a task definition: what ECS checks, and the facts taken from them.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>

use std::collections::BTreeSet;

use arn::ContainerName;
use lifecycle::order::{Condition, Node, Order, OrderError};
use model::{
    ContainerDefinition, Dependency, DependencyCondition, HealthCheck, NetworkMode, PortMapping,
    Protocol,
};
use wire::{Error, ecs};

use super::size;
use crate::limits;

/// Checks the containers one by one and together.
pub fn parse(
    definitions: &[ecs::ContainerDefinition],
    network_mode: NetworkMode,
    task_memory_mib: Option<i64>,
) -> Result<Vec<ContainerDefinition>, Error> {
    if definitions.is_empty() {
        return Err(Error::client("Container list cannot be empty."));
    }
    if definitions.len() > limits::CONTAINER_COUNT_MAX {
        return Err(Error::client(format!(
            "containerDefinitions has {} entries; a task definition has at most {} containers.",
            definitions.len(),
            limits::CONTAINER_COUNT_MAX
        )));
    }
    let mut containers = Vec::with_capacity(definitions.len());
    let mut names = BTreeSet::new();
    for definition in definitions {
        let container = container(definition, network_mode, task_memory_mib)?;
        if !names.insert(container.name.clone()) {
            return Err(Error::client(format!(
                "Container names must be unique: '{}' is there twice.",
                container.name
            )));
        }
        containers.push(container);
    }
    if !containers.iter().any(|c| c.essential) {
        return Err(Error::client("A task definition must have at least one essential container."));
    }
    check_links(definitions, network_mode)?;
    check_host_ports(&containers)?;
    check_order(definitions, &containers)?;
    Ok(containers)
}

fn container(
    definition: &ecs::ContainerDefinition,
    network_mode: NetworkMode,
    task_memory_mib: Option<i64>,
) -> Result<ContainerDefinition, Error> {
    let name: ContainerName =
        definition.name.as_deref().unwrap_or_default().parse().map_err(|e: arn::Invalid| {
            Error::client(format!("Container.name contains invalid characters. {e}"))
        })?;
    let image = image(definition)?;
    let (memory_mib, memory_reservation_mib) = memory(&name, definition, task_memory_mib)?;
    let cpu_units = i64::from(definition.cpu.unwrap_or(0));
    if cpu_units < 0 {
        return Err(bad(&name, &format!("'cpu' is {cpu_units}; it cannot be negative")));
    }
    let port_mappings = ports(&name, definition, network_mode)?;
    Ok(ContainerDefinition {
        essential: definition.essential.unwrap_or(true),
        gpu_count: gpu_count(&name, definition)?,
        depends_on: dependencies(definition)?,
        health_check: health_check(&name, definition)?,
        start_timeout_s: seconds(&name, "startTimeout", definition.start_timeout, 2, i32::MAX)?,
        stop_timeout_s: seconds(&name, "stopTimeout", definition.stop_timeout, 0, i32::MAX)?,
        name,
        image,
        cpu_units,
        memory_mib,
        memory_reservation_mib,
        port_mappings,
    })
}

fn bad(name: &ContainerName, what: &str) -> Error {
    Error::client(format!("Invalid setting for container '{name}'. {what}."))
}

fn image(definition: &ecs::ContainerDefinition) -> Result<String, Error> {
    let image = definition.image.clone().unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_:./@#".contains(c);
    if image.is_empty() {
        return Err(Error::client("Container.image should not be null or empty."));
    }
    if image.chars().count() > limits::IMAGE_LEN_MAX {
        return Err(Error::client(format!(
            "Container.image should be 255 characters or less, and '{image}' is longer."
        )));
    }
    if !image.chars().all(allowed) {
        return Err(Error::client(format!(
            "Container.image contains invalid characters. '{image}' may have letters, digits and - _ : . / @ #."
        )));
    }
    Ok(image)
}

fn memory(
    name: &ContainerName,
    definition: &ecs::ContainerDefinition,
    task_memory_mib: Option<i64>,
) -> Result<(Option<i64>, Option<i64>), Error> {
    let hard = definition.memory.map(i64::from);
    let soft = definition.memory_reservation.map(i64::from);
    for (field, value) in [("memory", hard), ("memoryReservation", soft)] {
        if value.is_some_and(|v| v < size::MEMORY_MIB_MIN) {
            return Err(bad(name, &format!("'{field}' must be at least 4 MiB")));
        }
    }
    if hard.is_none() && soft.is_none() && task_memory_mib.is_none() {
        return Err(bad(name, "At least one of 'memory' or 'memoryReservation' must be specified"));
    }
    if let (Some(hard), Some(soft)) = (hard, soft)
        && soft > hard
    {
        return Err(bad(name, "'memoryReservation' must not be greater than 'memory'"));
    }
    if let (Some(hard), Some(task)) = (hard, task_memory_mib)
        && hard > task
    {
        return Err(Error::client(format!(
            "The 'memory' setting for container '{name}' is greater than for the task."
        )));
    }
    Ok((hard, soft))
}

fn ports(
    name: &ContainerName,
    definition: &ecs::ContainerDefinition,
    network_mode: NetworkMode,
) -> Result<Vec<PortMapping>, Error> {
    let mappings = definition.port_mappings.iter().flatten();
    if network_mode == NetworkMode::None && mappings.clone().next().is_some() {
        return Err(Error::client("When networkMode=none, port mappings are not supported."));
    }
    mappings.map(|mapping| port(name, mapping, network_mode)).collect()
}

fn port(
    name: &ContainerName,
    mapping: &ecs::PortMapping,
    network_mode: NetworkMode,
) -> Result<PortMapping, Error> {
    let protocol = match mapping.protocol {
        Some(ecs::TransportProtocol::Udp) => Protocol::Udp,
        _ => Protocol::Tcp,
    };
    let number = |field: &str, value: i32, least: i32| {
        u16::try_from(value).ok().filter(|_| value >= least).ok_or_else(|| {
            bad(name, &format!("'{field}' is {value}; a port is between {least} and 65535"))
        })
    };
    let (first, last) = match (mapping.container_port, &mapping.container_port_range) {
        (Some(_), Some(_)) => {
            return Err(bad(name, "'containerPort' and 'containerPortRange' exclude each other"));
        }
        (None, Some(range)) => {
            if mapping.host_port.is_some() {
                return Err(bad(name, "'hostPort' cannot be given with 'containerPortRange'"));
            }
            let wrong =
                || bad(name, &format!("'containerPortRange' is '{range}'; it is first-last"));
            let (first, last) = range.split_once('-').ok_or_else(wrong)?;
            let first: u16 = first.trim().parse().map_err(|_| wrong())?;
            let last: u16 = last.trim().parse().map_err(|_| wrong())?;
            if first == 0 || last < first {
                return Err(wrong());
            }
            (first, last)
        }
        (Some(port), None) => {
            let port = number("containerPort", port, 1)?;
            (port, port)
        }
        (None, None) => return Err(bad(name, "A port mapping needs a 'containerPort'")),
    };
    let host_port = match mapping.host_port {
        Some(port) => number("hostPort", port, 0)?,
        None => 0,
    };
    let own_network = matches!(network_mode, NetworkMode::Host | NetworkMode::Awsvpc);
    if own_network && host_port != 0 && host_port != first {
        return Err(Error::client(format!(
            "When networkMode={network_mode}, the host ports and container ports in port mappings must match."
        )));
    }
    let host_port = if own_network { first } else { host_port };
    Ok(PortMapping { container_port: first, container_port_end: last, host_port, protocol })
}

fn gpu_count(name: &ContainerName, definition: &ecs::ContainerDefinition) -> Result<u32, Error> {
    let mut count = 0;
    for requirement in definition.resource_requirements.iter().flatten() {
        if matches!(requirement.r#type, Some(ecs::ResourceType::Gpu)) {
            let value = requirement.value.as_deref().unwrap_or_default();
            count = value
                .parse()
                .map_err(|_| bad(name, &format!("The number of GPUs in 'resourceRequirements' is '{value}'; it must be a whole number")))?;
        } else {
            return Err(Error::unsupported_feature(format!(
                "Container '{name}' asks for a resource other than GPU in resourceRequirements, which this control plane does not have."
            )));
        }
    }
    Ok(count)
}

fn dependencies(definition: &ecs::ContainerDefinition) -> Result<Vec<Dependency>, Error> {
    let entries = definition.depends_on.iter().flatten();
    entries
        .map(|entry| {
            let container = entry.container_name.as_deref().unwrap_or_default().parse();
            Ok(Dependency {
                container: container
                    .map_err(|e: arn::Invalid| Error::client(format!("dependsOn: {e}")))?,
                condition: match entry.condition {
                    Some(ecs::ContainerCondition::Complete) => DependencyCondition::Complete,
                    Some(ecs::ContainerCondition::Success) => DependencyCondition::Success,
                    Some(ecs::ContainerCondition::Healthy) => DependencyCondition::Healthy,
                    _ => DependencyCondition::Start,
                },
            })
        })
        .collect()
}

fn health_check(
    name: &ContainerName,
    definition: &ecs::ContainerDefinition,
) -> Result<Option<HealthCheck>, Error> {
    let Some(check) = &definition.health_check else { return Ok(None) };
    let command = check.command.clone().unwrap_or_default();
    match command.first().map(String::as_str) {
        Some("CMD" | "CMD-SHELL") if command.len() > 1 => {}
        Some("NONE") => return Ok(None),
        _ => {
            return Err(bad(
                name,
                "The health check command must start with 'CMD' or 'CMD-SHELL' and name a command",
            ));
        }
    }
    let within = |field: &str, value: Option<i32>, low, high, default| {
        seconds(name, field, value, low, high).map(|v| v.unwrap_or(default))
    };
    Ok(Some(HealthCheck {
        interval_s: within("healthCheck.interval", check.interval, 5, 300, 30)?,
        timeout_s: within("healthCheck.timeout", check.timeout, 2, 60, 5)?,
        retries: within("healthCheck.retries", check.retries, 1, 10, 3)?,
        start_period_s: within("healthCheck.startPeriod", check.start_period, 0, 300, 0)?,
        command,
    }))
}

fn seconds(
    name: &ContainerName,
    field: &str,
    value: Option<i32>,
    low: i32,
    high: i32,
) -> Result<Option<u32>, Error> {
    match value {
        Some(v) if v < low || v > high => {
            let range = if high == i32::MAX {
                format!("at least {low}")
            } else {
                format!("{low} to {high}")
            };
            Err(bad(name, &format!("'{field}' is {v}; it must be {range}")))
        }
        other => Ok(other.map(|v| v as u32)),
    }
}

/// Links are a matter of Docker's bridge.
fn check_links(
    definitions: &[ecs::ContainerDefinition],
    network_mode: NetworkMode,
) -> Result<(), Error> {
    let has_links = definitions.iter().any(|d| d.links.iter().flatten().next().is_some());
    if has_links && network_mode != NetworkMode::Bridge {
        return Err(Error::client(format!(
            "Links are not supported when networkMode={network_mode}."
        )));
    }
    Ok(())
}

/// No two containers of a task can have the same host port.
fn check_host_ports(containers: &[ContainerDefinition]) -> Result<(), Error> {
    let mut taken = BTreeSet::new();
    for container in containers {
        for mapping in container.port_mappings.iter().filter(|m| m.host_port != 0) {
            if !taken.insert((mapping.protocol, mapping.host_port)) {
                return Err(bad(
                    &container.name,
                    &format!("The host port {} is used twice in the task", mapping.host_port),
                ));
            }
        }
    }
    Ok(())
}

/// What `dependsOn`, `links` and `volumesFrom` wait for is there, can happen, and forms no circle.
fn check_order(
    definitions: &[ecs::ContainerDefinition],
    containers: &[ContainerDefinition],
) -> Result<(), Error> {
    for container in containers {
        check_ends(container, containers)?;
    }
    let nodes = definitions.iter().zip(containers).map(|(given, container)| node(given, container));
    Order::new(nodes).map(drop).map_err(|error| {
        let bad = |name: &str, what: String| {
            Error::client(format!("Invalid setting for container '{name}'. {what}."))
        };
        match error {
            OrderError::Unknown { container, other } => bad(
                &container,
                format!(
                    "Its dependsOn, links or volumesFrom name the container '{other}', which the task does not have"
                ),
            ),
            OrderError::NoHealthCheck { container, other } => bad(
                &container,
                format!(
                    "dependsOn waits for '{other}' to be HEALTHY, but that container has no health check"
                ),
            ),
            OrderError::Circle(names) => Error::client(format!(
                "The containers of the task depend on each other in a circle (dependsOn, links, volumesFrom): {}.",
                names.join(", ")
            )),
        }
    })
}

/// A task ends with its essential containers, so nothing can wait for the end of one.
fn check_ends(
    container: &ContainerDefinition,
    containers: &[ContainerDefinition],
) -> Result<(), Error> {
    let is_end = |condition: DependencyCondition| {
        matches!(condition, DependencyCondition::Complete | DependencyCondition::Success)
    };
    for dependency in container.depends_on.iter().filter(|d| is_end(d.condition)) {
        if containers.iter().any(|c| c.name == dependency.container && c.essential) {
            return Err(bad(
                &container.name,
                &format!(
                    "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container, and '{}' is one",
                    dependency.container
                ),
            ));
        }
    }
    Ok(())
}

fn node(given: &ecs::ContainerDefinition, container: &ContainerDefinition) -> Node {
    let depends_on =
        container.depends_on.iter().map(|d| (d.container.to_string(), d.condition.into()));
    let links = given.links.iter().flatten().map(|link| {
        let name = link.split(':').next().unwrap_or(link);
        (name.to_owned(), Condition::Start)
    });
    let sources = given
        .volumes_from
        .iter()
        .flatten()
        .filter_map(|from| from.source_container.clone().map(|name| (name, Condition::Create)));
    Node {
        name: container.name.to_string(),
        waits_for: depends_on.chain(links).chain(sources).collect(),
        start_timeout_ms: None,
        has_health_check: container.health_check.is_some(),
    }
}
