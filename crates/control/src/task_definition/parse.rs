//! The task level of a task definition: what ECS checks, and the facts taken from it.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html>

use std::collections::BTreeSet;

use arn::{Family, TaskDefinitionId};
use model::{LaunchType, NetworkMode, TaskDefinition, TaskDefinitionStatus, Timestamp, task_size};
use store::TaskDefinitionRow;
use wire::{Error, ecs};

use super::{containers, normalise, requires, size};
use crate::api::tags;

/// Checks a request whole and makes the row of its new revision.
pub fn parse(
    input: ecs::RegisterTaskDefinitionRequest,
    revision: u32,
    now: Timestamp,
    registered_by: &str,
) -> Result<TaskDefinitionRow, Error> {
    let family: Family =
        input.family.as_deref().unwrap_or_default().parse().map_err(|e: arn::Invalid| {
            Error::client(format!("Family contains invalid characters. {e}."))
        })?;
    let tags = tags::parse(input.tags.as_deref())?;
    let network_mode = network_mode(&input)?;
    let fargate = requires(&input, ecs::Compatibility::Fargate);
    let cpu_units = cpu_units(input.cpu.as_deref(), fargate)?;
    let memory_mib = memory_mib(input.memory.as_deref())?;
    if fargate {
        check_fargate(&input, network_mode, cpu_units, memory_mib)?;
    }
    if requires(&input, ecs::Compatibility::External) {
        check_external(network_mode)?;
    }
    check_execution_role(&input)?;
    let definitions = input.container_definitions.as_deref().unwrap_or_default();
    let containers = containers::parse(definitions, network_mode, memory_mib)?;
    check_volumes(&input)?;
    let placement_constraints = constraints(&input)?;
    let id = TaskDefinitionId { family, revision };
    let facts = TaskDefinition {
        status: TaskDefinitionStatus::Active,
        registered_at: now,
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: registered_by.into(),
        network_mode,
        cpu_units,
        memory_mib,
        containers,
        requires_attributes: requires::attributes(&input, network_mode),
        placement_constraints,
        compatibilities: compatibilities(&input, network_mode, cpu_units, memory_mib),
        task_role_arn: input.task_role_arn.clone(),
        execution_role_arn: input.execution_role_arn.clone(),
        tags,
        id,
    };
    Ok(TaskDefinitionRow { document: normalise::document(input, &facts), facts })
}

fn network_mode(input: &ecs::RegisterTaskDefinitionRequest) -> Result<NetworkMode, Error> {
    let Some(mode) = input.network_mode else { return Ok(NetworkMode::Bridge) };
    mode.as_str().parse().map_err(|text| {
        Error::client(format!("networkMode '{text}' is not one of bridge, host, awsvpc, none."))
    })
}

fn requires(input: &ecs::RegisterTaskDefinitionRequest, what: ecs::Compatibility) -> bool {
    input.requires_compatibilities.iter().flatten().any(|c| *c == what)
}

/// External instances have no elastic network interfaces.
fn check_external(network_mode: NetworkMode) -> Result<(), Error> {
    match network_mode {
        NetworkMode::Awsvpc => Err(Error::client(
            "External task definitions do not support network mode 'awsvpc': bridge, host and none are supported.",
        )),
        NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None => Ok(()),
    }
}

/// The CPU units of the task, which have another range for Fargate.
fn cpu_units(text: Option<&str>, fargate: bool) -> Result<Option<i64>, Error> {
    let Some(text) = text else { return Ok(None) };
    let invalid = |why: &str| {
        Error::client(format!("Invalid 'cpu' setting for task. '{text}' is not {why}."))
    };
    let units =
        task_size::cpu_units(text).ok_or_else(|| invalid("a number of CPU units or vCPUs"))?;
    let range = if fargate { 256..=32_768 } else { 128..=196_608 };
    if range.contains(&units) {
        return Ok(Some(units));
    }
    Err(invalid(&format!("between {} and {} CPU units", range.start(), range.end())))
}

fn memory_mib(text: Option<&str>) -> Result<Option<i64>, Error> {
    let Some(text) = text else { return Ok(None) };
    let invalid = |why: &str| {
        Error::client(format!("Invalid 'memory' setting for task. '{text}' is not {why}."))
    };
    let mib = task_size::memory_mib(text).ok_or_else(|| invalid("a number of MiB or GB"))?;
    if mib < size::MEMORY_MIB_MIN {
        return Err(invalid("at least 4 MiB"));
    }
    Ok(Some(mib))
}

fn check_fargate(
    input: &ecs::RegisterTaskDefinitionRequest,
    network_mode: NetworkMode,
    cpu_units: Option<i64>,
    memory_mib: Option<i64>,
) -> Result<(), Error> {
    if network_mode != NetworkMode::Awsvpc {
        return Err(Error::client("Fargate only supports network mode 'awsvpc'."));
    }
    size::check_fargate(cpu_units, memory_mib)?;
    let refused = |what: &str| {
        Error::client(format!("Fargate compatible task definitions do not support {what}"))
    };
    for volume in input.volumes.iter().flatten() {
        if volume.host.as_ref().is_some_and(|h| h.source_path.is_some()) {
            return Err(refused("sourcePath"));
        }
        if volume.docker_volume_configuration.is_some() {
            return Err(refused("dockerVolumeConfiguration"));
        }
    }
    let mut containers = input.container_definitions.iter().flatten();
    if containers.any(|c| c.privileged == Some(true)) {
        return Err(refused("privileged"));
    }
    Ok(())
}

/// Secrets are read by the agent, in the execution role's name.
fn check_execution_role(input: &ecs::RegisterTaskDefinitionRequest) -> Result<(), Error> {
    let mut containers = input.container_definitions.iter().flatten();
    let has_secrets = containers.any(|c| c.secrets.iter().flatten().next().is_some());
    if has_secrets && input.execution_role_arn.is_none() {
        return Err(Error::client(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    Ok(())
}

fn compatibilities(
    input: &ecs::RegisterTaskDefinitionRequest,
    network_mode: NetworkMode,
    cpu_units: Option<i64>,
    memory_mib: Option<i64>,
) -> Vec<LaunchType> {
    let mut fit = vec![LaunchType::Ec2];
    if check_external(network_mode).is_ok() {
        fit.push(LaunchType::External);
    }
    if check_fargate(input, network_mode, cpu_units, memory_mib).is_ok() {
        fit.push(LaunchType::Fargate);
    }
    fit.sort();
    fit
}

fn check_volumes(input: &ecs::RegisterTaskDefinitionRequest) -> Result<(), Error> {
    let mut names = BTreeSet::new();
    for volume in input.volumes.iter().flatten() {
        let name = volume.name.as_deref().unwrap_or_default();
        if name.is_empty() || name.len() > 255 || !names.insert(name) {
            return Err(Error::client(format!(
                "Invalid volume name '{name}': a volume needs a name of up to 255 characters that no other volume of the task definition has."
            )));
        }
    }
    for container in input.container_definitions.iter().flatten() {
        for mount in container.mount_points.iter().flatten() {
            let source = mount.source_volume.as_deref().unwrap_or_default();
            if !names.contains(source) {
                return Err(Error::client(format!(
                    "Unknown volume '{source}' in a mount point of container '{}'.",
                    container.name.as_deref().unwrap_or_default()
                )));
            }
        }
    }
    Ok(())
}

fn constraints(input: &ecs::RegisterTaskDefinitionRequest) -> Result<Vec<String>, Error> {
    let given = input.placement_constraints.as_deref().unwrap_or_default();
    let expressions: Vec<String> =
        given.iter().map(|c| c.expression.clone().unwrap_or_default()).collect();
    placement::Constraint::parse_all(&expressions, &[])
        .map_err(|error| Error::client(format!("{error}.")))?;
    Ok(expressions)
}
