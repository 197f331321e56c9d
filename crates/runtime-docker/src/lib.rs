//! The container runtime on Docker Engine.
//!
//! [`bollard`] speaks to the engine. Where its typed requests would lose what ECS can ask for, the
//! body or a header is put in place afterwards; `engine.rs` says where and why.

mod containers;
mod engine;
mod error;
mod events;
mod images;
mod inspection;
mod moment;
mod runtime_impl;
mod timeouts;
mod volumes;

pub use engine::DockerRuntime;
pub use timeouts::Timeouts;
