//! The fake engine behind the trait.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::{Stream, StreamExt};

use super::engine::{FakeEngine, unreachable_engine};
use crate::{
    BoxFuture, ContainerId, ContainerRuntime, ContainerSpec, ContainerState, EngineInfo, Event,
    EventStream, ImageInfo, LabelFilter, LogLine, RegistryAuth, Result, VolumeInfo, VolumeSpec,
};

/// A [`FakeEngine`] as a [`ContainerRuntime`]. Clones share the engine. Whoever advances the clock
/// through [`with`](Self::with) wakes those who wait for it.
#[derive(Clone)]
pub struct FakeRuntime {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    engine: FakeEngine,
    leaps: bool,
    subscribers: Vec<Subscriber>,
    next_subscriber: u64,
    waiting: Vec<Waker>,
}

struct Subscriber {
    id: u64,
    filter: LabelFilter,
    queue: VecDeque<Event>,
    crashes: u64,
    ended: bool,
}

impl FakeRuntime {
    /// Puts an engine behind the trait. What takes time waits until somebody advances the clock.
    pub fn new(engine: FakeEngine) -> Self {
        Self::build(engine, false)
    }

    /// The same with a clock that leaps: whoever would have to wait moves it to the next moment at
    /// which something happens. Right where one task uses the runtime, and only there.
    pub fn leaping(engine: FakeEngine) -> Self {
        Self::build(engine, true)
    }

    fn build(mut engine: FakeEngine, leaps: bool) -> Self {
        engine.to_hand_out = Some(Vec::new());
        let (subscribers, waiting) = (Vec::new(), Vec::new());
        let shared = Shared { engine, leaps, subscribers, next_subscriber: 0, waiting };
        Self { shared: Arc::new(Mutex::new(shared)) }
    }

    /// Does something to the engine; hands out the events that come of it and wakes those who
    /// wait.
    pub fn with<T>(&self, act: impl FnOnce(&mut FakeEngine) -> T) -> T {
        let mut shared = self.lock();
        let result = act(&mut shared.engine);
        shared.hand_out();
        result
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the clock shows this or `done` says so; fails when the engine goes away before.
    async fn wait(&self, until_ms: u64, done: impl Fn(&FakeEngine) -> bool) -> Result<()> {
        let crashes = self.lock().engine.crashes();
        poll_fn(|context| {
            let mut shared = self.lock();
            loop {
                let engine = &shared.engine;
                if !engine.is_up() || engine.crashes() != crashes {
                    return Poll::Ready(Err(unreachable_engine()));
                }
                if engine.now_ms() >= until_ms || done(engine) {
                    return Poll::Ready(Ok(()));
                }
                if !shared.leaps {
                    shared.waiting.push(context.waker().clone());
                    return Poll::Pending;
                }
                let next_ms = engine.next_due_ms().map_or(until_ms, |next| next.min(until_ms));
                shared.advance(next_ms);
            }
        })
        .await
    }
}

impl Shared {
    fn advance(&mut self, now_ms: u64) {
        self.engine.advance(now_ms);
        self.hand_out();
    }

    fn hand_out(&mut self) {
        self.engine.take_events();
        let events = self.engine.to_hand_out.as_mut().map(std::mem::take);
        for event in events.into_iter().flatten() {
            self.queue(&event);
        }
        self.waiting.drain(..).for_each(Waker::wake);
    }

    fn queue(&mut self, event: &Event) {
        for subscriber in &mut self.subscribers {
            if subscriber.filter.matches(&event.labels) {
                subscriber.queue.push_back(event.clone());
            }
        }
    }
}

/// One subscriber's end; takes the subscription with it.
struct Subscription {
    runtime: FakeRuntime,
    id: u64,
}

impl Stream for Subscription {
    type Item = Result<Event>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Event>>> {
        let mut shared = self.runtime.lock();
        loop {
            let (up, crashes) = (shared.engine.is_up(), shared.engine.crashes());
            let mut subscribers = shared.subscribers.iter_mut();
            let Some(own) = subscribers.find(|subscriber| subscriber.id == self.id) else {
                return Poll::Ready(None);
            };
            if own.ended {
                return Poll::Ready(None);
            }
            if !up || crashes != own.crashes {
                own.ended = true;
                return Poll::Ready(Some(Err(unreachable_engine())));
            }
            if let Some(event) = own.queue.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            let next_ms = shared.engine.next_due_ms().filter(|_| shared.leaps);
            let Some(next_ms) = next_ms else {
                shared.waiting.push(context.waker().clone());
                return Poll::Pending;
            };
            shared.advance(next_ms);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.runtime.lock().subscribers.retain(|subscriber| subscriber.id != self.id);
    }
}

impl fmt::Debug for FakeRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeRuntime").finish_non_exhaustive()
    }
}

/// What is done when the future is first polled, as with a real engine.
fn lazily<'a, T: Send + 'a>(
    runtime: &'a FakeRuntime,
    act: impl FnOnce(&mut FakeEngine) -> Result<T> + Send + 'a,
) -> BoxFuture<'a, Result<T>> {
    Box::pin(async move { runtime.with(act) })
}

impl ContainerRuntime for FakeRuntime {
    fn info(&self) -> BoxFuture<'_, Result<EngineInfo>> {
        lazily(self, FakeEngine::info)
    }

    fn ping(&self) -> BoxFuture<'_, Result<()>> {
        lazily(self, |engine| engine.info().map(|_| ()))
    }

    fn image_present<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<ImageInfo>>> {
        lazily(self, |engine| engine.image_present(reference))
    }

    fn manifest_digest<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<String>> {
        lazily(self, move |engine| engine.manifest_digest(reference, auth))
    }

    fn pull<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<ImageInfo>> {
        Box::pin(async move {
            let ready_at_ms =
                self.with(|engine| engine.now_ms() + engine.pull_duration_ms(reference));
            self.wait(ready_at_ms, |_| false).await?;
            self.with(|engine| engine.pull(reference, auth))
        })
    }

    fn tag_image<'a>(
        &'a self,
        reference: &'a str,
        repository_tag: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        lazily(self, move |engine| engine.tag_image(reference, repository_tag))
    }

    fn remove_image<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<()>> {
        lazily(self, |engine| engine.remove_image(reference))
    }

    fn create<'a>(&'a self, spec: &'a ContainerSpec) -> BoxFuture<'a, Result<ContainerId>> {
        lazily(self, |engine| engine.create(spec))
    }

    fn start<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>> {
        lazily(self, |engine| engine.start(id))
    }

    fn stop<'a>(&'a self, id: &'a ContainerId, timeout: Duration) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let timeout_ms = timeout.as_millis().div_ceil(1000) as u64 * 1000;
            let ends_at_ms = self.with(|engine| engine.stop(id, timeout_ms))?;
            self.wait(ends_at_ms, |engine| !engine.is_running(id)).await
        })
    }

    fn kill<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>> {
        lazily(self, |engine| engine.kill(id))
    }

    fn remove<'a>(&'a self, id: &'a ContainerId, _volumes: bool) -> BoxFuture<'a, Result<()>> {
        lazily(self, |engine| engine.remove(id))
    }

    fn inspect<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<ContainerState>> {
        lazily(self, |engine| engine.inspect(id))
    }

    fn list<'a>(&'a self, filter: &'a LabelFilter) -> BoxFuture<'a, Result<Vec<ContainerState>>> {
        lazily(self, |engine| engine.list(filter))
    }

    fn stats<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<serde_json::Value>> {
        lazily(self, |engine| engine.stats(id))
    }

    fn logs<'a>(&'a self, id: &'a ContainerId, tail: usize) -> BoxFuture<'a, Result<Vec<LogLine>>> {
        lazily(self, move |engine| engine.logs(id, tail))
    }

    fn create_volume<'a>(&'a self, spec: &'a VolumeSpec) -> BoxFuture<'a, Result<VolumeInfo>> {
        lazily(self, |engine| engine.create_volume(spec))
    }

    fn inspect_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<VolumeInfo>>> {
        lazily(self, |engine| engine.inspect_volume(name))
    }

    fn remove_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<()>> {
        lazily(self, |engine| engine.remove_volume(name))
    }

    fn list_volumes<'a>(
        &'a self,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<Vec<VolumeInfo>>> {
        lazily(self, |engine| engine.list_volumes(filter))
    }

    fn events<'a>(
        &'a self,
        since_ms: Option<u64>,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<EventStream>> {
        Box::pin(async move {
            let mut shared = self.lock();
            shared.hand_out();
            let past = shared.engine.past_events(since_ms.unwrap_or(u64::MAX), filter)?;
            let id = shared.next_subscriber;
            shared.next_subscriber += 1;
            let (queue, crashes) = (VecDeque::from(past), shared.engine.crashes());
            let filter = filter.clone();
            shared.subscribers.push(Subscriber { id, filter, queue, crashes, ended: false });
            Ok(Subscription { runtime: self.clone(), id }.boxed())
        })
    }
}
