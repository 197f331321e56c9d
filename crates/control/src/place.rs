//! Placement on the state: what `placement` may ask, and the answers in the API's words.

use std::{borrow::Cow, sync::Arc};

use arn::{ClusterName, InstanceId};
use model::{
    ContainerInstance, ContainerInstanceStatus, PlacementConstraint, PlacementStrategy, Resources,
    Service, Task, Usage,
};
use placement::{
    Candidate, ClusterView, Constraint, Explanation, Obstacle, PeerCount, Peers, Placement,
    Request, RuledOut, Strategy,
};
use store::{State, Tx};
use wire::{Error, ecs};

use crate::{Cx, api::failure, launch::Launch, placer::Placer};

/// A cluster of the state, as `placement` sees it.
#[derive(Clone, Copy)]
pub struct Cluster<'a> {
    /// The state.
    pub state: &'a State,
    /// The cluster.
    pub name: &'a ClusterName,
}

impl ClusterView for Cluster<'_> {
    fn instances(&self) -> impl Iterator<Item = (&ContainerInstance, Cow<'_, Usage>)> {
        let all = self.state.container_instances().scan(self.name);
        all.filter(|i| i.status != ContainerInstanceStatus::Inactive)
            .map(|i| (&**i, Cow::Borrowed(self.state.usage(self.name, i.id))))
    }

    fn instance(&self, id: InstanceId) -> Option<(&ContainerInstance, Cow<'_, Usage>)> {
        let instance = self.state.container_instances().get(&(self.name.clone(), id))?;
        Some((instance, Cow::Borrowed(self.state.usage(self.name, id))))
    }

    fn peers(&self, instance: InstanceId, peers: &Peers) -> PeerCount {
        count_peers(self.state.live_tasks_on(self.name, instance).map(|task| &**task), peers)
    }

    fn hosts_group_where(
        &self,
        instance: InstanceId,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        self.state.live_tasks_on(self.name, instance).any(|task| wanted(&task.group))
    }
}

/// How many of the live tasks of an instance are peers.
pub fn count_peers<'a>(tasks: impl Iterator<Item = &'a Task>, peers: &Peers) -> PeerCount {
    let mut count = PeerCount::default();
    for task in tasks {
        let is_peer = match (peers, &task.owner) {
            (Peers::Service(id), Some(owner)) => owner.service_id == *id,
            (Peers::Group(group), None) => task.group == *group,
            (Peers::Service(_), None) | (Peers::Group(_), Some(_)) => false,
        };
        count.live += u32::from(is_peer);
        count.wanted += u32::from(is_peer && task.is_wanted());
    }
    count
}

impl<'a> Cluster<'a> {
    /// A container instance as an expression of the query language sees it.
    pub fn candidate(&'a self, instance: &'a ContainerInstance) -> Candidate<'a, Self> {
        Candidate { view: self, instance, usage: self.state.usage(self.name, instance.id) }
    }
}

/// Where a task went, and what it holds there.
pub struct Place {
    /// The container instance.
    pub instance: Arc<ContainerInstance>,
    /// What the task holds.
    pub reserved: Resources,
}

/// What is asked of `placement` for tasks like `launch`.
pub fn request(
    launch: &Launch<'_>,
    constraints: &[PlacementConstraint],
    strategies: &[PlacementStrategy],
) -> Result<Request, placement::Invalid> {
    let facts = &launch.definition.facts;
    Ok(Request {
        needs: placement::needs_of(facts, launch.overrides),
        requires_attributes: facts.requires_attributes.clone(),
        constraints: Constraint::parse_all(&facts.placement_constraints, constraints)?,
        strategies: Strategy::parse_all(strategies)?,
        peers: match launch.owner {
            Some(owner) => Peers::Service(owner.service_id),
            None => Peers::Group(launch.group.to_owned()),
        },
        launch_type: launch.launch_type,
    })
}

/// The strategies of a service. Where none are named, ECS spreads over zones, and within a zone over
/// instances; DescribeServices goes on to show none.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>
pub fn strategies(service: &Service) -> Cow<'_, [PlacementStrategy]> {
    let spread = |field: &str| PlacementStrategy::Spread { field: field.into() };
    if service.placement_strategies.is_empty() {
        return vec![spread("attribute:ecs.availability-zone"), spread("instanceId")].into();
    }
    Cow::Borrowed(&service.placement_strategies)
}

/// The constraint that holds a task to a zone; nothing for a zone that no expression can name.
pub fn in_zone(zone: &str) -> Option<Constraint> {
    let expression = format!("attribute:ecs.availability-zone == '{zone}'");
    Constraint::parse(&PlacementConstraint::MemberOf { expression }).ok()
}

/// Chooses a container instance of the newest state, by the index that is kept beside it.
pub fn place(
    tx: &mut Tx,
    cluster: &ClusterName,
    request: &Arc<Request>,
    seed: u64,
) -> Result<Place, Explanation> {
    let placement = tx.companion::<Placer>().place(cluster, request, seed)?;
    debug_assert_eq!(
        placement::place_on(&Cluster { state: tx, name: cluster }, request, placement.instance)
            .map(|placement| placement.reserved),
        Ok(placement.reserved.clone()),
        "invariant: the index sees what the state holds"
    );
    Ok(found(tx, cluster, placement))
}

/// Places on one container instance, or says what stands in the way: for StartTask and DAEMON
/// services.
pub fn place_on(
    state: &State,
    cluster: &ClusterName,
    request: &Request,
    id: InstanceId,
) -> Result<Place, Explanation> {
    let view = Cluster { state, name: cluster };
    match placement::place_on(&view, request, id) {
        Ok(placement) => Ok(found(state, cluster, placement)),
        Err(obstacle) => Err(Explanation { instances: vec![RuledOut { instance: id, obstacle }] }),
    }
}

fn found(state: &State, cluster: &ClusterName, placement: Placement) -> Place {
    let instance = state.container_instances().get(&(cluster.clone(), placement.instance));
    Place {
        instance: instance.cloned().expect("invariant: placement chooses among what it is shown"),
        reserved: placement.reserved,
    }
}

/// Whether a task asks for more CPU, memory or GPUs than any container instance that could be
/// considered has in all, so that it waits in vain for other tasks to end.
pub fn is_beyond_all(state: &State, cluster: &ClusterName, explanation: &Explanation) -> bool {
    let is_beyond = |out: &RuledOut| {
        let instance = state.container_instances().get(&(cluster.clone(), out.instance));
        instance.is_some_and(|instance| match out.obstacle {
            Obstacle::Cpu { asked, .. } => asked > instance.registered.cpu_units,
            Obstacle::Memory { asked_mib, .. } => asked_mib > instance.registered.memory_mib,
            Obstacle::Gpu { asked, .. } => asked > instance.registered.gpus.len(),
            _ => false,
        })
    };
    !explanation.has_no_instances() && explanation.considered().all(is_beyond)
}

/// `failures[]` of RunTask: one entry for each container instance.
pub fn failures(
    cx: &Cx,
    cluster: &ClusterName,
    explanation: &Explanation,
) -> Result<Vec<ecs::Failure>, Error> {
    if explanation.has_no_instances() {
        return Err(Error::invalid_parameter("No Container Instances were found in your cluster."));
    }
    let entry = |out: &RuledOut| ecs::Failure {
        detail: Some(out.obstacle.to_string()),
        ..failure::failure(
            &cx.home().container_instance_arn(cluster, out.instance),
            out.obstacle.reason(),
        )
    };
    Ok(explanation.considered().map(entry).collect())
}
