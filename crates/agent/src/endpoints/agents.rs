//! The agents of this process, and how the endpoints ask them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use futures_util::future::try_join_all;
use runtime::{ContainerId, ContainerRuntime, ContainerState, ErrorKind};
use tokio::sync::{mpsc, oneshot};

use super::stats::Samples;
use crate::api::Client;
use crate::credentials::TaskCredentials;
use crate::driver::{Command, Look, Seen};
use crate::engine::Task;

/// An agent as the endpoints know it.
#[derive(Clone)]
pub struct LocalAgent {
    /// The cluster as it was told it.
    pub cluster: String,
    /// The ARN that it registered under.
    pub container_instance_arn: String,
    /// Its availability zone, once the control plane has said it.
    pub zone: Arc<OnceLock<String>>,
    /// The control plane.
    pub server_url: String,
    /// The region that requests are signed for.
    pub region: String,
    /// A client with the agent's own credentials.
    pub api: Client,
    /// The credentials of its tasks.
    pub credentials: TaskCredentials,
    /// The runtime that its containers are on.
    pub runtime: Arc<dyn ContainerRuntime>,
    /// Its driver.
    pub driver: mpsc::Sender<Command>,
}

impl std::fmt::Debug for LocalAgent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arn = &self.container_instance_arn;
        f.debug_struct("LocalAgent").field("arn", arn).finish_non_exhaustive()
    }
}

impl LocalAgent {
    /// Tasks as they are now; none when the agent is about to end.
    pub async fn look(&self, at: Look) -> Vec<Seen> {
        let (sender, answer) = oneshot::channel();
        if self.driver.send(Command::Look { at, reply: sender }).await.is_err() {
            return Vec::new();
        }
        answer.await.unwrap_or_default()
    }

    /// Its containers as the runtime has them, each at its place; nothing for one that is not there.
    pub async fn states(&self, task: &Task) -> runtime::Result<Vec<Option<ContainerState>>> {
        let inspections = task.containers.iter().map(|container| async {
            let Some(id) = container.runtime_id.as_deref().map(ContainerId::from) else {
                return Ok(None);
            };
            match self.runtime.inspect(&id).await {
                Err(error) if error.kind == ErrorKind::NoSuchContainer => Ok(None),
                state => state.map(Some),
            }
        });
        try_join_all(inspections).await
    }
}

/// The agents of this process. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Agents {
    all: Arc<Mutex<BTreeMap<u64, Arc<LocalAgent>>>>,
    next: Arc<AtomicU64>,
    /// What was last heard of containers' use of the machine.
    pub samples: Samples,
}

/// An agent that the endpoints answer for, until this is dropped.
#[derive(Debug)]
pub struct Membership {
    agents: Agents,
    number: u64,
}

impl Agents {
    /// Takes an agent in.
    pub fn join(&self, agent: LocalAgent) -> Membership {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.lock().insert(number, Arc::new(agent));
        Membership { agents: self.clone(), number }
    }

    /// All of them, in the order in which they came.
    pub fn all(&self) -> Vec<Arc<LocalAgent>> {
        self.lock().values().cloned().collect()
    }

    /// The task that is looked for, and whose it is.
    pub async fn find(&self, at: &Look) -> Option<(Arc<LocalAgent>, Seen)> {
        for agent in self.all() {
            if let Some(seen) = agent.look(at.clone()).await.pop() {
                return Some((agent, seen));
            }
        }
        None
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Arc<LocalAgent>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.agents.lock().remove(&self.number);
    }
}
