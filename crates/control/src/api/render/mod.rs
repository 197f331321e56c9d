//! From what is kept to what is shown, one file per noun.

mod cluster;
mod container_instance;
mod deployment_configuration;
mod service;
mod service_deployment;
mod service_revision;
mod task;
mod task_definition;
mod task_set;

pub use cluster::cluster;
pub use container_instance::{attribute, container_instance};
pub use deployment_configuration::deployment_configuration;
pub use service::{event, service};
pub use service_deployment::{service_deployment, service_deployment_brief};
pub use service_revision::service_revision;
pub use task::task;
pub use task_definition::task_definition;
pub use task_set::task_set;

use model::{Tag, Timestamp};
use wire::ecs;

/// An instant on the wire.
pub fn timestamp(at: Timestamp) -> wire::Timestamp {
    wire::Timestamp(at.0)
}

/// Tags on the wire.
pub fn tags(tags: &[Tag]) -> Vec<ecs::Tag> {
    tags.iter()
        .map(|t| ecs::Tag { key: Some(t.key.clone()), value: Some(t.value.clone()) })
        .collect()
}

/// One of ECS's words, kept as ours, as the wire's enumeration of the same words.
pub fn word<T: std::str::FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}
