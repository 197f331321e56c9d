//! The agent as a whole: boot order, and what runs beside what.

use std::sync::{Arc, OnceLock};

use model::Resources;
use runtime::{ContainerRuntime, EngineInfo};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::api::{self, Client};
use crate::config::Config;
use crate::credentials::TaskCredentials;
use crate::driver::Driver;
use crate::endpoints::LocalAgent;
use crate::engine::{Engine, Settings};
use crate::enrol;
use crate::error::AgentError;
use crate::session::{self, Identity};
use crate::state::{Instance, StateDir};
use crate::{clock, limits, registration};

/// An agent of one container instance.
#[derive(Debug)]
pub struct Agent;

impl Agent {
    /// Runs until `shutdown`, which leaves all containers as they are.
    ///
    /// Fails when the agent can never do its work: its state is damaged or cannot be written, or
    /// the control plane refuses to register it. A control plane or a container runtime that is
    /// away is waited for. `opened` is notified whenever the session opens that brings tasks.
    pub async fn run(
        config: Config,
        runtime: Arc<dyn ContainerRuntime>,
        shutdown: CancellationToken,
        opened: Arc<Notify>,
    ) -> Result<(), AgentError> {
        let api = api::client(&config)?;
        let state = StateDir::open(&config.data_dir)?;
        let instance = known(&state, &config)?;
        // Boxed, since all that an agent does is in it.
        let whole = Box::pin(async {
            let keeper = enrol::enrol(&api, &config, &state).await?;
            let known = (api.clone(), state, instance);
            tokio::select! {
                ended = work(config, runtime, known, shutdown.clone(), opened) => ended,
                refused = keeper.keep(&api) => refused,
            }
        });
        tokio::select! {
            () = shutdown.cancelled() => Ok(()),
            ended = whole => ended,
        }
    }
}

/// Who this agent was before; checked against what it was told now.
fn known(state: &StateDir, config: &Config) -> Result<Instance, AgentError> {
    match state.instance()? {
        Some(instance) if instance.cluster != config.cluster => {
            Err(AgentError::OtherCluster { stored: instance.cluster, told: config.cluster.clone() })
        }
        Some(instance) => Ok(instance),
        None => {
            Ok(Instance { cluster: config.cluster.clone(), watermark: -1, ..Instance::default() })
        }
    }
}

async fn work(
    config: Config,
    runtime: Arc<dyn ContainerRuntime>,
    (api, state, mut instance): (Client, StateDir, Instance),
    shutdown: CancellationToken,
    opened: Arc<Notify>,
) -> Result<(), AgentError> {
    let info = runtime_info(&*runtime).await;
    let capacity = registration::capacity(&config, &info);
    // An agent that knows who it is looks after its tasks even while the control plane is away.
    let is_new = instance.container_instance_arn.is_empty();
    let zone = Arc::new(OnceLock::new());
    if is_new {
        let registered = registration::register(&api, &config, &info, &capacity, "").await?;
        instance.container_instance_arn = registered.arn;
        registered.zone.into_iter().for_each(|known| _ = zone.set(known));
    }
    if is_new || instance.endpoint_secret.is_empty() {
        if instance.endpoint_secret.is_empty() {
            instance.endpoint_secret = clock::secret();
        }
        let mut changes = state.changes();
        changes.keep_instance(&instance);
        changes.write()?;
    }
    let arn = instance.container_instance_arn.clone();
    tracing::info!(containerInstance = arn, name = config.name, "the agent starts");
    let engine = Engine::new(settings(&config, &instance, &capacity));
    let labels = engine.label_filter();
    let credentials = TaskCredentials::default();
    let (pictures, shown) = watch::channel(Arc::default());
    let (sender, receiver) = mpsc::channel(limits::EVENT_QUEUE);
    let identity = Identity {
        cluster: config.cluster.clone(),
        container_instance_arn: arn.clone(),
        docker_version: info.version.clone(),
    };
    // Endpoints answer for this agent as long as it works.
    let _membership = config.endpoints.as_ref().map(|endpoints| {
        endpoints.join(LocalAgent {
            cluster: config.cluster.clone(),
            container_instance_arn: arn.clone(),
            zone: zone.clone(),
            server_url: config.server_url.clone(),
            region: config.region.clone(),
            api: api.clone(),
            credentials: credentials.clone(),
            runtime: runtime.clone(),
            driver: sender.clone(),
        })
    });
    let driver = Driver {
        engine,
        state,
        instance,
        runtime: runtime.clone(),
        api: api.clone(),
        credentials,
        pictures,
    };
    let mut beside = JoinSet::new();
    beside.spawn(crate::watch::watch(runtime.clone(), labels, sender.clone()));
    let sessions = {
        let (api, sender) = (api.clone(), sender.clone());
        async move {
            if !is_new {
                let again = registration::register(&api, &config, &info, &capacity, &arn).await?;
                again.zone.into_iter().for_each(|known| _ = zone.set(known));
            }
            session::hold(&api, &identity, &*runtime, sender, shown, &opened).await;
            Ok(())
        }
    };
    tokio::select! {
        ended = driver.run((sender, receiver), shutdown) => ended,
        refused = sessions => refused,
    }
}

fn settings(config: &Config, instance: &Instance, capacity: &Resources) -> Settings {
    let secret = instance.endpoint_secret.clone();
    Settings {
        container_instance_arn: instance.container_instance_arn.clone(),
        cluster: config.cluster.clone(),
        region: config.region.clone(),
        capacity: capacity.clone(),
        pull_behavior: config.image_pull_behavior,
        stop_timeout_ms: config.stop_timeout_ms,
        cleanup_after_ms: config.cleanup_after_ms,
        endpoint_secret: Some(secret).filter(|_| config.serves_tasks()),
    }
}

async fn runtime_info(runtime: &dyn ContainerRuntime) -> EngineInfo {
    loop {
        match runtime.info().await {
            Ok(info) => return info,
            Err(error) => {
                tracing::warn!(%error, "the container runtime does not answer");
                tokio::time::sleep(limits::RUNTIME_PAUSE).await;
            }
        }
    }
}
