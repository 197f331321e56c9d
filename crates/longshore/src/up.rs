//! `longshore up`: a control plane and container instances, in one process.

use std::{io, path::Path, sync::Arc};

use agent::{Agent, Config, HostEndpoints, Source};
use control::{
    App,
    hosts::{INSTANCE_ROLE, Terms, create_token},
};
use tokio::{sync::watch, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    agent as own_agent,
    args::{self, Engine, UpArgs},
    control_plane, ready, signals,
};

/// Runs until the process is told to end. The tasks run on, and are found again at the next start.
pub async fn run(args: UpArgs) -> io::Result<()> {
    let directory = args.data.directory();
    let docker = own_agent::docker().await?;
    let plane = control_plane::open(&args.control, &directory, Engine::Embedded).await?;
    control::server::prepare(&plane.app).await?;
    create_cluster(&plane.app, &args.cluster).await?;
    let shutdown = CancellationToken::new();
    signals::cancel_on_end(shutdown.clone())?;
    let mut parts = JoinSet::new();
    let (app, listener, end) = (plane.app.clone(), plane.listener, shutdown.clone());
    parts.spawn(async move { control::server::serve(app, listener, end, || {}).await });
    let endpoints = HostEndpoints::open().await;
    let wanted = Arc::new(watch::Sender::new(usize::from(args.instances)));
    for number in 1..=args.instances {
        let mut config = config(&args, &plane.app, &plane.url, number).await?;
        config.endpoints = Some(endpoints.clone());
        let (docker, end, wanted) = (docker.clone(), shutdown.clone(), wanted.clone());
        parts.spawn(async move {
            let state = config.data_dir.display().to_string();
            if let Err(error) = Agent::run(config, docker, end, Arc::default()).await {
                // One instance's trouble is its own: the control plane and the others go on.
                tracing::error!(number, state, %error, "a container instance is left out; without its state it would register anew");
                wanted.send_modify(|wanted| *wanted -= 1);
            }
            Ok(())
        });
    }
    let (url, app) = (plane.url, plane.app);
    parts.spawn(async move { say_ready(&app, &args.cluster, &wanted, &url).await });
    while let Some(ended) = parts.join_next().await {
        if let Err(error) = ended.map_err(io::Error::other).flatten() {
            shutdown.cancel();
            return Err(error);
        }
    }
    Ok(())
}

async fn create_cluster(app: &Arc<App>, name: &str) -> io::Result<()> {
    let mut cx = app.own_cx();
    let input = wire::ecs::CreateClusterRequest {
        cluster_name: Some(name.to_owned()),
        ..wire::ecs::CreateClusterRequest::default()
    };
    let created = app.store.update(move |tx| control::api::create_cluster(tx, &mut cx, input));
    created.await.map(|_| ()).map_err(|e| io::Error::other(format!("the cluster {name}: {e:?}")))
}

/// Ready means: calls are answered and every instance of the cluster is there that is not left out.
async fn say_ready(
    app: &App,
    cluster: &str,
    wanted: &watch::Sender<usize>,
    url: &str,
) -> io::Result<()> {
    let mut changes = wanted.subscribe();
    loop {
        let wanted = *changes.borrow_and_update();
        let connected = |state: &store::State| {
            let all = state.container_instances().iter();
            all.filter(|i| i.cluster.as_str() == cluster && i.agent_connected).count() >= wanted
        };
        tokio::select! {
            found = app.store.wait_for(connected) => {
                found.map_err(io::Error::other)?;
                ready(url);
                return Ok(());
            }
            _ = changes.changed() => {}
        }
    }
}

/// How long an instance of this machine may take to join.
const JOIN_MS: i64 = 600_000;

/// A token by which one more container instance of this machine joins, unless it has.
async fn token(app: &App, cluster: &str, data: &Path) -> io::Result<Option<String>> {
    if agent::has_joined(data) {
        return Ok(None);
    }
    let mut cx = app.own_cx();
    let terms = Terms {
        role: INSTANCE_ROLE.into(),
        cluster: cx.home().cluster(cluster).ok(),
        ttl_ms: JOIN_MS,
        uses: 1,
    };
    let made = app.store.update(move |tx| create_token(tx, &mut cx, terms)).await;
    made.map(|(_, token)| Some(token)).map_err(|e| io::Error::other(format!("a token: {e:?}")))
}

async fn config(args: &UpArgs, app: &App, url: &str, number: u16) -> io::Result<Config> {
    let data = args.data.directory().join(format!("agent-{number}"));
    let token = token(app, &args.cluster, &data).await?;
    let mut config = Config::new(url, &args.cluster, data, Source::Host { token });
    let zone = args.zones.get(usize::from(number - 1) % args.zones.len().max(1));
    config.name = format!("instance-{number}");
    config.zone = zone.map(|zone| args::zone(&args.control.region, zone));
    config.region.clone_from(&args.control.region);
    config.cpu_units = args.cpu.map(i64::from);
    config.memory_mib = args.memory.map(i64::from);
    config.host_shares = u32::from(args.instances);
    Ok(config)
}
