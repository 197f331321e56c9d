//! The agent: what runs on a container instance, holds its sessions with the control plane, and
//! runs tasks on a container runtime.
//!
//! - [`engine`] decides, and does no I/O: what happened goes in as an event, what is to be done
//!   comes out as effects.
//! - [`Agent::run`] puts it to work: it registers, keeps [`state`] on disk, holds the two sessions,
//!   and carries the effects out. Several agents can run in one process and share a runtime.
//!
//! - [`HostEndpoints`] tell tasks their credentials and metadata, and the host what runs here.
//!
//! State goes one way a channel: tasks come down over ACS, reports go up through
//! `SubmitTaskStateChange`, health and status through TCS. The control plane never dials a host.

mod agent;
mod api;
mod attributes;
mod calls;
mod clock;
mod config;
mod credentials;
mod driver;
mod endpoints;
pub mod engine;
mod enrol;
mod error;
mod limits;
mod registration;
mod session;
pub mod state;
mod telemetry;
mod watch;

pub use agent::Agent;
pub use config::{Config, Credentials, Source};
pub use endpoints::HostEndpoints;
pub use engine::PullBehavior;
pub use error::AgentError;

/// Whether an agent's data directory is that of a host that has joined.
pub fn has_joined(data_dir: &std::path::Path) -> bool {
    state::has_host_key(data_dir)
}
