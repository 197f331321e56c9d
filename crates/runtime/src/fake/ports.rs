//! The host ports that running containers hold.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{ContainerSpec, PortBinding, Protocol};

/// Docker Engine takes free ports from the kernel's ephemeral range.
const FIRST: u16 = 32768;
const LAST: u16 = 60999;

/// Which host ports are taken, and where the search for a free one goes on.
#[derive(Clone, Debug)]
pub(super) struct HostPorts {
    taken: BTreeSet<(Protocol, u16)>,
    next: u16,
}

impl Default for HostPorts {
    fn default() -> Self {
        Self { taken: BTreeSet::new(), next: FIRST }
    }
}

impl HostPorts {
    /// Takes every port, filling in those left to the engine. Takes none when one is not free, and
    /// says it in Docker's words.
    pub(super) fn take(&mut self, wanted: &[PortBinding]) -> Result<Vec<PortBinding>, String> {
        let mut bindings = Vec::with_capacity(wanted.len());
        for binding in wanted {
            let free = match binding.host_port {
                0 => self.free_port(binding.protocol),
                port => Some(port).filter(|p| !self.taken.contains(&(binding.protocol, *p))),
            };
            let Some(host_port) = free else {
                self.give_back(&bindings);
                let (ip, port) = (&binding.bind_ip, binding.host_port);
                return Err(format!("Bind for {ip}:{port} failed: port is already allocated"));
            };
            self.taken.insert((binding.protocol, host_port));
            bindings.push(PortBinding { host_port, ..binding.clone() });
        }
        Ok(bindings)
    }

    /// Gives ports back.
    pub(super) fn give_back(&mut self, bindings: &[PortBinding]) {
        for binding in bindings {
            self.taken.remove(&(binding.protocol, binding.host_port));
        }
    }

    fn free_port(&mut self, protocol: Protocol) -> Option<u16> {
        for _ in FIRST..=LAST {
            let port = self.next;
            self.next = if port == LAST { FIRST } else { port + 1 };
            if !self.taken.contains(&(protocol, port)) {
                return Some(port);
            }
        }
        None
    }
}

/// The bindings that a spec asks for, by container port; 0 where the engine is to choose. `Err`
/// names what cannot be read.
pub(super) fn wanted_bindings(spec: &ContainerSpec) -> Result<Vec<PortBinding>, String> {
    let published = spec.host_config.get("PortBindings").and_then(Value::as_object);
    let mut wanted = Vec::new();
    for (port, hosts) in published.into_iter().flatten() {
        let (number, word) = port.split_once('/').unwrap_or((port, "tcp"));
        let (Ok(container_port), Some(protocol)) = (number.parse(), Protocol::parse(word)) else {
            return Err(format!("invalid port specification: {port:?}"));
        };
        for host in hosts.as_array().into_iter().flatten() {
            let text = |key| host.get(key).and_then(Value::as_str).unwrap_or("");
            let bind_ip = match text("HostIp") {
                "" => "0.0.0.0",
                ip => ip,
            };
            let host_port = match text("HostPort") {
                "" => 0,
                port => {
                    port.parse().map_err(|_| format!("invalid port specification: {port:?}"))?
                }
            };
            wanted.push(PortBinding {
                container_port,
                protocol,
                bind_ip: bind_ip.into(),
                host_port,
            });
        }
    }
    wanted.sort();
    Ok(wanted)
}
