//! The engine itself: its clock, whether it answers, what it is told to get wrong, and its events.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use super::containers::{Due, FakeContainer};
use super::images::{FakeImage, RemoteImage};
use super::ports::HostPorts;
use crate::{
    ContainerId, ContainerStatus, EngineInfo, ErrorKind, Event, LabelFilter, Result, RuntimeError,
    VolumeInfo,
};

/// As many past events as Docker Engine keeps for a late subscriber.
const KEPT_EVENTS: usize = 256;

/// A container engine without containers. Time moves by [`advance`](Self::advance) alone; every
/// verb takes effect at once, and what takes time (a pull, a stop) says how long.
#[derive(Clone, Debug)]
pub struct FakeEngine {
    pub(super) now_ms: u64,
    pub(super) info: EngineInfo,
    pub(super) images: BTreeMap<String, FakeImage>,
    pub(super) registry: BTreeMap<String, RemoteImage>,
    pub(super) containers: BTreeMap<ContainerId, FakeContainer>,
    pub(super) names: BTreeMap<String, ContainerId>,
    pub(super) volumes: BTreeMap<String, VolumeInfo>,
    pub(super) ports: HostPorts,
    pub(super) addresses: BTreeSet<u16>,
    pub(super) due: BTreeMap<(u64, u64), Due>,
    pub(super) next_due: u64,
    pub(super) next_container: u64,
    ids_seed: u64,
    up: bool,
    crashes: u64,
    faults: BTreeMap<Verb, VecDeque<RuntimeError>>,
    events_to_lose: usize,
    news: Vec<Event>,
    /// The same once more for the subscribers of a [`FakeRuntime`](super::FakeRuntime), if there
    /// is one: whoever advances the clock takes the news.
    pub(super) to_hand_out: Option<Vec<Event>>,
    kept: VecDeque<Event>,
}

/// The verbs that [`FakeEngine::fail_next`] can spoil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// `info` and `ping`
    Info,
    /// `image_present`, `tag_image` and `remove_image`
    Image,
    /// `manifest_digest`
    ManifestDigest,
    /// `pull`
    Pull,
    /// `create`
    Create,
    /// `start`
    Start,
    /// `stop` and `kill`
    Stop,
    /// `remove`
    Remove,
    /// `inspect`, `stats` and `logs`
    Inspect,
    /// `list`
    List,
    /// `create_volume`
    CreateVolume,
    /// `inspect_volume`, `remove_volume` and `list_volumes`
    Volume,
    /// `events`
    Events,
}

impl FakeEngine {
    /// An engine without images or containers whose clock shows `now_ms`. Engines of different
    /// seeds give different container ids.
    pub fn new(ids_seed: u64, now_ms: u64) -> Self {
        Self {
            now_ms,
            info: default_info(),
            images: BTreeMap::new(),
            registry: BTreeMap::new(),
            containers: BTreeMap::new(),
            names: BTreeMap::new(),
            volumes: BTreeMap::new(),
            ports: HostPorts::default(),
            addresses: BTreeSet::new(),
            due: BTreeMap::new(),
            next_due: 0,
            next_container: 0,
            ids_seed,
            up: true,
            crashes: 0,
            faults: BTreeMap::new(),
            events_to_lose: 0,
            news: Vec::new(),
            to_hand_out: None,
            kept: VecDeque::new(),
        }
    }

    /// The engine's clock, milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// The next moment at which something happens by itself; `None` when nothing will.
    pub fn next_due_ms(&self) -> Option<u64> {
        self.due.keys().next().map(|(at_ms, _)| *at_ms)
    }

    /// Moves the clock on, lets happen what was due on the way, and returns the events since the
    /// last time somebody took them, those of the verbs in between among them. A moment that has
    /// passed leaves the clock where it is.
    pub fn advance(&mut self, now_ms: u64) -> Vec<Event> {
        while let Some((&key @ (at_ms, _), _)) = self.due.first_key_value() {
            if at_ms > now_ms {
                break;
            }
            self.now_ms = self.now_ms.max(at_ms);
            let due = self.due.remove(&key).expect("invariant: the key was just read");
            self.happen(due);
        }
        self.now_ms = self.now_ms.max(now_ms);
        self.take_events()
    }

    /// The events since the last time somebody took them.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.news)
    }

    /// The events that the engine still has (the last 256) from `since_ms` on.
    pub fn past_events(&mut self, since_ms: u64, filter: &LabelFilter) -> Result<Vec<Event>> {
        self.answer(Verb::Events)?;
        let wanted = |event: &&Event| event.at_ms >= since_ms && filter.matches(&event.labels);
        Ok(self.kept.iter().filter(wanted).cloned().collect())
    }

    /// What the engine is.
    pub fn info(&mut self) -> Result<EngineInfo> {
        self.answer(Verb::Info)?;
        Ok(self.info.clone())
    }

    /// The next call of this verb fails so. Faults of one verb are met in the order given.
    pub fn fail_next(&mut self, verb: Verb, error: RuntimeError) {
        self.faults.entry(verb).or_default().push_back(error);
    }

    /// The next `count` events are never told, though what they tell of happens.
    pub fn lose_next_events(&mut self, count: usize) {
        self.events_to_lose = count;
    }

    /// The engine goes away. Its containers run on; nobody hears of them.
    pub fn crash(&mut self) {
        self.up = false;
        self.crashes += 1;
        self.news.clear();
        self.kept.clear();
    }

    /// The engine comes back and finds its containers as they are now.
    pub fn restart(&mut self) {
        self.up = true;
    }

    /// The host goes down with everything on it and comes up `down_ms` later: what ran has ended
    /// with 255, as Docker Engine says of it.
    pub fn reboot_host(&mut self, down_ms: u64) {
        self.crash();
        let running: Vec<ContainerId> = self.containers_in(ContainerStatus::is_running);
        for id in running {
            self.end_run(&id, 255, false);
        }
        self.advance(self.now_ms + down_ms);
        self.restart();
    }

    /// Whether the engine answers.
    pub fn is_up(&self) -> bool {
        self.up
    }

    /// How often the engine went away. An event stream belongs to one count.
    pub fn crashes(&self) -> u64 {
        self.crashes
    }

    /// Every verb begins with this.
    pub(super) fn answer(&mut self, verb: Verb) -> Result<()> {
        if !self.up {
            return Err(unreachable_engine());
        }
        let fault = self.faults.get_mut(&verb).and_then(VecDeque::pop_front);
        fault.map_or(Ok(()), Err)
    }

    /// Tells of something, unless the engine is away or has to lose it.
    pub(super) fn tell(&mut self, event: Event) {
        if !self.up {
            return;
        }
        if self.events_to_lose > 0 {
            self.events_to_lose -= 1;
            return;
        }
        if self.kept.len() == KEPT_EVENTS {
            self.kept.pop_front();
        }
        self.kept.push_back(event.clone());
        if let Some(to_hand_out) = &mut self.to_hand_out {
            to_hand_out.push(event.clone());
        }
        self.news.push(event);
    }

    /// The 64 hex digits of the nth container.
    pub(super) fn next_container_id(&mut self) -> ContainerId {
        self.next_container += 1;
        let text = format!("{}:{}", self.ids_seed, self.next_container);
        ContainerId(hex_digits(&text))
    }
}

/// The error of an engine that is away.
pub(super) fn unreachable_engine() -> RuntimeError {
    let message = "Cannot connect to the Docker daemon. Is the docker daemon running?";
    RuntimeError::passing(ErrorKind::EngineUnreachable, message)
}

/// 64 hex digits that depend on the text alone: FNV-1a, four times with different starts. They
/// stand for a hash where tests need one that looks right; nothing relies on their strength.
pub(super) fn hex_digits(text: &str) -> String {
    let mut digits = String::with_capacity(64);
    for lane in 0..4_u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ lane.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash ^= hash >> 29;
        let hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        write!(digits, "{hash:016x}").expect("invariant: a String takes what is written");
    }
    digits
}

fn default_info() -> EngineInfo {
    EngineInfo {
        version: "20.10.24".into(),
        api_version: "1.41".into(),
        os_type: "linux".into(),
        architecture: "x86_64".into(),
        cpus: 4,
        memory_bytes: 8 << 30,
        log_drivers: vec!["awslogs".into(), "json-file".into(), "none".into()],
        volume_drivers: vec!["local".into()],
        cgroup_version: 2,
        cgroup_driver: "systemd".into(),
        runtimes: vec!["runc".into()],
        security_options: Vec::new(),
    }
}
