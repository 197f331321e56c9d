//! The store: the writer on a thread of its own, behind a bounded queue.

use crate::core::Update;
use crate::{
    Commit, Core, Error, Feed, Snapshot, State, Transaction, Tx, UpdateError, engine::Backend,
    limits,
};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::{broadcast, oneshot, watch};

/// The store. Clones are the same store; when the last one is gone, what waits is still done, and
/// then the engine is closed.
#[derive(Clone)]
pub struct Store(Arc<Shell>);

struct Shell {
    newest: watch::Receiver<Snapshot>,
    feed: broadcast::WeakSender<Arc<Commit>>,
    /// `None` once the shell is being dropped.
    queue: Option<SyncSender<Box<dyn Waiting>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// A transaction in the queue.
trait Waiting: Transaction + Send {
    /// Tells whoever waits.
    fn release(self: Box<Self>);
}

struct Waiter<F, T, E> {
    update: Update<F, T, E>,
    to: oneshot::Sender<Result<T, UpdateError<E>>>,
}

impl<T, E, F: FnOnce(&mut Tx) -> Result<T, E>> Transaction for Waiter<F, T, E> {
    fn run(&mut self, tx: &mut Tx) -> bool {
        self.update.run(tx)
    }

    fn fail(&mut self, error: Error) {
        self.update.fail(error);
    }
}

impl<T, E, F> Waiting for Waiter<F, T, E>
where
    F: FnOnce(&mut Tx) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn release(mut self: Box<Self>) {
        // An error only says that the caller has gone away.
        let _ = self.to.send(self.update.answer());
    }
}

fn write(mut core: Core, queue: Receiver<Box<dyn Waiting>>) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        group.extend(queue.try_iter().take(limits::GROUP_MAX - 1));
        let mut transactions: Vec<&mut dyn Transaction> =
            group.iter_mut().map(|waiting| &mut **waiting as &mut dyn Transaction).collect();
        core.apply(&mut transactions);
        group.into_iter().for_each(Waiting::release);
    }
}

impl Store {
    /// Reads what the engine holds and starts the writer.
    pub fn open(backend: Box<dyn Backend>) -> Result<Store, Error> {
        let core = Core::open(backend)?;
        let (newest, feed) = (core.newest(), core.feed());
        let (queue, waiting) = sync_channel(limits::QUEUE_MAX);
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write(core, waiting))
            .map_err(crate::error::io("starting the store's writer"))?;
        let thread = Mutex::new(Some(thread));
        Ok(Store(Arc::new(Shell { newest, feed, queue: Some(queue), thread })))
    }

    /// The newest state.
    pub fn snapshot(&self) -> Snapshot {
        self.0.newest.borrow().clone()
    }

    /// Every commit from now on.
    pub fn subscribe(&self) -> Feed {
        match self.0.feed.upgrade() {
            Some(feed) => Feed(feed.subscribe()),
            // The writer has gone: a feed that has ended.
            None => Feed(broadcast::channel(1).1),
        }
    }

    /// Waits for a state in which `condition` holds: the newest, or the first published later.
    pub async fn wait_for(
        &self,
        mut condition: impl FnMut(&State) -> bool,
    ) -> Result<Snapshot, Error> {
        let mut newest = self.0.newest.clone();
        let found = newest.wait_for(|snapshot| condition(snapshot)).await;
        found.map(|snapshot| snapshot.clone()).map_err(|_| Error::Closed)
    }

    /// Runs a transaction over the newest state, and returns when what it did is durable and
    /// published. With many waiting, one commit carries them all.
    pub async fn update<T, E, F>(&self, closure: F) -> Result<T, UpdateError<E>>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Send + 'static,
    {
        self.enqueue(closure)?.await.unwrap_or(Err(UpdateError::Store(Error::Closed)))
    }

    /// The same for threads that may block; never to be called in async code or in a transaction.
    pub fn update_blocking<T, E, F>(&self, closure: F) -> Result<T, UpdateError<E>>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Send + 'static,
    {
        self.enqueue(closure)?.blocking_recv().unwrap_or(Err(UpdateError::Store(Error::Closed)))
    }

    fn enqueue<T, E, F>(
        &self,
        closure: F,
    ) -> Result<oneshot::Receiver<Result<T, UpdateError<E>>>, Error>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Send + 'static,
    {
        let (to, answer) = oneshot::channel();
        let waiter = Waiter { update: Update::new(closure), to };
        let queue = self.0.queue.as_ref().ok_or(Error::Closed)?;
        queue.try_send(Box::new(waiter)).map_err(|error| match error {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Disconnected(_) => Error::Closed,
        })?;
        Ok(answer)
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.queue = None;
        let thread = self.thread.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        // The last clone may go away inside a transaction, on the writer's own thread: it cannot
        // wait for itself, and ends by itself.
        if let Some(thread) =
            thread.filter(|thread| thread.thread().id() != std::thread::current().id())
        {
            let _ = thread.join();
        }
    }
}
