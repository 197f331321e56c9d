//! The rules of tags.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html>

use std::collections::BTreeSet;

use model::Tag;
use wire::{Error, ecs};

use crate::limits;

/// Checks tags that a caller gives.
pub fn parse(tags: Option<&[ecs::Tag]>) -> Result<Vec<Tag>, Error> {
    let tags = tags.unwrap_or_default();
    check_count(tags.iter().filter_map(|tag| tag.key.as_deref()))?;
    let mut keys = BTreeSet::new();
    tags.iter()
        .map(|tag| {
            let key = tag.key.clone().unwrap_or_default();
            let value = tag.value.clone().unwrap_or_default();
            check(&key, &value)?;
            if !keys.insert(key.clone()) {
                return Err(Error::invalid_parameter(format!("Duplicate tag key '{key}'.")));
            }
            Ok(Tag { key, value })
        })
        .collect()
}

/// Refuses more tags than a resource can have. Those that ECS adds do not count.
pub fn check_count<'a>(keys: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let count = keys.filter(|key| !key.starts_with("aws:")).count();
    if count > limits::TAG_COUNT_MAX {
        return Err(Error::invalid_parameter(format!(
            "tags has {count} entries; a resource can have at most {}.",
            limits::TAG_COUNT_MAX
        )));
    }
    Ok(())
}

fn check(key: &str, value: &str) -> Result<(), Error> {
    let key_len = key.chars().count();
    if !(1..=limits::TAG_KEY_LEN_MAX).contains(&key_len) {
        return Err(Error::invalid_parameter(format!(
            "The tag key '{key}' must be between 1 and {} characters long.",
            limits::TAG_KEY_LEN_MAX
        )));
    }
    if value.chars().count() > limits::TAG_VALUE_LEN_MAX {
        return Err(Error::invalid_parameter(format!(
            "The value of the tag '{key}' must be at most {} characters long.",
            limits::TAG_VALUE_LEN_MAX
        )));
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        return Err(Error::invalid_parameter(format!(
            "The tag key '{key}' is not valid: keys that begin with aws: are reserved."
        )));
    }
    let allowed = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
    if !key.chars().all(allowed) || !value.chars().all(allowed) {
        return Err(Error::invalid_parameter(format!(
            "The tag '{key}' has characters other than letters, numbers, spaces and _ . : / = + - @."
        )));
    }
    Ok(())
}

/// Sets `new` over `tags`, key by key.
pub fn merge(tags: &mut Vec<Tag>, new: Vec<Tag>) {
    for tag in new {
        match tags.iter_mut().find(|t| t.key == tag.key) {
            Some(old) => *old = tag,
            None => tags.push(tag),
        }
    }
}
