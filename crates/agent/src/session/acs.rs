//! The ACS session: hears what should run, and acknowledges what was taken on.

use session_wire::PollParameters;
use session_wire::acs::{Down, HeartbeatAckRequest, NackRequest, RoleCredentials, Up};
use tokio::sync::{Notify, mpsc, oneshot};

use super::dial::{Socket, dial};
use super::{End, Identity, Inactivity, renewal};
use super::{attachment, credentials, manifest, payload};
use crate::api::Client;
use crate::credentials::Role;
use crate::driver::{Command, Reply};
use crate::engine::Event;

/// What messages are answered with.
pub struct Responder<'a> {
    engine: &'a mpsc::Sender<Command>,
    /// The manifest whose stop candidates the control plane has to verify.
    pub(super) unverified: Option<String>,
}

impl<'a> Responder<'a> {
    pub fn new(engine: &'a mpsc::Sender<Command>) -> Self {
        Self { engine, unverified: None }
    }

    /// Hands an event to the engine, and waits until whatever it changed is on disk.
    pub(super) async fn tell(&self, event: Event) -> Result<Reply, End> {
        let (command, reply) = Command::asking(event);
        self.ask(command, reply).await
    }

    /// Hands credentials over; whether they are of use here.
    pub(super) async fn keep(
        &self,
        task: String,
        role: Role,
        credentials: RoleCredentials,
    ) -> Result<bool, End> {
        let (sender, reply) = oneshot::channel();
        self.ask(Command::Keep { task, role, credentials, reply: sender }, reply).await
    }

    async fn ask<T>(&self, command: Command, reply: oneshot::Receiver<T>) -> Result<T, End> {
        let gone = || End::Broken("the agent ends".into());
        self.engine.send(command).await.map_err(|_| gone())?;
        reply.await.map_err(|_| gone())
    }

    async fn answer(&mut self, message: Down) -> Result<Vec<Up>, End> {
        Ok(match message {
            Down::Heartbeat(beat) => {
                vec![Up::HeartbeatAck(HeartbeatAckRequest { message_id: beat.message_id })]
            }
            Down::Payload(message) => payload::answer(self, message).await?,
            Down::RoleCredentials(message) => credentials::answer(self, message).await?,
            Down::TaskManifest(message) => manifest::answer(self, message).await?,
            Down::TaskStopVerificationAck(message) => manifest::verified(self, message).await?,
            Down::AttachTaskNetworkInterfaces(_)
            | Down::AttachInstanceNetworkInterfaces(_)
            | Down::ConfirmAttachment(_) => attachment::answer(message),
            Down::StageUpdate(update) | Down::PerformUpdate(update) => {
                vec![Up::Nack(NackRequest {
                    cluster: update.cluster_arn,
                    container_instance: update.container_instance_arn,
                    message_id: update.message_id,
                    reason: "Updates are disabled".into(),
                })]
            }
            Down::Close(told)
            | Down::Error(told)
            | Down::ServerException(told)
            | Down::BadRequestException(told)
            | Down::InvalidClusterException(told)
            | Down::InvalidInstanceException(told)
            | Down::AccessDeniedException(told) => {
                tracing::warn!(message = told.message, "the control plane complains");
                Vec::new()
            }
            Down::InactiveInstanceException(told) => return Err(End::Inactive(told.message)),
            Down::Unknown { kind, .. } => {
                tracing::debug!(kind, "a message of an unknown type is skipped");
                Vec::new()
            }
        })
    }
}

/// Holds one session. Fails when it cannot be opened.
pub async fn run(
    api: &Client,
    identity: &Identity,
    endpoint: &str,
    send_credentials: bool,
    mut responder: Responder<'_>,
    opened: &Notify,
) -> Result<End, End> {
    let query = PollParameters {
        agent_hash: "longshore".into(),
        agent_version: env!("CARGO_PKG_VERSION").into(),
        cluster: identity.cluster.clone(),
        container_instance_arn: identity.container_instance_arn.clone(),
        docker_version: format!("DockerVersion: {}", identity.docker_version),
        protocol_version: 2,
        send_credentials,
        seq_num: 1,
    };
    let mut socket = dial(api.signer(), endpoint, query.to_query()).await?;
    tracing::info!("the ACS session is open");
    opened.notify_one();
    let end = talk(&mut socket, &mut responder).await;
    if matches!(end, End::Orderly) {
        socket.close().await;
    }
    Ok(end)
}

async fn talk(socket: &mut Socket, responder: &mut Responder<'_>) -> End {
    let mut inactivity = Inactivity::new();
    let renewal = renewal();
    loop {
        let frame = tokio::select! {
            frame = socket.receive() => match frame {
                Ok(frame) => frame,
                Err(end) => return end,
            },
            () = tokio::time::sleep_until(inactivity.until) => {
                return End::Broken("nothing was heard for too long".into());
            }
            () = tokio::time::sleep_until(renewal) => return End::Orderly,
        };
        inactivity.heard();
        let answers = match Down::from_frame(&frame) {
            Ok(message) => responder.answer(message).await,
            Err(error) => {
                tracing::warn!(%error, "a frame is skipped");
                Ok(Vec::new())
            }
        };
        let answers = match answers {
            Ok(answers) => answers,
            Err(end) => return end,
        };
        for answer in answers {
            if let Err(end) = socket.send(answer.to_frame()).await {
                return end;
            }
        }
    }
}
