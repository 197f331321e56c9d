//! The moves of a service with the EXTERNAL deployment controller: each task set is brought to its
//! computed desired count, a deleted one drains and goes. What comes and goes, and when, is the
//! controller's to say.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html>

use alloc::{string::String, vec::Vec};
use model::{StabilityStatus, TaskSet, TaskSetStatus};

use crate::{
    Phase, ServiceChange, StopCause, Waiting,
    draft::{Draft, Live},
    events,
    progress::{has_moves, protected, tell_blockage, tell_steady, under_way},
    replica,
};

/// Drafts the next starts and stops.
pub(crate) fn moves(draft: &mut Draft) {
    for set in &draft.view.service.task_sets {
        match set.status {
            TaskSetStatus::Draining => drain(draft, &tasks_of(draft, set)),
            TaskSetStatus::Primary | TaskSetStatus::Active => {
                let desired_count = desired_count(draft, set);
                replica::keep(draft, &set.id, desired_count);
            }
        }
    }
}

fn tasks_of<'a>(draft: &Draft<'a>, set: &TaskSet) -> Vec<Live<'a>> {
    draft.live.iter().filter(|live| live.task.deployment == set.id).copied().collect()
}

/// How many tasks `set` is to have.
fn desired_count(draft: &Draft, set: &TaskSet) -> u32 {
    set.computed_desired_count(draft.view.service.desired_count)
}

/// All but protected tasks stop.
fn drain<'a>(draft: &mut Draft<'a>, own: &[Live<'a>]) {
    let now = draft.view.now;
    for live in own.iter().filter(|live| live.is_wanted()) {
        if live.task.is_protected(now) {
            draft.protected.push(live.task);
        } else {
            draft.stop(*live, StopCause::TaskSetDeleted);
        }
    }
}

/// What the state of the tasks and the drafted moves mean for the task sets and their service.
pub(crate) fn finish(
    draft: &Draft,
    change: &mut ServiceChange,
    told: &mut Vec<String>,
) -> Option<Waiting> {
    change
        .task_sets
        .retain(|set| set.status != TaskSetStatus::Draining || !tasks_of(draft, set).is_empty());
    for set in &mut change.task_sets {
        let stability = stability(draft, set);
        if set.stability != stability {
            set.stability = stability;
            set.stability_at = draft.view.now;
        }
    }
    let is_settled = !has_moves(draft)
        && change.task_sets.iter().all(|set| set.stability == StabilityStatus::SteadyState);
    change.steady = is_settled && !change.task_sets.is_empty();
    tell_steady(draft, change, told);
    let waiting = waiting(draft, change, is_settled);
    let blockage = blockage(draft, waiting.as_ref());
    tell_blockage(draft, change, blockage, is_settled, told);
    waiting
}

/// STEADY_STATE: as many tasks as there should be, all of them healthy, and none on a DRAINING
/// container instance.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html>
fn stability(draft: &Draft, set: &TaskSet) -> StabilityStatus {
    let own = tasks_of(draft, set);
    let stays = |live: &Live| live.phase == Phase::Healthy && !live.task.host.draining;
    let moves = draft.stops.iter().any(|stop| stop.deployment == set.id)
        || draft.starts.iter().any(|start| start.deployment == set.id);
    let is_steady = set.status != TaskSetStatus::Draining
        && !moves
        && own.len() == desired_count(draft, set) as usize
        && own.iter().all(stays);
    if is_steady { StabilityStatus::SteadyState } else { StabilityStatus::Stabilizing }
}

fn waiting(draft: &Draft, change: &ServiceChange, is_settled: bool) -> Option<Waiting> {
    if has_moves(draft) {
        return None;
    }
    if change.task_sets.is_empty() {
        return Some(Waiting::NoTaskSet);
    }
    if is_settled {
        return None;
    }
    if draft.throttled {
        return draft.view.service.throttle.retry_at.map(|until| Waiting::Throttled { until });
    }
    under_way(draft).or_else(|| protected(draft)).or_else(|| {
        let unsteady = |set: &&TaskSet| set.stability != StabilityStatus::SteadyState;
        let blocked = change.task_sets.iter().find(unsteady)?;
        let desired_count = desired_count(draft, blocked);
        let percents = &draft.view.service.deployment_configuration;
        Some(Waiting::Percentages {
            healthy_min: percents.healthy_count_min(desired_count),
            task_max: percents.task_count_max(desired_count),
        })
    })
}

/// The event for what does not end by itself, or not soon.
fn blockage(draft: &Draft, waiting: Option<&Waiting>) -> Option<String> {
    let service = draft.view.service;
    match waiting {
        Some(Waiting::Percentages { .. }) => Some(events::percentages_block(&service.name)),
        Some(Waiting::Protected { .. }) => {
            let too_many = |set: &&TaskSet| {
                let kept = draft.protected.iter().filter(|task| task.deployment == set.id);
                kept.count() > desired_count(draft, set) as usize
            };
            let set = service.task_sets.iter().find(too_many)?;
            Some(events::protection_blocks(&service.name, &set.id))
        }
        _ => None,
    }
}
