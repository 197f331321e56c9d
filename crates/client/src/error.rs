//! What can go wrong with a call.

use wire::{Error, ErrorCode};

/// The control plane's address is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server's address '{url}' cannot be used: {why}")]
pub struct UrlError {
    /// The address.
    pub url: String,
    /// What is wrong with it.
    pub why: &'static str,
}

/// A call that brought no answer, or one that is an error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CallError {
    /// The control plane answered an error.
    #[error("{0}")]
    Api(
        /// The error.
        Error,
    ),
    /// Nobody answered, or not in time, or not in AWS's JSON.
    #[error("the control plane does not answer: {0}")]
    Transport(
        /// Why.
        String,
    ),
}

impl CallError {
    /// Whether the same call can do better later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Api(error) => {
                error.code.status() >= 500
                    || matches!(error.code, ErrorCode::Throttling | ErrorCode::LimitExceeded)
            }
        }
    }

    /// Whether the control plane found the request itself at fault.
    pub fn is_invalid_parameter(&self) -> bool {
        matches!(self, Self::Api(error) if error.code == ErrorCode::InvalidParameter)
    }
}
