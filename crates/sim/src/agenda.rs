//! What happens when.

use std::{collections::BTreeMap, fmt};

use agent::engine::{Call, Report};
use model::Timestamp;
use session_wire::acs;

use crate::quiet::Deed;

/// Which host.
pub type HostId = usize;

/// Something that is going to happen.
#[derive(Debug)]
pub enum Action {
    /// A user does something.
    Wish,
    /// Something breaks.
    Fault,
    /// Users and faults are over.
    Calm,
    /// The user of a quiet world does something.
    Deed(Deed),
    /// A new host registers.
    Join,
    /// A user gives a host up that is gone for good.
    Bury(HostId),
    /// The control plane's reconcilers run.
    Reconcile,
    /// A session looks whether it has something to tell.
    Sync(HostId),
    /// A session tells its agent everything that it should run.
    Manifest(HostId, u64),
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

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Wish => f.write_str("a user acts"),
            Action::Fault => f.write_str("something breaks"),
            Action::Calm => f.write_str("nothing breaks any more"),
            Action::Deed(Deed::Create(_)) => f.write_str("a user creates a service"),
            Action::Deed(Deed::Update) => f.write_str("a user updates the service"),
            Action::Join => f.write_str("a host registers"),
            Action::Bury(host) => write!(f, "a user gives host {host} up"),
            Action::Reconcile => f.write_str("a reconciler runs"),
            Action::Sync(host) => write!(f, "the session of host {host} looks for news"),
            Action::Manifest(host, _) => write!(f, "the session of host {host} tells everything"),
            Action::StartServer => f.write_str("the server is started"),
            Action::StartAgent(host) => write!(f, "the agent of host {host} is started"),
            Action::StartEngine(host) => write!(f, "the engine of host {host} is started"),
            Action::Connect(host) => write!(f, "host {host} connects"),
            Action::Disconnected(host, _) => write!(f, "the server sees host {host} disconnected"),
            Action::Down(host, _, message) => down(f, *host, message),
            Action::Up(host, _, _) => write!(f, "host {host} asks which tasks are to stop"),
            Action::Submit(host, _, report) => {
                write!(f, "host {host} reports {} {}", short(&report.task), report.status)
            }
            Action::Submitted(host, _, task, number) => {
                write!(f, "host {host} has its report {number} of {} taken", short(task))
            }
            Action::Health(host, _, task) => {
                write!(f, "host {host} tells health of {}", short(task))
            }
            Action::Called(host, _, call) => {
                let verb = format!("{:?}", call.verb);
                let verb = verb.split([' ', '(']).next().unwrap_or_default();
                write!(f, "engine of host {host} is done with {verb}")
            }
            Action::Listed(host, _) => write!(f, "host {host} lists its containers"),
            Action::Engine(host) => write!(f, "time of the engine of host {host}"),
            Action::Tick(host, _) => write!(f, "time of the agent of host {host}"),
        }
    }
}

fn down(f: &mut fmt::Formatter<'_>, host: HostId, message: &acs::Down) -> fmt::Result {
    match message {
        acs::Down::Payload(payload) => {
            write!(f, "host {host} hears payload {}:", payload.seq_num)?;
            let mut tasks = payload.tasks.iter();
            tasks.try_for_each(|task| write!(f, " {} {}", short(&task.arn), task.desired_status))
        }
        acs::Down::TaskManifest(manifest) => {
            write!(f, "host {host} hears a manifest of {} tasks", manifest.tasks.len())
        }
        acs::Down::TaskStopVerificationAck(ack) => {
            write!(f, "host {host} hears that {} tasks are to stop", ack.stop_tasks.len())
        }
        _ => write!(f, "host {host} hears something"),
    }
}

/// The first eight characters of the id in an ARN.
pub fn short(arn: &str) -> &str {
    let id = arn.rsplit('/').next().unwrap_or(arn);
    id.get(..8).unwrap_or(id)
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
