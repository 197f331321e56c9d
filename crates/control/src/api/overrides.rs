//! What RunTask and StartTask change of a task definition, read and shown.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html>

use model::{ContainerOverride, EnvironmentFile, TaskDefinition, TaskOverride, task_size};
use wire::{Error, ecs};

use crate::limits;

/// Checks overrides against the task definition that they change.
pub fn parse(
    overrides: Option<ecs::TaskOverride>,
    definition: &TaskDefinition,
) -> Result<TaskOverride, Error> {
    let Some(overrides) = overrides else { return Ok(TaskOverride::default()) };
    let length = serde_json::to_string(&overrides).map_or(0, |json| json.chars().count());
    if length > limits::OVERRIDES_LEN_MAX {
        return Err(Error::invalid_parameter(format!(
            "overrides has {length} characters; at most {} are allowed.",
            limits::OVERRIDES_LEN_MAX
        )));
    }
    if overrides.ephemeral_storage.is_some() {
        return Err(Error::invalid_parameter(
            "overrides.ephemeralStorage needs the FARGATE launch type.",
        ));
    }
    if overrides.inference_accelerator_overrides.as_ref().is_some_and(|o| !o.is_empty()) {
        return Err(Error::unsupported_feature(
            "overrides.inferenceAcceleratorOverrides: Amazon Elastic Inference has ended.",
        ));
    }
    let containers = overrides.container_overrides.unwrap_or_default();
    Ok(TaskOverride {
        containers: containers
            .into_iter()
            .map(|container| of_container(container, definition))
            .collect::<Result<_, _>>()?,
        cpu_units: amount("overrides.cpu", overrides.cpu.as_deref(), task_size::cpu_units)?,
        memory_mib: amount("overrides.memory", overrides.memory.as_deref(), task_size::memory_mib)?,
        task_role_arn: overrides.task_role_arn,
        execution_role_arn: overrides.execution_role_arn,
    })
}

fn amount(
    field: &str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<i64>,
) -> Result<Option<i64>, Error> {
    let Some(text) = text else { return Ok(None) };
    match read(text) {
        Some(value) if value > 0 => Ok(Some(value)),
        _ => Err(Error::invalid_parameter(format!(
            "{field} is '{text}'; it must be a positive number."
        ))),
    }
}

fn of_container(
    given: ecs::ContainerOverride,
    definition: &TaskDefinition,
) -> Result<ContainerOverride, Error> {
    let name = given.name.unwrap_or_default();
    let Some(container) = definition.containers.iter().find(|c| c.name.as_str() == name) else {
        return Err(Error::invalid_parameter(format!(
            "Override for container named {name} is not a container in the TaskDefinition."
        )));
    };
    let mut gpu_count = None;
    for requirement in given.resource_requirements.into_iter().flatten() {
        let value = requirement.value.unwrap_or_default();
        gpu_count = match (requirement.r#type, value.parse()) {
            (Some(ecs::ResourceType::Gpu), Ok(count)) => Some(count),
            _ => {
                return Err(Error::invalid_parameter(format!(
                    "resourceRequirements of the override for container {name} must be a number of GPUs."
                )));
            }
        };
    }
    let positive = |field: &str, value: Option<i32>| match value {
        Some(v) if v < 0 => Err(Error::invalid_parameter(format!(
            "{field} of the override for container {name} is {v}; it cannot be negative."
        ))),
        other => Ok(other.map(i64::from)),
    };
    Ok(ContainerOverride {
        name: container.name.clone(),
        command: given.command,
        environment: given
            .environment
            .into_iter()
            .flatten()
            .map(|pair| (pair.name.unwrap_or_default(), pair.value.unwrap_or_default()))
            .collect(),
        environment_files: given
            .environment_files
            .into_iter()
            .flatten()
            .map(|file| EnvironmentFile {
                kind: file.r#type.map_or("s3", |t| t.as_str()).into(),
                value: file.value.unwrap_or_default(),
            })
            .collect(),
        cpu_units: positive("cpu", given.cpu)?,
        memory_mib: positive("memory", given.memory)?,
        memory_reservation_mib: positive("memoryReservation", given.memory_reservation)?,
        gpu_count,
    })
}

/// A list, unless it is empty.
fn some<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    Some(items.collect::<Vec<_>>()).filter(|list| !list.is_empty())
}

/// An override as it was given.
pub fn render(given: &ContainerOverride) -> ecs::ContainerOverride {
    let narrow = |value: Option<i64>| value.map(|v| v as i32);
    ecs::ContainerOverride {
        name: Some(given.name.to_string()),
        command: given.command.clone(),
        environment: some(given.environment.iter().map(|(name, value)| ecs::KeyValuePair {
            name: Some(name.clone()),
            value: Some(value.clone()),
        })),
        environment_files: some(given.environment_files.iter().map(|file| ecs::EnvironmentFile {
            r#type: super::render::word(&file.kind),
            value: Some(file.value.clone()),
        })),
        cpu: narrow(given.cpu_units),
        memory: narrow(given.memory_mib),
        memory_reservation: narrow(given.memory_reservation_mib),
        resource_requirements: given.gpu_count.map(|count| {
            vec![ecs::ResourceRequirement {
                r#type: Some(ecs::ResourceType::Gpu),
                value: Some(count.to_string()),
                ..ecs::ResourceRequirement::default()
            }]
        }),
    }
}
