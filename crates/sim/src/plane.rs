//! The control plane's side: the production functions over a store that survives crashes.

use std::{collections::BTreeMap, sync::Arc};

use control::{
    Cx, Principal, Settings,
    reconcile::{self, Queue},
    session::{self, InstanceKey, outbox::Outbox, presence},
};
use model::Timestamp;
use store::{
    Commit, Core, Feed, Snapshot, Tx, UpdateError,
    engine::{Fault, Memory},
};

use crate::dice::Dice;

/// A session as the server knows it.
pub struct Session {
    pub connection: u64,
    pub outbox: Outbox,
}

/// The server: its disk, and what is only in its memory while it runs.
pub struct Plane {
    pub settings: Arc<Settings>,
    /// Commits so far.
    pub commits: u64,
    disk: Memory,
    running: Option<Running>,
    /// How the next commit fails, if it does.
    fault: Option<Fault>,
    /// The commit at which the server is killed, and how.
    kill_at: Option<(u64, Fault)>,
    before: Option<Before>,
}

/// What there was when the server went down.
struct Before {
    newest: Snapshot,
    /// Whether a commit more was kept than was heard of.
    has_more: bool,
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
        Plane {
            settings: Arc::new(settings),
            commits: 0,
            disk: Memory::new(),
            running: None,
            fault: None,
            kill_at: None,
            before: None,
        }
    }

    pub fn cx(&self, dice: &mut Dice, now: Timestamp) -> Cx {
        let principal = Principal::new("arn:aws:iam::000000000000:root");
        Cx::new(now, principal, self.settings.clone(), dice.bytes())
    }

    pub fn is_up(&self) -> bool {
        self.running.is_some()
    }

    /// The server is killed in the next commit: before it is kept, or after.
    pub fn fail_next_commit(&mut self, fault: Fault) {
        self.fault = Some(fault);
        self.disk.fail_next_commit(fault);
    }

    /// The server is killed in its `number`th commit.
    pub fn kill_at(&mut self, number: u64, fault: Fault) {
        self.kill_at = Some((number, fault));
    }

    /// Starts on what the disk holds, as `control::server::serve` does; a disk that fails on it leaves
    /// the server down. An error says how what was recovered differs from what there was.
    pub fn start(&mut self, now: Timestamp) -> Result<(), String> {
        let opened = Core::open(Box::new(self.disk.clone()));
        let mut core = opened.map_err(|error| format!("the store does not open: {error}"))?;
        if let Some(before) = self.before.take() {
            before.check(&mut core)?;
        }
        let feed = core.subscribe();
        self.running =
            Some(Running { core, feed, queue: Queue::default(), sessions: BTreeMap::new() });
        let started = self.update(|tx| {
            presence::disconnect_all(tx, now);
            Ok::<(), ()>(())
        });
        if started.is_ok()
            && let Some(running) = &mut self.running
        {
            running.queue = Queue::all(&running.core.snapshot());
        }
        Ok(())
    }

    /// kill -9
    pub fn crash(&mut self) {
        self.go_down(false);
    }

    fn go_down(&mut self, has_more: bool) {
        if let Some(running) = self.running.take() {
            self.before = Some(Before { newest: running.core.snapshot(), has_more });
        }
    }

    pub fn snapshot(&self) -> Option<Snapshot> {
        self.running.as_ref().map(|r| r.core.snapshot())
    }

    /// One transaction. When the disk failed, the server is no more: it must be started again.
    pub fn update<T, E>(
        &mut self,
        closure: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<Result<T, E>, Down> {
        if let Some((_, fault)) = self.kill_at.take_if(|(number, _)| *number == self.commits + 1) {
            self.fail_next_commit(fault);
        }
        let running = self.running.as_mut().ok_or(Down)?;
        let revision = running.core.snapshot().revision();
        let done = running.core.update(closure);
        self.commits += u64::from(running.core.snapshot().revision() > revision);
        match done {
            Ok(value) => Ok(Ok(value)),
            Err(UpdateError::Refused(error)) => Ok(Err(error)),
            Err(UpdateError::Store(store::Error::Panicked { message })) => {
                panic!("a transaction panicked: {message}")
            }
            Err(UpdateError::Store(_)) => {
                let fault = self.fault.take();
                self.go_down(fault == Some(Fault::Unanswered));
                Err(Down)
            }
        }
    }

    /// What was committed since the last time, noted, and the container instances that were touched.
    pub fn drain(&mut self) -> (Vec<Arc<Commit>>, Vec<InstanceKey>) {
        let (mut commits, mut touched) = (Vec::new(), Vec::new());
        let Some(running) = self.running.as_mut() else { return (commits, touched) };
        while let Some(commit) = running.feed.try_recv() {
            let commit = commit.expect("invariant: the simulator keeps up");
            running.queue.note(&running.core.snapshot(), &commit);
            touched.extend(session::touched(&commit));
            commits.push(commit);
        }
        touched.sort();
        touched.dedup();
        (commits, touched)
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

impl Before {
    /// Compares what was recovered with what there was, row by row and index by index.
    fn check(&self, core: &mut Core) -> Result<(), String> {
        let recovered = core.snapshot();
        if !recovered.is_indexed_rightly() {
            return Err("an index of the recovered state differs from its rows".into());
        }
        let (newest, found) = (self.newest.revision(), recovered.revision());
        if self.has_more != (found > newest) {
            return Err(format!("the state was at revision {newest} and is recovered at {found}"));
        }
        let same = if self.has_more {
            let earlier = core.state_at(newest).map_err(|error| error.to_string())?;
            earlier == *self.newest
        } else {
            *recovered == *self.newest
        };
        if same { Ok(()) } else { Err(format!("the state of revision {newest} is another")) }
    }
}
