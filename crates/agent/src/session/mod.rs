//! The two sessions with the control plane: opened, renewed and reopened for as long as the agent
//! runs.

mod acs;
mod attachment;
mod credentials;
mod dial;
mod manifest;
mod payload;
mod tcs;

use std::sync::Arc;
use std::time::Duration;

use runtime::ContainerRuntime;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;
use wire::{ecs, op};

use crate::api::Client;
use crate::clock::{self, BackOff};
use crate::driver::Command;
use crate::limits;
use crate::telemetry::TaskPicture;
use dial::DialError;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A session that held this long was a good one.
const GOOD_SESSION: Duration = Duration::from_mins(1);

/// Who an agent is to its sessions.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The cluster as the agent was told it.
    pub cluster: String,
    /// The full ARN.
    pub container_instance_arn: String,
    /// The bare version.
    pub docker_version: String,
}

/// How a session came to its end.
#[derive(Debug)]
pub enum End {
    /// In order: the peer closed it normally, or its time was over. It is opened again at once.
    Orderly,
    /// It broke, or was closed for a reason. It is opened again after a pause.
    Broken(String),
    /// The control plane has deregistered this instance.
    Inactive(String),
}

impl From<DialError> for End {
    fn from(error: DialError) -> Self {
        match error {
            DialError::Refused(refusal) if refusal.name == "InactiveInstanceException" => {
                Self::Inactive(refusal.message)
            }
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Holds both sessions for ever.
pub async fn hold(
    api: &Client,
    identity: &Identity,
    runtime: &dyn ContainerRuntime,
    engine: mpsc::Sender<Command>,
    pictures: watch::Receiver<Arc<Vec<TaskPicture>>>,
    opened: &Notify,
) {
    tokio::join!(
        hold_acs(api, identity, engine, opened),
        hold_tcs(api, identity, runtime, pictures)
    );
}

async fn hold_acs(
    api: &Client,
    identity: &Identity,
    engine: mpsc::Sender<Command>,
    opened: &Notify,
) {
    let mut reopening = Reopening::new("ACS");
    // A new process has none of the credentials of its tasks; later sessions of it have them.
    let mut send_credentials = true;
    loop {
        reopening.begin();
        let end = match discover(api, identity).await {
            Ok((endpoint, _)) => {
                let responder = acs::Responder::new(&engine);
                acs::run(api, identity, &endpoint, send_credentials, responder, opened).await
            }
            Err(end) => Err(end),
        };
        send_credentials &= end.is_err();
        reopening.wait(end).await;
    }
}

async fn hold_tcs(
    api: &Client,
    identity: &Identity,
    runtime: &dyn ContainerRuntime,
    pictures: watch::Receiver<Arc<Vec<TaskPicture>>>,
) {
    let mut reopening = Reopening::new("TCS");
    loop {
        reopening.begin();
        let end = match discover(api, identity).await {
            Ok((_, endpoint)) => {
                tcs::run(api, identity, &endpoint, runtime, pictures.clone()).await
            }
            Err(end) => Err(end),
        };
        reopening.wait(end).await;
    }
}

/// How long to wait between the end of a session and the next one.
struct Reopening {
    name: &'static str,
    back_off: BackOff,
    began: Instant,
}

impl Reopening {
    fn new(name: &'static str) -> Self {
        let back_off = BackOff::new(FIRST_PAUSE, LONGEST_PAUSE);
        Self { name, back_off, began: Instant::now() }
    }

    fn begin(&mut self) {
        self.began = Instant::now();
    }

    /// Waits after a session that ended (`Ok`) or could not be opened (`Err`).
    async fn wait(&mut self, end: Result<End, End>) {
        if self.began.elapsed() > GOOD_SESSION {
            self.back_off.reset();
        }
        let session = self.name;
        let (Ok(end) | Err(end)) = end;
        match end {
            // A peer that closes in order, but at once and always, is not to be hurried.
            End::Orderly if self.began.elapsed() < FIRST_PAUSE => {
                tokio::time::sleep(self.back_off.pause()).await;
            }
            End::Orderly => {
                tracing::debug!(session, "a session is renewed");
                self.back_off.reset();
            }
            End::Broken(why) => {
                tracing::warn!(session, why, "a session has ended");
                tokio::time::sleep(self.back_off.pause()).await;
            }
            End::Inactive(why) => {
                tracing::error!(session, why, "the container instance is deregistered");
                tokio::time::sleep(limits::INACTIVE_PAUSE).await;
            }
        }
    }
}

/// Where the sessions are: ACS first, then TCS.
async fn discover(api: &Client, identity: &Identity) -> Result<(String, String), End> {
    let input = ecs::DiscoverPollEndpointRequest {
        cluster: Some(identity.cluster.clone()),
        container_instance: Some(identity.container_instance_arn.clone()),
    };
    let answer = api.call::<op::DiscoverPollEndpoint>(&input).await;
    let answer = answer.map_err(|error| End::Broken(error.to_string()))?;
    let endpoint = answer.endpoint.unwrap_or_default();
    let telemetry = answer.telemetry_endpoint.unwrap_or_else(|| endpoint.clone());
    Ok((endpoint, telemetry))
}

/// A deadline that moves with each message from the control plane.
struct Inactivity {
    until: Instant,
}

impl Inactivity {
    fn new() -> Self {
        let mut inactivity = Self { until: Instant::now() };
        inactivity.heard();
        inactivity
    }

    fn heard(&mut self) {
        let patience = limits::INACTIVITY + clock::jitter(limits::INACTIVITY);
        self.until = Instant::now() + patience;
    }
}

/// When a session is to be renewed.
fn renewal() -> Instant {
    Instant::now() + limits::SESSION_AGE + clock::jitter(limits::SESSION_AGE_JITTER)
}
