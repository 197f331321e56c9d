//! Why a command ends.

use std::io;

/// A command came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the control plane is of no use.
    #[error(transparent)]
    Url(#[from] client::UrlError),
    /// The control plane does not answer, or refuses.
    #[error(transparent)]
    Call(#[from] client::CallError),
    /// There is nothing to sign with.
    #[error(
        "no credentials: {0}; `eval \"$(longshore env)\"` sets AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )]
    Credentials(
        /// Why the keys of the data directory cannot be read.
        io::Error,
    ),
    /// The control plane answers what this version does not understand.
    #[error("the control plane's answer is not understood: {0}")]
    Answer(#[from] serde_json::Error),
    /// A file is not what a command reads.
    #[error(transparent)]
    Documents(#[from] crate::Unreadable),
    /// Something cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
}
