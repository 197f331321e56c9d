//! The moves of a DAEMON service: one task on each eligible container instance.
//!
//! Its percentages are of the number of eligible instances, and about the tasks there. Where the
//! maximum allows no second task on an instance, the old one stops first.

use alloc::{collections::BTreeMap, vec::Vec};
use arn::InstanceId;
use model::{Deployment, RolloutState};

use crate::{
    Destination, Phase, Start, StopCause,
    draft::{Draft, Live},
};

/// Drafts the next starts and stops.
pub(crate) fn moves(draft: &mut Draft, primary: &Deployment) {
    let mut places: BTreeMap<InstanceId, Vec<Live>> =
        draft.view.eligible.iter().map(|eligible| (eligible.instance, Vec::new())).collect();
    let mut strays = Vec::new();
    for live in &draft.live {
        let place = live.task.container_instance.and_then(|instance| places.get_mut(&instance));
        match place {
            Some(here) if !live.task.host.draining => here.push(*live),
            _ => strays.push(*live),
        }
    }
    let is_placed = |live: &Live| {
        let instance = live.task.container_instance;
        !live.task.host.draining && instance.is_some_and(|instance| places.contains_key(&instance))
    };
    draft.set_limits(places.len() as u32, is_placed);
    stop_strays(draft, &strays);
    if primary.rollout_state == RolloutState::Failed {
        return;
    }
    stop_old(draft, primary, &places);
    stop_extra(draft, primary, &places);
    start_missing(draft, primary, &places);
}

fn is_good(live: &Live, primary: &Deployment) -> bool {
    live.is_wanted() && live.task.deployment == primary.id && live.phase != Phase::Unhealthy
}

fn is_good_and_healthy(live: &Live, primary: &Deployment) -> bool {
    live.phase == Phase::Healthy && live.task.deployment == primary.id
}

/// Tasks where the service should have none any more: they count for no limit.
fn stop_strays<'a>(draft: &mut Draft<'a>, strays: &[Live<'a>]) {
    let counted = (draft.healthy, draft.running);
    for stray in strays.iter().filter(|stray| stray.is_wanted()) {
        if stray.task.is_protected(draft.view.now) {
            draft.protected.push(stray.task);
        } else {
            draft.stop(*stray, StopCause::InstanceLeft);
        }
    }
    (draft.healthy, draft.running) = counted;
}

/// Old tasks, first where their successor is healthy.
fn stop_old<'a>(
    draft: &mut Draft<'a>,
    primary: &Deployment,
    places: &BTreeMap<InstanceId, Vec<Live<'a>>>,
) {
    let (mut succeeded, mut others) = (Vec::new(), Vec::new());
    for here in places.values() {
        let has_successor = here.iter().any(|live| is_good_and_healthy(live, primary));
        let old = here.iter().filter(|l| l.is_wanted() && l.task.deployment != primary.id);
        if has_successor { succeeded.extend(old.copied()) } else { others.extend(old.copied()) }
    }
    draft.stop_within_minimum(&succeeded, u32::MAX, StopCause::Replaced);
    draft.stop_within_minimum(&others, u32::MAX, StopCause::Replaced);
}

/// Unhealthy tasks whose successor is healthy, and second tasks.
fn stop_extra<'a>(
    draft: &mut Draft<'a>,
    primary: &Deployment,
    places: &BTreeMap<InstanceId, Vec<Live<'a>>>,
) {
    for here in places.values() {
        let good: Vec<_> = here.iter().filter(|live| is_good(live, primary)).copied().collect();
        let extra = (good.len() as u32).saturating_sub(1);
        draft.stop_within_minimum(&good, extra, StopCause::ScaledIn);
        if here.iter().any(|live| is_good_and_healthy(live, primary)) {
            for sick in sick_tasks(here, primary) {
                draft.stop(sick, StopCause::Unhealthy);
            }
        }
    }
}

fn sick_tasks<'a>(here: &[Live<'a>], primary: &Deployment) -> Vec<Live<'a>> {
    here.iter()
        .filter(|live| live.phase == Phase::Unhealthy && live.task.deployment == primary.id)
        .copied()
        .collect()
}

/// Starts where no good task is, first where none is at all. When the maximum leaves no room beside
/// an unhealthy one, that one gives way, one at a time.
fn start_missing<'a>(
    draft: &mut Draft<'a>,
    primary: &Deployment,
    places: &BTreeMap<InstanceId, Vec<Live<'a>>>,
) {
    let missing: Vec<_> =
        places.iter().filter(|(_, here)| !here.iter().any(|live| is_good(live, primary))).collect();
    let (empty, taken): (Vec<_>, Vec<_>) = missing.iter().partition(|(_, here)| here.is_empty());
    let throttled = draft.is_throttled();
    let mut blocked = Vec::new();
    for (instance, here) in empty.into_iter().chain(taken) {
        if draft.room() == 0 {
            blocked.push(here);
        } else if throttled {
            draft.throttled = true;
        } else {
            draft.start(Start {
                deployment: primary.id.clone(),
                count: 1,
                to: Destination::Instance(*instance),
            });
        }
    }
    let under_way = !draft.starts.is_empty()
        || draft.throttled
        || draft.is_stopping()
        || draft.live.iter().any(|l| matches!(l.phase, Phase::Pending | Phase::Warming));
    if under_way {
        return;
    }
    let unhealthy = blocked.iter().flat_map(|here| here.iter());
    if let Some(live) = unhealthy.filter(|live| live.phase == Phase::Unhealthy).copied().next() {
        draft.stop(live, StopCause::Unhealthy);
    }
}
