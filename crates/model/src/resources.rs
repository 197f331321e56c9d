//! What container instances have and tasks hold: CPU units, MiB of memory, host ports, GPUs.

use alloc::{collections::BTreeSet, string::String};
use serde::{Deserialize, Serialize};

/// An amount of resources: what an instance registered, or what a task reserves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// 1024 units are one vCPU.
    pub cpu_units: i64,
    /// Memory.
    pub memory_mib: i64,
    /// TCP host ports: of an instance those reserved from the start, of a task those it asks for.
    pub tcp_ports: BTreeSet<u16>,
    /// UDP host ports, likewise.
    pub udp_ports: BTreeSet<u16>,
    /// GPU ids (of an instance), or as many entries as are asked for.
    pub gpus: BTreeSet<String>,
}

/// What the tasks of one container instance hold together, kept up to date by the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The sum over all tasks that are not STOPPED.
    pub held: Resources,
    /// Tasks before RUNNING.
    pub pending_count: u32,
    /// Tasks in RUNNING or on their way down.
    pub running_count: u32,
}

impl Resources {
    /// CPU and memory only.
    pub fn new(cpu_units: i64, memory_mib: i64) -> Self {
        Resources { cpu_units, memory_mib, ..Resources::default() }
    }

    /// Whether it has neither ports nor GPUs.
    pub fn is_plain(&self) -> bool {
        self.tcp_ports.is_empty() && self.udp_ports.is_empty() && self.gpus.is_empty()
    }

    /// Its ports and GPUs only.
    pub fn named(&self) -> Resources {
        Resources { cpu_units: 0, memory_mib: 0, ..self.clone() }
    }

    /// Adds what `other` holds. Ports are disjoint by placement; a port held twice stays once.
    pub fn add(&mut self, other: &Resources) {
        self.cpu_units += other.cpu_units;
        self.memory_mib += other.memory_mib;
        self.tcp_ports.extend(&other.tcp_ports);
        self.udp_ports.extend(&other.udp_ports);
        self.gpus.extend(other.gpus.iter().cloned());
    }

    /// Takes away what `other` holds.
    pub fn subtract(&mut self, other: &Resources) {
        self.cpu_units -= other.cpu_units;
        self.memory_mib -= other.memory_mib;
        self.tcp_ports.retain(|p| !other.tcp_ports.contains(p));
        self.udp_ports.retain(|p| !other.udp_ports.contains(p));
        self.gpus.retain(|g| !other.gpus.contains(g));
    }
}
