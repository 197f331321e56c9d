//! The writer without thread or clock.

use crate::companion::Companions;
use crate::engine::{Backend, Batch, Write};
use crate::key::KeyBytes;
use crate::{Change, Commit, Error, Feed, Revision, Snapshot, State, Tx, UpdateError, limits};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

/// A transaction that waits for its turn.
pub trait Transaction {
    /// Runs it once; whether its changes are to be kept.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Its closure panicked, or the commit that it was part of failed; instead of what it had to
    /// say, this is the answer.
    fn fail(&mut self, error: Error);
}

/// The writer: the newest state, and the engine that keeps it.
pub struct Core {
    backend: Box<dyn Backend>,
    newest: watch::Sender<Snapshot>,
    feed: broadcast::Sender<Arc<Commit>>,
    companions: Companions,
    failed: Option<Error>,
}

impl Core {
    /// Reads what the engine holds.
    pub fn open(mut backend: Box<dyn Backend>) -> Result<Core, Error> {
        let state = State::from_image(&backend.load(None)?)?;
        let (newest, _) = watch::channel(Snapshot(Arc::new(state)));
        let (feed, _) = broadcast::channel(limits::FEED_MAX);
        Ok(Core { backend, newest, feed, companions: Companions::default(), failed: None })
    }

    /// The newest state.
    pub fn snapshot(&self) -> Snapshot {
        self.newest.borrow().clone()
    }

    /// Every commit from now on.
    pub fn subscribe(&self) -> Feed {
        Feed(self.feed.subscribe())
    }

    pub(crate) fn newest(&self) -> watch::Receiver<Snapshot> {
        self.newest.subscribe()
    }

    pub(crate) fn feed(&self) -> broadcast::WeakSender<Arc<Commit>> {
        self.feed.downgrade()
    }

    /// Runs one transaction, and returns when what it did is durable and published.
    pub fn update<T, E>(
        &mut self,
        closure: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, UpdateError<E>> {
        let mut update = Update::new(closure);
        self.apply(&mut [&mut update]);
        update.answer()
    }

    /// Runs the transactions one after the other, each over what the earlier ones left, makes what
    /// they did durable in one commit, and publishes it. Those that fail leave no trace; a panic is
    /// such a failure. One after which nothing has changed costs no commit.
    pub fn apply(&mut self, group: &mut [&mut dyn Transaction]) {
        if let Some(error) = &self.failed {
            return group.iter_mut().for_each(|transaction| transaction.fail(error.clone()));
        }
        let mut run = Run::over(self.snapshot(), std::mem::take(&mut self.companions));
        for transaction in group.iter_mut() {
            run.take(&mut **transaction);
        }
        self.companions = std::mem::take(&mut run.companions);
        if run.changes.is_empty() {
            return;
        }
        if let Err(error) = self.backend.commit(&run.to_batch()) {
            let error = Error::Failed { reason: error.to_string() };
            self.failed = Some(error.clone());
            return group.iter_mut().for_each(|transaction| transaction.fail(error.clone()));
        }
        let commit = Commit { revision: run.revision, changes: run.changes };
        let state = State { revision: run.revision, ..run.state };
        self.newest.send_replace(Snapshot(Arc::new(state)));
        // An error only says that nobody listens.
        let _ = self.feed.send(Arc::new(commit));
    }

    /// The state as it was at `revision`, from the engine's history.
    pub fn state_at(&mut self, revision: Revision) -> Result<State, Error> {
        State::from_image(&self.backend.load(Some(revision))?)
    }
}

/// A group of transactions as it is run.
struct Run {
    /// What is published: what is left when everything fails.
    before: Snapshot,
    /// With the changes so far. No one else holds it, so the maps change in place where they can.
    state: State,
    companions: Companions,
    revision: Revision,
    changes: Vec<Change>,
    /// What the engine is to keep: the last change of each row.
    last: BTreeMap<(u8, KeyBytes), usize>,
}

impl Run {
    fn over(before: Snapshot, companions: Companions) -> Run {
        let (state, revision) = (State::clone(&before), before.revision.next());
        Run { before, state, companions, revision, changes: Vec::new(), last: BTreeMap::new() }
    }

    fn take(&mut self, transaction: &mut dyn Transaction) {
        let companions = std::mem::take(&mut self.companions);
        let mut tx = Tx::new(std::mem::take(&mut self.state), companions, self.revision);
        // What a panic leaves half done is thrown away, so nothing sees it.
        match catch_unwind(AssertUnwindSafe(|| transaction.run(&mut tx))) {
            Ok(true) => {
                let (state, companions, changes) = tx.finish();
                (self.state, self.companions) = (state, companions);
                for (id, change) in changes {
                    self.last.insert(id, self.changes.len());
                    self.changes.push(change);
                }
            }
            Ok(false) if tx.is_unchanged() => (self.state, self.companions, _) = tx.finish(),
            Ok(false) => {
                self.companions = tx.undo();
                self.state = self.without_the_last();
            }
            // The companions are left out too, and made anew when they are asked for: it may have been
            // one of them that panicked.
            Err(panic) => {
                self.state = self.without_the_last();
                transaction.fail(Error::Panicked { message: text_of(&*panic) });
            }
        }
    }

    /// The state that the transactions before the last one made, made again.
    fn without_the_last(&self) -> State {
        let mut state = State::clone(&self.before);
        for change in &self.changes {
            change.redo(&mut state, self.revision);
        }
        state
    }

    fn to_batch(&self) -> Batch {
        let writes = self.last.iter();
        let writes: Vec<Write> = writes
            .map(|((_, key), &index)| self.changes[index].to_write(self.revision, key.clone()))
            .collect();
        Batch { revision: self.revision, writes }
    }
}

fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no message".into())
}

/// A closure as a transaction.
pub(crate) struct Update<F, T, E> {
    closure: Option<F>,
    answer: Option<Result<T, UpdateError<E>>>,
}

impl<F, T, E> Update<F, T, E> {
    pub(crate) fn new(closure: F) -> Self {
        Update { closure: Some(closure), answer: None }
    }

    pub(crate) fn answer(&mut self) -> Result<T, UpdateError<E>> {
        self.answer.take().expect("invariant: a transaction that was applied has an answer")
    }
}

impl<T, E, F: FnOnce(&mut Tx) -> Result<T, E>> Transaction for Update<F, T, E> {
    fn run(&mut self, tx: &mut Tx) -> bool {
        let closure = self.closure.take().expect("invariant: a transaction runs once");
        let answer = closure(tx);
        let keep = answer.is_ok();
        self.answer = Some(answer.map_err(UpdateError::Refused));
        keep
    }

    fn fail(&mut self, error: Error) {
        // What a closure refused by itself stands: it never depended on the commit.
        if !matches!(self.answer, Some(Err(_))) {
            self.answer = Some(Err(UpdateError::Store(error)));
        }
    }
}
