//! `longshore agent`: the agent of a container instance.

use std::{io, path::Path, sync::Arc};

use agent::{Agent, Config, Credentials, HostEndpoints, Source};
use control::{hosts::TOKEN_PREFIX, keys::AccessKey};
use runtime_docker::{DockerRuntime, Timeouts};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    args::{self, AgentArgs},
    env, ready, signals,
};

/// Runs until the process is told to end. The tasks run on.
pub async fn run(args: AgentArgs) -> io::Result<()> {
    let shutdown = CancellationToken::new();
    signals::cancel_on_end(shutdown.clone())?;
    let runtime = docker().await?;
    let (url, mut config) = (args.server.clone(), config(args)?);
    config.endpoints = Some(HostEndpoints::open().await);
    let opened = Arc::new(Notify::new());
    let first = opened.clone();
    tokio::spawn(async move {
        first.notified().await;
        ready(&url);
    });
    Agent::run(config, runtime, shutdown, opened).await.map_err(io::Error::other)
}

/// The container runtime of this machine.
pub async fn docker() -> io::Result<Arc<DockerRuntime>> {
    let runtime = DockerRuntime::connect(Timeouts::default()).await;
    runtime.map(Arc::new).map_err(|e| io::Error::other(format!("Docker Engine: {e}")))
}

fn config(args: AgentArgs) -> io::Result<Config> {
    let data = args.data.unwrap_or_else(|| args::home().join(format!("agent-{}", args.name)));
    let source = source(args.token.as_deref(), &data)?;
    let mut config = Config::new(args.server, args.cluster, data, source);
    config.name = args.name;
    config.zone = args.zone.map(|zone| args::zone(&args.region, &zone));
    config.region = args.region;
    config.instance_type = args.instance_type;
    config.cpu_units = args.cpu.map(i64::from);
    config.memory_mib = args.memory.map(i64::from);
    config.attributes = args.attributes;
    config.image_pull_behavior = args.image_pull_behavior;
    config.cleanup_after_ms = i64::try_from(args.cleanup_after.as_millis()).unwrap_or(i64::MAX);
    Ok(config)
}

/// What is signed with a key.
pub fn credentials_of(key: &AccessKey) -> Credentials {
    Credentials {
        access_key_id: key.access_key_id.clone(),
        secret_access_key: key.secret_access_key.clone(),
        session_token: None,
    }
}

/// A token by which the host joins or the agent key in one, else the AWS_ variables; a host that has
/// joined needs neither.
fn source(token: Option<&str>, data: &Path) -> io::Result<Source> {
    match token {
        Some(token) if token.trim().starts_with(TOKEN_PREFIX) => {
            Ok(Source::Host { token: Some(token.trim().to_owned()) })
        }
        Some(token) => env::key(token).map(|key| credentials_of(&key).into()).ok_or_else(|| {
            io::Error::other("--token is none that `longshore token create` or `longshore env --agent-token` printed")
        }),
        None if agent::has_joined(data) => Ok(Source::Host { token: None }),
        None => of_variables().map(Source::Fixed),
    }
}

/// What the AWS_ variables say.
fn of_variables() -> io::Result<Credentials> {
    let variable = |name: &str| {
        std::env::var(name).map_err(|_| {
            io::Error::other(format!("{name} is not set and there is no --token; make one with `longshore token create --role ecsInstanceRole`"))
        })
    };
    Ok(Credentials {
        access_key_id: variable("AWS_ACCESS_KEY_ID")?,
        secret_access_key: variable("AWS_SECRET_ACCESS_KEY")?,
        session_token: std::env::var("AWS_SESSION_TOKEN").ok(),
    })
}
