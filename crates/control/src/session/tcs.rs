//! The socket over which an agent tells health, the state of its runtime, and metrics.

use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use lifecycle::task::{ContainerHealth, apply_health};
use model::{ContainerInstance, RuntimeStatus, Timestamp};
use session_wire::{
    SignedFrame,
    tcs::{Down, HeartbeatMessage, PublishInstanceStatusRequest, TaskHealth, TextMessage, Up},
};
use store::Tx;
use tokio_util::sync::CancellationToken;

use super::{InstanceKey, every};
use crate::{Cx, app::App, hosts::guard, limits, report};

/// Holds a telemetry session until its socket breaks or `shutdown` is called.
pub async fn hold(
    app: Arc<App>,
    key: InstanceKey,
    mut socket: WebSocket,
    shutdown: CancellationToken,
) {
    let mut heartbeats = every(limits::HEARTBEAT_MS);
    loop {
        let answer = tokio::select! {
            () = shutdown.cancelled() => {
                let frame = CloseFrame { code: close_code::AWAY, reason: "the server stops".into() };
                // An error only says that the socket is closed already.
                let _ = socket.send(Message::Close(Some(frame))).await;
                return;
            }
            _ = heartbeats.tick() => Some(Down::Heartbeat(HeartbeatMessage { healthy: true })),
            message = socket.recv() => match message {
                Some(Ok(Message::Text(_))) if is_revoked(&app, &key) => return,
                Some(Ok(Message::Text(text))) => hear(&app, &key, &text).await,
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => None,
            }
        };
        if let Some(answer) = answer
            && socket.send(Message::Text(answer.to_frame().into())).await.is_err()
        {
            return;
        }
    }
}

/// Whether the host that the session is of may say nothing any more.
fn is_revoked(app: &App, key: &InstanceKey) -> bool {
    guard::is_of_revoked(&app.store.snapshot(), &key.0, key.1)
}

async fn hear(app: &Arc<App>, key: &InstanceKey, text: &str) -> Option<Down> {
    // The upgrade was signed, so the socket is its agent's: the signature of each frame adds nothing.
    let message = SignedFrame::parse(text).and_then(|frame| Up::from_frame(frame.body));
    let noted = TextMessage { message: "OK".into() };
    let own = key.clone();
    let mut cx = app.own_cx();
    match message {
        Ok(Up::PublishHealth(health)) => {
            let taken = app.store.update(move |tx| {
                note_health(tx, &mut cx, &own, &health.tasks);
                Ok::<(), ()>(())
            });
            // What is not acknowledged is told again.
            taken.await.is_ok().then_some(Down::AckPublishHealth(noted))
        }
        Ok(Up::PublishInstanceStatus(status)) => {
            let taken = app.store.update(move |tx| {
                note_runtime(tx, &cx, &own, &status);
                Ok::<(), ()>(())
            });
            taken.await.is_ok().then_some(Down::AckPublishInstanceStatus(noted))
        }
        // Metrics are not kept yet; they are acknowledged, as the session ends without.
        Ok(Up::PublishMetrics(_)) => Some(Down::AckPublishMetric(noted)),
        Ok(Up::Unknown { kind, .. }) => {
            tracing::debug!(kind, "an agent sent a message that is not known");
            None
        }
        Err(error) => {
            tracing::warn!(containerInstance = %key.1, %error, "an agent sent what cannot be read");
            None
        }
    }
}

/// Takes the health of containers over; only of tasks on the agent's own instance.
pub fn note_health(tx: &mut Tx, cx: &mut Cx, key: &InstanceKey, tasks: &[TaskHealth]) {
    for told in tasks {
        let Ok(id) = cx.home().task(&told.task_arn, &key.0) else { continue };
        let Some(before) = tx.tasks().get(&(key.0.clone(), id)).cloned() else { continue };
        if before.container_instance != Some(key.1) {
            continue;
        }
        let containers: Vec<ContainerHealth> = told
            .containers
            .iter()
            .filter_map(|c| {
                Some(ContainerHealth {
                    container: c.container_name.parse().ok()?,
                    status: c.health_status.parse().ok()?,
                })
            })
            .collect();
        let mut task = (*before).clone();
        apply_health(&mut task, &containers, cx.now);
        report::commit(tx, cx, &before, task);
    }
}

fn note_runtime(tx: &mut Tx, cx: &Cx, key: &InstanceKey, request: &PublishInstanceStatusRequest) {
    let Some(told) = request.statuses.iter().find(|s| s.r#type == "ContainerRuntime") else {
        return;
    };
    let at = |told: Option<session_wire::tcs::Timestamp>| told.map_or(cx.now, |t| Timestamp(t.0));
    tx.edit::<ContainerInstance>(key, |instance| {
        instance.runtime_status = Some(RuntimeStatus {
            status: told.status.clone(),
            last_updated: at(told.last_updated),
            last_status_change: at(told.last_status_change),
        });
    });
}
