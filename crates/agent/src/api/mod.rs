//! The ECS API as an agent calls it: signed AWS JSON over HTTP.

mod submit;

pub use client::{CallError, Client, Signer};
pub use submit::submit;

use crate::{config::Config, error::AgentError};

/// A client of the control plane that the configuration names.
pub fn client(config: &Config) -> Result<Client, AgentError> {
    let signer = Signer::new(config.credentials.clone(), config.region.clone());
    let user_agent = concat!("longshore-agent/", env!("CARGO_PKG_VERSION"));
    Ok(Client::new(&config.server_url, signer, user_agent)?)
}
