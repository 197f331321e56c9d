//! The control plane's side: the production functions over a store that survives crashes.

use std::{collections::BTreeMap, sync::Arc};

use control::{
    Cx, Principal, Settings,
    reconcile::{self, Queue},
    session::{self, InstanceKey, outbox::Outbox, presence},
};
use model::Timestamp;
use store::{Core, Feed, Snapshot, Tx, UpdateError, engine::Memory};

use crate::dice::Dice;

/// A session as the server knows it.
pub struct Session {
    pub connection: u64,
    pub outbox: Outbox,
}

/// The server: its disk, and what is only in its memory while it runs.
pub struct Plane {
    pub disk: Memory,
    pub settings: Arc<Settings>,
    running: Option<Running>,
}

struct Running {
    core: Core,
    feed: Feed,
    queue: Queue,
    sessions: BTreeMap<InstanceKey, Session>,
}

/// The server cannot be reached, or did not answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Down;

impl Plane {
    pub fn new(settle_ms: i64) -> Self {
        let mut settings = Settings::new("http://127.0.0.1:6440");
        settings.settle_ms = settle_ms;
        Plane { disk: Memory::new(), settings: Arc::new(settings), running: None }
    }

    pub fn cx(&self, dice: &mut Dice, now: Timestamp) -> Cx {
        let principal = Principal { arn: "arn:aws:iam::000000000000:root".into() };
        Cx::new(now, principal, self.settings.clone(), dice.bytes())
    }

    pub fn is_up(&self) -> bool {
        self.running.is_some()
    }

    /// Starts on what the disk holds, as `control::server::serve` does; a disk that fails on it leaves
    /// the server down.
    pub fn start(&mut self, now: Timestamp) {
        let mut core = Core::open(Box::new(self.disk.clone())).expect("the disk is sound");
        let feed = core.subscribe();
        let started = core.update(|tx| {
            presence::disconnect_all(tx, now);
            Ok::<(), ()>(())
        });
        if started.is_err() {
            return;
        }
        let queue = Queue::all(&core.snapshot());
        self.running = Some(Running { core, feed, queue, sessions: BTreeMap::new() });
    }

    /// kill -9
    pub fn crash(&mut self) {
        self.running = None;
    }

    pub fn snapshot(&self) -> Option<Snapshot> {
        self.running.as_ref().map(|r| r.core.snapshot())
    }

    /// One transaction. When the disk failed, the server is no more: it must be started again.
    pub fn update<T, E>(
        &mut self,
        closure: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<Result<T, E>, Down> {
        let running = self.running.as_mut().ok_or(Down)?;
        match running.core.update(closure) {
            Ok(value) => Ok(Ok(value)),
            Err(UpdateError::Refused(error)) => Ok(Err(error)),
            Err(UpdateError::Store(store::Error::Panicked { message })) => {
                panic!("a transaction panicked: {message}")
            }
            Err(UpdateError::Store(_)) => {
                self.running = None;
                Err(Down)
            }
        }
    }

    /// Notes what was committed since the last time; the container instances that were touched.
    pub fn drain(&mut self) -> Vec<InstanceKey> {
        let mut touched = Vec::new();
        let Some(running) = self.running.as_mut() else { return touched };
        while let Some(commit) = running.feed.try_recv() {
            let commit = commit.expect("the simulator keeps up");
            running.queue.note(&running.core.snapshot(), &commit);
            touched.extend(session::touched(&commit));
        }
        touched.sort();
        touched.dedup();
        touched
    }

    pub fn queue(&mut self) -> Option<&mut Queue> {
        self.running.as_mut().map(|r| &mut r.queue)
    }

    pub fn sessions(&mut self) -> Option<&mut BTreeMap<InstanceKey, Session>> {
        self.running.as_mut().map(|r| &mut r.sessions)
    }

    /// Runs one key, as `control::reconcile::drive` does. Whether there was one.
    pub fn reconcile_one(&mut self, dice: &mut Dice, now: Timestamp) -> Result<bool, Down> {
        let Some(running) = self.running.as_mut() else { return Ok(false) };
        let Some(key) = running.queue.take(now, 1).pop() else { return Ok(false) };
        let snapshot = running.core.snapshot();
        let mut cx = self.cx(dice, now);
        let outcome = if let Some(outcome) = reconcile::look(&snapshot, &cx, &key) {
            outcome
        } else {
            let run = |tx: &mut Tx| Ok::<_, ()>(reconcile::run(tx, &mut cx, &key));
            self.update(run)?.unwrap_or(reconcile::Outcome::Settled)
        };
        if let Some(queue) = self.queue() {
            queue.done(key, outcome);
        }
        Ok(true)
    }
}
