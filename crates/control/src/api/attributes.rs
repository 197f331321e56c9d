//! The rules of attributes.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html>

use model::Attribute;
use wire::{Error, ecs};

use super::check_count;
use crate::limits;

/// Attributes that come with a host and that nobody sets by hand begin so.
const BUILT_IN: [&str; 2] = ["ecs.", "com.amazonaws."];

/// Checks attributes that a caller or an agent gives.
pub fn parse(given: &[ecs::Attribute], count_max: usize) -> Result<Vec<Attribute>, Error> {
    check_count("attributes", given.len(), count_max)?;
    given.iter().map(one).collect()
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
    if let Some(value) = &value
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
pub fn check_custom(name: &str) -> Result<(), Error> {
    if is_built_in(name) {
        return Err(Error::invalid_parameter(format!(
            "The attribute '{name}' is reserved: names that begin with ecs. or com.amazonaws. belong to the container agent."
        )));
    }
    Ok(())
}
