//! What an agent is told when it starts.

use std::path::PathBuf;

pub use sigv4::Credentials;

use crate::endpoints::HostEndpoints;
use crate::engine::PullBehavior;

/// The configuration of one agent.
#[derive(Clone, Debug)]
pub struct Config {
    /// The control plane's address: `http://127.0.0.1:6440`.
    pub server_url: String,
    /// The name of the cluster to join.
    pub cluster: String,
    /// Where the agent keeps its state. One agent, one directory.
    pub data_dir: PathBuf,
    /// What the agent is called in logs and in the attribute `longshore.name`; may be empty.
    pub name: String,
    /// The value of `ecs.availability-zone`; the control plane chooses one when it is absent.
    pub zone: Option<String>,
    /// The value of `ecs.instance-type`.
    pub instance_type: Option<String>,
    /// What to register; all that the host has, divided by `host_shares`, when absent.
    pub cpu_units: Option<i64>,
    /// What to register; all that the host has, divided by `host_shares`, when absent.
    pub memory_mib: Option<i64>,
    /// Among how many agents the host is divided.
    pub host_shares: u32,
    /// Custom attributes: name and value.
    pub attributes: Vec<(String, String)>,
    /// Where what requests are signed with comes from.
    pub source: Source,
    /// The region that requests are signed for and containers are told.
    pub region: String,
    /// When to pull images.
    pub image_pull_behavior: PullBehavior,
    /// How long a container without a `stopTimeout` may take to stop.
    pub stop_timeout_ms: i64,
    /// How long the containers of a stopped task are kept.
    pub cleanup_after_ms: i64,
    /// TCP ports of the host that no task may have.
    pub reserved_ports: Vec<u16>,
    /// The endpoints of this process, which all its agents share; none when it has none.
    pub endpoints: Option<HostEndpoints>,
}

/// Where an agent's credentials come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// They are given, and never change.
    Fixed(Credentials),
    /// Of the host's role, by the host key in the data directory, or before there is one by a token.
    Host {
        /// Made by `longshore token create`.
        token: Option<String>,
    },
}

impl From<Credentials> for Source {
    fn from(credentials: Credentials) -> Self {
        Source::Fixed(credentials)
    }
}

impl Config {
    /// A configuration with the defaults of Amazon's agent for all that can have one.
    pub fn new(
        server_url: impl Into<String>,
        cluster: impl Into<String>,
        data_dir: impl Into<PathBuf>,
        source: impl Into<Source>,
    ) -> Self {
        Self {
            server_url: server_url.into(),
            cluster: cluster.into(),
            data_dir: data_dir.into(),
            name: String::new(),
            zone: None,
            instance_type: None,
            cpu_units: None,
            memory_mib: None,
            host_shares: 1,
            attributes: Vec::new(),
            source: source.into(),
            region: "us-east-1".into(),
            image_pull_behavior: PullBehavior::Default,
            stop_timeout_ms: 30_000,
            cleanup_after_ms: 3 * 3_600_000,
            reserved_ports: vec![22, 2375, 2376, 51678, 51679],
            endpoints: None,
        }
    }

    /// Whether tasks here reach the task endpoint.
    pub(crate) fn serves_tasks(&self) -> bool {
        self.endpoints.as_ref().is_some_and(HostEndpoints::serves_tasks)
    }
}
