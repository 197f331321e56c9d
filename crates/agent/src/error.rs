//! Why an agent ends.

use std::path::PathBuf;

/// An agent cannot start, or cannot go on. None of these is cured by waiting.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The control plane's address is of no use.
    #[error(transparent)]
    ServerUrl(
        /// Which, and what is wrong with it.
        #[from]
        client::UrlError,
    ),
    /// The agent's state cannot be read or written.
    #[error("{what} at {}: {error}", path.display())]
    State {
        /// What was to be done.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why it failed.
        error: std::io::Error,
    },
    /// A file of the agent's state is damaged, or of a newer version; it is left as it is.
    #[error("the state file {} cannot be used: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Another agent uses the data directory.
    #[error("another agent uses the data directory {}", .0.display())]
    Locked(
        /// The directory.
        PathBuf,
    ),
    /// The data directory belongs to a container instance of another cluster.
    #[error("the data directory belongs to cluster '{stored}', but the agent was told '{told}'")]
    OtherCluster {
        /// The cluster in the state.
        stored: String,
        /// The cluster in the configuration.
        told: String,
    },
    /// The control plane refuses to register this instance.
    #[error("the control plane does not register this container instance: {0}")]
    NotRegistered(
        /// What it said.
        wire::Error,
    ),
    /// There is no host key yet, and no token to get one by.
    #[error(
        "this host has not joined yet and has no token; make one with `longshore token create`"
    )]
    NoToken,
    /// The control plane refuses the token or the host key.
    #[error("the control plane does not take this host in: {0}")]
    NotTakenIn(
        /// What it said.
        wire::Error,
    ),
    /// The control plane answered a token or a host key with something else than it should.
    #[error("the control plane answered without a host key or credentials")]
    NoHostKey,
    /// The control plane answered a registration without an ARN.
    #[error("the control plane registered this container instance without telling its ARN")]
    NoArn,
}
