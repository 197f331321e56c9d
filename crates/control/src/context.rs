//! What a handler or reconciler may know besides the state: the time, who asks, fresh ids, settings.
//!
//! Everything that could differ between two runs enters here, so that the same call on the same state
//! with the same context does the same thing: in production, in a test and in the simulator.

use std::sync::Arc;

use arn::{
    ContainerId, DeploymentId, EventId, Home, InstanceId, ServiceDeploymentId, ServiceId, TaskId,
};
use model::{Timestamp, iam::SessionClaims};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rand_core::Rng;

use crate::keys;

/// What is set once for a control plane.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Region and account.
    pub home: Home,
    /// How long after RUNNING a task without health check counts as healthy. ECS: 40 seconds.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html>
    pub settle_ms: i64,
    /// How long a STOPPED task can still be described. ECS: at least one hour.
    pub stopped_task_retention_ms: i64,
    /// Where agents open their sessions; what DiscoverPollEndpoint answers.
    pub endpoint: String,
    /// Where Lambda's API is, for lifecycle hooks; such as `http://127.0.0.1:9000`.
    pub lambda_endpoint: Option<String>,
    /// What secrets are sealed under. [`crate::App::new`] sets it to the control plane's own.
    pub vault: seal::Key,
}

impl Settings {
    /// ECS's own values, for an endpoint.
    pub fn new(endpoint: &str) -> Self {
        Settings {
            home: Home { region: "us-east-1".into(), account: "000000000000".into() },
            settle_ms: 40_000,
            stopped_task_retention_ms: 3_600_000,
            endpoint: endpoint.into(),
            lambda_endpoint: None,
            vault: seal::Key::new([0; 32]),
        }
    }
}

/// Who makes a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The caller's ARN.
    pub arn: String,
    /// What its session token says, if it came with one.
    pub session: Option<Arc<SessionClaims>>,
}

impl Principal {
    /// A caller that has no session.
    pub fn new(arn: impl Into<String>) -> Principal {
        Principal { arn: arn.into(), session: None }
    }

    /// The host whose session it is, if it is one's.
    pub fn host(&self) -> Option<&str> {
        self.session.as_ref()?.host.as_deref()
    }
}

/// The context of one call or one reconciliation.
#[derive(Debug)]
pub struct Cx {
    /// The time of the call.
    pub now: Timestamp,
    /// Who calls.
    pub principal: Principal,
    /// The control plane's settings.
    pub settings: Arc<Settings>,
    random: ChaCha8Rng,
}

impl Cx {
    /// A context at `now` for `principal`; ids come from `seed`.
    pub fn new(
        now: Timestamp,
        principal: Principal,
        settings: Arc<Settings>,
        seed: [u8; 32],
    ) -> Self {
        Cx { now, principal, settings, random: ChaCha8Rng::from_seed(seed) }
    }

    /// Region and account.
    pub fn home(&self) -> &Home {
        &self.settings.home
    }

    /// A number that nobody can guess, for instance to break ties.
    pub fn random(&mut self) -> u64 {
        self.random.next_u64()
    }

    /// Random bytes.
    pub fn random_bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill_bytes(&mut bytes);
        bytes
    }

    /// A fresh access key id: `AKIA…` for long-term keys, `ASIA…` for sessions.
    pub fn access_key_id(&mut self, prefix: &str) -> String {
        keys::access_key_id(prefix, &self.random_bytes())
    }

    /// A fresh secret access key.
    pub fn secret_access_key(&mut self) -> String {
        keys::secret_access_key(&self.random_bytes::<40>())
    }

    fn random_128(&mut self) -> u128 {
        u128::from(self.random()) << 64 | u128::from(self.random())
    }

    /// A fresh task id.
    pub fn task_id(&mut self) -> TaskId {
        TaskId(self.random_128())
    }

    /// A fresh container id.
    pub fn container_id(&mut self) -> ContainerId {
        ContainerId(self.random_128())
    }

    /// A fresh container instance id.
    pub fn instance_id(&mut self) -> InstanceId {
        InstanceId(self.random_128())
    }

    /// A fresh service id.
    pub fn service_id(&mut self) -> ServiceId {
        ServiceId(self.random_128())
    }

    /// A fresh event id.
    pub fn event_id(&mut self) -> EventId {
        EventId(self.random_128())
    }

    /// A fresh service deployment id.
    pub fn service_deployment_id(&mut self) -> ServiceDeploymentId {
        ServiceDeploymentId::from_random(self.random_128())
    }

    /// A fresh deployment id: 19 digits, as ECS has them.
    pub fn deployment_id(&mut self) -> DeploymentId {
        DeploymentId::from_number(
            1_000_000_000_000_000_000 + self.random() % 8_000_000_000_000_000_000,
        )
    }
}
