//! A scriptable runtime for tests and the simulator: deterministic, without threads or real time.
//!
//! [`FakeEngine`] is the synchronous core, which a simulator drives step by step; [`FakeRuntime`]
//! puts it behind [`ContainerRuntime`](crate::ContainerRuntime). What a container does is the
//! [`Script`] of its image. The engine's clock stands still until somebody advances it.

mod adapter;
mod containers;
mod engine;
mod images;
mod ports;
mod script;
#[cfg(test)]
mod tests;
mod volumes;

pub use adapter::FakeRuntime;
pub use engine::{FakeEngine, Verb};
pub use script::{Exit, Script};
