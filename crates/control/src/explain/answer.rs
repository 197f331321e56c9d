//! The answer as it is written.

use arn::{ClusterName, InstanceId};
use model::{PlacementStrategy, Resources};
use placement::{Obstacle, Outcome, Request, Score, Survey};
use serde::Serialize;
use store::State;

use super::holders::{self, Holder};
use crate::Cx;

/// How a placement comes out, instance by instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// What is explained, in a sentence.
    pub what: String,
    /// What the task asks for.
    pub asks: Asks,
    /// The container instance that the task would go to; absent when none takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// Why the service waits, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// What the explanation leaves out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Every container instance that is not deregistered, the chosen one first, then those that fit.
    pub instances: Vec<Instance>,
}

/// What a task asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asks {
    cpu_units: i64,
    memory_mib: i64,
    tcp_ports: Vec<u16>,
    udp_ports: Vec<u16>,
    gpu_count: usize,
    launch_type: String,
    /// Attributes, as `NAME` or `NAME = VALUE`.
    attributes: Vec<String>,
    constraints: Vec<String>,
    strategies: Vec<String>,
}

/// A container instance's part in a placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// Its id.
    #[serde(rename = "containerInstance")]
    pub id: String,
    /// Its zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// `CHOSEN`, `FITS` or `RULED_OUT`.
    pub outcome: &'static str,
    /// Whether the task that is explained is here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_the_task: bool,
    /// ECS's reason, of one that is ruled out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// What decided, for people.
    pub why: String,
    /// What each strategy saw, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<String>,
    /// Of a resource: how much was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<i64>,
    /// Of a resource: how much is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free: Option<i64>,
    /// Who holds what is lacking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held_by: Vec<Holder>,
}

impl Asks {
    /// What a request asks for, with its strategies as ECS writes them.
    pub fn new(request: &Request, strategies: &[PlacementStrategy]) -> Self {
        let Resources { cpu_units, memory_mib, tcp_ports, udp_ports, gpus } = &request.needs;
        let attributes = request.requires_attributes.iter().map(|asked| match &asked.value {
            Some(value) => format!("{} = {value}", asked.name),
            None => asked.name.clone(),
        });
        let strategy = |strategy: &PlacementStrategy| match strategy {
            PlacementStrategy::Random => "random".to_owned(),
            PlacementStrategy::Spread { field } => format!("spread({field})"),
            PlacementStrategy::Binpack { field } => format!("binpack({field})"),
        };
        Asks {
            cpu_units: *cpu_units,
            memory_mib: *memory_mib,
            tcp_ports: tcp_ports.iter().copied().collect(),
            udp_ports: udp_ports.iter().copied().collect(),
            gpu_count: gpus.len(),
            launch_type: request.launch_type.to_string(),
            attributes: attributes.collect(),
            constraints: request.constraints.iter().map(ToString::to_string).collect(),
            strategies: strategies.iter().map(strategy).collect(),
        }
    }
}

impl Answer {
    /// The answer that a survey makes.
    pub fn new(
        state: &State,
        cx: &Cx,
        cluster: &ClusterName,
        what: String,
        asks: Asks,
        survey: &Survey,
    ) -> Self {
        let mut instances: Vec<Instance> = survey
            .instances
            .iter()
            .map(|(id, outcome)| instance(state, cluster, *id, outcome, survey))
            .collect();
        let order = |instance: &Instance| match instance.outcome {
            CHOSEN => 0,
            FITS => 1,
            _ => 2,
        };
        instances.sort_by_key(order);
        let chosen = survey.chosen.map(|id| cx.home().container_instance_arn(cluster, id));
        Answer { what, asks, chosen, waits_for: None, note: None, instances }
    }

    /// Marks where the task is.
    pub fn placed_on(&mut self, place: Option<InstanceId>) {
        let Some(place) = place.map(|id| id.to_string()) else { return };
        for instance in &mut self.instances {
            instance.has_the_task = instance.id == place;
        }
    }
}

const CHOSEN: &str = "CHOSEN";
const FITS: &str = "FITS";
const RULED_OUT: &str = "RULED_OUT";

fn instance(
    state: &State,
    cluster: &ClusterName,
    id: InstanceId,
    outcome: &Outcome,
    survey: &Survey,
) -> Instance {
    let row = state.container_instances().get(&(cluster.clone(), id));
    let zone = row.and_then(|row| row.attribute("ecs.availability-zone"));
    let bare = Instance {
        id: id.to_string(),
        availability_zone: zone.map(Into::into),
        outcome: RULED_OUT,
        has_the_task: false,
        reason: None,
        why: String::new(),
        scores: Vec::new(),
        asked: None,
        free: None,
        held_by: Vec::new(),
    };
    match outcome {
        Outcome::RuledOut(obstacle) => {
            let (asked, free) = numbers(obstacle);
            Instance {
                reason: Some(obstacle.reason()),
                why: obstacle.to_string(),
                asked,
                free,
                held_by: holders::of(state, cluster, id, obstacle),
                ..bare
            }
        }
        Outcome::Fits { scores, .. } if survey.chosen == Some(id) => Instance {
            outcome: CHOSEN,
            why: won(scores, survey),
            scores: scores.iter().map(ToString::to_string).collect(),
            ..bare
        },
        Outcome::Fits { scores, lost_at } => Instance {
            outcome: FITS,
            why: lost(scores, *lost_at, survey),
            scores: scores.iter().map(ToString::to_string).collect(),
            ..bare
        },
    }
}

fn numbers(obstacle: &Obstacle) -> (Option<i64>, Option<i64>) {
    match obstacle {
        Obstacle::Cpu { asked, free } => (Some(*asked), Some(*free)),
        Obstacle::Memory { asked_mib, free_mib } => (Some(*asked_mib), Some(*free_mib)),
        Obstacle::Gpu { asked, free } => (Some(*asked as i64), Some(*free as i64)),
        _ => (None, None),
    }
}

/// How many instances fit, and how many of them no strategy told from the chosen one.
fn won(scores: &[Score], survey: &Survey) -> String {
    let fits = |outcome: &Outcome| matches!(outcome, Outcome::Fits { .. });
    let ties = |outcome: &Outcome| matches!(outcome, Outcome::Fits { lost_at: None, .. });
    let count = |is: &dyn Fn(&Outcome) -> bool| {
        survey.instances.iter().filter(|(_, outcome)| is(outcome)).count()
    };
    match (count(&fits), count(&ties)) {
        (1, _) => "it alone fits".to_owned(),
        (fitting, 1) => format!("the strategies like it best of {fitting} that fit"),
        (fitting, equal) if scores.is_empty() => {
            format!(
                "drawn by lot: {equal} of {fitting} that fit are equally good, there is no strategy"
            )
        }
        (fitting, equal) => {
            format!(
                "drawn by lot among {equal} that the strategies like best, of {fitting} that fit"
            )
        }
    }
}

/// Which strategy preferred others, with its numbers.
fn lost(scores: &[Score], lost_at: Option<usize>, survey: &Survey) -> String {
    let chosen = survey.instances.iter().find_map(|(id, outcome)| match outcome {
        Outcome::Fits { scores, .. } if survey.chosen == Some(*id) => Some(scores),
        _ => None,
    });
    let own = lost_at.and_then(|at| scores.get(at));
    let best = lost_at.and_then(|at| chosen?.get(at));
    match (own, best) {
        (Some(own), Some(best)) => format!("{own}; of the chosen one: {best}"),
        _ => "as good as the chosen one; the lot decided".to_owned(),
    }
}
