//! The verdict of a container's own health check.

use super::{Bench, Program, next_event};
use crate::{EventKind, HealthStatus};

/// First no verdict, then the event, then the state.
pub async fn a_health_check_that_passes_is_told(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::BecomesHealthy).await;
    bench.runtime().start(&id).await.expect("start");
    let is_verdict = |kind| matches!(kind, EventKind::Health(_));
    let event = next_event(&mut events, &id, is_verdict).await;
    assert_eq!(event.kind, EventKind::Health(HealthStatus::Healthy));
    let health = bench.state(&id).await.health.expect("it has a health check");
    assert_eq!(health.status, HealthStatus::Healthy);
    assert_eq!(health.exit_code, Some(0));
    assert!(health.checked_at_ms.is_some());
}

/// With what the check wrote, for whoever has to find out why.
pub async fn a_health_check_that_fails_is_told(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::BecomesUnhealthy).await;
    bench.runtime().start(&id).await.expect("start");
    let is_verdict = |kind| matches!(kind, EventKind::Health(_));
    let event = next_event(&mut events, &id, is_verdict).await;
    assert_eq!(event.kind, EventKind::Health(HealthStatus::Unhealthy));
    let health = bench.state(&id).await.health.expect("it has a health check");
    assert_eq!(health.status, HealthStatus::Unhealthy);
    assert_eq!(health.output.trim_end(), "no good");
    assert_eq!(health.exit_code, Some(1));
}

/// `None` is something else than `Starting`.
pub async fn no_health_check_means_no_health(bench: &Bench) {
    let id = bench.started(Program::RunsUntilStopped).await;
    assert_eq!(bench.state(&id).await.health, None);
}
