//! The task level of a task definition: what ECS checks, and the facts taken from it.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html>

use std::collections::BTreeSet;

use arn::{Family, TaskDefinitionId};
use model::{LaunchType, NetworkMode, TaskDefinition, TaskDefinitionStatus, Timestamp};
use store::TaskDefinitionRow;
use wire::{Error, ecs};

use super::{containers, normalise, requires};
use crate::api::tags;

/// The CPU and memory pairs of Fargate: units, and the first, last and step of MiB.
const FARGATE_SIZES: &[(i64, i64, i64, i64)] = &[
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// Checks a request whole and makes the row of its new revision.
pub fn parse(
    input: ecs::RegisterTaskDefinitionRequest,
    revision: u32,
    now: Timestamp,
    registered_by: &str,
) -> Result<TaskDefinitionRow, Error> {
    let family: Family =
        input.family.as_deref().unwrap_or_default().parse().map_err(|e: arn::Invalid| {
            Error::client(format!("Family contains invalid characters. {e}"))
        })?;
    let tags = tags::parse(input.tags.as_deref())?;
    let network_mode = network_mode(&input)?;
    let fargate = requires_fargate(&input);
    let cpu_units = cpu_units(input.cpu.as_deref(), fargate)?;
    let memory_mib = memory_mib(input.memory.as_deref())?;
    if fargate {
        check_fargate(&input, network_mode, cpu_units, memory_mib)?;
    }
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
    Ok(TaskDefinitionRow { document: normalise::document(input, network_mode), facts })
}

fn network_mode(input: &ecs::RegisterTaskDefinitionRequest) -> Result<NetworkMode, Error> {
    let Some(mode) = input.network_mode else { return Ok(NetworkMode::Bridge) };
    mode.as_str().parse().map_err(|text| {
        Error::client(format!("networkMode '{text}' is not one of bridge, host, awsvpc, none."))
    })
}

fn requires_fargate(input: &ecs::RegisterTaskDefinitionRequest) -> bool {
    input
        .requires_compatibilities
        .iter()
        .flatten()
        .any(|c| matches!(c, ecs::Compatibility::Fargate))
}

/// `cpu` in units (`256`) or vCPUs (`.25 vcpu`).
fn cpu_units(text: Option<&str>, fargate: bool) -> Result<Option<i64>, Error> {
    let Some(text) = text else { return Ok(None) };
    let invalid = || {
        Error::client(format!(
            "Invalid 'cpu' setting for task. '{text}' is not a number of CPU units or vCPUs."
        ))
    };
    let lower = text.trim().to_ascii_lowercase();
    let units = match lower.strip_suffix("vcpu") {
        Some(vcpu) => thousandths(vcpu.trim()).ok_or_else(invalid)? * 1024 / 1000,
        None => lower.parse().map_err(|_| invalid())?,
    };
    let range = if fargate { 256..=32_768 } else { 128..=196_608 };
    if range.contains(&units) {
        Ok(Some(units))
    } else {
        Err(Error::client(format!(
            "Invalid 'cpu' setting for task. '{text}' is not between {} and {} CPU units.",
            range.start(),
            range.end()
        )))
    }
}

/// `memory` in MiB (`512`) or GB (`0.5 GB`).
fn memory_mib(text: Option<&str>) -> Result<Option<i64>, Error> {
    let Some(text) = text else { return Ok(None) };
    let invalid = || {
        Error::client(format!(
            "Invalid 'memory' setting for task. '{text}' is not a number of MiB or GB."
        ))
    };
    let lower = text.trim().to_ascii_lowercase();
    let mib = match lower.strip_suffix("gb") {
        Some(gb) => thousandths(gb.trim()).ok_or_else(invalid)? * 1024 / 1000,
        None => lower.parse().map_err(|_| invalid())?,
    };
    if mib < 4 {
        return Err(Error::client(format!(
            "Invalid 'memory' setting for task. '{text}' is less than the minimum of 4 MiB."
        )));
    }
    Ok(Some(mib))
}

/// A decimal with up to three places, times 1000.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || (whole.is_empty() && part.is_empty()) || whole.len() > 9 {
        return None;
    }
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some(whole * 1000 + part)
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
    let (Some(cpu), Some(memory)) = (cpu_units, memory_mib) else {
        return Err(Error::client("Fargate requires that 'cpu' be defined at the task level."))
            .or_else(|e: Error| {
                if cpu_units.is_some() {
                    Err(Error::client(
                        "Fargate requires that 'memory' be defined at the task level.",
                    ))
                } else {
                    Err(e)
                }
            });
    };
    if !is_fargate_size(cpu, memory) {
        return Err(Error::client(format!(
            "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
        )));
    }
    let volumes = input.volumes.iter().flatten();
    if volumes.clone().any(|v| v.host.as_ref().is_some_and(|h| h.source_path.is_some())) {
        return Err(Error::client("Fargate compatible task definitions do not support sourcePath"));
    }
    let privileged =
        input.container_definitions.iter().flatten().any(|c| c.privileged == Some(true));
    if privileged {
        return Err(Error::client("Fargate compatible task definitions do not support privileged"));
    }
    Ok(())
}

fn is_fargate_size(cpu: i64, memory: i64) -> bool {
    (cpu == 256 && [512, 1024, 2048].contains(&memory))
        || FARGATE_SIZES.iter().any(|&(units, first, last, step)| {
            units == cpu && (first..=last).contains(&memory) && (memory - first) % step == 0
        })
}

fn compatibilities(
    input: &ecs::RegisterTaskDefinitionRequest,
    network_mode: NetworkMode,
    cpu_units: Option<i64>,
    memory_mib: Option<i64>,
) -> Vec<LaunchType> {
    let mut fit = vec![LaunchType::Ec2];
    if network_mode != NetworkMode::Awsvpc {
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
