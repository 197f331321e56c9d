//! Availability zone rebalancing: a service at rest starts a task in a zone that has too few, and
//! stops one in the zone that has the most once the new one is healthy.
//!
//! There is no memory of it: with rebalancing on, whatever is too much goes from the fullest zone,
//! and a healthy task only when desired_count others are healthy.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html>

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use model::{Deployment, PlacementStrategy, RolloutState};

use crate::{
    Destination, Phase, Start, StopCause,
    draft::{Draft, Live},
};

/// How long after its last deployment a service is left in peace.
const REST_MS: i64 = 10_000;
const ZONE_FIELD: &str = "attribute:ecs.availability-zone";

/// The good tasks of a service by zone. A zone is `None` for tasks whose zone is not known.
pub(crate) struct Zones<'a> {
    /// Zones that have an eligible container instance.
    open: BTreeSet<&'a str>,
    counts: BTreeMap<Option<&'a str>, u32>,
    /// Those of `counts` that may go.
    unprotected: BTreeMap<Option<&'a str>, u32>,
}

fn zone_of<'a>(live: &Live<'a>) -> Option<&'a str> {
    live.task.availability_zone.as_deref()
}

impl<'a> Zones<'a> {
    /// The zones of `good`; none for a service that does not rebalance: not asked to, amid a
    /// deployment, placed by other rules than zones first, or without room for a task more.
    pub fn of(draft: &Draft<'a>, primary: &Deployment, good: &[Live<'a>]) -> Option<Self> {
        let service = draft.view.service;
        let spreads_zones = match service.placement_strategies.first() {
            None => true,
            Some(PlacementStrategy::Spread { field }) => field == ZONE_FIELD,
            Some(_) => false,
        };
        let open: BTreeSet<_> =
            draft.view.eligible.iter().filter_map(|e| e.availability_zone.as_deref()).collect();
        let is_on = service.availability_zone_rebalancing
            && primary.rollout_state == RolloutState::Completed
            && spreads_zones
            && draft.task_max > draft.desired
            && open.len() > 1;
        if !is_on {
            return None;
        }
        let mut counts: BTreeMap<_, u32> = open.iter().map(|zone| (Some(*zone), 0)).collect();
        let mut unprotected = counts.clone();
        for live in good {
            *counts.entry(zone_of(live)).or_default() += 1;
            let movable = u32::from(!live.task.is_protected(draft.view.now));
            *unprotected.entry(zone_of(live)).or_default() += movable;
        }
        Some(Zones { open, counts, unprotected })
    }

    /// Stops up to `surplus` of `good`, each from the zone that has the most.
    pub fn stop_surplus(&self, draft: &mut Draft<'a>, good: &[Live<'a>], surplus: u32) {
        let mut counts = self.counts.clone();
        let mut left: Vec<_> =
            good.iter().filter(|live| !live.task.is_protected(draft.view.now)).copied().collect();
        let mut healthy = good.iter().filter(|live| live.phase == Phase::Healthy).count() as u32;
        for _ in 0..surplus {
            let fullest = left.iter().map(|live| counts[&zone_of(live)]).max();
            let of_fullest = |live: &&Live| Some(counts[&zone_of(live)]) == fullest;
            let here: Vec<_> = left.iter().filter(of_fullest).copied().collect();
            let Some(phase) = here.iter().map(|live| live.phase).min() else {
                draft.keep_protected(good);
                return;
            };
            let enough = phase != Phase::Healthy || healthy > draft.desired;
            if !enough || draft.allowance(phase) == 0 {
                return;
            }
            let equals: Vec<_> = here.iter().filter(|l| l.phase == phase).copied().collect();
            for live in draft.pick(&equals, 1) {
                draft.stop(live, StopCause::ScaledIn);
                healthy -= u32::from(phase == Phase::Healthy);
                *counts.entry(zone_of(&live)).or_default() -= 1;
                left.retain(|other| other.task.id != live.task.id);
            }
        }
    }

    /// Starts as many tasks in zones that have too few as make the zones even, as far as the maximum
    /// allows. Zones are even when they differ by one at most.
    pub fn start_moves(mut self, draft: &mut Draft<'a>, primary: &Deployment, good: &[Live<'a>]) {
        let mut starts: BTreeMap<&str, u32> = BTreeMap::new();
        for _ in 0..draft.room() {
            let movable = self.counts.iter().filter(|(zone, _)| self.unprotected[*zone] > 0);
            let Some((&most, &most_count)) = movable.max_by_key(|(_, count)| **count) else {
                break;
            };
            let least = self.open.iter().min_by_key(|zone| self.counts[&Some(**zone)]).copied();
            let Some(least) = least.filter(|z| most_count > self.counts[&Some(*z)] + 1) else {
                break;
            };
            *starts.entry(least).or_default() += 1;
            *self.counts.entry(Some(least)).or_default() += 1;
            *self.counts.entry(most).or_default() -= 1;
            *self.unprotected.entry(most).or_default() -= 1;
        }
        // The end of a protection may let more of them move.
        draft.keep_protected(good);
        let rested_at = primary.updated_at.plus_ms(REST_MS);
        let rested_at = draft.view.service.throttle.retry_at.unwrap_or_default().max(rested_at);
        if draft.view.now < rested_at {
            draft.rebalances_at = Some(rested_at).filter(|_| !starts.is_empty());
            return;
        }
        for (zone, count) in starts {
            draft.rebalances = true;
            draft.start(Start {
                deployment: primary.id.clone(),
                count,
                to: Destination::Zone(zone.into()),
            });
        }
    }
}
