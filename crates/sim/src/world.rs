//! The world: one seed, one history.

use std::collections::BTreeMap;

use agent::engine::{Call, Effect, Event, Identified, Report, on_fake};
use arn::{ClusterName, InstanceId};
use control::session::{InstanceKey, outbox, outbox::Outbox, presence, tcs::note_health};
use model::{Resources, Timestamp};
use runtime::fake::FakeEngine;
use session_wire::{acs, tcs::TaskHealth};
use wire::ecs;

use crate::{
    agenda::{Action, Agenda, HostId},
    checks,
    dice::Dice,
    host::{self, Disk, Host},
    plane::{Plane, Session},
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
    connections: u64,
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
        match self.plane.reconcile_one(&mut self.dice, self.now) {
            Ok(true) => checks::note_moves(self, &before),
            Ok(false) | Err(_) => {}
        }
    }

    // ---- sessions

    pub(crate) fn connect(&mut self, host: HostId) {
        let h = &self.hosts[host];
        if h.engine.is_none() || h.connection.is_some() {
            return;
        }
        let (key, now) = (h.key.clone(), self.now);
        let agent = presence::Agent::default();
        let taken = self.plane.update(|tx| Ok::<_, ()>(presence::connect(tx, &key, agent, now)));
        let Ok(Ok(is_registered)) = taken else {
            self.after(700, Action::Connect(host));
            return;
        };
        if !is_registered {
            return;
        }
        self.connections += 1;
        let connection = self.connections;
        self.hosts[host].connection = Some(connection);
        if let Some(sessions) = self.plane.sessions() {
            sessions.insert(key, Session { connection, outbox: Outbox::default() });
        }
        self.note(|| format!("host {host} connects"));
        self.sync(host);
        self.send_manifest(host);
        // A new session tells the health of everything once more.
        let tasks: Vec<String> =
            self.hosts[host].engine.iter().flat_map(|e| e.tasks().map(|t| t.arn.clone())).collect();
        let life = self.hosts[host].life;
        for task in tasks {
            self.after(5, Action::Health(host, life, task));
        }
    }

    /// The connection breaks; each side notices in its own time.
    pub(crate) fn break_connection(&mut self, host: HostId) {
        if let Some(connection) = self.hosts[host].connection.take() {
            let (server, agent) = (self.dice.below(5_000), self.dice.below(2_000));
            self.after(server, Action::Disconnected(host, connection));
            self.after(agent, Action::Connect(host));
        }
    }

    fn disconnected(&mut self, host: HostId, connection: u64) {
        let key = self.hosts[host].key.clone();
        let Some(sessions) = self.plane.sessions() else { return };
        if sessions.get(&key).is_none_or(|s| s.connection != connection) {
            return;
        }
        sessions.remove(&key);
        let now = self.now;
        // Should the server go down on it, its next start disconnects everybody.
        let _ = self.plane.update(|tx| {
            presence::disconnect(tx, &key, now);
            Ok::<_, ()>(())
        });
    }

    fn sync(&mut self, host: HostId) {
        let key = self.hosts[host].key.clone();
        let Some(state) = self.plane.snapshot() else { return };
        let (home, now) = (self.plane.settings.home.clone(), self.now);
        let Some(sessions) = self.plane.sessions() else { return };
        let Some(session) = sessions.get_mut(&key) else { return };
        let connection = session.connection;
        for message in session.outbox.payloads(&state, &home, &key, now) {
            self.send_down(host, connection, message);
        }
    }

    fn send_manifest(&mut self, host: HostId) {
        let key = self.hosts[host].key.clone();
        let own = key.clone();
        let number =
            self.plane.update(|tx| Ok::<_, ()>(control::launch::next_seq_num(tx, &own.0, own.1)));
        let (Ok(Ok(number)), Some(state)) = (number, self.plane.snapshot()) else { return };
        let home = self.plane.settings.home.clone();
        let message = outbox::manifest(&state, &home, &key, number, self.now);
        if let Some(connection) = self.hosts[host].connection {
            self.send_down(host, connection, message);
        }
    }

    fn send_down(&mut self, host: HostId, connection: u64, message: acs::Down) {
        let delay = self.dice.between(1, 40) as i64;
        let at = self.now.plus_ms(delay).max(self.hosts[host].last_down);
        self.hosts[host].last_down = at;
        self.agenda.at(at, Action::Down(host, connection, Box::new(message)));
    }

    fn hear_down(&mut self, host: HostId, connection: u64, message: acs::Down) {
        if self.hosts[host].connection != Some(connection) {
            return;
        }
        match message {
            acs::Down::Payload(payload) => {
                for task in payload.tasks {
                    let seq_num = payload.seq_num;
                    self.apply(host, Event::Payload { task: Box::new(task), seq_num });
                }
            }
            acs::Down::TaskManifest(manifest) => {
                let tasks = manifest.tasks.into_iter().map(|t| Identified {
                    is_to_run: t.desired_status == "RUNNING",
                    task: t.task_arn,
                });
                let event = Event::Manifest {
                    timeline: manifest.timeline,
                    message_id: manifest.message_id,
                    tasks: tasks.collect(),
                };
                self.apply(host, event);
            }
            acs::Down::TaskStopVerificationAck(ack) => {
                let tasks = ack.stop_tasks.into_iter().map(|t| t.task_arn).collect();
                self.apply(host, Event::StopsVerified { message_id: ack.message_id, tasks });
            }
            _ => {}
        }
    }

    fn hear_up(&mut self, host: HostId, connection: u64, message: acs::Up) {
        let key = self.hosts[host].key.clone();
        let is_open = self
            .plane
            .sessions()
            .is_some_and(|s| s.get(&key).is_some_and(|s| s.connection == connection));
        let (acs::Up::TaskStopVerification(asked), true, Some(state)) =
            (message, is_open, self.plane.snapshot())
        else {
            return;
        };
        let home = self.plane.settings.home.clone();
        let answer = outbox::verify_stops(
            &state,
            &home,
            &key,
            &asked.message_id,
            asked.stop_candidates,
            self.now,
        );
        self.send_down(host, connection, answer);
    }

    // ---- agents and their container engines

    pub(crate) fn start_agent(&mut self, host: HostId) {
        if self.hosts[host].engine.is_some() {
            return;
        }
        self.note(|| format!("the agent of host {host} starts"));
        let effects = self.hosts[host].start_agent();
        self.carry_out(host, effects);
        let life = self.hosts[host].life;
        self.after(10, Action::Listed(host, life));
        let delay = self.dice.between(10, 300);
        self.after(delay, Action::Connect(host));
    }

    fn start_engine(&mut self, host: HostId) {
        if !self.hosts[host].fake.is_up() {
            self.note(|| format!("the container engine of host {host} starts"));
            self.hosts[host].fake.restart();
            let life = self.hosts[host].life;
            self.after(10, Action::Listed(host, life));
        }
    }

    pub(crate) fn apply(&mut self, host: HostId, event: Event) {
        if self.is_loud {
            let mut text = format!("{event:?}");
            text.truncate(160);
            self.note(|| format!("host {host} <- {text}"));
        }
        let now = self.now;
        let effects = self.hosts[host].apply(event, now);
        self.carry_out(host, effects);
        let life = self.hosts[host].life;
        let due = self.hosts[host].engine.as_ref().and_then(|e| e.next_due(now));
        let due = due.map(|at| at.max(now.plus_ms(1)));
        if due != self.hosts[host].tick_at {
            self.hosts[host].tick_at = due;
            if let Some(at) = due {
                self.agenda.at(at, Action::Tick(host, life));
            }
        }
        self.note_engine_time(host);
    }

    fn note_engine_time(&mut self, host: HostId) {
        let due = self.hosts[host].fake.next_due_ms();
        let due = due.map(|at| Timestamp(at as i64).max(self.now));
        if due != self.hosts[host].engine_at {
            self.hosts[host].engine_at = due;
            if let Some(at) = due {
                self.agenda.at(at, Action::Engine(host));
            }
        }
    }

    fn carry_out(&mut self, host: HostId, effects: Vec<Effect>) {
        let life = self.hosts[host].life;
        for effect in effects {
            match effect {
                Effect::Save(arn) => {
                    let h = &mut self.hosts[host];
                    let task = h.engine.as_ref().and_then(|e| e.task(&arn));
                    if let Some(task) = task {
                        let json = serde_json::to_string(task).expect("invariant: tasks have JSON");
                        h.disk.tasks.insert(arn, json);
                    }
                }
                Effect::Forget(arn) => {
                    self.hosts[host].disk.tasks.remove(&arn);
                }
                Effect::SaveInstance => {
                    let h = &mut self.hosts[host];
                    if let Some(engine) = &h.engine {
                        h.disk.watermark = engine.watermark();
                        h.disk.pulled = engine.pulled_images().iter().cloned().collect();
                    }
                }
                Effect::Call(call) => self.begin_call(host, call),
                Effect::List => self.after(5, Action::Listed(host, life)),
                Effect::Submit(report) => {
                    let delay = self.dice.between(1, 50);
                    self.after(delay, Action::Submit(host, life, report));
                }
                Effect::HealthChanged(task) => {
                    let delay = self.dice.between(1, 50);
                    self.after(delay, Action::Health(host, life, task));
                }
                Effect::VerifyStops { message_id, candidates } => {
                    self.verify_stops(host, message_id, candidates);
                }
            }
        }
    }

    fn verify_stops(&mut self, host: HostId, message_id: String, candidates: Vec<String>) {
        let Some(connection) = self.hosts[host].connection.filter(|_| !candidates.is_empty())
        else {
            return;
        };
        let cluster_arn = self.plane.settings.home.cluster_arn(&self.cluster);
        let message = acs::Up::TaskStopVerification(acs::TaskStopVerificationMessage {
            message_id,
            stop_candidates: candidates
                .into_iter()
                .map(|task_arn| acs::TaskIdentifier {
                    task_arn,
                    task_cluster_arn: cluster_arn.clone(),
                    desired_status: "STOPPED".into(),
                })
                .collect(),
        });
        let at = self.now.plus_ms(self.dice.between(1, 40) as i64).max(self.hosts[host].last_up);
        self.hosts[host].last_up = at;
        self.agenda.at(at, Action::Up(host, connection, Box::new(message)));
    }

    fn begin_call(&mut self, host: HostId, call: Call) {
        let now = self.now.0 as u64;
        let h = &mut self.hosts[host];
        let life = h.life;
        let events = h.fake.advance(now);
        self.tell_runtime_events(host, events);
        match on_fake::begin(&mut self.hosts[host].fake, &call.verb) {
            on_fake::Begun::Over(outcome) => {
                // The outcome is on its way; by then the agent may be another.
                let done = Event::Done { id: call.id, outcome };
                if self.hosts[host].life == life {
                    self.pending(host, life, done);
                }
            }
            on_fake::Begun::At(at) => {
                let at = Timestamp(at as i64).max(self.now);
                self.agenda.at(at, Action::Called(host, life, Box::new(call)));
            }
        }
        self.note_engine_time(host);
    }

    /// Hands an outcome in as an event of its own, after what is being carried out.
    fn pending(&mut self, host: HostId, life: u64, event: Event) {
        if self.hosts[host].life == life {
            self.apply(host, event);
        }
    }

    fn called(&mut self, host: HostId, life: u64, call: Call) {
        let now = self.now.0 as u64;
        let events = self.hosts[host].fake.advance(now);
        self.tell_runtime_events(host, events);
        if self.hosts[host].life != life {
            return;
        }
        let outcome = on_fake::finish(&mut self.hosts[host].fake, &call.verb);
        self.apply(host, Event::Done { id: call.id, outcome });
    }

    fn engine_time(&mut self, host: HostId) {
        if self.hosts[host].engine_at != Some(self.now) {
            return;
        }
        self.hosts[host].engine_at = None;
        let now = self.now.0 as u64;
        if self.hosts[host].fake.next_due_ms().is_some_and(|at| at <= now) {
            let events = self.hosts[host].fake.advance(now);
            self.tell_runtime_events(host, events);
        }
        self.note_engine_time(host);
    }

    pub(crate) fn tell_runtime_events(&mut self, host: HostId, events: Vec<runtime::Event>) {
        for event in events {
            if self.hosts[host].listening && self.hosts[host].engine.is_some() {
                self.apply(host, Event::Runtime(event));
            }
        }
    }

    fn listed(&mut self, host: HostId, life: u64) {
        if self.hosts[host].life != life {
            return;
        }
        let h = &mut self.hosts[host];
        let Some(filter) = h.engine.as_ref().map(agent::engine::Engine::label_filter) else {
            return;
        };
        let now = self.now.0 as u64;
        let missed = h.fake.advance(now);
        drop(missed);
        match h.fake.list(&filter) {
            Ok(containers) => {
                h.listening = true;
                self.apply(host, Event::Listed(containers));
            }
            Err(_) => self.after(1_000, Action::Listed(host, life)),
        }
    }

    // ---- what comes up

    fn submit(&mut self, host: HostId, life: u64, report: Report) {
        if self.hosts[host].life != life {
            return;
        }
        let is_lost = !self.is_calm && self.dice.once_in(12);
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let input = submission(&self.cluster, &report);
        let taken =
            self.plane.update(|tx| control::api::submit_task_state_change(tx, &mut cx, input));
        match taken {
            Ok(answer) => {
                if let Err(error) = answer {
                    panic!("a report was refused: {error:?}");
                }
                if is_lost {
                    // The answer is lost: the agent says it all again.
                    self.after(1_000, Action::Submit(host, life, Box::new(report)));
                } else {
                    self.after(5, Action::Submitted(host, life, report.task, report.number));
                }
            }
            Err(_) => self.after(1_000, Action::Submit(host, life, Box::new(report))),
        }
    }

    fn tell_health(&mut self, host: HostId, life: u64, arn: &str) {
        let h = &self.hosts[host];
        if h.life != life {
            return;
        }
        let Some(task) = h.engine.as_ref().and_then(|e| e.task(arn)) else { return };
        let containers = task.containers.iter().enumerate();
        let told = TaskHealth {
            task_arn: arn.into(),
            containers: containers
                .filter(|(index, _)| task.has_health_check(*index))
                .map(|(_, c)| session_wire::tcs::ContainerHealth {
                    container_name: c.name.clone(),
                    health_status: c.health.status.to_string(),
                    ..session_wire::tcs::ContainerHealth::default()
                })
                .collect(),
            ..TaskHealth::default()
        };
        if told.containers.is_empty() {
            return;
        }
        let key = h.key.clone();
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let taken = self.plane.update(|tx| {
            note_health(tx, &mut cx, &key, &[told]);
            Ok::<_, ()>(())
        });
        if taken.is_err() {
            self.after(3_000, Action::Health(host, life, arn.into()));
        }
    }

    /// What each host's engine runs, by task: for the checks.
    pub(crate) fn running_containers(&self) -> BTreeMap<String, Vec<HostId>> {
        let mut running: BTreeMap<String, Vec<HostId>> = BTreeMap::new();
        for (index, host) in self.hosts.iter().enumerate() {
            let mut fake = host.fake.clone();
            let all = runtime::LabelFilter::default();
            for container in fake.list(&all).unwrap_or_default() {
                let is_running = fake.is_running(&container.id);
                let task = container.labels.get("com.amazonaws.ecs.task-arn");
                if let Some(task) = task.filter(|_| is_running) {
                    running.entry(task.clone()).or_default().push(index);
                }
            }
        }
        running
    }

    pub(crate) fn key_of(&self, host: HostId) -> InstanceKey {
        self.hosts[host].key.clone()
    }
}

fn submission(cluster: &ClusterName, report: &Report) -> ecs::SubmitTaskStateChangeRequest {
    let at = |t: Option<Timestamp>| t.map(|t| wire::Timestamp(t.0));
    ecs::SubmitTaskStateChangeRequest {
        cluster: Some(cluster.to_string()),
        task: Some(report.task.clone()),
        status: Some(report.status.to_string()),
        reason: report.reason.clone(),
        containers: Some(
            report
                .containers
                .iter()
                .map(|c| ecs::ContainerStateChange {
                    container_name: Some(c.name.clone()),
                    status: Some(c.status.to_string()),
                    runtime_id: c.runtime_id.clone(),
                    exit_code: c.exit_code.map(|code| code as i32),
                    reason: c.reason.clone(),
                    image_digest: c.image_digest.clone(),
                    network_bindings: None,
                })
                .collect(),
        ),
        pull_started_at: at(report.pull_started_at),
        pull_stopped_at: at(report.pull_stopped_at),
        execution_stopped_at: at(report.execution_stopped_at),
        ..ecs::SubmitTaskStateChangeRequest::default()
    }
}
