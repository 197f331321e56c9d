//! Placement on the state: what `placement` may ask, and the answers in the API's words.

use std::{borrow::Cow, sync::Arc};

use arn::{ClusterName, InstanceId};
use model::{
    ContainerInstance, ContainerInstanceStatus, PlacementConstraint, PlacementStrategy, Resources,
    Service, Task, Usage,
};
use placement::{
    Candidate, ClusterView, Constraint, Explanation, Obstacle, PeerCount, Peers, Placement,
    Request, RuledOut, Shortfall, Strategy,
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
pub fn choose(
    tx: &mut Tx,
    cluster: &ClusterName,
    request: &Arc<Request>,
    seed: u64,
) -> Option<Place> {
    let placement = tx.companion::<Placer>().of_cluster(cluster).choose(request, seed)?;
    debug_assert_eq!(
        placement::place_on(&Cluster { state: tx, name: cluster }, request, placement.instance)
            .map(|placement| placement.reserved),
        Ok(placement.reserved.clone()),
        "invariant: the index sees what the state holds"
    );
    Some(found(tx, cluster, placement))
}

/// Why no container instance takes a task, or why the one does not that it is for.
pub fn explain(
    state: &State,
    cluster: &ClusterName,
    request: &Request,
    instance: Option<InstanceId>,
) -> Explanation {
    let view = Cluster { state, name: cluster };
    match instance {
        Some(id) => match placement::place_on(&view, request, id) {
            Ok(_) => Explanation { instances: Vec::new() },
            Err(obstacle) => Explanation { instances: vec![RuledOut { instance: id, obstacle }] },
        },
        None => placement::explain(&view, request),
    }
}

/// What a service tells where [`choose`] or [`place_on`] found no place.
pub fn shortfall(
    tx: &mut Tx,
    cluster: &ClusterName,
    request: &Arc<Request>,
    instance: Option<InstanceId>,
) -> Shortfall {
    if instance.is_none() {
        return tx.companion::<Placer>().of_cluster(cluster).shortfall(request);
    }
    let explanation = explain(tx, cluster, request, instance);
    explanation.shortfall(&Cluster { state: tx, name: cluster })
}

/// Places on one container instance, or says what stands in the way: for StartTask and DAEMON
/// services.
pub fn place_on(
    state: &State,
    cluster: &ClusterName,
    request: &Request,
    id: InstanceId,
) -> Result<Place, Obstacle> {
    let placement = placement::place_on(&Cluster { state, name: cluster }, request, id)?;
    Ok(found(state, cluster, placement))
}

fn found(state: &State, cluster: &ClusterName, placement: Placement) -> Place {
    let instance = state.container_instances().get(&(cluster.clone(), placement.instance));
    Place {
        instance: instance.cloned().expect("invariant: placement chooses among what it is shown"),
        reserved: placement.reserved,
    }
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
