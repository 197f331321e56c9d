//! Placement whose cost does not grow with the cluster: a copy of it, kept up to date by changes,
//! with an order of the fitting instances for each kind of request.
//!
//! [`Index`] is told of every instance and task that changes ([`Index::set_instance`],
//! [`Index::set_task`]). For a request that it has not seen it makes a [`lens::Lens`]: the instances
//! that fit, ordered as the request's strategies order them. A change is only noted; a lens looks at
//! the instances that changed when it is next asked. So a placement costs a few steps in balanced
//! trees for each instance that changed since the same kind of request was last placed, whatever the
//! number of instances. A new kind of request costs one look at each of them, once.
//!
//! Two things are not free of the number of instances: explaining of each why it does not fit, and a
//! chain that names an attribute after another strategy, whose values in question are looked at one
//! by one (zones are few).

mod lens;
mod rank;
mod roster;
mod shortage;
mod tenants;
mod tree;

use alloc::{borrow::Cow, sync::Arc, vec::Vec};
use arn::InstanceId;
use model::{ContainerInstance, Task, Usage};

use self::{
    lens::{Lens, Scope},
    roster::Roster,
};
use crate::{
    ClusterView, Explanation, PeerCount, Peers, Placement, Request, Shortfall, place,
    place::explain,
};

/// How many instances all lenses together order unless said otherwise; 50 to 100 bytes each.
const SEATS_MAX: usize = 8_000_000;

/// How many kinds of request wait for a lens when one must go for it. Where more kinds than this
/// take turns, making lenses would cost more than it saves, so they look at every instance.
const WAITING_MAX: usize = 8;

/// A cluster's container instances and tasks, ready for placements.
pub struct Index {
    roster: Roster,
    seats_max: usize,
    /// The one that was used last first.
    lenses: Vec<Lens>,
    /// Kinds without a lens, the one that was asked for last first.
    waiting: Vec<Arc<Request>>,
}

impl Index {
    /// A cluster without instances.
    pub fn new() -> Self {
        Self::with_seats(SEATS_MAX)
    }

    /// [`Index::new`] with room for lenses that order so many instances together, at least for one
    /// lens. The lens that was used longest ago makes room.
    pub fn with_seats(seats_max: usize) -> Self {
        Index { roster: Roster::default(), seats_max, lenses: Vec::new(), waiting: Vec::new() }
    }

    /// Takes a container instance in, or its new state.
    pub fn set_instance(&mut self, instance: Arc<ContainerInstance>) {
        self.roster.set_instance(instance);
    }

    /// Forgets a container instance. What its tasks hold is remembered until they are gone too.
    pub fn remove_instance(&mut self, id: InstanceId) {
        self.roster.remove_instance(id);
    }

    /// Takes a change of a task in: `None` before it is there, and after it is forgotten.
    pub fn set_task(&mut self, before: Option<&Task>, after: Option<&Task>) {
        self.roster.set_task(before, after);
    }

    /// Puts a task of an unfinished plan where it was placed, as one that is PENDING, so that the
    /// next placements see it. `group` is its task group.
    pub fn plan(&mut self, placement: &Placement, peers: &Peers, group: &str) {
        self.roster.plan(placement, peers, group);
    }

    /// Takes a planned task away again: the plan was dropped, or the task itself comes next by
    /// [`Index::set_task`].
    pub fn unplan(&mut self, placement: &Placement, peers: &Peers, group: &str) {
        self.roster.unplan(placement, peers, group);
    }

    /// Chooses the container instance for a task, one of those that [`crate::place`] holds equally
    /// good, or `None` when none fits.
    ///
    /// Give the same `Arc` for tasks of the same kind: its lens is then found at once.
    pub fn choose(&mut self, request: &Arc<Request>, seed: u64) -> Option<Placement> {
        if !self.bring(request, Scope::Connected) {
            return place(&self.roster, request, seed).ok();
        }
        let (number, placement) = self.lenses[0].choose(&self.roster, seed)?;
        self.roster.note_chosen(placement.instance, number);
        Some(placement)
    }

    /// What a service tells of a task for which [`Index::choose`] found no place. Asked again while none
    /// fits, it looks only at the instances that changed.
    pub fn shortfall(&mut self, request: &Arc<Request>) -> Shortfall {
        if !self.bring(request, Scope::Connected) {
            return explain(&self.roster, request).shortfall(&self.roster);
        }
        self.lenses[0].shortfall(&self.roster)
    }

    /// The container instances that a task is right for, whether or not they have room for it and their
    /// agent is connected: they are ACTIVE, have the attributes that it requires, and meet each
    /// `memberOf`. In any order; with `one_per`, one for each value of that attribute.
    pub fn eligible(
        &mut self,
        request: &Request,
        one_per: Option<&str>,
    ) -> Vec<&ContainerInstance> {
        let request = Arc::new(request.without_room(one_per));
        self.bring(&request, Scope::All);
        let each = self.lenses[0].each().into_iter();
        each.filter_map(|number| self.roster.instance_of(number)).collect()
    }

    /// [`Index::choose`] with an explanation, which looks at every instance, when none fits.
    pub fn place(&mut self, request: &Arc<Request>, seed: u64) -> Result<Placement, Explanation> {
        self.choose(request, seed).ok_or_else(|| explain(&self.roster, request))
    }

    /// Brings the lens of a request to the front and up to date; whether there is one, or it was worth
    /// making one.
    fn bring(&mut self, request: &Arc<Request>, scope: Scope) -> bool {
        let lenses_max = (self.seats_max / self.roster.slots.len().max(1)).max(1);
        if let Some(at) = self.lenses.iter().position(|lens| lens.serves(request, scope)) {
            self.lenses[..=at].rotate_right(1);
        } else if scope == Scope::All || self.lenses.len() < lenses_max || self.has_waited(request)
        {
            self.lenses.insert(0, Lens::new(request.clone(), scope));
            self.lenses.truncate(lenses_max);
        } else {
            return false;
        }
        self.lenses[0].catch_up(&self.roster);
        true
    }

    /// Whether a request without a lens was asked for lately; if not it waits from now on.
    fn has_waited(&mut self, request: &Arc<Request>) -> bool {
        if let Some(at) = self.waiting.iter().position(|waiting| waiting == request) {
            self.waiting.remove(at);
            return true;
        }
        self.waiting.truncate(WAITING_MAX - 1);
        self.waiting.insert(0, request.clone());
        false
    }
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

impl ClusterView for Index {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        self.roster.instances()
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        self.roster.instance(id)
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        self.roster.peers(instance, peers)
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        self.roster.hosts_group_where(instance, wanted)
    }
}
