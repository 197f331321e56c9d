//! A host for one engine: a fake runtime, a disk, and a control plane that listens.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use agent::engine::on_fake::{self, Begun};
use agent::engine::{
    Effect, Engine, Event, Identified, Outcome, PullBehavior, Report, Settings, Task, Verb,
};
use model::{Resources, TaskStatus, Timestamp};
use runtime::fake::{FakeEngine, Script};
use runtime::{ContainerState, LabelFilter};
use serde_json::json;
use session_wire::payload;

pub const INSTANCE: &str = "arn:aws:ecs:us-east-1:123456789012:container-instance/demo/1";
const START_MS: u64 = 1_000_000;

pub struct Host {
    pub engine: Engine,
    pub runtime: FakeEngine,
    pub disk: BTreeMap<String, String>,
    pub reports: Vec<Report>,
    pub stop_candidates: Vec<Vec<String>>,
    pub health_changes: usize,
    /// Whether the control plane takes reports.
    pub listens: bool,
    /// The verbs of all calls, in order.
    pub calls: Vec<String>,
    seq_num: i64,
    watermark: i64,
    pulled: Vec<String>,
    events: VecDeque<Event>,
    under_way: Vec<(u64, u64, Verb)>,
    unheard: Vec<Report>,
}

pub fn settings() -> Settings {
    Settings {
        container_instance_arn: INSTANCE.into(),
        cluster: "demo".into(),
        region: "us-east-1".into(),
        capacity: Resources::new(4096, 8192),
        pull_behavior: PullBehavior::Default,
        stop_timeout_ms: 30_000,
        cleanup_after_ms: 3_600_000,
        endpoint_secret: Some("a secret".into()),
    }
}

impl Host {
    pub fn new() -> Self {
        Self::with(settings())
    }

    pub fn with(settings: Settings) -> Self {
        let mut host = Self {
            engine: Engine::new(settings),
            runtime: FakeEngine::new(1, START_MS),
            disk: BTreeMap::new(),
            reports: Vec::new(),
            stop_candidates: Vec::new(),
            health_changes: 0,
            listens: true,
            calls: Vec::new(),
            seq_num: 0,
            watermark: -1,
            pulled: Vec::new(),
            events: VecDeque::new(),
            under_way: Vec::new(),
            unheard: Vec::new(),
        };
        host.runtime.add_local_image("app", Script::default());
        host.relist();
        host
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.runtime.now_ms() as i64)
    }

    pub fn since_start_ms(at: Timestamp) -> i64 {
        at.0 - START_MS as i64
    }

    pub fn image(&mut self, reference: &str, script: Script) {
        self.runtime.add_local_image(reference, script);
    }

    pub fn run_task(&mut self, task: payload::Task) {
        self.seq_num += 1;
        let event = Event::Payload { task: Box::new(task), seq_num: self.seq_num };
        self.apply(event);
    }

    pub fn stop_task(&mut self, arn: &str) {
        let task = payload::Task {
            arn: arn.into(),
            desired_status: "STOPPED".into(),
            ..payload::Task::default()
        };
        self.run_task(task);
    }

    pub fn manifest(&mut self, running: &[&str]) {
        self.seq_num += 1;
        let tasks =
            running.iter().map(|arn| Identified { task: (*arn).into(), is_to_run: true }).collect();
        let event = Event::Manifest { timeline: self.seq_num, message_id: "m".into(), tasks };
        self.apply(event);
    }

    pub fn verify_stops(&mut self, tasks: &[&str]) {
        let tasks = tasks.iter().map(|arn| (*arn).to_owned()).collect();
        self.apply(Event::StopsVerified { message_id: "m".into(), tasks });
    }

    /// Lets time pass, and everything happen that happens in it.
    pub fn run_for(&mut self, ms: u64) {
        let until = self.runtime.now_ms() + ms;
        loop {
            while let Some(event) = self.events.pop_front() {
                self.apply(event);
            }
            let calls = self.under_way.iter().map(|(at_ms, ..)| *at_ms).min();
            let due = self.engine.next_due(self.now()).map(|at| at.0 as u64);
            let next = [calls, due, self.runtime.next_due_ms()].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            self.advance(next);
        }
        self.advance(until);
        while let Some(event) = self.events.pop_front() {
            self.apply(event);
        }
    }

    fn advance(&mut self, to_ms: u64) {
        let ours = self.engine.label_filter();
        for event in self.runtime.advance(to_ms) {
            if ours.matches(&event.labels) {
                self.events.push_back(Event::Runtime(event));
            }
        }
        let now_ms = self.runtime.now_ms();
        let (over, left) = std::mem::take(&mut self.under_way)
            .into_iter()
            .partition::<Vec<_>, _>(|(at_ms, ..)| *at_ms <= now_ms);
        self.under_way = left;
        for (_, id, verb) in over {
            let outcome = on_fake::finish(&mut self.runtime, &verb);
            self.events.push_back(Event::Done { id, outcome });
        }
        self.events.push_back(Event::Tick);
    }

    pub fn apply(&mut self, event: Event) {
        let effects = self.engine.apply(event, self.now());
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Save(arn) => {
                    let task = self.engine.task(&arn).expect("a task that is saved is there");
                    let json = serde_json::to_string(task).expect("a task is JSON");
                    self.disk.insert(arn, json);
                }
                Effect::Forget(arn) => {
                    self.disk.remove(&arn);
                }
                Effect::SaveInstance => {
                    self.watermark = self.engine.watermark();
                    self.pulled = self.engine.pulled_images().iter().cloned().collect();
                }
                Effect::Call(call) => self.begin(call.id, call.verb),
                Effect::List => self.relist(),
                Effect::Submit(report) => self.submit(*report),
                Effect::HealthChanged(_) => self.health_changes += 1,
                Effect::VerifyStops { candidates, .. } => self.stop_candidates.push(candidates),
            }
        }
    }

    fn begin(&mut self, id: u64, verb: Verb) {
        let name = format!("{verb:?}");
        self.calls.push(name.split(['(', ' ']).next().unwrap_or_default().to_owned());
        match on_fake::begin(&mut self.runtime, &verb) {
            Begun::Over(outcome) => self.events.push_back(Event::Done { id, outcome }),
            Begun::At(at_ms) => self.under_way.push((at_ms, id, verb)),
        }
    }

    fn submit(&mut self, report: Report) {
        if self.listens {
            let event = Event::Submitted { task: report.task.clone(), number: report.number };
            self.reports.push(report);
            self.events.push_back(event);
        } else {
            self.unheard.push(report);
        }
    }

    /// The control plane listens again, and the agent's tries get through.
    pub fn listen(&mut self) {
        self.listens = true;
        for report in std::mem::take(&mut self.unheard) {
            self.submit(report);
        }
    }

    pub fn relist(&mut self) {
        let ours = self.engine.label_filter();
        if let Ok(states) = self.runtime.list(&ours) {
            self.events.push_back(Event::Listed(states));
        }
    }

    /// The agent is killed and started again. What it had asked the runtime for still happens.
    pub fn restart_agent(&mut self) {
        let settings = self.engine.settings().clone();
        self.events.clear();
        self.unheard.clear();
        for (_, _, verb) in std::mem::take(&mut self.under_way) {
            if matches!(verb, Verb::Create(_) | Verb::Start(_)) {
                on_fake::finish(&mut self.runtime, &verb);
            }
        }
        self.engine = Engine::new(settings);
        let tasks: Vec<Task> = self
            .disk
            .values()
            .map(|json| serde_json::from_str(json).expect("it was saved"))
            .collect();
        let effects = self.engine.restore(tasks, self.watermark, self.pulled.clone());
        self.carry_out(effects);
        self.relist();
        self.run_for(0);
    }

    pub fn runtime_goes_away(&mut self) {
        self.runtime.crash();
        self.apply(Event::RuntimeLost);
        for (_, id, _) in std::mem::take(&mut self.under_way) {
            let outcome = self.runtime.info().map(|_| Outcome::Done);
            let outcome = outcome.unwrap_or_else(Outcome::Failed);
            self.events.push_back(Event::Done { id, outcome });
        }
    }

    pub fn runtime_comes_back(&mut self) {
        self.runtime.restart();
        self.relist();
        self.run_for(0);
    }

    /// Every container with our label.
    pub fn containers(&mut self) -> Vec<ContainerState> {
        self.runtime.list(&LabelFilter::any()).expect("the runtime answers")
    }

    pub fn container(&mut self, name: &str) -> ContainerState {
        let named = |c: &ContainerState| {
            c.labels.get("com.amazonaws.ecs.container-name").is_some_and(|label| label == name)
        };
        self.containers().into_iter().find(named).unwrap_or_else(|| panic!("no container {name}"))
    }

    pub fn running(&mut self) -> Vec<String> {
        let running = |c: &ContainerState| c.status.is_running();
        let name = |c: ContainerState| c.labels["com.amazonaws.ecs.container-name"].clone();
        self.containers().into_iter().filter(running).map(name).collect()
    }

    /// The statuses reported of a task, in order. A report that comes again counts once: it may,
    /// when the agent ends before it has heard that it was taken.
    pub fn statuses(&self, arn: &str) -> Vec<TaskStatus> {
        let mut numbers = BTreeSet::new();
        let own = self.reports.iter().filter(|report| report.task == arn);
        own.filter(|report| numbers.insert(report.number)).map(|report| report.status).collect()
    }

    pub fn last(&self) -> &Report {
        self.reports.last().expect("something was reported")
    }

    /// `name status exit reason` of each container change, in order of report.
    pub fn changes(&self) -> Vec<String> {
        let changes = self.reports.iter().flat_map(|report| &report.containers);
        changes
            .map(|c| {
                let exit = c.exit_code.map(|code| format!(" {code}")).unwrap_or_default();
                let reason = c.reason.as_deref().map(|r| format!(" {r}")).unwrap_or_default();
                format!("{} {}{exit}{reason}", c.name, c.status)
            })
            .collect()
    }
}

pub fn arn(id: u32) -> String {
    format!("arn:aws:ecs:us-east-1:123456789012:task/demo/{id:032x}")
}

/// A task to run.
pub fn task(id: u32, containers: Vec<payload::Container>) -> payload::Task {
    payload::Task {
        arn: arn(id),
        task_cluster_arn: "arn:aws:ecs:us-east-1:123456789012:cluster/demo".into(),
        family: "web".into(),
        version: "3".into(),
        desired_status: "RUNNING".into(),
        network_mode: "bridge".into(),
        containers,
        ..payload::Task::default()
    }
}

/// An essential container.
pub fn container(name: &str, image: &str) -> payload::Container {
    payload::Container {
        name: name.into(),
        image: image.into(),
        cpu: 128,
        memory: 64,
        essential: true,
        docker_config: payload::DockerConfig {
            version: "1.18".into(),
            config: "{}".into(),
            host_config: json!({ "NetworkMode": "bridge" }).to_string(),
        },
        ..payload::Container::default()
    }
}

pub fn sidecar(name: &str, image: &str) -> payload::Container {
    payload::Container { essential: false, ..container(name, image) }
}

pub fn with_health_check(mut container: payload::Container) -> payload::Container {
    container.health_check_type = "docker".into();
    container.docker_config.config =
        json!({ "Healthcheck": { "Test": ["CMD", "true"] } }).to_string();
    container
}

pub fn waiting_for(
    mut container: payload::Container,
    other: &str,
    condition: &str,
) -> payload::Container {
    container.depends_on.push(payload::ContainerDependency {
        container_name: other.into(),
        condition: condition.into(),
    });
    container
}
