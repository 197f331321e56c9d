//! The moves of a REPLICA service.

use alloc::vec::Vec;
use arn::DeploymentId;
use model::{Deployment, RolloutState};

use crate::{
    Destination, Phase, Start, StopCause,
    draft::{Draft, Live},
    zones::Zones,
};

/// The wanted tasks by what the service thinks of them.
struct Sides<'a> {
    /// Of another deployment than the one that is wanted, or on a DRAINING container instance.
    leaving: Vec<Live<'a>>,
    /// Of that deployment, where they may stay, and not unhealthy.
    good: Vec<Live<'a>>,
    /// Of that deployment, where they may stay, and unhealthy.
    sick: Vec<Live<'a>>,
}

/// Drafts the next starts and stops.
pub(crate) fn moves(draft: &mut Draft, primary: &Deployment) {
    draft.set_limits(draft.view.service.desired_count, |_| true);
    let all_live = draft.live.clone();
    stop_pending_on_draining(draft, &all_live);
    let sides = Sides::of(&all_live, &primary.id);
    if primary.rollout_state == RolloutState::Failed {
        scale_in_stalled(draft, primary);
        return;
    }
    let desired = draft.desired;
    let all = u32::MAX;
    let (old, draining): (Vec<_>, Vec<_>) =
        sides.leaving.iter().partition(|live| live.task.deployment != primary.id);
    draft.stop_within_minimum(&draining, all, StopCause::InstanceLeft);
    draft.stop_within_minimum(&old, all, StopCause::Replaced);
    stop_replaced(draft, &sides);
    let surplus = (sides.good.len() as u32).saturating_sub(desired);
    let zones = Zones::of(draft, primary, &sides.good);
    match &zones {
        Some(zones) => zones.stop_surplus(draft, &sides.good, surplus),
        None => draft.stop_within_minimum(&sides.good, surplus, StopCause::ScaledIn),
    }

    let is_stopping = draft.is_stopping();
    start_missing(draft, &primary.id, &sides, is_stopping);
    if let Some(zones) = zones
        && is_at_rest(draft, &sides)
    {
        if surplus == 0 {
            zones.start_moves(draft, primary, &sides.good);
        } else {
            draft.rebalances = true;
        }
    }
}

/// Brings one deployment to `desired_count` tasks, as if its tasks were all there are: starts what is
/// missing, replaces what is unhealthy or on a DRAINING container instance, stops what is too much.
pub(crate) fn keep(draft: &mut Draft, id: &DeploymentId, desired_count: u32) {
    let is_own = |live: &Live| live.task.deployment == *id;
    let own: Vec<Live> = draft.live.iter().filter(|live| is_own(live)).copied().collect();
    draft.set_limits(desired_count, is_own);
    let stops_before = draft.stops.len();
    stop_pending_on_draining(draft, &own);
    let sides = Sides::of(&own, id);
    draft.stop_within_minimum(&sides.leaving, u32::MAX, StopCause::InstanceLeft);
    stop_replaced(draft, &sides);
    let surplus = (sides.good.len() as u32).saturating_sub(draft.desired);
    draft.stop_within_minimum(&sides.good, surplus, StopCause::ScaledIn);
    let is_stopping = draft.stops.len() > stops_before || !own.iter().all(Live::is_wanted);
    start_missing(draft, id, &sides, is_stopping);
}

/// Whether nothing moves, all tasks are good, and as many as there should be are healthy.
fn is_at_rest(draft: &Draft, sides: &Sides) -> bool {
    let healthy = sides.good.iter().filter(|live| live.phase == Phase::Healthy).count();
    draft.live.len() == sides.good.len()
        && healthy >= draft.desired as usize
        && draft.stops.is_empty()
}

/// PENDING tasks on a DRAINING container instance stop at once.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html>
fn stop_pending_on_draining<'a>(draft: &mut Draft<'a>, tasks: &[Live<'a>]) {
    for live in tasks {
        if live.phase == Phase::Pending && live.task.host.draining {
            draft.stop(*live, StopCause::InstanceLeft);
        }
    }
}

impl<'a> Sides<'a> {
    /// The sides of `tasks` where those of the deployment `id` are wanted.
    fn of(tasks: &[Live<'a>], id: &DeploymentId) -> Self {
        let mut sides = Sides { leaving: Vec::new(), good: Vec::new(), sick: Vec::new() };
        for live in tasks.iter().filter(|live| live.is_wanted()) {
            if live.task.host.draining {
                if live.phase != Phase::Pending {
                    sides.leaving.push(*live);
                }
            } else if live.task.deployment != *id {
                sides.leaving.push(*live);
            } else if live.phase == Phase::Unhealthy {
                sides.sick.push(*live);
            } else {
                sides.good.push(*live);
            }
        }
        sides
    }
}

/// Starts what is missing of the deployment `id` as far as maximum and back-off allow, and makes
/// room for it where the maximum leaves none.
fn start_missing<'a>(
    draft: &mut Draft<'a>,
    id: &DeploymentId,
    sides: &Sides<'a>,
    is_stopping: bool,
) {
    let missing = draft.desired.saturating_sub(sides.good.len() as u32);
    let count = missing.min(draft.room());
    if draft.is_throttled() {
        draft.throttled |= count > 0;
    } else {
        draft.start(Start { deployment: id.clone(), count, to: Destination::Anywhere });
    }
    if missing > count && count == 0 && !is_stopping {
        make_room(draft, sides);
    }
}

/// Stops as many unhealthy tasks as have a healthy replacement. Protection does not keep them.
fn stop_replaced<'a>(draft: &mut Draft<'a>, sides: &Sides<'a>) {
    let healthy = sides.good.iter().filter(|live| live.phase == Phase::Healthy).count();
    let spare = (healthy + sides.sick.len()).saturating_sub(draft.desired as usize);
    for live in draft.pick(&sides.sick, spare) {
        draft.stop(live, StopCause::Unhealthy);
    }
}

/// Tasks are missing and the maximum leaves no room for them: an unhealthy task gives way, one at a
/// time, when no replacement is on its way already.
fn make_room<'a>(draft: &mut Draft<'a>, sides: &Sides<'a>) {
    if sides.good.iter().any(|live| live.phase != Phase::Healthy) {
        return;
    }
    let unhealthy: Vec<_> = sides
        .leaving
        .iter()
        .filter(|live| live.phase == Phase::Unhealthy)
        .chain(&sides.sick)
        .take(1)
        .copied()
        .collect();
    for live in unhealthy {
        draft.stop(live, StopCause::Unhealthy);
    }
}

/// A failed deployment that was not rolled back moves no more; only what exceeds desired_count goes,
/// and first from the failed deployment.
fn scale_in_stalled(draft: &mut Draft, primary: &Deployment) {
    let wanted: Vec<_> = draft.live.iter().filter(|live| live.is_wanted()).copied().collect();
    let surplus = (wanted.len() - draft.stops.len()) as u32;
    let surplus = surplus.saturating_sub(draft.desired);
    let before = draft.stops.len() as u32;
    let (new, old): (Vec<_>, Vec<_>) = wanted
        .iter()
        .filter(|live| !(live.phase == Phase::Pending && live.task.host.draining))
        .partition(|live| live.task.deployment == primary.id);
    draft.stop_within_minimum(&new, surplus, StopCause::ScaledIn);
    let left = surplus - (draft.stops.len() as u32 - before);
    draft.stop_within_minimum(&old, left, StopCause::ScaledIn);
}
