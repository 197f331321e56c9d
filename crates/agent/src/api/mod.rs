//! The ECS API as an agent calls it: signed AWS JSON over HTTP.

mod submit;

use client::Credentials;
pub use client::{CallError, Client, Signer};
pub use submit::submit;

use crate::{
    config::{Config, Source},
    error::AgentError,
};

/// Who calls.
pub const USER_AGENT: &str = concat!("longshore-agent/", env!("CARGO_PKG_VERSION"));

/// A client of the control plane that the configuration names.
pub fn client(config: &Config) -> Result<Client, AgentError> {
    // Those of a host come later, see `enrol`.
    let credentials = match &config.source {
        Source::Fixed(credentials) => credentials.clone(),
        Source::Host { .. } => Credentials {
            access_key_id: String::new(),
            secret_access_key: String::new(),
            session_token: None,
        },
    };
    let signer = Signer::new(credentials, config.region.clone());
    Ok(Client::new(&config.server_url, signer, USER_AGENT)?)
}
