//! The container instances that fit one kind of request, ordered as its strategies order them.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use core::ops::Range;
use query::Expression;

use super::{
    rank::Rank,
    roster::{Noted, Roster, Slot, SlotView},
    shortage::Shortage,
    tree::{Counts, Keys, Kind, Leaf, Node},
};
use crate::{
    BinpackField, Constraint, Placement, Request, STRATEGIES_MAX, Score, Shortfall, SpreadField,
    Strategy,
    constraint::asks_about_tasks,
    fit,
    seed::{lot, pick},
};

/// The order for one kind of request.
pub(super) struct Lens {
    request: Arc<Request>,
    /// The strategies that decide, without a closing `random`.
    chain: Vec<Strategy>,
    kinds: Vec<Kind>,
    /// What the constraints ask of an instance itself, and of its tasks.
    of_instance: Vec<Expression>,
    of_tasks: Vec<Expression>,
    is_distinct: bool,
    /// Whether equals are drawn from, and do not take turns.
    is_random: bool,
    scope: Scope,
    /// By slot. These are apart from each other and small, because each placement waits for the
    /// memory that it reads, and seldom reads all.
    standings: Vec<Standing>,
    /// By slot.
    seats: Vec<Seat>,
    /// By slot, for each strategy after the first: the rest of the instance's path in the tree.
    rests: Vec<i64>,
    tree: Node,
    /// For each strategy that shares: the number of each value, and the wanted peers with it.
    values: [Values; STRATEGIES_MAX],
    counts: Counts,
    /// For a chain that begins with such a strategy: its values in order.
    rank: Rank,
    /// Made when no instance fits and somebody asks why, until one fits.
    shortage: Option<Shortage>,
    /// Up to which change it has looked; `None` before the first look.
    seen: Option<u64>,
    /// The newest version of an instance that it has looked at.
    seen_version: u64,
}

/// How many slots are drawn before the leaf is read.
const DRAWS: u128 = 4;

/// Which container instances a lens is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those that can start a task now.
    Connected,
    /// Those whose agent is not connected too.
    All,
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

/// How far the instance of a slot came.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Standing {
    /// There is none.
    #[default]
    Absent,
    /// It is not right, whatever its tasks.
    Unsuited,
    /// It is right, but its tasks are in the way.
    Full,
    /// It is in the tree.
    Fits,
}

/// What else the lens keeps of a slot, if a strategy orders at all.
#[derive(Clone, Copy, Default)]
#[repr(C, align(16))]
struct Seat {
    /// Where the instance's path in the tree begins, kept also while it does not fit.
    first: i64,
    /// The peers that it adds to the counts of its values.
    wanted: u32,
    /// Its place in its leaf of the tree, if it fits.
    place: u32,
}

impl Lens {
    pub(super) fn new(request: Arc<Request>, scope: Scope) -> Self {
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
            is_random: request.strategies.contains(&Strategy::Random),
            scope,
            shortage: None,
            of_instance,
            of_tasks,
            tree: Node::new(chain.len()),
            request,
            chain,
            kinds,
            standings: Vec::new(),
            seats: Vec::new(),
            rests: Vec::new(),
            values: Default::default(),
            counts: Default::default(),
            rank: Rank::default(),
            seen: None,
            seen_version: 0,
        }
    }

    /// Whether this lens is the one for a request.
    pub(super) fn serves(&self, request: &Arc<Request>, scope: Scope) -> bool {
        let mine = &*self.request;
        let is_same = || {
            mine.needs == request.needs
                && mine.launch_type == request.launch_type
                && mine.strategies == request.strategies
                && (mine.peers == request.peers || !mine.asks_about_peers())
                && mine.requires_attributes == request.requires_attributes
                && mine.constraints == request.constraints
        };
        self.scope == scope && (Arc::ptr_eq(&self.request, request) || is_same())
    }

    /// Looks at every slot that changed since the last time.
    pub(super) fn catch_up(&mut self, roster: &Roster) {
        let count = roster.slots.len();
        self.standings.resize(count, Standing::default());
        self.seats.resize(count, Seat::default());
        self.rests.resize(count * self.chain.len().saturating_sub(1), 0);
        let peers = roster.kinds.of(&self.request.peers);
        match self.seen.and_then(|seen| roster.changed_since(seen)) {
            Some(changed) => changed.for_each(|noted| self.look(roster, peers, noted)),
            None => {
                for (number, body) in (0..).zip(&roster.bodies) {
                    let is_instance = body.version > self.seen_version;
                    self.look(roster, peers, Noted { number, is_instance });
                }
            }
        }
        self.seen = Some(roster.log_end());
        self.seen_version = roster.versions;
    }

    /// Brings what it knows of one slot up to date. `peers` are the kinds of the request's peers.
    fn look(&mut self, roster: &Roster, peers: &[u32], noted: Noted) {
        let Noted { number, is_instance } = noted;
        if let Some(shortage) = &mut self.shortage {
            shortage.look(roster, &self.request, number);
        }
        let (at, length) = (number as usize, self.chain.len());
        let standing_before = self.standings[at];
        let standing = match standing_before {
            _ if is_instance => self.standing(roster, number, peers),
            Standing::Absent | Standing::Unsuited => standing_before,
            Standing::Full | Standing::Fits => self.room(roster, number, peers),
        };
        self.standings[at] = standing;
        if length == 0 && standing == standing_before {
            return;
        }
        let path_before = self.path(number);
        let mut path = path_before;
        let wanted_before = self.seats[at].wanted;
        if is_instance {
            self.set_values(roster, number, &mut path);
        }
        let is_counted = standing != Standing::Absent && self.request.spreads();
        let wanted = if is_counted { roster.count(number, peers).wanted } else { 0 };
        if (wanted, &path) != (wanted_before, &path_before) {
            self.count(&path_before, -i64::from(wanted_before));
            self.count(&path, wanted.into());
            self.seats[at].wanted = wanted;
        }
        self.set_own_keys(roster, number, wanted, &mut path);
        if (standing, path) != (standing_before, path_before) {
            if standing_before == Standing::Fits
                && let Some(moved) = self.tree.remove(&path_before[..length], self.seats[at].place)
            {
                self.seats[moved as usize].place = self.seats[at].place;
            }
            if standing == Standing::Fits {
                self.seats[at].place = self.tree.insert(&path[..length], number);
            }
            self.set_path(number, &path);
        }
        if self.kinds.first() == Some(&Kind::Shared) {
            self.rank(path[0]);
            if path_before[0] != path[0] {
                self.rank(path_before[0]);
            }
        }
    }

    /// The path of a slot at the last look; of a chain without strategies it has no meaning.
    fn path(&self, number: u32) -> Keys {
        let mut path = [0; STRATEGIES_MAX];
        path[0] = self.seats[number as usize].first;
        let rest = self.rest(number);
        path[1..=rest.len()].copy_from_slice(&self.rests[rest]);
        path
    }

    fn set_path(&mut self, number: u32, path: &Keys) {
        self.seats[number as usize].first = path[0];
        let rest = self.rest(number);
        self.rests[rest.clone()].copy_from_slice(&path[1..=rest.len()]);
    }

    /// Where the rest of a slot's path stands.
    fn rest(&self, number: u32) -> Range<usize> {
        let length = self.chain.len().saturating_sub(1);
        let at = number as usize * length;
        at..at + length
    }

    /// Adds to the counts of the values in a path.
    fn count(&mut self, path: &Keys, amount: i64) {
        if amount != 0 {
            for (depth, _) in self.kinds.iter().enumerate().filter(|(_, k)| **k == Kind::Shared) {
                self.counts[depth][path[depth] as usize] += amount;
            }
        }
    }

    /// How far an instance comes that may have changed itself.
    fn standing(&self, roster: &Roster, number: u32, peers: &[u32]) -> Standing {
        let Some(instance) = roster.bodies[number as usize].instance.as_deref() else {
            return Standing::Absent;
        };
        let view = SlotView { roster, number };
        let suits = (self.scope == Scope::All || instance.agent_connected)
            && fit::standing(&self.request, instance).is_none()
            && fit::attributes(&self.request.requires_attributes, instance).is_none()
            && self.of_instance.iter().all(|expression| expression.matches(&view));
        if suits { self.room(roster, number, peers) } else { Standing::Unsuited }
    }

    /// Whether an instance that suits passes the steps that ask about tasks too.
    fn room(&self, roster: &Roster, number: u32, peers: &[u32]) -> Standing {
        let (needs, slot) = (&self.request.needs, &roster.slots[number as usize]);
        // What asks for nothing fits even where more is held than there is.
        let has_room = needs.cpu_units <= slot.free(BinpackField::Cpu).max(0)
            && needs.memory_mib <= slot.free(BinpackField::Memory).max(0)
            // Most tasks need neither ports nor GPUs; then the instance itself is not read.
            && (needs.is_plain() || roster.has_named(number, needs))
            && !(self.is_distinct && roster.count(number, peers).wanted > 0)
            // What is told first may be of a task, and next that the instance is gone.
            && (self.of_tasks.is_empty() || roster.instance_of(number).is_some())
            && self.of_tasks.iter().all(|e| e.matches(&SlotView { roster, number }));
        if has_room { Standing::Fits } else { Standing::Full }
    }

    /// Puts the numbers of an instance's values into its path.
    fn set_values(&mut self, roster: &Roster, number: u32, path: &mut Keys) {
        let instance = roster.bodies[number as usize].instance.as_deref();
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
    fn set_own_keys(&self, roster: &Roster, number: u32, wanted: u32, path: &mut Keys) {
        let slot = &roster.slots[number as usize];
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

    /// The container instances that fit: one for each value of the first strategy, or all where there
    /// is no strategy.
    pub(super) fn each(&self) -> Vec<u32> {
        self.tree.each()
    }

    /// Why none fits. It looks at every instance once, and then at those that changed.
    pub(super) fn shortfall(&mut self, roster: &Roster) -> Shortfall {
        let shortage = self.shortage.get_or_insert_with(|| Shortage::of(roster, &self.request));
        shortage.told(roster, &self.request)
    }

    /// Chooses among the best.
    pub(super) fn choose(&mut self, roster: &Roster, seed: u64) -> Option<(u32, Placement)> {
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
        let number = if self.is_random { self.draw(seed, equals)? } else { equals.next()? };
        self.shortage = None;
        let slot = &roster.slots[number as usize];
        let mut reserved = self.request.needs.clone();
        if !reserved.gpus.is_empty() {
            let (instance, usage) = roster.entry(number)?;
            reserved = fit::reserved(&reserved, instance, &usage);
        }
        Some((number, Placement { instance: slot.id, reserved, why: self.scores(slot, number) }))
    }

    /// Draws one of a leaf, each as likely as any other.
    fn draw(&self, seed: u64, leaf: &Leaf) -> Option<u32> {
        // Where the leaf is nearly all there is, a slot that fits is found without reading the leaf.
        let count = self.standings.len() as u64;
        let mut drawn = (0..DRAWS).map(|turn| (lot(seed, 3 + turn) % count.max(1)) as u32);
        let is_wide = self.chain.is_empty() && leaf.slots.len() as u64 * 2 > count;
        let fitting = |number: &u32| self.standings[*number as usize] == Standing::Fits;
        is_wide.then(|| drawn.find(fitting)).flatten().or_else(|| pick(seed, 2, &leaf.slots))
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
        let random = self.is_random.then_some(Score::Random);
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
