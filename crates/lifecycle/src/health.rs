//! A task's health from that of its containers.

use model::HealthStatus;

/// The health of a task from that of its essential containers with a health check: UNHEALTHY if one
/// is, else UNKNOWN if one is, else HEALTHY. Without any, UNKNOWN.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html>
pub fn roll_up(checked_essential: impl IntoIterator<Item = HealthStatus>) -> HealthStatus {
    let rank = |status: &HealthStatus| match status {
        HealthStatus::Healthy => 0,
        HealthStatus::Unknown => 1,
        HealthStatus::Unhealthy => 2,
    };
    checked_essential.into_iter().max_by_key(rank).unwrap_or(HealthStatus::Unknown)
}

#[cfg(test)]
mod tests {
    use super::roll_up;
    use model::HealthStatus::{Healthy, Unhealthy, Unknown};

    #[test]
    fn the_worst_verdict_wins() {
        assert_eq!(roll_up([]), Unknown);
        assert_eq!(roll_up([Healthy, Healthy]), Healthy);
        assert_eq!(roll_up([Healthy, Unknown]), Unknown);
        assert_eq!(roll_up([Unhealthy, Unknown, Healthy]), Unhealthy);
    }
}
