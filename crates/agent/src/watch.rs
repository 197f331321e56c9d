//! Brings what the container runtime tells to the engine, and lists the containers each time the
//! stream of events begins anew: first listen, then list, and nothing is missed.

use std::sync::Arc;

use futures_util::StreamExt;
use runtime::{ContainerRuntime, LabelFilter};
use tokio::sync::mpsc;

use crate::driver::Command;
use crate::engine::Event;
use crate::limits;

/// Runs until the engine is gone.
pub async fn watch(
    runtime: Arc<dyn ContainerRuntime>,
    labels: LabelFilter,
    engine: mpsc::Sender<Command>,
) {
    loop {
        if let Err(error) = follow(&*runtime, &labels, &engine).await {
            tracing::warn!(%error, "the container runtime does not answer");
        }
        if engine.send(Command::of(Event::RuntimeLost)).await.is_err() {
            return;
        }
        tokio::time::sleep(limits::RUNTIME_PAUSE).await;
    }
}

async fn follow(
    runtime: &dyn ContainerRuntime,
    labels: &LabelFilter,
    engine: &mpsc::Sender<Command>,
) -> runtime::Result<()> {
    let mut events = runtime.events(None, labels).await?;
    let states = runtime.list(labels).await?;
    if engine.send(Command::of(Event::Listed(states))).await.is_err() {
        return Ok(());
    }
    while let Some(event) = events.next().await {
        if engine.send(Command::of(Event::Runtime(event?))).await.is_err() {
            break;
        }
    }
    Ok(())
}
