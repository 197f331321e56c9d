//! `GET /longshore/v1/watch/service/CLUSTER/NAME`: a service as it changes, for as long as the caller
//! listens. Longshore's own, not of ECS; its shapes are in `wire::longshore::watch`.
//!
//! The change feed wakes a watcher; what it then says is made from the newest state, as the difference
//! to what it said last. So there is nothing that could pile up for a slow reader.

mod picture;
#[cfg(test)]
mod tests;

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

use access::Own;
use arn::{ClusterName, ServiceId, ServiceName};
use axum::{
    body::Body,
    extract::{Path, Request, State as Extract},
    http::{HeaderValue, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use model::{ContainerInstance, Service, ServiceStatus, Timestamp};
use store::{Change, Commit, Feed, Snapshot, State};
use tokio_util::sync::CancellationToken;
use wire::{
    Error, awsjson,
    longshore::watch::{Picture, ServiceUpdate},
};

use crate::{
    App, Cx,
    api::{lookup, render::timestamp},
    auth, limits,
    server::{Shared, render},
};

/// Where it is served.
pub const PATH: &str = "/longshore/v1/watch/service/{cluster}/{service}";

/// Answers with lines until the service is gone, the server ends, or the caller has heard enough.
pub(crate) async fn watch(
    Extract(shared): Extract<Shared>,
    Path((cluster, service)): Path<(String, String)>,
    request: Request,
) -> Response {
    let parts = request.into_parts().0;
    match open(&shared, &parts, &cluster, &service) {
        Err(error) => render(Err(error)),
        Ok(watcher) => {
            let lines = stream::unfold(watcher, |mut watcher| async {
                let line = watcher.line().await?;
                Some((Ok::<Vec<u8>, Infallible>(line), watcher))
            });
            let mut response = Body::from_stream(lines).into_response();
            let kind = HeaderValue::from_static("application/x-ndjson");
            response.headers_mut().insert(CONTENT_TYPE, kind);
            response
        }
    }
}

fn open(shared: &Shared, request: &Parts, cluster: &str, service: &str) -> Result<Watcher, Error> {
    let app = &shared.app;
    let asker = auth::admit(app, request, b"", Own::WatchService(cluster, service))?;
    let cx = app.cx(asker.principal());
    Watcher::new(app.clone(), shared.shutdown.clone(), &cx, cluster, service)
}

/// What one caller listens to.
struct Watcher {
    app: Arc<App>,
    shutdown: CancellationToken,
    feed: Feed,
    key: (ClusterName, ServiceName),
    /// The life of the service that is watched.
    id: ServiceId,
    /// What was said.
    told: Option<Told>,
    is_over: bool,
}

struct Told {
    picture: Picture,
    event_seq: u64,
    at: Instant,
    /// When time alone changes the picture.
    changes_at: Option<Timestamp>,
}

impl Watcher {
    fn new(
        app: Arc<App>,
        shutdown: CancellationToken,
        cx: &Cx,
        cluster: &str,
        service: &str,
    ) -> Result<Self, Error> {
        // The feed comes before the first look, so that no change falls between them.
        let feed = app.store.subscribe();
        let state = app.store.snapshot();
        let cluster = lookup::cluster(&state, cx, Some(cluster))?.name.clone();
        let service = lookup::service(&state, cx, &cluster, service)?;
        let (key, id) = ((cluster, service.name.clone()), service.id);
        Ok(Watcher { app, shutdown, feed, key, id, told: None, is_over: false })
    }

    /// The next line with its end, which may be all there is of it: so both sides learn that the other
    /// is there. Nothing after the last one.
    async fn line(&mut self) -> Option<Vec<u8>> {
        if self.is_over {
            return None;
        }
        loop {
            if self.told.is_some() {
                match self.wake().await {
                    Wake::Look => {}
                    Wake::Rest => {
                        self.told.iter_mut().for_each(|told| told.at = Instant::now());
                        return Some(b"\n".to_vec());
                    }
                    Wake::End(why) => return Some(line(&self.end(why))),
                }
            }
            let update = self.look();
            if !update.is_empty() {
                return Some(line(&update));
            }
        }
    }

    /// Waits until there may be something to say.
    async fn wake(&mut self) -> Wake {
        let (changes_at, said_at) =
            self.told.as_ref().map_or((None, Instant::now()), |told| (told.changes_at, told.at));
        let rest_ends = tokio::time::Instant::from_std(said_at + limits::WATCH_REST);
        let ms = changes_at.map_or(i64::MAX, |at| at.ms_since(self.app.now()).max(0));
        let time_changes = tokio::time::sleep(Duration::from_millis(ms as u64));
        tokio::pin!(time_changes);
        loop {
            let commit = tokio::select! {
                () = self.shutdown.cancelled() => return Wake::End("the control plane ends"),
                () = tokio::time::sleep_until(rest_ends) => return Wake::Rest,
                () = &mut time_changes => return Wake::Look,
                commit = self.feed.recv() => commit,
            };
            match commit {
                None => return Wake::End("the control plane's state is closed"),
                Some(Ok(commit)) if !concerns(&commit, &self.key) => {}
                // Those missed are in the newest state, too.
                Some(Ok(_) | Err(_)) => break,
            }
        }
        // The newest state has what these changed.
        while self.feed.try_recv().is_some() {}
        Wake::Look
    }

    /// What is new.
    fn look(&mut self) -> ServiceUpdate {
        let (state, cx) = (self.app.store.snapshot(), self.app.own_cx());
        let service = state.services().get(&self.key).filter(|service| service.id == self.id);
        let Some(service) = service.filter(|s| s.status != ServiceStatus::Inactive).cloned() else {
            return self.end("the service is INACTIVE");
        };
        self.tell(&state, &cx, &service)
    }

    fn tell(&mut self, state: &Snapshot, cx: &Cx, service: &Service) -> ServiceUpdate {
        let picture::Look { picture, changes_at } = picture::look(state, cx, service);
        let told = self.told.take();
        let (seq, count_max) = match &told {
            None => (0, limits::WATCH_FIRST_EVENT_COUNT),
            Some(told) => (told.event_seq, usize::MAX),
        };
        let (whole, before, said_at) = match told {
            None => (true, Picture::default(), Instant::now()),
            Some(told) => (false, told.picture, told.at),
        };
        let mut update = picture.since(&before, |gone| picture::stopped(state, service, gone));
        update.events = picture::events(state, service, seq, count_max);
        let at = if update.is_empty() { said_at } else { Instant::now() };
        self.told = Some(Told { picture, event_seq: service.event_seq, at, changes_at });
        dated(ServiceUpdate { whole, ..update }, state, cx.now)
    }

    fn end(&mut self, why: &str) -> ServiceUpdate {
        self.is_over = true;
        let update = ServiceUpdate { end: Some(why.into()), ..ServiceUpdate::default() };
        dated(update, &self.app.store.snapshot(), self.app.now())
    }
}

/// Why a watcher wakes.
enum Wake {
    /// There may be something new.
    Look,
    /// Nothing was said for a while.
    Rest,
    /// There will be nothing more.
    End(&'static str),
}

fn dated(update: ServiceUpdate, state: &State, now: Timestamp) -> ServiceUpdate {
    ServiceUpdate { at: timestamp(now), revision: state.revision().0, ..update }
}

fn line(update: &ServiceUpdate) -> Vec<u8> {
    let mut line = awsjson::encode(update);
    line.push(b'\n');
    line
}

/// Whether a commit can change what is to be seen of a service.
fn concerns(commit: &Commit, key: &(ClusterName, ServiceName)) -> bool {
    let (cluster, name) = key;
    commit.changes.iter().any(|change| match change {
        Change::Service(changed) => changed.key == *key,
        Change::ServiceEvent(changed) => (&changed.key.0, &changed.key.1) == (cluster, name),
        Change::Task(changed) => {
            let task = changed.new.as_ref().or(changed.old.as_ref());
            let owner = task.and_then(|task| task.owner.as_ref());
            changed.key.0 == *cluster && owner.is_some_and(|owner| owner.service == *name)
        }
        Change::ContainerInstance(changed) => {
            let seen =
                |instance: &Arc<ContainerInstance>| (instance.status, instance.agent_connected);
            changed.key.0 == *cluster
                && changed.old.as_ref().map(seen) != changed.new.as_ref().map(seen)
        }
        _ => false,
    })
}
