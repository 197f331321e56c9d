//! Names that a user chooses: clusters, services, families, containers.

use alloc::{string::String, sync::Arc};
use core::{borrow::Borrow, fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A string that does not follow the rule of the thing it should name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} '{value}' is not valid: {rule}")]
pub struct Invalid {
    /// What was to be named, in ECS's words.
    pub field: &'static str,
    /// The text that was given.
    pub value: String,
    /// The rule that it breaks.
    pub rule: &'static str,
}

impl Invalid {
    pub(crate) fn new(field: &'static str, value: &str, rule: &'static str) -> Self {
        Invalid { field, value: value.into(), rule }
    }
}

/// The cluster that a request means when it names none.
pub const DEFAULT_CLUSTER: &str = "default";

fn is_name(text: &str) -> bool {
    (1..=255).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_deployment_id(text: &str) -> bool {
    let digits = text.strip_prefix("ecs-svc/").unwrap_or_default();
    !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_service_deployment_id(text: &str) -> bool {
    is_name(text) && text.len() <= 64
}

const NAME_RULE: &str =
    "up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed";

/// A checked string that is cheap to clone and ordered by its text.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $field:literal, $check:ident, $rule:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                if $check(text) {
                    Ok($name(text.into()))
                } else {
                    Err(Invalid::new($field, text, $rule))
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

name!(
    /// The name of an ECS cluster.
    ClusterName, "clusterName", is_name, NAME_RULE);
name!(
    /// The name of a service, unique in its cluster.
    ServiceName, "serviceName", is_name, NAME_RULE);
name!(
    /// The family of a task definition.
    Family, "family", is_name, NAME_RULE);
name!(
    /// The name of a container, unique in its task definition.
    ContainerName, "container name", is_name, NAME_RULE);
name!(
    /// The id of a deployment: `ecs-svc/` and digits. It is also the `startedBy` of its tasks.
    DeploymentId, "deploymentId", is_deployment_id, "ecs-svc/ followed by digits");

name!(
    /// The id of a service deployment, the last part of its ARN: 21 characters where ECS makes them.
    ServiceDeploymentId, "serviceDeploymentArn", is_service_deployment_id,
    "up to 64 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed");

impl ServiceDeploymentId {
    /// The id of 21 characters that 126 bits of `random` make.
    pub fn from_random(random: u128) -> Self {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        let letter = |i: u32| char::from(LETTERS[(random >> (6 * i) & 63) as usize]);
        ServiceDeploymentId((0..21).map(letter).collect::<String>().into())
    }
}

impl DeploymentId {
    /// The digits, which also number the service revision.
    pub fn number(&self) -> &str {
        self.0.strip_prefix("ecs-svc/").unwrap_or(&self.0)
    }

    /// The deployment id with this number.
    pub fn from_number(number: u64) -> Self {
        DeploymentId(alloc::format!("ecs-svc/{number}").into())
    }
}
