//! The socket over which an agent is told what to run.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use model::Timestamp;
use session_wire::acs::{Down, HeartbeatMessage, Up};
use store::UpdateError;
use tokio_util::sync::CancellationToken;

use super::{
    InstanceKey, every,
    outbox::{self, Outbox},
    presence::{self, Agent},
};
use crate::{app::App, hosts::guard, launch, limits};

/// Why a session ended.
enum End {
    /// The socket broke, or the agent closed it.
    Gone,
    /// To be closed, with a code and a reason.
    Close(u16, &'static str),
}

/// Holds a session until its socket breaks, a newer one takes its place, or `shutdown` is called.
pub async fn hold(
    app: Arc<App>,
    key: InstanceKey,
    agent: Agent,
    mut socket: WebSocket,
    shutdown: CancellationToken,
) {
    let seat = app.hub.sit(&key);
    let (own, now) = (key.clone(), app.now());
    let connected =
        app.store.update(move |tx| Ok::<bool, ()>(presence::connect(tx, &own, agent, now)));
    let end = match connected.await {
        Ok(true) => {
            tracing::info!(containerInstance = %key.1, cluster = %key.0, "an agent has connected");
            talk(&app, &key, &seat, &mut socket, &shutdown).await
        }
        Ok(false) => End::Close(close_code::POLICY, "the container instance is not registered"),
        Err(_) => End::Close(close_code::ERROR, "the state cannot be written"),
    };
    if app.hub.leave(&key, &seat) {
        let (own, now) = (key.clone(), app.now());
        let left = app.store.update(move |tx| {
            presence::disconnect(tx, &own, now);
            Ok::<(), ()>(())
        });
        if let Err(UpdateError::Store(error)) = left.await {
            tracing::error!(%error, "an agent's leave was not noted");
        }
        tracing::info!(containerInstance = %key.1, cluster = %key.0, "an agent has gone");
    }
    if let End::Close(code, reason) = end {
        let frame = CloseFrame { code, reason: reason.into() };
        // An error only says that the socket is closed already.
        let _ = socket.send(Message::Close(Some(frame))).await;
    }
}

async fn talk(
    app: &Arc<App>,
    key: &InstanceKey,
    seat: &super::hub::Seat,
    socket: &mut WebSocket,
    shutdown: &CancellationToken,
) -> End {
    let mut outbox = Outbox::default();
    let mut heartbeats = every(limits::HEARTBEAT_MS);
    let mut manifests = every(limits::MANIFEST_PERIOD_MS);
    let mut unanswered = 0;
    if let Err(end) = send_news(app, key, &mut outbox, socket).await {
        return end;
    }
    if let Err(end) = send_manifest(app, key, socket).await {
        return end;
    }
    loop {
        let step = tokio::select! {
            () = shutdown.cancelled() => Err(End::Close(close_code::AWAY, "the server stops")),
            () = seat.wake.notified() => {
                if app.hub.is_seated(key, seat) {
                    send_news(app, key, &mut outbox, socket).await
                } else {
                    Err(End::Close(close_code::POLICY, "a newer session has taken over"))
                }
            }
            _ = heartbeats.tick() => {
                unanswered += 1;
                if unanswered > limits::HEARTBEATS_MISSED_MAX {
                    Err(End::Close(close_code::POLICY, "heartbeats were not answered"))
                } else {
                    let message_id = format!("heartbeat-{}", app.now().0);
                    let beat = HeartbeatMessage { message_id, healthy: true };
                    send(socket, &Down::Heartbeat(beat)).await
                }
            }
            () = wait_until(app, outbox.due()) => send_news(app, key, &mut outbox, socket).await,
            _ = manifests.tick() => send_manifest(app, key, socket).await,
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    unanswered = 0;
                    hear(app, key, socket, &text).await
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => Err(End::Gone),
                Some(Ok(_)) => Ok(()),
            }
        };
        if let Err(end) = step {
            return end;
        }
    }
}

/// Waits for an instant; without one for ever.
async fn wait_until(app: &App, at: Option<Timestamp>) {
    match at {
        Some(at) => {
            let wait_ms = u64::try_from(at.ms_since(app.now())).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        None => std::future::pending().await,
    }
}

async fn send(socket: &mut WebSocket, message: &Down) -> Result<(), End> {
    socket.send(Message::Text(message.to_frame().into())).await.map_err(|_| End::Gone)
}

async fn send_news(
    app: &Arc<App>,
    key: &InstanceKey,
    outbox: &mut Outbox,
    socket: &mut WebSocket,
) -> Result<(), End> {
    let state = app.store.snapshot();
    if !presence::is_registered(&state, key) {
        return Err(End::Close(close_code::POLICY, "the container instance was deregistered"));
    }
    if guard::is_of_revoked(&state, &key.0, key.1) {
        return Err(End::Close(close_code::POLICY, "the key of the host was taken back"));
    }
    for message in outbox.messages(&state, &mut app.own_cx(), key) {
        send(socket, &message).await?;
    }
    Ok(())
}

async fn send_manifest(
    app: &Arc<App>,
    key: &InstanceKey,
    socket: &mut WebSocket,
) -> Result<(), End> {
    let own = key.clone();
    let number = app
        .store
        .update(move |tx| Ok::<u64, ()>(launch::manifest_seq_num(tx, &own.0, own.1)))
        .await
        .map_err(|_| End::Close(close_code::ERROR, "the state cannot be written"))?;
    let state = app.store.snapshot();
    send(socket, &outbox::manifest(&state, &app.settings.home, key, number, app.now())).await
}

async fn hear(
    app: &Arc<App>,
    key: &InstanceKey,
    socket: &mut WebSocket,
    text: &str,
) -> Result<(), End> {
    match Up::from_frame(text) {
        Ok(Up::TaskStopVerification(asked)) => {
            let state = app.store.snapshot();
            let answer = outbox::verify_stops(
                &state,
                &app.settings.home,
                key,
                &asked.message_id,
                asked.stop_candidates,
                app.now(),
            );
            send(socket, &answer).await?;
        }
        Ok(Up::Nack(nack)) => {
            tracing::warn!(containerInstance = %key.1, messageId = nack.message_id, reason = nack.reason, "an agent refused a message");
        }
        // What is acknowledged is reported sooner or later; what is not, comes again with the next
        // session.
        Ok(Up::HeartbeatAck(_) | Up::Ack(_) | Up::RoleCredentialsAck(_) | Up::Unknown { .. }) => {}
        Err(error) => {
            tracing::warn!(containerInstance = %key.1, %error, "an agent sent what cannot be read");
        }
    }
    Ok(())
}
