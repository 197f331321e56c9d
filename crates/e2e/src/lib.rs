//! Longshore as its users have it: real processes of the real binary, the aws CLI, Docker Engine.
//!
//! This library is the harness; the tests are in `tests/`. A test makes a [`World`], which owns a
//! folder and the names of its task definitions, and starts processes in it. What ends, when a test
//! ends or panics, is what that test started: processes by their id, containers by the families of
//! its own task definitions. Tests share one Docker Engine and run at the same time.
//!
//! Nothing sleeps to wait for something: [`eventually`] asks until a deadline.

mod aws;
mod binary;
pub mod definition;
mod docker;
mod http;
mod listing;
mod process;
mod wait;
mod witness;
mod world;

pub use aws::{Answer, Aws};
pub use binary::longshore;
pub use docker::{Container, docker, inspect};
pub use http::get;
pub use listing::{arns, field, member, moment, names_in};
pub use process::Process;
pub use wait::{eventually, seconds};
pub use witness::{Census, Witness};
pub use world::{ControlPlane, World};
