//! The world: one seed, one history.

use agent::engine::Event;
use arn::{ClusterName, InstanceId};
use model::{Resources, Timestamp};
use runtime::fake::FakeEngine;
use wire::ecs;

use crate::{
    agenda::{Action, Agenda, HostId},
    checks,
    dice::Dice,
    host::{self, Disk, Host},
    plane::Plane,
};

/// When every history begins.
const BEGIN: Timestamp = Timestamp(1_800_000_000_000);
/// How long users and faults go on.
const ACTIVE_MS: i64 = 300_000;
/// How long after that everything must be as it should be.
const CALM_MS: i64 = 1_800_000;
/// Steps in a history; more mean that something turns in a circle.
const STEPS_MAX: u64 = 40_000;

/// What a history should not have come to.
#[derive(Debug)]
pub struct Failure {
    /// The seed that leads there.
    pub seed: u64,
    /// When, in milliseconds from the beginning.
    pub at_ms: i64,
    /// What is wrong.
    pub what: String,
    /// The last things that happened.
    pub trace: Vec<String>,
}

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
    pub(crate) trace: Vec<String>,
    pub(crate) is_loud: bool,
    /// What a reconciler should not have done.
    pub(crate) bad_move: Option<String>,
    pub(crate) connections: u64,
    reconcile_noted: bool,
    start_noted: bool,
    steps: u64,
}

impl World {
    /// The world of a seed.
    pub fn new(seed: u64) -> World {
        let mut dice = Dice::new(seed);
        let settle_ms = if dice.once_in(2) { 0 } else { 5_000 };
        World {
            seed,
            now: BEGIN,
            dice,
            agenda: Agenda::default(),
            plane: Plane::new(settle_ms),
            hosts: Vec::new(),
            cluster: "default".parse().expect("invariant: a good name"),
            is_calm: false,
            trace: Vec::new(),
            is_loud: false,
            bad_move: None,
            connections: 0,
            reconcile_noted: false,
            start_noted: false,
            steps: 0,
        }
    }

    /// Prints what happens.
    pub fn loud(mut self) -> World {
        self.is_loud = true;
        self
    }

    /// Plays the history.
    pub fn run(mut self) -> Result<u64, Failure> {
        match self.play() {
            Ok(()) => Ok(self.steps),
            Err(what) => Err(Failure {
                seed: self.seed,
                at_ms: self.now.ms_since(BEGIN),
                what,
                trace: self.trace.split_off(self.trace.len().saturating_sub(60)),
            }),
        }
    }

    fn play(&mut self) -> Result<(), String> {
        self.plane.start(self.now);
        for index in 0..self.dice.between(2, 4) {
            self.join(index as usize);
        }
        self.after(0, Action::Wish);
        self.after(1_000, Action::Fault);
        let calm_at = BEGIN.plus_ms(ACTIVE_MS);
        let end_at = calm_at.plus_ms(CALM_MS);
        while let Some((at, action)) = self.agenda.next() {
            if !self.is_calm && at >= calm_at {
                self.now = calm_at;
                self.calm_down();
            }
            if at > end_at {
                return Err(format!("not settled: {}", checks::unsettled(self).join("; ")));
            }
            self.now = self.now.max(at);
            self.step(action);
            self.settle_step();
            self.steps += 1;
            checks::after_step(self, self.steps)?;
            if self.is_calm && checks::unsettled(self).is_empty() {
                return Ok(());
            }
            if self.steps > STEPS_MAX {
                return Err("too many steps: something turns in a circle".into());
            }
        }
        Err(format!("nothing happens any more: {}", checks::unsettled(self).join("; ")))
    }

    pub(crate) fn after(&mut self, ms: u64, action: Action) {
        self.agenda.at(self.now.plus_ms(ms as i64), action);
    }

    pub(crate) fn note(&mut self, what: impl FnOnce() -> String) {
        let line = format!("{:>7} {}", self.now.ms_since(BEGIN), what());
        if self.is_loud {
            std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{line}\n")).ok();
        }
        self.trace.push(line);
        if self.trace.len() > 1_000 {
            self.trace.drain(..500);
        }
    }

    /// A host registers, as an agent does at its first start.
    fn join(&mut self, index: HostId) {
        let zone = format!("us-east-1{}", ["a", "b", "c"][index % 3]);
        let capacity = Resources::new(2_048, 2_048);
        let resource = |name: &str, value| ecs::Resource {
            name: Some(name.into()),
            r#type: Some("INTEGER".into()),
            integer_value: Some(value),
            ..ecs::Resource::default()
        };
        let capability = |name: &str, value: Option<&str>| ecs::Attribute {
            name: Some(name.into()),
            value: value.map(Into::into),
            ..ecs::Attribute::default()
        };
        let input = ecs::RegisterContainerInstanceRequest {
            cluster: Some(self.cluster.to_string()),
            total_resources: Some(vec![resource("CPU", 2_048), resource("MEMORY", 2_048)]),
            attributes: Some(vec![
                capability("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
                capability("ecs.capability.container-health-check", None),
                capability("ecs.availability-zone", Some(&zone)),
            ]),
            ..ecs::RegisterContainerInstanceRequest::default()
        };
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let answer = self
            .plane
            .update(|tx| control::api::register_container_instance(tx, &mut cx, input))
            .expect("the server is up at first")
            .expect("the request is right");
        let arn = answer.container_instance.and_then(|i| i.container_instance_arn);
        let arn = arn.expect("a container instance has an ARN");
        let id: InstanceId = arn.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
        let mut fake = FakeEngine::new(self.dice.any(), self.now.0 as u64);
        host::stock(&mut fake);
        self.hosts.push(Host {
            key: (self.cluster.clone(), id),
            arn,
            capacity,
            disk: Disk { watermark: -1, ..Disk::default() },
            engine: None,
            life: 0,
            fake,
            connection: None,
            last_down: BEGIN,
            last_up: BEGIN,
            listening: false,
            tick_at: None,
            engine_at: None,
        });
        self.after(0, Action::StartAgent(index));
    }

    fn step(&mut self, action: Action) {
        match action {
            Action::Wish => self.wish(),
            Action::Fault => self.fault(),
            Action::Reconcile => {
                self.reconcile_noted = false;
                self.reconcile();
            }
            Action::Sync(host) => self.sync(host),
            Action::StartServer => {
                self.start_noted = false;
                if !self.plane.is_up() {
                    self.note(|| "the server starts".into());
                    self.plane.start(self.now);
                }
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
                    self.apply(host, Event::Submitted { task, number });
                }
            }
            Action::Health(host, life, task) => self.tell_health(host, life, &task),
            Action::Called(host, life, call) => self.called(host, life, *call),
            Action::Listed(host, life) => self.listed(host, life),
            Action::Engine(host) => self.engine_time(host),
            Action::Tick(host, life) => {
                if self.hosts[host].life == life && self.hosts[host].tick_at == Some(self.now) {
                    self.hosts[host].tick_at = None;
                    self.apply(host, Event::Tick);
                }
            }
        }
    }

    /// What follows from the step at once: reconcilers and sessions are woken, and a server that is
    /// down will come back.
    fn settle_step(&mut self) {
        if !self.plane.is_up() && !self.start_noted {
            self.start_noted = true;
            self.lose_connections();
            let down = self.dice.between(100, 10_000);
            self.after(down, Action::StartServer);
        }
        for key in self.plane.drain() {
            if let Some(host) = self.hosts.iter().position(|h| h.key == key) {
                let delay = self.dice.below(20);
                self.after(delay, Action::Sync(host));
            }
        }
        let Some(queue) = self.plane.queue() else { return };
        let due = if queue.is_idle() { queue.next_due() } else { Some(self.now) };
        if let Some(at) = due.filter(|_| !self.reconcile_noted) {
            let delay = self.dice.below(30) as i64;
            let at = at.max(self.now).plus_ms(delay);
            // A later change may want it earlier; a run too many does no harm.
            self.reconcile_noted = at <= self.now.plus_ms(30);
            self.agenda.at(at, Action::Reconcile);
        }
    }

    fn reconcile(&mut self) {
        let before = checks::counts(self);
        if self.plane.reconcile_one(&mut self.dice, self.now) == Ok(true) {
            checks::note_moves(self, &before);
        }
    }
}
