//! What an engine tells of its containers unasked.

use std::collections::BTreeMap;

use crate::{ContainerId, HealthStatus};

/// Something happened to a container.
///
/// Events wake the agent, and the state it acts on comes from
/// [`inspect`](crate::ContainerRuntime::inspect): an engine may drop events, never states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The container.
    pub container_id: ContainerId,
    /// What happened.
    pub kind: EventKind,
    /// The container's labels.
    pub labels: BTreeMap<String, String>,
    /// When; milliseconds since 1970 by the engine's clock.
    pub at_ms: u64,
}

/// What happened to a container. Docker's other events (exec, attach, rename…) are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// It was created.
    Created,
    /// Its main process was started, for the first time or again.
    Started,
    /// Its main process ended.
    Died {
        /// The exit code; 128 + n after signal n.
        exit_code: i64,
    },
    /// The kernel killed one of its processes for memory. `Died` follows if it was the main one.
    Oom,
    /// Its health check came to another verdict.
    Health(HealthStatus),
    /// It was removed.
    Destroyed,
}
