//! What an agent tells on its own host: to tasks, at `169.254.170.2`, the credentials of their roles,
//! their metadata and the agent's API; to whoever is on the host, at `127.0.0.1:51678`, what runs here.
//!
//! All agents of a process share these endpoints. Several processes of a host share the first: each
//! listens on the same address, the kernel gives every connection to one of them ([`server`]), and a
//! process that does not know the id of a request asks the others ([`peers`]). Nobody is the first
//! among them, so there is nothing to take over when one ends, however it ends.

mod agents;
mod answer;
mod credentials;
mod describe;
mod fault;
mod host;
mod introspection;
mod metadata;
mod peers;
mod protection;
mod routes;
mod server;
mod stats;
mod tags;
mod who;

use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

pub use agents::{LocalAgent, Membership};

use agents::Agents;
use peers::Peers;

/// The endpoints of this process on its host. Clones share them, and they close with the last one.
#[derive(Clone, Debug)]
pub struct HostEndpoints {
    agents: Agents,
    serves_tasks: bool,
    /// Servers, which end when this is dropped.
    _servers: Arc<Mutex<JoinSet<()>>>,
}

impl HostEndpoints {
    /// Opens what can be opened, and says in the log what cannot, and why: tasks with a role are then
    /// not for this host.
    pub async fn open() -> Self {
        let agents = Agents::default();
        let mut servers = JoinSet::new();
        let serves_tasks = match task_endpoint().await {
            Ok((listener, peers)) => {
                let peers = Arc::new(peers);
                servers.spawn(server::peers(peers.clone(), agents.clone()));
                servers.spawn(server::tasks(listener, peers, agents.clone()));
                true
            }
            Err(why) => {
                let address = host::ADDRESS;
                tracing::warn!(%address, why, "there is no task endpoint: tasks here get no metadata, and tasks with a role are not placed here");
                false
            }
        };
        match TcpListener::bind(introspection::ADDRESS).await {
            Ok(listener) => {
                servers.spawn(server::introspection(listener, agents.clone()));
            }
            Err(error) => {
                let address = introspection::ADDRESS;
                tracing::warn!(%address, %error, "there is no introspection of this agent: another one has the port");
            }
        }
        Self { agents, serves_tasks, _servers: Arc::new(Mutex::new(servers)) }
    }

    /// Endpoints that only other processes reach, by the sockets in this directory: for tests, which
    /// have no address to share.
    ///
    /// Fails when the directory cannot be used.
    pub fn among_peers(directory: &Path) -> std::io::Result<Self> {
        let agents = Agents::default();
        let mut servers = JoinSet::new();
        let peers = Arc::new(Peers::open(directory)?);
        servers.spawn(server::peers(peers, agents.clone()));
        Ok(Self { agents, serves_tasks: true, _servers: Arc::new(Mutex::new(servers)) })
    }

    /// Whether tasks reach an endpoint here.
    pub fn serves_tasks(&self) -> bool {
        self.serves_tasks
    }

    /// Answers for this agent too, until the membership is dropped.
    pub fn join(&self, agent: LocalAgent) -> Membership {
        self.agents.join(agent)
    }
}

/// The listener that containers reach, and the meeting place of the processes that have one.
async fn task_endpoint() -> Result<(TcpListener, Peers), String> {
    let prepared = tokio::task::spawn_blocking(|| {
        let peers = Peers::open(Path::new(host::PEERS));
        let peers = peers.map_err(|error| format!("{}: {error}", host::PEERS))?;
        host::prepare()?;
        Ok::<_, String>(peers)
    });
    let peers = prepared.await.map_err(|error| error.to_string())??;
    let listener = listen().map_err(|error| format!("listening on {}: {error}", host::ADDRESS))?;
    Ok((listener, peers))
}

/// The kernel lets in processes of one user only, and spreads connections among them.
fn listen() -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.set_reuseport(true)?;
    socket.bind(host::ADDRESS.into())?;
    socket.listen(crate::limits::BACKLOG)
}
