//! A host: an agent's task engine with its disk, and a fake container engine under it.

use std::collections::{BTreeMap, BTreeSet};

use agent::engine::{Effect, Engine, Event, PullBehavior, Settings, Task};
use control::session::InstanceKey;
use model::{Resources, Timestamp};
use runtime::{
    ContainerId, ContainerState, ErrorKind, HealthStatus, Retry, RuntimeError,
    fake::{Exit, FakeEngine, Script},
};

use crate::containers::identity;

/// What an agent has on disk: JSON, so that what is not written there is really gone.
#[derive(Debug, Default)]
pub struct Disk {
    pub tasks: BTreeMap<String, String>,
    pub watermark: i64,
    pub pulled: Vec<String>,
}

/// How agents are broken on purpose, to see that it is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// They let every task in, however full the host is.
    TakesAll,
    /// After a restart they know neither the tasks nor the containers of their earlier life.
    Forgets,
}

/// A host.
pub struct Host {
    /// The container instance that it registered as.
    pub key: InstanceKey,
    pub arn: String,
    pub capacity: Resources,
    pub disk: Disk,
    pub engine: Option<Engine>,
    /// Which life of the agent this is; what belongs to an older one is void.
    pub life: u64,
    pub fake: FakeEngine,
    /// The open connection, if any.
    pub connection: Option<u64>,
    /// Nothing overtakes on a connection: when the newest message in each direction arrives.
    pub last_down: Timestamp,
    pub last_up: Timestamp,
    /// Whether the stream of runtime events is open.
    pub listening: bool,
    /// When the agent's next tick and the container engine's next event are noted for; others on the
    /// agenda are void.
    pub tick_at: Option<Timestamp>,
    pub engine_at: Option<Timestamp>,
    /// Whether runtime events were or will be lost, so that its agent may learn late what happened.
    pub misses_events: bool,
    /// Gone for good.
    pub is_dead: bool,
    pub flaw: Option<Flaw>,
    /// The containers that a forgetful agent does not see.
    pub forgotten: BTreeSet<ContainerId>,
}

/// The images that users roll to, and what they do.
pub const IMAGES: &[&str] = &[
    "good", "slow", "plain", "stubborn", "exits", "dies", "sick", "never", "broken", "missing",
    "huge",
];
/// Those that come to run and stay.
pub const GOOD_IMAGES: &[&str] = &["good", "slow", "plain", "stubborn"];

pub fn stock(fake: &mut FakeEngine) {
    let healthy = |ms| Script { health: vec![(ms, HealthStatus::Healthy)], ..Script::default() };
    fake.add_remote_image("good", 1, healthy(300));
    fake.add_remote_image("slow", 1, Script { pull_ms: 4_000, stop_ms: 2_000, ..healthy(6_000) });
    fake.add_local_image("plain", Script::default());
    fake.add_remote_image("stubborn", 1, Script { ignores_stop_signal: true, ..healthy(500) });
    fake.add_local_image("exits", Script::exits(4_000, 1));
    let exit = Exit { after_ms: 2_500, code: 3, oom_killed: false };
    fake.add_remote_image("dies", 1, Script { exit: Some(exit), ..healthy(200) });
    let sick = vec![(200, HealthStatus::Healthy), (5_000, HealthStatus::Unhealthy)];
    fake.add_remote_image("sick", 1, Script { health: sick, ..Script::default() });
    fake.add_remote_image("never", 1, healthy(u64::MAX / 4));
    fake.add_local_image("huge", Script::default());
    fake.add_remote_image("v1", 1, healthy(3_000));
    fake.add_remote_image("v2", 1, healthy(3_000));
    let error = RuntimeError {
        kind: ErrorKind::CannotStartContainer,
        message: "exec format error".into(),
        retry: Retry::Never,
    };
    fake.add_remote_image("broken", 1, Script { start_error: Some(error), ..Script::default() });
}

impl Host {
    fn settings(&self) -> Settings {
        let endless = Resources::new(i64::from(i32::MAX), i64::from(i32::MAX));
        let takes_all = self.flaw == Some(Flaw::TakesAll);
        Settings {
            container_instance_arn: self.arn.clone(),
            cluster: self.key.0.to_string(),
            region: "us-east-1".into(),
            capacity: if takes_all { endless } else { self.capacity.clone() },
            pull_behavior: PullBehavior::Default,
            stop_timeout_ms: 10_000,
            cleanup_after_ms: 60_000,
            endpoint_secret: Some(self.arn.clone()),
        }
    }

    /// A new life of the agent, from its disk.
    pub fn start_agent(&mut self) -> Vec<Effect> {
        let mut engine = Engine::new(self.settings());
        if self.flaw == Some(Flaw::Forgets) {
            self.disk.tasks.clear();
            self.forgotten = self.fake.running().map(|(id, _)| id.clone()).collect();
        }
        let tasks: Vec<Task> = self
            .disk
            .tasks
            .values()
            .map(|json| serde_json::from_str(json).expect("the disk is sound"))
            .collect();
        self.life += 1;
        self.tick_at = None;
        let effects = engine.restore(tasks, self.disk.watermark, self.disk.pulled.clone());
        self.engine = Some(engine);
        effects
    }

    /// The containers that the agent is shown, of those that there are.
    pub fn seen(&self, containers: Vec<ContainerState>) -> Vec<ContainerState> {
        containers.into_iter().filter(|c| !self.forgotten.contains(&c.id)).collect()
    }

    /// The tasks that have a running container, by ARN.
    pub fn running_tasks(&self) -> BTreeSet<String> {
        let running = self.fake.running();
        running.filter_map(|(_, spec)| identity(spec)).map(|(task, _)| task).collect()
    }

    /// kill -9 of the agent. Its containers run on.
    pub fn crash_agent(&mut self) {
        self.engine = None;
        self.life += 1;
        self.listening = false;
    }

    pub fn apply(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.engine.as_mut().map(|engine| engine.apply(event, now)).unwrap_or_default()
    }
}
