//! What tasks hold of the host: a line without head-of-line blocking.
//!
//! The control plane places by the same arithmetic, so a task waits here only while another one is
//! still on its way down. Whoever fits is let in, in order of arrival; a task that can never fit is
//! told so at once.

use std::collections::BTreeMap;

use model::Resources;
use serde_json::Value;
use session_wire::payload;

use super::Task;

/// What a task holds while it is not stopped.
pub(super) fn needs(task: &payload::Task) -> Resources {
    let cpu_units = match task.cpu {
        Some(cpu) if cpu > 0.0 => (cpu * 1024.0).round() as i64,
        _ => task.containers.iter().map(|c| c.cpu).sum(),
    };
    let memory_mib = match task.memory {
        Some(memory) if memory > 0 => memory,
        _ => task.containers.iter().map(memory_mib).sum(),
    };
    let mut needs = Resources::new(cpu_units, memory_mib);
    if task.network_mode != "awsvpc" {
        for mapping in task.containers.iter().flat_map(|c| &c.port_mappings) {
            let port = mapping.host_port.and_then(|port| u16::try_from(port).ok());
            let Some(port) = port.filter(|port| *port != 0) else { continue };
            let ports = match mapping.protocol.as_str() {
                "udp" => &mut needs.udp_ports,
                _ => &mut needs.tcp_ports,
            };
            ports.insert(port);
        }
    }
    needs
}

/// The soft limit counts when there is one.
fn memory_mib(container: &payload::Container) -> i64 {
    let host_config: Option<Value> =
        serde_json::from_str(&container.docker_config.host_config).ok();
    let soft = host_config.as_ref().and_then(|h| h.get("MemoryReservation")?.as_i64());
    match soft {
        Some(bytes) if bytes > 0 => bytes >> 20,
        _ => container.memory,
    }
}

/// Why a task could not even run alone, if that is so.
pub(super) fn never_fits(needs: &Resources, capacity: &Resources) -> Option<String> {
    let short = |what: &str, needed: i64, there: i64| {
        (needed > there).then(|| {
            format!(
                "ResourceInitializationError: the task needs {needed} {what} but the container \
                 instance has {there}"
            )
        })
    };
    short("CPU units", needs.cpu_units, capacity.cpu_units)
        .or_else(|| short("MiB of memory", needs.memory_mib, capacity.memory_mib))
        .or_else(|| {
            let tcp = needs.tcp_ports.intersection(&capacity.tcp_ports).map(|p| (p, "tcp"));
            let udp = needs.udp_ports.intersection(&capacity.udp_ports).map(|p| (p, "udp"));
            let (port, protocol) = tcp.chain(udp).next()?;
            Some(format!(
                "ResourceInitializationError: the host port {port}/{protocol} is reserved on the \
                 container instance"
            ))
        })
}

/// The tasks that can be let in now, in order of arrival.
pub(super) fn admissible(tasks: &BTreeMap<String, Task>, capacity: &Resources) -> Vec<String> {
    let mut held = Resources::default();
    let mut waiting: Vec<(u64, &str)> = Vec::new();
    for task in tasks.values().filter(|task| !task.is_stopped()) {
        if task.admitted {
            held.add(&task.needs);
        } else {
            waiting.push((task.arrival, &task.arn));
        }
    }
    waiting.sort_unstable();
    let mut admitted = Vec::new();
    for (_, arn) in waiting {
        let needed = &tasks[arn].needs;
        let fits = held.cpu_units + needed.cpu_units <= capacity.cpu_units
            && held.memory_mib + needed.memory_mib <= capacity.memory_mib
            && held.tcp_ports.is_disjoint(&needed.tcp_ports)
            && held.udp_ports.is_disjoint(&needed.udp_ports);
        if fits {
            held.add(needed);
            admitted.push(arn.to_owned());
        }
    }
    admitted
}
