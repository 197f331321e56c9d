//! What the agent needs of a container runtime: one trait, the shapes it speaks, and a scriptable
//! fake.
//!
//! The words are Docker's, because Docker's are what ECS's agent protocol carries: a payload holds
//! the text of a Docker `Config` and `HostConfig`, and a [`ContainerSpec`] is those two after the
//! agent has laid its own part over them. Nothing in this crate decides anything: when to pull,
//! what to retry and which container may start is the agent's.

mod container_runtime;
mod container_spec;
mod error;
mod event;
pub mod fake;
mod image;
mod image_reference;
mod label_filter;
mod state;
mod volume;

#[cfg(feature = "conformance")]
pub mod conformance;

pub use container_runtime::{BoxFuture, ContainerRuntime, EngineInfo, EventStream};
pub use container_spec::ContainerSpec;
pub use error::{ErrorKind, Result, Retry, RuntimeError};
pub use event::{Event, EventKind};
pub use image::{ImageInfo, RegistryAuth};
pub use image_reference::{digest_under, is_image_reference, repository, with_default_tag};
pub use label_filter::LabelFilter;
pub use state::{
    ContainerHealth, ContainerId, ContainerState, ContainerStatus, HealthStatus, LogLine,
    LogStream, Mount, PortBinding, Protocol,
};
pub use volume::{VolumeInfo, VolumeSpec, is_engine_name};
