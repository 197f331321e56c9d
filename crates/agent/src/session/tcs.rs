//! The TCS session: tells health, metrics and the state of the container runtime.
//!
//! Health goes out the moment it changes, and all of it every 20 seconds besides, in case one was
//! lost; Amazon's agent tells it only then.

use std::sync::Arc;
use std::time::Duration;

use model::Timestamp;
use runtime::ContainerRuntime;
use session_wire::tcs::{
    Down, HealthMetadata, InstanceStatus, InstanceStatusMetadata, MetricsMetadata,
    PublishHealthRequest, PublishInstanceStatusRequest, PublishMetricsRequest, TaskHealth,
    TaskMetric, Up,
};
use session_wire::{SignedFrame, TelemetryParameters, tcs};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::dial::{Socket, dial};
use super::{End, Identity, Inactivity, renewal};
use crate::api::Client;
use crate::clock;
use crate::limits;
use crate::telemetry::TaskPicture;

/// A runtime that does not answer a ping for this long is not well.
const PING: Duration = Duration::from_secs(5);

/// Holds one session. Fails when it cannot be opened.
pub async fn run(
    api: &Client,
    identity: &Identity,
    endpoint: &str,
    runtime: &dyn ContainerRuntime,
    pictures: watch::Receiver<Arc<Vec<TaskPicture>>>,
) -> Result<End, End> {
    let query = TelemetryParameters {
        agent_hash: "longshore".into(),
        agent_version: env!("CARGO_PKG_VERSION").into(),
        cluster: identity.cluster.clone(),
        container_instance: identity.container_instance_arn.clone(),
        docker_version: identity.docker_version.clone(),
    };
    let socket = dial(api.signer(), endpoint, query.to_query()).await?;
    tracing::info!("the TCS session is open");
    let mut teller = Teller { socket, identity, runtime, pictures, told: Vec::new(), status: None };
    let end = teller.talk().await;
    if matches!(end, End::Orderly) {
        teller.socket.close().await;
    }
    Ok(end)
}

struct Teller<'a> {
    socket: Socket,
    identity: &'a Identity,
    runtime: &'a dyn ContainerRuntime,
    pictures: watch::Receiver<Arc<Vec<TaskPicture>>>,
    /// The health as it was last told in this session.
    told: Vec<TaskHealth>,
    /// The runtime's status and since when.
    status: Option<(&'static str, Timestamp)>,
}

impl Teller<'_> {
    async fn talk(&mut self) -> End {
        let mut inactivity = Inactivity::new();
        let renewal = renewal();
        let mut round = tokio::time::interval(limits::PUBLISH_PERIOD);
        round.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let step = tokio::select! {
                frame = self.socket.receive() => frame.map(|frame| {
                    inactivity.heard();
                    hear(&frame);
                }),
                changed = self.pictures.changed() => match changed {
                    Ok(()) => self.tell_changes().await,
                    Err(_) => return End::Broken("the agent ends".into()),
                },
                _ = round.tick() => self.tell_all().await,
                () = tokio::time::sleep_until(inactivity.until) => {
                    Err(End::Broken("nothing was heard for too long".into()))
                }
                () = tokio::time::sleep_until(renewal) => Err(End::Orderly),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// The health that is not as it was told last.
    async fn tell_changes(&mut self) -> Result<(), End> {
        let health = self.health();
        let news: Vec<TaskHealth> =
            health.iter().filter(|task| !self.told.contains(task)).cloned().collect();
        self.told = health;
        self.publish_health(news).await
    }

    async fn tell_all(&mut self) -> Result<(), End> {
        self.publish_status().await?;
        let picture = self.pictures.borrow_and_update().clone();
        self.publish_metrics(picture.iter().map(TaskPicture::metrics).collect()).await?;
        let health = self.health();
        self.told.clone_from(&health);
        self.publish_health(health).await
    }

    fn health(&mut self) -> Vec<TaskHealth> {
        let picture = self.pictures.borrow_and_update();
        picture.iter().filter_map(TaskPicture::health).collect()
    }

    async fn publish_health(&mut self, tasks: Vec<TaskHealth>) -> Result<(), End> {
        let message_id = clock::message_id();
        let pages = tasks.len().div_ceil(limits::TASKS_PER_PAGE);
        for (index, page) in tasks.chunks(limits::TASKS_PER_PAGE).enumerate() {
            let metadata = HealthMetadata {
                cluster: self.identity.cluster.clone(),
                container_instance: self.identity.container_instance_arn.clone(),
                message_id: message_id.clone(),
                fin: index + 1 == pages,
            };
            let (tasks, timestamp) = (page.to_vec(), Some(now()));
            let request = PublishHealthRequest { metadata, tasks, timestamp };
            self.send(Up::PublishHealth(request)).await?;
        }
        Ok(())
    }

    async fn publish_metrics(&mut self, tasks: Vec<TaskMetric>) -> Result<(), End> {
        let message_id = clock::message_id();
        let pages = tasks.len().div_ceil(limits::TASKS_PER_PAGE).max(1);
        for index in 0..pages {
            let page = tasks.chunks(limits::TASKS_PER_PAGE).nth(index).unwrap_or_default();
            let metadata = MetricsMetadata {
                cluster: self.identity.cluster.clone(),
                container_instance: self.identity.container_instance_arn.clone(),
                message_id: message_id.clone(),
                idle: tasks.is_empty(),
                fin: index + 1 == pages,
            };
            let request = PublishMetricsRequest {
                metadata,
                task_metrics: page.to_vec(),
                instance_metrics: None,
                timestamp: Some(now()),
            };
            self.send(Up::PublishMetrics(request)).await?;
        }
        Ok(())
    }

    async fn publish_status(&mut self) -> Result<(), End> {
        let answer = tokio::time::timeout(PING, self.runtime.ping()).await;
        let status = if matches!(answer, Ok(Ok(()))) { "OK" } else { "IMPAIRED" };
        let since = match self.status {
            Some((before, since)) if before == status => since,
            _ => clock::now(),
        };
        self.status = Some((status, since));
        let runtime = InstanceStatus {
            r#type: "ContainerRuntime".into(),
            status: status.into(),
            last_updated: Some(now()),
            last_status_change: Some(tcs::Timestamp(since.0)),
        };
        let request = PublishInstanceStatusRequest {
            metadata: InstanceStatusMetadata {
                cluster: self.identity.cluster.clone(),
                container_instance: self.identity.container_instance_arn.clone(),
                request_id: clock::message_id(),
            },
            statuses: vec![runtime],
            timestamp: Some(now()),
        };
        self.send(Up::PublishInstanceStatus(request)).await
    }

    /// Sends a message in a frame of its own signature.
    async fn send(&mut self, message: Up) -> Result<(), End> {
        let body = message.to_frame();
        let Socket { host, path, query, signer, .. } = &self.socket;
        let signed = signer.sign_get(host, path, query, body.as_bytes());
        let mut headers =
            vec![("Authorization", signed.authorization.as_str()), ("Host", host.as_str())];
        headers.push(("X-Amz-Date", &signed.x_amz_date));
        if let Some(token) = &signed.x_amz_security_token {
            headers.push(("X-Amz-Security-Token", token));
        }
        let frame = SignedFrame { headers, body: &body }.to_text();
        self.socket.send(frame).await
    }
}

fn hear(frame: &str) {
    match Down::from_frame(frame) {
        Ok(
            Down::AckPublishMetric(_)
            | Down::AckPublishHealth(_)
            | Down::AckPublishInstanceStatus(_)
            | Down::Heartbeat(_),
        ) => {}
        Ok(other) => tracing::warn!(kind = other.kind(), "the control plane complains"),
        Err(error) => tracing::warn!(%error, "a frame is skipped"),
    }
}

fn now() -> tcs::Timestamp {
    tcs::Timestamp(clock::now().0)
}
