//! Restart policies: whether a container that ended by itself is started again in place.

use alloc::vec::Vec;

/// The restart policy of a container.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestartPolicy {
    /// Whether there is one.
    pub enabled: bool,
    /// Exit codes after which the container stays stopped.
    pub ignored_exit_codes: Vec<i64>,
    /// How long the container must have run to be started again; 0 for any time.
    pub attempt_period_ms: i64,
}

/// Whether to start a container again, and if not, why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Start it again; neither the task nor the control plane hears of it.
    Restart,
    /// It has no policy.
    NoPolicy,
    /// The task or the container is to stop.
    Stopping,
    /// Its exit code is among the ignored ones.
    IgnoredExitCode,
    /// It ended before its attempt period was over.
    TooSoon,
}

/// Decides after an end. `ran_ms` counts from the last start.
pub fn decide(policy: &RestartPolicy, stopping: bool, exit_code: i64, ran_ms: i64) -> Decision {
    if !policy.enabled {
        Decision::NoPolicy
    } else if stopping {
        Decision::Stopping
    } else if policy.ignored_exit_codes.contains(&exit_code) {
        Decision::IgnoredExitCode
    } else if ran_ms < policy.attempt_period_ms {
        Decision::TooSoon
    } else {
        Decision::Restart
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, RestartPolicy, decide};
    use alloc::vec;

    #[test]
    fn a_container_is_restarted_unless_a_rule_speaks_against_it() {
        let policy = RestartPolicy {
            enabled: true,
            ignored_exit_codes: vec![0, 42],
            attempt_period_ms: 60_000,
        };
        assert_eq!(decide(&policy, false, 1, 60_000), Decision::Restart);
        assert_eq!(decide(&policy, false, 1, 59_999), Decision::TooSoon);
        assert_eq!(decide(&policy, false, 42, 90_000), Decision::IgnoredExitCode);
        assert_eq!(decide(&policy, true, 1, 90_000), Decision::Stopping);
        assert_eq!(decide(&RestartPolicy::default(), false, 1, 90_000), Decision::NoPolicy);
    }
}
