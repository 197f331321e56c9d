//! A cluster as a picture of lines: each container instance with what it holds and what is free.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    iter,
};

use model::{ContainerInstance, Resources, Usage};
use placement::ClusterView;

use crate::documents::{Cluster, Guest};

/// The attribute that a map is ordered by.
const ZONE: &str = "ecs.availability-zone";

/// An instance in one line: its id, its machine, its zone, and what keeps new tasks away.
pub(crate) fn name(instance: &ContainerInstance) -> String {
    let id = instance.id.to_string();
    let is_active = instance.status == model::ContainerInstanceStatus::Active;
    let status = (!is_active).then(|| instance.status.as_str());
    let agent = (!instance.agent_connected).then_some("(agent not connected)");
    let more = [instance.ec2_instance_id.as_deref(), instance.attribute(ZONE), status, agent];
    let words: Vec<&str> = iter::once(id.as_str()).chain(more.into_iter().flatten()).collect();
    words.join(" ")
}

/// Prints the map, by zone. New tasks have a `+`.
pub(crate) fn print(cluster: &Cluster, out: &mut impl Write) -> io::Result<()> {
    let mut instances: Vec<_> = cluster.instances().collect();
    instances
        .sort_by_key(|(instance, _)| (instance.attribute(ZONE).map(String::from), instance.id));
    for (instance, usage) in instances {
        writeln!(out, "{}: {}", name(instance), free(instance, &usage))?;
        let guests = cluster.guests(instance.id);
        for line in groups(guests) {
            writeln!(out, "  {line}")?;
        }
        if let Some(line) = not_described(&usage, guests) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// What is free of what there is.
fn free(instance: &ContainerInstance, usage: &Usage) -> String {
    let (has, held) = (&instance.registered, &usage.held);
    let mut parts = vec![
        format!("CPU {} of {} free", has.cpu_units - held.cpu_units, has.cpu_units),
        format!("memory {} of {} MiB", has.memory_mib - held.memory_mib, has.memory_mib),
    ];
    if !has.gpus.is_empty() {
        parts.push(format!(
            "GPU {} of {}",
            has.gpus.difference(&held.gpus).count(),
            has.gpus.len()
        ));
    }
    for (kind, ports) in [("tcp", &held.tcp_ports), ("udp", &held.udp_ports)] {
        if !ports.is_empty() {
            let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
            parts.push(format!("{kind} ports {} held", ports.join(" ")));
        }
    }
    parts.join(", ")
}

/// One line for the tasks of each group and task definition.
fn groups(guests: &[Guest]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, String), (u32, u32, u32)> = BTreeMap::new();
    for Guest { task, is_new } in guests {
        let key = (task.group.as_str(), task.task_definition.to_string());
        let (here, new, leaving) = counts.entry(key).or_default();
        match (is_new, task.is_wanted()) {
            (true, _) => *new += 1,
            (false, true) => *here += 1,
            (false, false) => *leaving += 1,
        }
    }
    let line = |((group, definition), (here, new, leaving)): (_, (u32, u32, u32))| {
        let told = [(here, "", ""), (new, "+", " new"), (leaving, "", " on their way out")];
        let told = told.iter().filter(|(count, ..)| *count > 0);
        let told: Vec<String> =
            told.map(|(count, sign, word)| format!("{sign}{count}{word}")).collect();
        format!("{group} ({definition}): {}", told.join(", "))
    };
    counts.into_iter().map(line).collect()
}

/// What an instance counts as held beyond the tasks that documents tell of.
fn not_described(usage: &Usage, guests: &[Guest]) -> Option<String> {
    let mut rest = usage.held.clone();
    for guest in guests {
        rest.subtract(&guest.task.reserved);
    }
    let count = (usage.running_count + usage.pending_count).saturating_sub(guests.len() as u32);
    let Resources { cpu_units, memory_mib, .. } = rest;
    (count > 0).then(|| {
        format!("{count} tasks that no document tells of: CPU {cpu_units}, memory {memory_mib} MiB")
    })
}
