//! What bollard's errors mean to the agent.

use bollard::errors::Error;
use runtime::{ErrorKind, RuntimeError};

/// A verb failed: as `kind`, unless the engine could not be reached at all.
pub(crate) fn refusal(kind: ErrorKind, error: &Error) -> RuntimeError {
    match error {
        Error::DockerResponseServerError { status_code, message } => {
            let message = from_daemon(message);
            if *status_code >= 500 {
                RuntimeError::passing(kind, message)
            } else {
                RuntimeError::lasting(kind, message)
            }
        }
        Error::RequestTimeoutError => {
            RuntimeError::passing(ErrorKind::DockerTimeout, error.to_string())
        }
        Error::IOError { .. }
        | Error::HyperResponseError { .. }
        | Error::HyperLegacyError { .. }
        | Error::SocketNotFoundError(_) => unreachable(error),
        Error::DockerStreamError { error } => RuntimeError::passing(kind, from_daemon(error)),
        other => RuntimeError::lasting(ErrorKind::EngineFault, other.to_string()),
    }
}

/// A verb on something that has to exist: `missing` when the engine does not have it.
pub(crate) fn refusal_or_missing(
    kind: ErrorKind,
    missing: ErrorKind,
    error: &Error,
) -> RuntimeError {
    refusal(if is_missing(error) { missing } else { kind }, error)
}

/// A registry refused; the engine tells why in words alone.
pub(crate) fn registry_refusal(kind: ErrorKind, error: &Error) -> RuntimeError {
    let mut refused = refusal(kind, error);
    if refused.kind != kind {
        return refused;
    }
    let words = refused.message.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    if says(&["denied", "unauthorized", "no basic auth credentials", "authentication required"]) {
        RuntimeError::lasting(ErrorKind::CannotPullContainerAuth, refused.message)
    } else if says(&["manifest unknown", "not found", "name unknown", "invalid reference"]) {
        RuntimeError::lasting(kind, refused.message)
    } else {
        refused.retry = runtime::Retry::Later;
        refused
    }
}

/// Whether the engine says that it does not have what was named.
pub(crate) fn is_missing(error: &Error) -> bool {
    status(error) == Some(404)
}

/// Whether the engine says that the thing is not in a state for the verb.
pub(crate) fn is_conflict(error: &Error) -> bool {
    status(error) == Some(409)
}

/// The engine could not be reached.
pub(crate) fn unreachable(error: &Error) -> RuntimeError {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !message.contains(&words) {
            message = format!("{message}: {words}");
        }
        cause = inner.source();
    }
    RuntimeError::passing(ErrorKind::EngineUnreachable, message)
}

fn status(error: &Error) -> Option<u16> {
    match error {
        Error::DockerResponseServerError { status_code, .. } => Some(*status_code),
        _ => None,
    }
}

/// The words that Docker's own client puts before the daemon's; ECS's users know reasons by them.
fn from_daemon(message: &str) -> String {
    format!("Error response from daemon: {}", message.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::Retry;

    fn pull_error(words: &str) -> RuntimeError {
        let error = Error::DockerStreamError { error: words.into() };
        registry_refusal(ErrorKind::CannotPullContainer, &error)
    }

    #[test]
    fn a_refused_login_is_told_apart_from_a_network_that_fails() {
        let denied = pull_error("pull access denied for app, repository does not exist");
        assert_eq!(denied.kind, ErrorKind::CannotPullContainerAuth);
        assert_eq!(denied.retry, Retry::Never);
        let refused = pull_error("dial tcp 10.0.0.1:443: connect: connection refused");
        assert_eq!(refused.kind, ErrorKind::CannotPullContainer);
        assert_eq!(refused.retry, Retry::Later);
        assert_eq!(
            pull_error("manifest for app:2 not found: manifest unknown").to_string(),
            "CannotPullContainerError: Error response from daemon: manifest for app:2 not found: \
             manifest unknown"
        );
    }
}
