//! How long the tasks of a family took lately.

use model::{HealthStatus, Service, Task, TaskDefinition};
use rollout::forecast::Pace;
use store::State;
use wire::longshore::plan::{PlanPace, PlanTime};

use crate::Cx;

/// What is assumed of a start or a stop when none was seen, in milliseconds.
const ASSUMED_MS: i64 = 1_000;

/// The times of a family's tasks in the cluster of a service, as they are told and as the forecast
/// takes them: the median of those seen, or else what is assumed. A health check that never passed
/// takes its interval.
pub fn pace(
    state: &State,
    cx: &Cx,
    service: &Service,
    definition: &TaskDefinition,
) -> (PlanPace, Pace) {
    let tasks: Vec<&Task> = state
        .tasks_of_family(&service.cluster, &definition.id.family)
        .map(|task| &**task)
        .collect();
    let seen = |time: fn(&Task) -> Option<i64>| median(tasks.iter().filter_map(|task| time(task)));
    let checks = definition.containers.iter().filter(|c| c.essential);
    let interval_s = checks.filter_map(|c| c.health_check.as_ref()).map(|it| it.interval_s).max();
    let assumed = |ms| PlanTime { ms, seen_count: 0 };
    let healthy = match interval_s {
        Some(interval_s) => {
            seen(to_healthy).unwrap_or_else(|| assumed(i64::from(interval_s) * 1_000))
        }
        None => assumed(cx.settings.settle_ms),
    };
    let told = PlanPace {
        start: seen(to_running).unwrap_or(assumed(ASSUMED_MS)),
        healthy,
        stop: seen(to_stopped).unwrap_or(assumed(ASSUMED_MS)),
    };
    let taken = Pace {
        start_ms: told.start.ms,
        healthy_ms: told.healthy.ms,
        stop_ms: told.stop.ms,
        has_health_check: interval_s.is_some(),
    };
    (told, taken)
}

fn to_running(task: &Task) -> Option<i64> {
    task.started_at.map(|at| at.ms_since(task.created_at).max(0))
}

fn to_healthy(task: &Task) -> Option<i64> {
    let is_healthy = task.health_status == HealthStatus::Healthy;
    let since = task.health_since.filter(|_| is_healthy)?;
    Some(since.ms_since(task.started_at?).max(0))
}

fn to_stopped(task: &Task) -> Option<i64> {
    task.stopped_at.and_then(|at| Some(at.ms_since(task.stopping_at?).max(0)))
}

fn median(times: impl Iterator<Item = i64>) -> Option<PlanTime> {
    let mut times: Vec<i64> = times.collect();
    times.sort_unstable();
    let ms = *times.get(times.len() / 2)?;
    Some(PlanTime { ms, seen_count: times.len() as u32 })
}
