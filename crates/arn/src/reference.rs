//! How a request names a task definition: `family`, `family:revision` or an ARN.

use alloc::string::{String, ToString};
use core::{fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Family, Invalid};

/// One revision of a task definition family, written `family:revision`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskDefinitionId {
    /// The family.
    pub family: Family,
    /// The revision, from 1.
    pub revision: u32,
}

/// A task definition as a request names it: without a revision it is the newest ACTIVE one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDefinitionRef {
    /// The family.
    pub family: Family,
    /// The revision, if one was named.
    pub revision: Option<u32>,
}

impl fmt::Display for TaskDefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.family, self.revision)
    }
}

const RULE: &str = "family, family:revision or a task definition ARN";

impl FromStr for TaskDefinitionRef {
    type Err = Invalid;
    /// Reads `family` and `family:revision`; ARNs are read by [`crate::Home::task_definition`].
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("taskDefinition", text, RULE);
        let (family, revision) = match text.split_once(':') {
            None => (text, None),
            Some((family, revision)) => {
                let number: u32 = revision.parse().map_err(|_| invalid())?;
                if number == 0 || revision.starts_with('+') {
                    return Err(invalid());
                }
                (family, Some(number))
            }
        };
        Ok(TaskDefinitionRef { family: family.parse().map_err(|_| invalid())?, revision })
    }
}

impl FromStr for TaskDefinitionId {
    type Err = Invalid;
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let reference: TaskDefinitionRef = text.parse()?;
        let revision = reference.revision.ok_or_else(|| {
            Invalid::new("taskDefinition", text, "family:revision, with the revision")
        })?;
        Ok(TaskDefinitionId { family: reference.family, revision })
    }
}

impl Serialize for TaskDefinitionId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for TaskDefinitionId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}
