//! Tags and attributes.

use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A key and a value that a user gave a resource. At most 50 on each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    /// Up to 128 characters.
    pub key: String,
    /// Up to 256 characters.
    pub value: String,
}

/// A name, with or without a value, that describes a container instance or that a task definition
/// requires of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// For example `ecs.availability-zone`.
    pub name: String,
    /// Absent for a capability that is just there.
    pub value: Option<String>,
}

impl Attribute {
    /// An attribute with a value.
    pub fn new(name: &str, value: &str) -> Self {
        Attribute { name: name.into(), value: Some(value.into()) }
    }

    /// An attribute that is just a name.
    pub fn named(name: &str) -> Self {
        Attribute { name: name.into(), value: None }
    }
}
