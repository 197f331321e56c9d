//! What the state of the tasks and the drafted moves mean for the service and its deployments: which
//! are done, whether the service is steady, what it waits for.

use alloc::{format, string::String, vec::Vec};
use model::{
    Deployment, DeploymentController, DeploymentStatus, LifecycleStage, RolloutState, Service,
    ServiceDeployment, ServiceStatus, Timestamp, percent_rounded_up,
};

use crate::{
    Phase, Plan, ServiceChange, Waiting,
    breaker::resets,
    deployment::complete,
    draft::{Draft, Live},
    events, hooks, stages, task_sets,
};

/// How often a service at rest says that it is steady.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html>
const STEADY_PERIOD_MS: i64 = 6 * 3_600_000;

/// When the plan of `service`, if it is steady until then, says again that it is. Not an instant of
/// [`Plan::next_at`], since nothing moves by it.
pub fn steady_again_at(service: &Service) -> Option<Timestamp> {
    let told_at = service.rollout.steady_told_at.filter(|_| service.steady)?;
    Some(told_at.plus_ms(STEADY_PERIOD_MS))
}

/// Completes the plan of `draft`.
pub(crate) fn finish(draft: Draft) -> Plan {
    let service = draft.view.service;
    let mut change = ServiceChange::of(service);
    let mut told = Vec::new();
    let waiting = if service.status == ServiceStatus::Draining {
        finish_deletion(&draft, &mut change)
    } else if service.deployment_controller == DeploymentController::External {
        task_sets::finish(&draft, &mut change, &mut told)
    } else {
        change.desired_count = draft.desired;
        finish_deployments(&draft, &mut change, &mut told)
    };
    let stage_ends_at = stages::stay(draft.view).and_then(|stay| stay.until);
    let next_at = next_at(&draft, &change).into_iter().chain(stage_ends_at).min();
    let changed = change != ServiceChange::of(service);
    Plan {
        starts: draft.starts,
        stops: draft.stops,
        service: changed.then_some(change),
        events: told,
        next_at,
        waiting,
    }
}

/// A deleted service is INACTIVE once nothing of it is left.
fn finish_deletion(draft: &Draft, change: &mut ServiceChange) -> Option<Waiting> {
    change.steady = false;
    if let Some(it) = &mut change.service_deployment {
        hooks::close(it);
        it.stop("The service was deleted.", draft.view.now);
    }
    if draft.live.is_empty() {
        change.status = ServiceStatus::Inactive;
        change.deployments.clear();
        change.task_sets.clear();
        return None;
    }
    under_way(draft)
}

fn finish_deployments(
    draft: &Draft,
    change: &mut ServiceChange,
    told: &mut Vec<String>,
) -> Option<Waiting> {
    let service = draft.view.service;
    change.deployments.retain(|deployment| {
        deployment.status == DeploymentStatus::Primary
            || has_tasks(draft, deployment)
            || is_kept_blue(service, deployment)
    });
    let now = draft.view.now;
    let primary = change.deployments.iter_mut().find(|d| d.status == DeploymentStatus::Primary)?;
    if primary.failed_tasks > 0 && has_settled_since_a_failure(draft, primary) {
        primary.failed_tasks = 0;
    }
    let is_settled = is_settled(draft, primary);
    if primary.rollout_state == RolloutState::InProgress && is_done(draft, primary, is_settled) {
        primary.rollout_state = RolloutState::Completed;
        primary.rollout_state_reason = format!("ECS deployment {} completed.", primary.id);
        primary.bake_until = None;
        primary.updated_at = now;
        told.push(events::deployment_completed(&service.name, &primary.id));
        change.rollout.last_completed = Some(primary.clone());
        if let Some(it) = &mut change.service_deployment {
            complete(it, primary.failed_tasks, now);
        }
    } else if let Some(it) = &mut change.service_deployment {
        advance(it, primary, now);
    }
    let waiting = waiting(draft, primary, is_settled);
    change.steady = primary.rollout_state != RolloutState::InProgress
        && (is_settled || draft.rebalances && service.steady);
    let blockage = blockage(draft, primary, waiting.as_ref());
    tell_steady(draft, change, told);
    tell_blockage(draft, change, blockage, is_settled, told);
    waiting
}

/// Says that the service is steady, when it becomes so and every [`STEADY_PERIOD_MS`] from then on.
pub(crate) fn tell_steady(draft: &Draft, change: &mut ServiceChange, told: &mut Vec<String>) {
    let (service, now) = (draft.view.service, draft.view.now);
    let is_due = !service.steady || steady_again_at(service).is_some_and(|at| at <= now);
    if change.steady && is_due {
        told.push(events::steady_state(&service.name));
        change.rollout.steady_told_at = Some(now);
    }
}

/// Says once why nothing moves. It is told again only after something moved, or all was well.
pub(crate) fn tell_blockage(
    draft: &Draft,
    change: &mut ServiceChange,
    blockage: Option<String>,
    is_settled: bool,
    told: &mut Vec<String>,
) {
    if let Some(text) = &blockage
        && draft.view.service.rollout.blockage_told.as_ref() != Some(text)
    {
        told.push(text.clone());
    }
    if blockage.is_some() || is_settled || has_moves(draft) {
        change.rollout.blockage_told = blockage;
    }
}

/// Notes that a service deployment is under way, and in which stage.
fn advance(it: &mut ServiceDeployment, primary: &Deployment, now: Timestamp) {
    if !it.is_under_way() || it.is_shifting() {
        return;
    }
    let stage = match primary.bake_until {
        Some(_) => LifecycleStage::BakeTime,
        None => LifecycleStage::ScaleUp,
    };
    it.start(now);
    if it.lifecycle_stage != stage {
        it.lifecycle_stage = stage;
        it.updated_at = now;
    }
}

/// Whether a task without a health check became healthy, by settling, after the last failure, and
/// that sets the circuit breaker's count back.
fn has_settled_since_a_failure(draft: &Draft, primary: &Deployment) -> bool {
    let settled_at = |live: &Live| {
        let is_own = live.task.deployment == primary.id && !live.task.has_health_check;
        let started_at = live.task.started_at.filter(|_| is_own && live.phase == Phase::Healthy);
        started_at.map(|at| at.plus_ms(draft.view.settle_ms))
    };
    resets(draft.view.service)
        && draft.live.iter().any(|live| settled_at(live) > primary.last_failed_at)
}

pub(crate) fn has_moves(draft: &Draft) -> bool {
    !draft.starts.is_empty() || !draft.stops.is_empty()
}

fn has_tasks(draft: &Draft, deployment: &Deployment) -> bool {
    draft.live.iter().any(|live| live.task.deployment == deployment.id)
}

/// Whether this is blue, which may be wanted without tasks: when desired_count rises.
fn is_kept_blue(service: &Service, deployment: &Deployment) -> bool {
    service.shifting().is_some_and(|it| it.lifecycle_stage != LifecycleStage::CleanUp)
        && stages::kept_blue(service).is_some_and(|blue| blue.id == deployment.id)
}

/// Whether every live task is a healthy one of `primary` that may stay, and they are as many as
/// there should be. A wish to even out the zones, which may be unfulfillable, does not count against
/// it.
fn is_settled(draft: &Draft, primary: &Deployment) -> bool {
    let stays = |live: &Live| {
        live.phase == Phase::Healthy
            && live.task.deployment == primary.id
            && !live.task.host.draining
    };
    (!has_moves(draft) || draft.rebalances)
        && !draft.throttled
        && draft.live.len() == draft.desired as usize
        && draft.live.iter().all(stays)
}

/// Whether a deployment IN_PROGRESS is completed: settled or successful early, and baked. Starts the
/// baking.
fn is_done(draft: &Draft, primary: &mut Deployment, is_settled: bool) -> bool {
    let service = draft.view.service;
    if let Some(it) = service.shifting() {
        return is_settled && it.lifecycle_stage == LifecycleStage::CleanUp;
    }
    let config = &service.deployment_configuration;
    if !is_settled && !is_early_success(draft, primary) {
        return false;
    }
    let now = draft.view.now;
    if config.bake_time_minutes == 0 {
        return true;
    }
    now >= *primary.bake_until.get_or_insert(now.plus_minutes(config.bake_time_minutes))
}

/// Whether the early success criteria are met, if there are any.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html>
fn is_early_success(draft: &Draft, primary: &Deployment) -> bool {
    let config = &draft.view.service.deployment_configuration;
    config.early_success.is_some_and(|early| {
        let of_primary = |live: &&Live| live.task.deployment == primary.id;
        let healthy = |live: &&Live| live.phase == Phase::Healthy;
        let count = draft.live.iter().filter(of_primary).filter(healthy).count() as u32;
        let enough = percent_rounded_up(early.healthy_percent, draft.desired);
        let is_clean = draft.live.iter().all(|live| live.task.deployment == primary.id);
        count >= enough && (is_clean || !early.cleanup_blocks)
    })
}

fn waiting(draft: &Draft, primary: &Deployment, is_settled: bool) -> Option<Waiting> {
    if has_moves(draft) {
        return None;
    }
    if let Some(waiting) = stages::stay(draft.view).and_then(|stay| stay.waiting) {
        return Some(waiting);
    }
    if is_settled {
        let baking = primary.rollout_state == RolloutState::InProgress;
        return primary.bake_until.filter(|_| baking).map(|until| Waiting::Baking { until });
    }
    if primary.rollout_state == RolloutState::Failed {
        return Some(Waiting::Failed);
    }
    if draft.throttled {
        return draft.view.service.throttle.retry_at.map(|until| Waiting::Throttled { until });
    }
    under_way(draft)
        .or_else(|| protected(draft))
        .or(Some(Waiting::Percentages { healthy_min: draft.healthy_min, task_max: draft.task_max }))
}

/// What happens by itself to the tasks that are there.
pub(crate) fn under_way(draft: &Draft) -> Option<Waiting> {
    if !draft.stops.is_empty() {
        return None;
    }
    let count = |phase| draft.live.iter().filter(|live| live.phase == phase).count() as u32;
    match (count(Phase::Pending), count(Phase::Warming), count(Phase::Stopping)) {
        (0, 0, 0) => None,
        (pending, warming, stopping) => Some(Waiting::Tasks { pending, warming, stopping }),
    }
}

pub(crate) fn protected(draft: &Draft) -> Option<Waiting> {
    let until = draft.protection_ends_at()?;
    Some(Waiting::Protected { tasks: draft.protected.len() as u32, until })
}

/// The event for what never ends by itself.
fn blockage(draft: &Draft, primary: &Deployment, waiting: Option<&Waiting>) -> Option<String> {
    let service = &draft.view.service.name;
    match waiting {
        Some(Waiting::Percentages { .. }) => Some(events::percentages_block(service)),
        Some(Waiting::Protected { tasks, .. }) if *tasks > draft.desired => {
            Some(events::protection_blocks(service, &primary.id))
        }
        _ => None,
    }
}

/// When time alone changes something.
fn next_at(draft: &Draft, change: &ServiceChange) -> Option<Timestamp> {
    let phases = draft.live.iter().filter(|live| live.is_wanted());
    let phases = phases.filter_map(|live| draft.view.phase_ends_at(live.task));
    let throttle = draft.view.service.throttle.retry_at.filter(|_| draft.throttled);
    let bake = change.deployments.iter().filter_map(|deployment| deployment.bake_until);
    phases
        .chain(throttle)
        .chain(draft.protection_ends_at())
        .chain(bake)
        .chain(draft.rebalances_at)
        .filter(|at| draft.view.now < *at)
        .min()
}
