//! Runs reconcilers as the store changes and as time passes.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use store::{Feed, UpdateError};
use tokio_util::sync::CancellationToken;

use super::{Key, Outcome, Queue, look, run};
use crate::{app::App, limits};

/// The longest wait without a look at the clock, should it jump.
const WAIT_MAX: Duration = Duration::from_mins(1);

/// Reconciles until the store closes or `shutdown` is called.
pub async fn drive(app: Arc<App>, shutdown: CancellationToken) {
    let mut feed = app.store.subscribe();
    *app.queue() = Queue::all(&app.store.snapshot());
    loop {
        drain(&app, &mut feed);
        let keys = app.queue().take(app.now(), limits::RECONCILE_COUNT_MAX);
        if !keys.is_empty() {
            join_all(keys.into_iter().map(|key| reconcile(&app, key))).await;
            continue;
        }
        let wait = wait(&app);
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
            commit = feed.recv() => match commit {
                None => return,
                Some(Ok(commit)) => app.queue().note(&app.store.snapshot(), &commit),
                Some(Err(_)) => *app.queue() = Queue::all(&app.store.snapshot()),
            }
        }
    }
}

fn drain(app: &App, feed: &mut Feed) {
    while let Some(commit) = feed.try_recv() {
        match commit {
            Ok(commit) => app.queue().note(&app.store.snapshot(), &commit),
            Err(_) => *app.queue() = Queue::all(&app.store.snapshot()),
        }
    }
}

fn wait(app: &App) -> Duration {
    let due = app.queue().next_due();
    let ms = due.map_or(i64::MAX, |at| at.ms_since(app.now()).max(0));
    Duration::from_millis(ms as u64).min(WAIT_MAX)
}

async fn reconcile(app: &Arc<App>, key: Key) {
    let cx = app.own_cx();
    if let Some(outcome) = look(&app.store.snapshot(), &cx, &key) {
        return app.queue().done(key, outcome);
    }
    let mut cx = cx;
    let own = key.clone();
    let ran = app.store.update(move |tx| Ok::<Outcome, ()>(run(tx, &mut cx, &own))).await;
    match ran {
        Ok(outcome) => app.queue().done(key, outcome),
        Err(UpdateError::Store(error)) => {
            tracing::error!(?key, %error, "a reconciliation was not taken; it is tried again");
            let retry_at = Some(app.now().plus_ms(limits::RECONCILE_RETRY_MS));
            app.queue().done(key, Outcome::Blocked { explanation: error.to_string(), retry_at });
        }
        Err(UpdateError::Refused(())) => {}
    }
}
