//! The container instances that fit one kind of request, ordered as its strategies order them.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use model::ContainerInstance;
use query::Expression;

use super::{
    rank::Rank,
    roster::{Roster, Slot, SlotView},
    tree::{Counts, Keys, Kind, Node},
};
use crate::{
    BinpackField, Constraint, Placement, Request, STRATEGIES_MAX, Score, SpreadField, Strategy,
    constraint::asks_about_tasks, fit, seed::pick,
};

/// The order for one kind of request.
pub(super) struct Lens {
    request: Arc<Request>,
    /// The strategies that decide, without a closing `random`: among equals a leaf is drawn from.
    chain: Vec<Strategy>,
    kinds: Vec<Kind>,
    /// What the constraints ask of an instance itself, and of its tasks.
    of_instance: Vec<Expression>,
    of_tasks: Vec<Expression>,
    is_distinct: bool,
    /// By slot.
    seats: Vec<Seat>,
    /// By slot, as many as the chain is long: the instance's path in the tree, kept also while it
    /// does not fit. Small and apart, because a change of one seat can move another.
    paths: Vec<i64>,
    tree: Node,
    /// For each strategy that shares: the number of each value, and the wanted peers with it.
    values: [Values; STRATEGIES_MAX],
    counts: Counts,
    /// For a chain that begins with such a strategy: its values in order.
    rank: Rank,
    /// The number that the peers had in slots at the last look.
    peers: Option<u32>,
    /// Up to which change it has looked; `None` before the first look.
    seen: Option<u64>,
}

/// The values of an attribute. Those that nothing has any more keep their number.
#[derive(Default)]
struct Values {
    numbers: BTreeMap<Option<Arc<str>>, u32>,
    texts: Vec<Option<Arc<str>>>,
}

impl Values {
    fn number(&mut self, text: Option<&str>) -> u32 {
        let text = text.map(Arc::from);
        if let Some(&number) = self.numbers.get(&text) {
            return number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }
}

/// What the lens knows of a slot.
#[derive(Clone, Copy, Default)]
struct Seat {
    /// The version of the instance that `suits` and the values in its path are of; 0 for none.
    version: u64,
    /// The peers that it adds to the counts of its values.
    wanted: u32,
    /// Its place in its leaf of the tree, if it fits.
    place: u32,
    /// Whether the instance itself is right, whatever its tasks.
    suits: bool,
    /// Whether it is in the tree.
    fits: bool,
}

impl Lens {
    pub(super) fn new(request: Arc<Request>) -> Self {
        let mut chain: Vec<Strategy> =
            Strategy::deciding(&request.strategies).into_iter().cloned().collect();
        chain.truncate(STRATEGIES_MAX);
        chain.retain(|strategy| *strategy != Strategy::Random);
        let kind = |strategy: &Strategy| match strategy {
            Strategy::Spread(SpreadField::Attribute(_)) => Kind::Shared,
            _ => Kind::Own,
        };
        let kinds: Vec<Kind> = chain.iter().map(kind).collect();
        let expressions = request.constraints.iter().filter_map(|constraint| match constraint {
            Constraint::MemberOf(expression) => Some(expression),
            Constraint::DistinctInstance => None,
        });
        let conjuncts = expressions.flat_map(|expression| match expression {
            Expression::And(parts) => parts.as_slice(),
            other => core::slice::from_ref(other),
        });
        let (of_tasks, of_instance) = conjuncts.cloned().partition(asks_about_tasks);
        Lens {
            is_distinct: request.constraints.contains(&Constraint::DistinctInstance),
            of_instance,
            of_tasks,
            tree: Node::new(chain.len()),
            request,
            chain,
            kinds,
            seats: Vec::new(),
            paths: Vec::new(),
            values: Default::default(),
            counts: Default::default(),
            rank: Rank::default(),
            peers: None,
            seen: None,
        }
    }

    /// Whether this lens is the one for a request.
    pub(super) fn serves(&self, request: &Arc<Request>) -> bool {
        let mine = &*self.request;
        Arc::ptr_eq(&self.request, request)
            || (mine.needs == request.needs
                && mine.launch_type == request.launch_type
                && mine.strategies == request.strategies
                && (mine.peers == request.peers || !mine.asks_about_peers())
                && mine.requires_attributes == request.requires_attributes
                && mine.constraints == request.constraints)
    }

    /// Looks at every slot that changed since the last time.
    pub(super) fn catch_up(&mut self, roster: &Roster) {
        self.seats.resize(roster.len(), Seat::default());
        self.paths.resize(roster.len() * self.chain.len(), 0);
        self.peers = roster.peers_number(&self.request.peers);
        match self.seen.and_then(|seen| roster.changed_since(seen)) {
            Some(changed) => changed.for_each(|slot| self.look(roster, slot)),
            None => (0..roster.len() as u32).for_each(|slot| self.look(roster, slot)),
        }
        self.seen = Some(roster.log_end());
    }

    /// Brings one seat up to date.
    fn look(&mut self, roster: &Roster, number: u32) {
        let slot = &roster.slots[number as usize];
        let instance = slot.instance.as_deref();
        let mut seat = self.seats[number as usize];
        let before = self.path(number);
        self.count(&before, -i64::from(seat.wanted));
        let mut path = before;
        let version = instance.map_or(0, |_| slot.version);
        if version != seat.version {
            seat.version = version;
            seat.suits = instance.is_some_and(|instance| self.suits(roster, slot, instance));
            self.set_values(instance, &mut path);
        }
        let is_counted = version != 0 && self.request.spreads();
        seat.wanted = if is_counted { slot.peers(self.peers).wanted } else { 0 };
        self.count(&path, seat.wanted.into());
        self.set_own_keys(slot, seat.wanted, &mut path);

        let fits = seat.suits && instance.is_some_and(|i| self.has_room(roster, slot, i));
        if (fits, path) != (seat.fits, before) {
            let length = self.chain.len();
            if seat.fits
                && let Some(moved) = self.tree.remove(&before[..length], seat.place)
            {
                self.seats[moved as usize].place = seat.place;
            }
            if fits {
                seat.place = self.tree.insert(&path[..length], number);
            }
            let at = number as usize * length;
            self.paths[at..at + length].copy_from_slice(&path[..length]);
        }
        seat.fits = fits;
        self.seats[number as usize] = seat;
        if self.kinds.first() == Some(&Kind::Shared) {
            self.rank(path[0]);
            if before[0] != path[0] {
                self.rank(before[0]);
            }
        }
    }

    /// The path of a slot at the last look.
    fn path(&self, number: u32) -> Keys {
        let length = self.chain.len();
        let at = number as usize * length;
        let mut path = [0; STRATEGIES_MAX];
        path[..length].copy_from_slice(&self.paths[at..at + length]);
        path
    }

    /// Adds to the counts of the values in a path.
    fn count(&mut self, path: &Keys, amount: i64) {
        if amount != 0 {
            for (depth, _) in self.kinds.iter().enumerate().filter(|(_, k)| **k == Kind::Shared) {
                self.counts[depth][path[depth] as usize] += amount;
            }
        }
    }

    /// Whether an instance passes every step that does not ask about tasks.
    fn suits(&self, roster: &Roster, slot: &Slot, instance: &ContainerInstance) -> bool {
        let view = SlotView { roster, slot, instance };
        fit::standing(&self.request, instance).is_none()
            && fit::attributes(&self.request.requires_attributes, instance).is_none()
            && self.of_instance.iter().all(|expression| expression.matches(&view))
    }

    /// Whether an instance passes the steps that ask about tasks.
    fn has_room(&self, roster: &Roster, slot: &Slot, instance: &ContainerInstance) -> bool {
        let needs = &self.request.needs;
        if needs.cpu_units > slot.free(BinpackField::Cpu).max(0)
            || needs.memory_mib > slot.free(BinpackField::Memory).max(0)
        {
            return false;
        }
        // Most tasks need neither ports nor GPUs; then the instance itself is not read.
        let is_plain =
            needs.tcp_ports.is_empty() && needs.udp_ports.is_empty() && needs.gpus.is_empty();
        let held = &slot.usage.held;
        if !is_plain && fit::resources(needs, &instance.registered, held).is_some() {
            return false;
        }
        let view = SlotView { roster, slot, instance };
        !(self.is_distinct && slot.peers(self.peers).wanted > 0)
            && self.of_tasks.iter().all(|expression| expression.matches(&view))
    }

    /// Puts the numbers of an instance's values into its path.
    fn set_values(&mut self, instance: Option<&ContainerInstance>, path: &mut Keys) {
        for (depth, strategy) in self.chain.iter().enumerate() {
            if let Strategy::Spread(SpreadField::Attribute(name)) = strategy {
                let number = self.values[depth].number(instance.and_then(|i| i.attribute(name)));
                let counts = &mut self.counts[depth];
                counts.resize(counts.len().max(number as usize + 1), 0);
                path[depth] = number.into();
            }
        }
    }

    /// Puts what is the instance's own into its path.
    fn set_own_keys(&self, slot: &Slot, wanted: u32, path: &mut Keys) {
        for (key, strategy) in path.iter_mut().zip(&self.chain) {
            match strategy {
                Strategy::Binpack(field) => *key = slot.free(*field),
                Strategy::Spread(SpreadField::InstanceId) => *key = wanted.into(),
                Strategy::Spread(SpreadField::Attribute(_)) | Strategy::Random => {}
            }
        }
    }

    /// Whether nothing after the first strategy is shared, so that a value's best instance changes
    /// only with its own instances.
    fn is_plain_after_first(&self) -> bool {
        self.kinds.iter().skip(1).all(|kind| *kind == Kind::Own)
    }

    /// Puts a value of the first strategy in its place among the others.
    fn rank(&mut self, value: i64) {
        let count = self.counts[0].get(value as usize).copied().unwrap_or(0);
        let keys = self.tree.child(value).and_then(|node| {
            let mut keys = [0; STRATEGIES_MAX];
            if self.is_plain_after_first() {
                (keys, _) = node.best(&self.kinds, 1, &self.counts, 0)?;
            }
            keys[0] = count;
            Some(keys)
        });
        self.rank.set(value as u32, keys);
    }

    /// Chooses among the best.
    pub(super) fn choose(&self, roster: &Roster, seed: u64) -> Option<(u32, Placement)> {
        let below =
            |value: u32| self.tree.child(value.into())?.best(&self.kinds, 1, &self.counts, seed);
        let (_, equals) = if self.kinds.first() != Some(&Kind::Shared) {
            self.tree.best(&self.kinds, 0, &self.counts, seed)?
        } else if self.is_plain_after_first() {
            below(pick(seed, 1, self.rank.best())?)?
        } else {
            let bests = self.rank.best().iter().filter_map(|value| below(*value));
            bests.min_by_key(|(keys, _)| *keys)?
        };
        let number = pick(seed, 2, equals)?;
        let slot = &roster.slots[number as usize];
        let mut reserved = self.request.needs.clone();
        if !reserved.gpus.is_empty() {
            reserved = fit::reserved(&reserved, slot.instance.as_ref()?, &slot.usage);
        }
        Some((number, Placement { instance: slot.id, reserved, why: self.scores(slot, number) }))
    }

    /// What each strategy sees in an instance.
    fn scores(&self, slot: &Slot, number: u32) -> Vec<Score> {
        let path = self.path(number);
        let score = |(depth, strategy): (usize, &Strategy)| match strategy {
            Strategy::Random => Score::Random,
            Strategy::Binpack(field) => {
                let left = slot.free(*field) - field.amount(&self.request.needs);
                Score::Binpack { field: *field, left }
            }
            Strategy::Spread(field) => {
                let key = path[depth];
                let (value, peers) = match field {
                    SpreadField::InstanceId => (None, key),
                    SpreadField::Attribute(_) => {
                        let texts = &self.values[depth].texts;
                        (texts[key as usize].clone(), self.counts[depth][key as usize])
                    }
                };
                Score::Spread { field: field.clone(), value, peers: peers as u32 }
            }
        };
        let random = self.request.strategies.contains(&Strategy::Random).then_some(Score::Random);
        self.chain.iter().enumerate().map(score).chain(random).collect()
    }
}

impl Request {
    /// Whether a strategy counts the peers.
    fn spreads(&self) -> bool {
        self.strategies.iter().any(|strategy| matches!(strategy, Strategy::Spread(_)))
    }

    /// Whether the answer depends on where the peers are.
    fn asks_about_peers(&self) -> bool {
        self.spreads() || self.constraints.contains(&Constraint::DistinctInstance)
    }
}
