//! Which container instance came closest to taking a task, kept up to date while none can.

use alloc::{collections::BTreeSet, vec::Vec};
use arn::InstanceId;
use core::cmp::Reverse;

use super::roster::Roster;
use crate::{Obstacle, Request, RuledOut, Shortfall, explanation::Closeness, obstacle};

/// The container instances that were considered, in the order of how close they came.
#[derive(Default)]
pub(super) struct Shortage {
    by_closeness: BTreeSet<(Closeness, Reverse<InstanceId>, u32)>,
    /// By slot.
    places: Vec<Option<Place>>,
    /// How many of those considered may have room when other tasks end.
    within_count: usize,
}

#[derive(Clone, Copy)]
struct Place {
    closeness: Closeness,
    instance: InstanceId,
    is_within: bool,
}

impl Shortage {
    /// Looks at every container instance.
    pub(super) fn of(roster: &Roster, request: &Request) -> Self {
        let mut shortage = Shortage::default();
        (0..roster.slots.len() as u32).for_each(|number| shortage.look(roster, request, number));
        shortage
    }

    /// Brings one slot up to date.
    pub(super) fn look(&mut self, roster: &Roster, request: &Request, number: u32) {
        let at = number as usize;
        self.places.resize(self.places.len().max(at + 1), None);
        if let Some(old) = self.places[at].take() {
            self.by_closeness.remove(&(old.closeness, Reverse(old.instance), number));
            self.within_count -= usize::from(old.is_within);
        }
        let Some((instance, usage)) = roster.entry(number) else { return };
        let obstacle = obstacle(roster, request, instance, &usage);
        if let Some(obstacle) = obstacle.filter(Obstacle::is_considered) {
            let place = Place {
                closeness: obstacle.closeness(),
                instance: instance.id,
                is_within: !obstacle.is_beyond(&instance.registered),
            };
            self.within_count += usize::from(place.is_within);
            self.by_closeness.insert((place.closeness, Reverse(place.instance), number));
            self.places[at] = Some(place);
        }
    }

    /// What there is to tell.
    pub(super) fn told(&self, roster: &Roster, request: &Request) -> Shortfall {
        let closest = self.by_closeness.last().and_then(|(_, _, number)| {
            let (instance, usage) = roster.entry(*number)?;
            let obstacle = obstacle(roster, request, instance, &usage)?;
            Some(RuledOut { instance: instance.id, obstacle })
        });
        let is_beyond_all = closest.is_some() && self.within_count == 0;
        Shortfall { closest, is_beyond_all }
    }
}
