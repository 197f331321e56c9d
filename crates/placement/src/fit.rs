//! The binding steps: whether a container instance can take a task at all.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};
use model::{Attribute, ContainerInstance, ContainerInstanceStatus, LaunchType, Resources, Usage};

use crate::{ClusterView, Constraint, Obstacle, Request, view::Candidate};

/// The first step that rules the container instance out, in ECS's order, or `None` when it fits.
pub fn obstacle<V: ClusterView>(
    view: &V,
    request: &Request,
    instance: &ContainerInstance,
    usage: &Usage,
) -> Option<Obstacle> {
    standing(request, instance)
        .or_else(|| (!instance.agent_connected).then_some(Obstacle::Agent))
        .or_else(|| resources(&request.needs, &instance.registered, &usage.held))
        .or_else(|| attributes(&request.requires_attributes, instance))
        .or_else(|| constraints(&Candidate { view, instance, usage }, request))
}

/// The first of the steps that do not ask about room or the agent.
pub(crate) fn obstacle_itself<V: ClusterView>(
    view: &V,
    request: &Request,
    instance: &ContainerInstance,
    usage: &Usage,
) -> Option<Obstacle> {
    standing(request, instance)
        .or_else(|| attributes(&request.requires_attributes, instance))
        .or_else(|| constraints(&Candidate { view, instance, usage }, request))
}

/// What the instance is, whatever the task needs and whether or not its agent is connected.
pub(crate) fn standing(request: &Request, instance: &ContainerInstance) -> Option<Obstacle> {
    if instance.status != ContainerInstanceStatus::Active {
        return Some(Obstacle::Status(instance.status));
    }
    let is_external = instance.attribute("ecs.capability.external").is_some();
    let of_the_kind = match request.launch_type {
        LaunchType::Ec2 => !is_external,
        LaunchType::External => is_external,
        LaunchType::Fargate => true,
    };
    (!of_the_kind).then_some(Obstacle::LaunchType(request.launch_type))
}

pub(crate) fn resources(
    needs: &Resources,
    registered: &Resources,
    held: &Resources,
) -> Option<Obstacle> {
    let free_cpu = registered.cpu_units - held.cpu_units;
    // What asks for nothing fits even where more is held than there is.
    if needs.cpu_units > free_cpu.max(0) {
        return Some(Obstacle::Cpu { asked: needs.cpu_units, free: free_cpu });
    }
    let free_mib = registered.memory_mib - held.memory_mib;
    if needs.memory_mib > free_mib.max(0) {
        return Some(Obstacle::Memory { asked_mib: needs.memory_mib, free_mib });
    }
    named(needs, registered, held)
}

/// The steps about what has a name: GPUs and host ports.
pub(crate) fn named(
    needs: &Resources,
    registered: &Resources,
    held: &Resources,
) -> Option<Obstacle> {
    if !needs.gpus.is_empty() {
        let free = registered.gpus.difference(&held.gpus).count();
        if needs.gpus.len() > free {
            return Some(Obstacle::Gpu { asked: needs.gpus.len(), free });
        }
    }
    let taken = |asked: &BTreeSet<u16>, registered: &BTreeSet<u16>, held: &BTreeSet<u16>| {
        let is_taken = |port: &&u16| registered.contains(port) || held.contains(port);
        asked.iter().filter(is_taken).copied().collect::<Vec<u16>>()
    };
    let tcp = taken(&needs.tcp_ports, &registered.tcp_ports, &held.tcp_ports);
    let udp = taken(&needs.udp_ports, &registered.udp_ports, &held.udp_ports);
    (!tcp.is_empty() || !udp.is_empty()).then_some(Obstacle::Ports { tcp, udp })
}

/// What a task holds on an instance that it fits: its needs, with the first free GPUs.
pub(crate) fn reserved(
    needs: &Resources,
    instance: &ContainerInstance,
    usage: &Usage,
) -> Resources {
    let mut reserved = needs.clone();
    if !needs.gpus.is_empty() {
        let free = instance.registered.gpus.difference(&usage.held.gpus);
        reserved.gpus = free.take(needs.gpus.len()).cloned().collect();
    }
    reserved
}

pub(crate) fn attributes(required: &[Attribute], instance: &ContainerInstance) -> Option<Obstacle> {
    let lacking = required.iter().find(|asked| {
        let found = instance.attribute(&asked.name);
        found.is_none() || asked.value.as_deref().is_some_and(|value| found != Some(value))
    })?;
    Some(Obstacle::Attribute {
        name: lacking.name.clone(),
        asked: lacking.value.clone(),
        found: instance.attribute(&lacking.name).map(ToString::to_string),
    })
}

fn constraints<V: ClusterView>(
    candidate: &Candidate<'_, V>,
    request: &Request,
) -> Option<Obstacle> {
    request.constraints.iter().find_map(|constraint| match constraint {
        Constraint::DistinctInstance => {
            let peers = candidate.view.peers(candidate.instance.id, &request.peers).wanted;
            (peers > 0).then_some(Obstacle::DistinctInstance { peers })
        }
        Constraint::MemberOf(expression) => {
            (!expression.matches(candidate)).then(|| Obstacle::MemberOf {
                expression: expression.to_string(),
                because: expression.explain(candidate),
            })
        }
    })
}
