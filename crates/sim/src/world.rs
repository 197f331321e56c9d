//! The world: one seed, one history.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use agent::engine::Event as EngineEvent;
use arn::ClusterName;
use model::Timestamp;

use crate::{
    Broken, Event, Failure, Summary,
    agenda::{Action, Agenda},
    checks::{self, Watch},
    dice::Dice,
    event::Clock,
    host::{Flaw, Host},
    joining::MEMORY_MIB,
    moves::Cause,
    plane::Plane,
    quiet::Deed,
    rollouts::Ledger,
    unsettled::unsettled,
};

/// When every history begins.
pub const BEGIN: Timestamp = Timestamp(1_800_000_000_000);
/// How long users and faults go on.
const ACTIVE_MS: u64 = 300_000;
/// How long after that everything must be as it should be.
const CALM_MS: i64 = 1_800_000;
/// Events in a history; more mean that something turns in a circle.
const EVENTS_MAX: u64 = 40_000;
/// How many notes a failure shows.
const NOTES_SHOWN: usize = 60;

/// A control plane, hosts, users and faults under one virtual clock.
pub struct World {
    pub(crate) seed: u64,
    pub(crate) now: Timestamp,
    pub(crate) dice: Dice,
    pub(crate) agenda: Agenda,
    pub(crate) plane: Plane,
    pub(crate) hosts: Vec<Host>,
    pub(crate) cluster: ClusterName,
    /// Whether users and faults are over.
    pub(crate) is_calm: bool,
    pub(crate) watch: Watch,
    pub(crate) ledger: Ledger,
    pub(crate) deeds: BTreeMap<&'static str, u64>,
    pub(crate) connections: u64,
    /// What each host has.
    pub(crate) memory_mib: i64,
    /// How the agents are broken, if they are.
    pub(crate) flaw: Option<Flaw>,
    /// How many times longer than usual users think before they act.
    pub(crate) patience: u64,
    /// The ARNs of tasks that hosts were told of and the control plane knows nothing about.
    pub(crate) strays: BTreeSet<String>,
    /// When the history must have come to rest.
    pub(crate) end_at: Timestamp,
    /// Whether nothing is left to chance.
    pub(crate) is_quiet: bool,
    /// What the user of a quiet world has not done yet.
    pub(crate) script: VecDeque<Deed>,
    pub(crate) is_deed_noted: bool,
    notes: Vec<(Timestamp, String)>,
    /// How many of the notes were given out with an event.
    notes_told: usize,
    /// Whether each event is put in words.
    is_told: bool,
    doing: String,
    reconcile_noted: Option<Timestamp>,
    start_noted: bool,
    events: u64,
}

impl World {
    /// The world of a seed.
    pub fn new(seed: u64) -> World {
        let mut dice = Dice::new(seed);
        let settle_ms = if dice.once_in(2) { 0 } else { 5_000 };
        let mut world = World::empty(seed, dice, settle_ms);
        world.memory_mib = if world.dice.once_in(3) { MEMORY_MIB / 2 } else { MEMORY_MIB };
        world.patience = if world.dice.once_in(3) { 3 } else { 1 };
        for _ in 0..world.dice.between(2, 4) {
            world.after(0, Action::Join);
        }
        world.after(1, Action::Wish);
        world.after(1_000, Action::Fault);
        world.after(ACTIVE_MS, Action::Calm);
        world.end_at = BEGIN.plus_ms(ACTIVE_MS as i64 + CALM_MS);
        world
    }

    /// The world of a seed, with agents that are broken.
    pub fn flawed(seed: u64, flaw: Flaw) -> World {
        World { flaw: Some(flaw), ..World::new(seed) }
    }

    /// A world with a server that runs, and nothing else.
    pub(crate) fn empty(seed: u64, dice: Dice, settle_ms: i64) -> World {
        let mut world = World {
            seed,
            now: BEGIN,
            dice,
            agenda: Agenda::default(),
            plane: Plane::new(settle_ms),
            hosts: Vec::new(),
            cluster: "default".parse().expect("invariant: a good name"),
            is_calm: false,
            watch: Watch::default(),
            ledger: Ledger::default(),
            deeds: BTreeMap::new(),
            connections: 0,
            memory_mib: MEMORY_MIB,
            flaw: None,
            patience: 1,
            strays: BTreeSet::new(),
            end_at: BEGIN.plus_ms(CALM_MS),
            is_quiet: false,
            script: VecDeque::new(),
            is_deed_noted: false,
            notes: Vec::new(),
            notes_told: 0,
            is_told: false,
            doing: String::new(),
            reconcile_noted: None,
            start_noted: false,
            events: 0,
        };
        world.start_server();
        world
    }

    /// Plays the history to its end.
    pub fn run(&mut self) -> Result<Summary, Failure> {
        while self.advance().map_err(|broken| self.failure(broken))? {}
        Ok(self.summary())
    }

    /// Plays the next event, and puts it in words; none when the history is over.
    pub fn next_event(&mut self) -> Result<Option<Event>, Failure> {
        self.is_told = true;
        self.notes_told = self.notes.len();
        let goes_on = self.advance().map_err(|broken| self.failure(broken))?;
        Ok(goes_on.then(|| Event {
            at_ms: self.now.ms_since(BEGIN),
            what: std::mem::take(&mut self.doing),
            notes: self.notes[self.notes_told..].iter().map(|(_, note)| note.clone()).collect(),
            frames: self.frames(),
        }))
    }

    /// What it came to so far.
    pub fn summary(&self) -> Summary {
        Summary {
            seeds: 1,
            events: self.events,
            commits: self.plane.commits,
            simulated_ms: self.now.ms_since(BEGIN),
            rollouts: self.ledger.ended.clone(),
            deeds: self.deeds.clone(),
        }
    }

    pub(crate) fn failure(&self, broken: Broken) -> Failure {
        let last = &self.notes[self.notes.len().saturating_sub(NOTES_SHOWN)..];
        let line =
            |(at, note): &(Timestamp, String)| format!("{} {note}", Clock(at.ms_since(BEGIN)));
        Failure {
            seed: self.seed,
            at_ms: self.now.ms_since(BEGIN),
            broken,
            notes: last.iter().map(line).collect(),
        }
    }

    /// One event; false when all is as it should be and nothing more is to come.
    pub(crate) fn advance(&mut self) -> Result<bool, Broken> {
        if self.is_calm && unsettled(self).is_empty() && !self.next_deed() {
            return Ok(false);
        }
        let late = |world: &World, why: &str| {
            let what = format!("{why}: {}", unsettled(world).join("; "));
            Broken::new("everything-comes-to-rest", what)
        };
        let Some((at, action)) = self.agenda.next() else {
            return Err(late(self, "nothing happens any more"));
        };
        if at > self.end_at {
            return Err(late(self, "not settled"));
        }
        if self.events >= EVENTS_MAX {
            return Err(late(self, "too many events, something turns in a circle"));
        }
        self.now = self.now.max(at);
        if self.is_told {
            self.doing = action.to_string();
        }
        self.watch.cause = match &action {
            Action::Reconcile => Cause::Scheduler,
            Action::Submit(..) => Cause::Report,
            _ => Cause::Other,
        };
        self.act(action);
        self.events += 1;
        self.follow_up()?;
        Ok(true)
    }

    pub(crate) fn after(&mut self, ms: u64, action: Action) {
        self.agenda.at(self.now.plus_ms(ms as i64), action);
    }

    /// How long something takes, in milliseconds: by chance, except in a quiet world, where all that
    /// is alike takes equally long.
    pub(crate) fn delay(&mut self, low: u64, high: u64) -> u64 {
        if self.is_quiet { low } else { self.dice.between(low, high) }
    }

    pub(crate) fn note(&mut self, what: impl FnOnce() -> String) {
        self.notes.push((self.now, what()));
    }

    /// Counts what a user or a fault does.
    pub(crate) fn count(&mut self, deed: &'static str) {
        *self.deeds.entry(deed).or_default() += 1;
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Wish => self.wish(),
            Action::Fault => self.fault(),
            Action::Calm => self.calm_down(),
            Action::Deed(deed) => self.do_deed(deed),
            Action::Join => self.join(),
            Action::Bury(host) => self.bury(host),
            Action::Reconcile => {
                self.reconcile_noted = None;
                let _ = self.plane.reconcile_one(&mut self.dice, self.now);
            }
            Action::Sync(host) => self.sync(host),
            Action::Manifest(host, connection) => self.manifest(host, connection),
            Action::StartServer => {
                self.start_noted = false;
                self.start_server();
            }
            Action::StartAgent(host) => self.start_agent(host),
            Action::StartEngine(host) => self.start_engine(host),
            Action::Connect(host) => self.connect(host),
            Action::Disconnected(host, connection) => self.disconnected(host, connection),
            Action::Down(host, connection, message) => self.hear_down(host, connection, *message),
            Action::Up(host, connection, message) => self.hear_up(host, connection, *message),
            Action::Submit(host, life, report) => self.submit(host, life, *report),
            Action::Submitted(host, life, task, number) => {
                if self.hosts[host].life == life {
                    self.apply(host, EngineEvent::Submitted { task, number });
                }
            }
            Action::Health(host, life, task) => self.tell_health(host, life, &task),
            Action::Called(host, life, call) => self.called(host, life, *call),
            Action::Listed(host, life) => self.listed(host, life),
            Action::Engine(host) => self.engine_time(host),
            Action::Tick(host, life) => {
                if self.hosts[host].life == life && self.hosts[host].tick_at == Some(self.now) {
                    self.hosts[host].tick_at = None;
                    self.apply(host, EngineEvent::Tick);
                }
            }
        }
    }

    /// Starts the server on what its disk holds, which must be what it last said.
    pub(crate) fn start_server(&mut self) {
        if self.plane.is_up() {
            return;
        }
        self.note(|| "the server starts".into());
        if let Err(difference) = self.plane.start(self.now) {
            let broken = Broken::new("recovery-restores-what-was", difference);
            self.watch.broken = Some(broken);
        }
        if let Some(state) = self.plane.snapshot() {
            state.services().iter().for_each(|service| self.ledger.note(service));
            self.watch.seen = state;
        }
    }

    /// What follows from the event at once: reconcilers and sessions are woken, and a server that is
    /// down will come back. Then everything is checked.
    fn follow_up(&mut self) -> Result<(), Broken> {
        if !self.plane.is_up() && !self.start_noted {
            self.start_noted = true;
            self.lose_connections();
            let down = self.dice.between(100, 10_000);
            self.after(down, Action::StartServer);
        }
        let (commits, touched) = self.plane.drain();
        for key in touched {
            if let Some(host) = self.hosts.iter().position(|h| h.key == key) {
                let delay = self.delay(0, 19);
                self.after(delay, Action::Sync(host));
            }
        }
        self.note_reconcile();
        checks::after_event(self, self.events, &commits)
    }

    fn note_reconcile(&mut self) {
        let Some(queue) = self.plane.queue() else { return };
        let due = if queue.is_idle() { queue.next_due() } else { Some(self.now) };
        let is_earlier = |due: &Timestamp| self.reconcile_noted.is_none_or(|noted| *due < noted);
        if let Some(due) = due.map(|due| due.max(self.now)).filter(is_earlier) {
            self.reconcile_noted = Some(due);
            // Where a later run was noted before, it comes too: a run too many does no harm.
            let at = due.plus_ms(self.delay(0, 29) as i64);
            self.agenda.at(at, Action::Reconcile);
        }
    }
}
