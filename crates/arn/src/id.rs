//! Ids that the control plane hands out: 128 bits, written as 32 hexadecimal digits.

use alloc::{format, string::String};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Invalid;

const RULE: &str = "32 hexadecimal digits";

fn parse(field: &'static str, text: &str) -> Result<u128, Invalid> {
    if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        u128::from_str_radix(text, 16).map_err(|_| Invalid::new(field, text, RULE))
    } else {
        Err(Invalid::new(field, text, RULE))
    }
}

/// 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
pub fn uuid(id: u128) -> String {
    let hex = format!("{id:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $field:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// The id with hyphens, as a UUID is written.
            pub fn uuid(self) -> String {
                uuid(self.0)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                parse($field, text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

id!(
    /// The id of a task.
    TaskId, "task id");
id!(
    /// The id of a container instance.
    InstanceId, "container instance id");
id!(
    /// The id of one life of a service: a service deleted and created again under its name has a
    /// new one, and never owns the tasks of the old.
    ServiceId, "service id");
id!(
    /// The id of a container of a task.
    ContainerId, "container id");
id!(
    /// The id of a service event.
    EventId, "event id");
