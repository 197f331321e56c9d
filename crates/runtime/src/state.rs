//! What a runtime says of a container it has.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

/// A container's id at its engine, in full. ECS calls it `runtimeId`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerId(pub String);

impl ContainerId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContainerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for ContainerId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// A container as the engine sees it at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerState {
    /// The engine's id.
    pub id: ContainerId,
    /// The name, without Docker's leading slash.
    pub name: String,
    /// The labels, those of the image among them.
    pub labels: BTreeMap<String, String>,
    /// Where it is in its life.
    pub status: ContainerStatus,
    /// The id of its image, `sha256:…`.
    pub image_id: String,
    /// When it was created; milliseconds since 1970.
    pub created_at_ms: u64,
    /// The last exit code; `None` until the container has ended once, and while it runs.
    pub exit_code: Option<i64>,
    /// Whether the kernel killed it for memory.
    pub oom_killed: bool,
    /// The engine's message about a start that failed; empty otherwise.
    pub error: String,
    /// The last start; milliseconds since 1970.
    pub started_at_ms: Option<u64>,
    /// The last end; milliseconds since 1970. `None` while it runs.
    pub finished_at_ms: Option<u64>,
    /// The main process, while it runs.
    pub pid: Option<u32>,
    /// Its health; `None` when it has no health check.
    pub health: Option<ContainerHealth>,
    /// Its published ports, sorted; empty unless it runs. Docker Engine publishes a port on all
    /// addresses twice, as `0.0.0.0` and as `::`.
    pub port_bindings: Vec<PortBinding>,
    /// Its addresses by network name; empty unless it runs, and in `host` and `none` mode.
    pub ip_addresses: BTreeMap<String, IpAddr>,
    /// `HostConfig.NetworkMode` as it was created with.
    pub network_mode: String,
    /// What is mounted into it from outside, sorted.
    pub mounts: Vec<Mount>,
}

/// A directory or volume of the host inside a container; Docker's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mount {
    /// The path inside.
    pub destination: String,
    /// The name of the volume; empty for a path of the host.
    pub name: String,
    /// Where it is on the host.
    pub source: String,
}

/// Where a container is in its life; Docker's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContainerStatus {
    /// Created and never started.
    #[default]
    Created,
    /// Its main process runs.
    Running,
    /// Running and frozen.
    Paused,
    /// The engine's own restart policy is about to start it again.
    Restarting,
    /// The engine is taking it away.
    Removing,
    /// It ran and ended.
    Exited,
    /// It could not be taken away whole; it will not run again.
    Dead,
}

impl ContainerStatus {
    /// Whether the main process has ended for good, unless somebody starts it again.
    pub fn is_stopped(self) -> bool {
        matches!(self, Self::Exited | Self::Dead)
    }

    /// Whether the main process exists.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Running | Self::Paused | Self::Restarting)
    }
}

/// The outcome of a container's health check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HealthStatus {
    /// No verdict yet. ECS reports this as UNKNOWN.
    #[default]
    Starting,
    /// The last check passed.
    Healthy,
    /// As many checks in a row as `Retries` says have failed.
    Unhealthy,
}

/// The health of a container, with the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerHealth {
    /// The verdict.
    pub status: HealthStatus,
    /// When the last check ended, milliseconds since 1970; `None` before the first. Docker does not
    /// keep the moment at which the verdict changed; an [`Event`](crate::Event) has it.
    pub checked_at_ms: Option<u64>,
    /// The exit code of the last check.
    pub exit_code: Option<i64>,
    /// What the last check wrote, as far as the engine keeps it.
    pub output: String,
}

/// A container port published on the host. Orders by container port.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortBinding {
    /// The port inside.
    pub container_port: u16,
    /// TCP, UDP or SCTP.
    pub protocol: Protocol,
    /// The host's address, `0.0.0.0` or `::` for all of them.
    pub bind_ip: String,
    /// The port outside.
    pub host_port: u16,
}

/// The transport of a published port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// `tcp`
    #[default]
    Tcp,
    /// `udp`
    Udp,
    /// `sctp`
    Sctp,
}

impl Protocol {
    /// The word that Docker and ECS both use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }

    /// Reads the word that Docker and ECS both use; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Tcp, Self::Udp, Self::Sctp].into_iter().find(|p| p.as_str() == word)
    }
}

/// One line that a container wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Where it was written to; a container with a terminal has only `Stdout`.
    pub stream: LogStream,
    /// The text without the end of the line; bytes that are not UTF-8 are replaced.
    pub text: String,
}

/// Which of a process's outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}
