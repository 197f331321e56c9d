//! The engine: every task of one container instance, and the one door that changes go through.

use std::collections::{BTreeMap, BTreeSet};

use model::Timestamp;
use runtime::{ContainerId, EventKind};
use session_wire::payload;

use super::context::{Context, Out};
use super::manifest::Orphan;
use super::naming::{self, label};
use super::outcome::timestamp;
use super::resources;
use super::{Effect, Event, Outcome, Settings, Stage, Target, Task};

/// How often the containers are listed though nothing happened.
const SWEEP_MS: i64 = 5 * 60 * 1000;

/// The task engine of one container instance.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) settings: Settings,
    pub(super) tasks: BTreeMap<String, Task>,
    pub(super) orphans: BTreeMap<ContainerId, Orphan>,
    pub(super) watermark: i64,
    pub(super) next_call: u64,
    pub(super) listed: bool,
    calls: BTreeMap<u64, Target>,
    pulled: BTreeSet<String>,
    arrivals: u64,
    sweep_at: Option<Timestamp>,
}

impl Engine {
    /// An engine without tasks.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            tasks: BTreeMap::new(),
            orphans: BTreeMap::new(),
            watermark: -1,
            next_call: 0,
            listed: false,
            calls: BTreeMap::new(),
            pulled: BTreeSet::new(),
            arrivals: 0,
            sweep_at: None,
        }
    }

    /// Takes up what was on disk, before the first event. Reports that were not taken go out
    /// again; everything else waits for [`Event::Listed`].
    pub fn restore(
        &mut self,
        tasks: impl IntoIterator<Item = Task>,
        watermark: i64,
        pulled: impl IntoIterator<Item = String>,
    ) -> Vec<Effect> {
        self.watermark = self.watermark.max(watermark);
        self.pulled.extend(pulled);
        for task in tasks {
            self.arrivals = self.arrivals.max(task.arrival);
            self.tasks.insert(task.arn.clone(), task.restored());
        }
        let (tasks, mut cx) = self.parts(Timestamp(0));
        for task in tasks.values_mut() {
            task.submit_next(&mut cx);
        }
        cx.out.finish()
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A task that is running, stopping, or kept for a while after its stop.
    pub fn task(&self, arn: &str) -> Option<&Task> {
        self.tasks.get(arn)
    }

    /// The container that has this id in the paths of the task endpoint: its task, and its place in
    /// there.
    pub fn container_of_endpoint_id(&self, id: &str) -> Option<(&Task, usize)> {
        let secret = self.settings.endpoint_secret.as_deref()?;
        self.tasks.values().find_map(|task| {
            let is_it =
                |c: &super::Container| naming::endpoint_id(secret, &task.arn, &c.name) == id;
            Some((task, task.containers.iter().position(is_it)?))
        })
    }

    /// The task whose role has the credentials of this id.
    pub fn task_of_credentials(&self, id: &str) -> Option<&Task> {
        self.tasks.values().find(|task| task.role_credentials_id() == Some(id))
    }

    /// Every task, by ARN.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values()
    }

    /// The highest number of a payload or manifest seen; −1 before the first.
    pub fn watermark(&self) -> i64 {
        self.watermark
    }

    /// The references of images that this agent has pulled, kept for the behaviour `once`.
    pub fn pulled_images(&self) -> &BTreeSet<String> {
        &self.pulled
    }

    /// The labels of this agent's containers.
    pub fn label_filter(&self) -> runtime::LabelFilter {
        naming::of_instance(&self.settings.container_instance_arn)
    }

    /// When to come back with [`Event::Tick`]; `None` when only other events can change anything.
    pub fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        let tasks = self.tasks.values().flat_map(|task| {
            let cleanup = task.cleanup_at(&self.settings).filter(|at| *at > now);
            let waits = if self.listed { task.waits_until(now) } else { None };
            [cleanup, waits].into_iter().flatten()
        });
        tasks.chain(self.sweep_at.filter(|_| self.listed)).min()
    }

    /// Takes one event in. The effects are to be carried out in their order.
    pub fn apply(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = match event {
            Event::Payload { task, seq_num } => self.payload(*task, seq_num, now),
            Event::Done { id, outcome } => self.done(id, outcome, now),
            Event::Runtime(event) => self.runtime_event(&event, now),
            Event::Listed(states) => {
                self.adopt(&states);
                self.sweep_at = Some(now.plus_ms(SWEEP_MS));
                self.advance_all(now)
            }
            Event::RuntimeLost => {
                self.listed = false;
                Vec::new()
            }
            Event::Submitted { task, number } => self.with_task(&task, now, |task, cx| {
                task.submitted(number, cx);
                task.clean_up(cx);
            }),
            Event::Manifest { timeline, message_id, tasks } => {
                match self.candidates(timeline, &tasks) {
                    Some(candidates) => {
                        vec![Effect::SaveInstance, Effect::VerifyStops { message_id, candidates }]
                    }
                    None => Vec::new(),
                }
            }
            Event::StopsVerified { tasks, .. } => self.stops_verified(tasks, now),
            Event::Tick => self.tick(now),
        };
        effects.extend(self.let_in(now));
        effects.extend(self.forget_clean(now));
        self.remember_calls(&effects);
        effects
    }

    fn payload(&mut self, body: payload::Task, seq_num: i64, now: Timestamp) -> Vec<Effect> {
        self.watermark = self.watermark.max(seq_num);
        let arn = body.arn.clone();
        if self.tasks.contains_key(&arn) {
            let stop = body.desired_status == "STOPPED";
            return self.with_task(&arn, now, |task, cx| {
                if stop && task.want_stopped() {
                    cx.out.save(&task.arn);
                }
            });
        }
        self.arrivals += 1;
        let arrival = self.arrivals;
        let (tasks, mut cx) = self.parts(now);
        let task = Task::new(body, arrival, &cx);
        cx.out.save(&arn);
        tasks.insert(arn.clone(), task);
        let mut effects = cx.out.finish();
        self.adopt_orphans(&arn);
        effects.extend(self.with_task(&arn, now, |_, _| {}));
        effects
    }

    fn done(&mut self, id: u64, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        match self.calls.remove(&id) {
            Some(Target::Container { task, index }) => {
                self.with_task(&task, now, |task, cx| task.container_done(index, id, outcome, cx))
            }
            Some(Target::Volume { task, index }) => self.with_task(&task, now, |task, cx| {
                task.volume_done(index, id, outcome, cx.now);
            }),
            Some(Target::Orphan(container)) => {
                if !matches!(outcome, Outcome::Failed(_)) {
                    self.orphans.remove(&container);
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn runtime_event(&mut self, event: &runtime::Event, now: Timestamp) -> Vec<Effect> {
        let text = |key: &str| event.labels.get(key).map(String::as_str).unwrap_or_default();
        let (arn, name) = (text(label::TASK_ARN), text(label::CONTAINER_NAME));
        let id = event.container_id.as_str();
        self.with_task(arn, now, |task, cx| {
            let place = task.containers.iter().position(|c| c.name == name);
            let Some(index) =
                place.filter(|i| task.containers[*i].runtime_id.as_deref() == Some(id))
            else {
                return;
            };
            match event.kind {
                EventKind::Health(verdict) => {
                    task.health(index, verdict, timestamp(event.at_ms), cx);
                }
                EventKind::Died { .. } | EventKind::Destroyed => {
                    let container = &mut task.containers[index];
                    container.look |= container.stage < Stage::Stopped;
                }
                EventKind::Created | EventKind::Started | EventKind::Oom => {}
            }
        })
    }

    fn stops_verified(&mut self, tasks: Vec<String>, now: Timestamp) -> Vec<Effect> {
        let tasks: BTreeSet<String> = tasks.into_iter().collect();
        let mut effects = Vec::new();
        for arn in &tasks {
            effects.extend(self.with_task(arn, now, |task, cx| {
                if task.want_stopped() {
                    cx.out.save(&task.arn);
                }
            }));
        }
        effects.extend(self.remove_orphans(&tasks));
        effects
    }

    fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.advance_all(now);
        if self.sweep_at.is_some_and(|at| now >= at) {
            self.sweep_at = Some(now.plus_ms(SWEEP_MS));
            effects.push(Effect::List);
        }
        effects
    }

    /// Gives resources to whoever is next in line, and starts them.
    fn let_in(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        for arn in resources::admissible(&self.tasks, &self.settings.capacity) {
            effects.extend(self.with_task(&arn, now, |task, _| task.admitted = true));
        }
        effects
    }

    fn forget_clean(&mut self, now: Timestamp) -> Vec<Effect> {
        let settings = &self.settings;
        let clean = self.tasks.values().filter(|task| task.is_clean(settings, now));
        let gone: Vec<String> = clean.map(|task| task.arn.clone()).collect();
        for arn in &gone {
            self.tasks.remove(arn);
        }
        gone.into_iter().map(Effect::Forget).collect()
    }

    fn advance_all(&mut self, now: Timestamp) -> Vec<Effect> {
        let arns: Vec<String> = self.tasks.keys().cloned().collect();
        arns.iter().flat_map(|arn| self.with_task(arn, now, |_, _| {})).collect()
    }

    /// Changes a task and does whatever follows for it.
    fn with_task(
        &mut self,
        arn: &str,
        now: Timestamp,
        change: impl FnOnce(&mut Task, &mut Context<'_>),
    ) -> Vec<Effect> {
        let listed = self.listed;
        let (tasks, mut cx) = self.parts(now);
        if let Some(task) = tasks.get_mut(arn) {
            change(task, &mut cx);
            if listed {
                task.advance(&mut cx);
            }
        }
        cx.out.finish()
    }

    fn parts(&mut self, now: Timestamp) -> (&mut BTreeMap<String, Task>, Context<'_>) {
        let out = Out::new(&mut self.next_call);
        let cx = Context { settings: &self.settings, now, pulled: &mut self.pulled, out };
        (&mut self.tasks, cx)
    }

    fn remember_calls(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Call(call) = effect {
                self.calls.insert(call.id, call.target.clone());
            }
        }
    }
}
