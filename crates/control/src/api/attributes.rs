//! The rules of attributes.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html>

use std::{collections::BTreeMap, sync::Arc};

use arn::ClusterName;
use model::{Attribute, ContainerInstance, ContainerInstanceStatus};
use store::State;
use wire::{Error, ErrorCode, ecs};

use super::{check_count, lookup};
use crate::{Cx, limits};

/// Attributes that come with a host and that nobody sets by hand begin so.
const BUILT_IN: [&str; 2] = ["ecs.", "com.amazonaws."];

/// Checks the attributes that a caller sets or deletes.
pub fn parse(given: &[ecs::Attribute]) -> Result<Vec<Attribute>, Error> {
    check_count("attributes", given.len(), limits::ATTRIBUTE_COUNT_MAX)?;
    given.iter().map(|given| one(given).and_then(check_custom)).collect()
}

/// Checks the attributes that an agent registers. Of two with the same name the later one holds.
pub fn of_agent(given: &[ecs::Attribute]) -> Result<Vec<Attribute>, Error> {
    let mut by_name = BTreeMap::new();
    for given in given {
        let attribute = one(given)?;
        by_name.insert(attribute.name.clone(), attribute);
    }
    Ok(by_name.into_values().collect())
}

fn one(given: &ecs::Attribute) -> Result<Attribute, Error> {
    let name = given.name.clone().unwrap_or_default();
    let in_name = |c: char| c.is_ascii_alphanumeric() || "-_./\\".contains(c);
    if !(1..=limits::ATTRIBUTE_LEN_MAX).contains(&name.len()) || !name.chars().all(in_name) {
        return Err(Error::invalid_parameter(format!(
            "The attribute name '{name}' is not valid: 1 to {} letters, numbers, hyphens, underscores, slashes, back slashes and periods are allowed.",
            limits::ATTRIBUTE_LEN_MAX
        )));
    }
    let value = given.value.clone().filter(|v| !v.is_empty());
    let in_value = |c: char| c.is_ascii_alphanumeric() || "-_./\\@: ".contains(c);
    if let Some(value) = value.as_deref().filter(|_| !is_built_in(&name))
        && (value.len() > limits::ATTRIBUTE_LEN_MAX
            || value.trim() != value
            || !value.chars().all(in_value))
    {
        return Err(Error::invalid_parameter(format!(
            "The value '{value}' of the attribute '{name}' is not valid: up to {} letters, numbers, hyphens, underscores, slashes, back slashes, periods, at signs, colons and inner spaces are allowed.",
            limits::ATTRIBUTE_LEN_MAX
        )));
    }
    Ok(Attribute { name, value })
}

/// Whether an attribute came with its host.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|prefix| name.starts_with(prefix))
}

/// Refuses to set or delete what came with a host.
fn check_custom(attribute: Attribute) -> Result<Attribute, Error> {
    if is_built_in(&attribute.name) {
        return Err(Error::invalid_parameter(format!(
            "The attribute '{}' is reserved: names that begin with ecs. or com.amazonaws. belong to the container agent.",
            attribute.name
        )));
    }
    Ok(attribute)
}

/// The container instance that an attribute is of.
pub fn target(
    state: &State,
    cx: &Cx,
    cluster: &ClusterName,
    given: &ecs::Attribute,
) -> Result<Arc<ContainerInstance>, Error> {
    let target = given.target_id.as_deref().ok_or_else(|| {
        Error::invalid_parameter(
            "targetId: an attribute needs the container instance that it is of.",
        )
    })?;
    let id = lookup::instance_id(cx, cluster, target)?;
    let found = state.container_instances().get(&(cluster.clone(), id));
    let found = found.filter(|i| i.status != ContainerInstanceStatus::Inactive).cloned();
    found.ok_or_else(|| {
        let message = format!("The specified target '{target}' was not found.");
        Error::new(ErrorCode::TargetNotFound, message)
    })
}
