//! The ECS API as an agent calls it: signed AWS JSON over HTTP.

mod submit;

pub use client::{CallError, Client, Signer};
pub use submit::submit;

use crate::{config::Config, error::AgentError};

/// Who calls.
pub const USER_AGENT: &str = concat!("longshore-agent/", env!("CARGO_PKG_VERSION"));

/// A client of the control plane that the configuration names.
pub fn client(config: &Config) -> Result<Client, AgentError> {
    let signer = Signer::new(config.credentials.clone(), config.region.clone());
    Ok(Client::new(&config.server_url, signer, USER_AGENT)?)
}
