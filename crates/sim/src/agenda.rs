//! What happens when.

use std::collections::BTreeMap;

use agent::engine::{Call, Report};
use model::Timestamp;
use session_wire::acs;

/// Which host.
pub type HostId = usize;

/// Something that is going to happen.
#[derive(Debug)]
pub enum Action {
    /// A user does something.
    Wish,
    /// Something breaks.
    Fault,
    /// The control plane's reconcilers run.
    Reconcile,
    /// A session looks whether it has something to tell.
    Sync(HostId),
    /// The server comes back.
    StartServer,
    /// An agent comes back.
    StartAgent(HostId),
    /// A container engine comes back.
    StartEngine(HostId),
    /// An agent tries to open a session.
    Connect(HostId),
    /// The server notices that a session is gone.
    Disconnected(HostId, u64),
    /// A message reaches an agent, over a connection.
    Down(HostId, u64, Box<acs::Down>),
    /// A message reaches the server, over a connection.
    Up(HostId, u64, Box<acs::Up>),
    /// A report reaches the server, from a life of an agent.
    Submit(HostId, u64, Box<Report>),
    /// The server's answer to a report reaches the agent.
    Submitted(HostId, u64, String, u64),
    /// The health of a task's containers reaches the server.
    Health(HostId, u64, String),
    /// A runtime call is over.
    Called(HostId, u64, Box<Call>),
    /// The agent's list of containers is there.
    Listed(HostId, u64),
    /// The container engine's clock moves.
    Engine(HostId),
    /// The agent's time has come.
    Tick(HostId, u64),
}

/// The agenda, in order of time; what is noted first comes first.
#[derive(Debug, Default)]
pub struct Agenda {
    actions: BTreeMap<(Timestamp, u64), Action>,
    noted: u64,
}

impl Agenda {
    pub fn at(&mut self, at: Timestamp, action: Action) {
        self.noted += 1;
        self.actions.insert((at, self.noted), action);
    }

    pub fn next(&mut self) -> Option<(Timestamp, Action)> {
        self.actions.pop_first().map(|((at, _), action)| (at, action))
    }
}
