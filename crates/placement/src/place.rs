//! The choice among the container instances that fit.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use arn::InstanceId;
use core::fmt;
use model::{ContainerInstance, Resources, Usage};

use crate::{
    BinpackField, ClusterView, Explanation, Request, RuledOut, SpreadField, Strategy, fit,
    obstacle, seed::lot,
};

/// Where a task goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The container instance.
    pub instance: InstanceId,
    /// What the task holds there: its needs, with the GPUs that it got.
    pub reserved: Resources,
    /// What each strategy saw in the instance, in their order.
    pub why: Vec<Score>,
}

/// What a strategy saw in a container instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Score {
    /// `random` saw the seed.
    Random,
    /// `spread` saw how many peers share the value of its field.
    Spread {
        /// The field.
        field: SpreadField,
        /// The instance's value of it; `None` where it has none.
        value: Option<String>,
        /// Peers with that value, before this task.
        peers: u32,
    },
    /// `binpack` saw what stays free.
    Binpack {
        /// The field.
        field: BinpackField,
        /// What is free once the task is there.
        left: i64,
    },
}

type Candidate<'a> = (&'a ContainerInstance, &'a Usage);

/// Chooses the container instance for a task, or tells for each why it cannot be.
///
/// The cost grows with the number of instances.
pub fn place<V: ClusterView>(
    view: &V,
    request: &Request,
    seed: u64,
) -> Result<Placement, Explanation> {
    let mut left: Vec<Candidate<'_>> = Vec::new();
    let mut ruled_out = Vec::new();
    for (instance, usage) in view.instances() {
        match obstacle(view, request, instance, usage) {
            None => left.push((instance, usage)),
            Some(obstacle) => ruled_out.push(RuledOut { instance: instance.id, obstacle }),
        }
    }
    for strategy in &request.strategies {
        if left.len() > 1 {
            prefer(view, request, strategy, seed, &mut left);
        }
    }
    let chosen =
        left.into_iter().min_by_key(|(instance, _)| (lot(seed, instance.id.0), instance.id));
    let Some((instance, usage)) = chosen else {
        ruled_out.sort_by_key(|out| out.instance);
        return Err(Explanation { instances: ruled_out });
    };
    let mut reserved = request.needs.clone();
    reserved.gpus = fit::assigned_gpus(&request.needs, &instance.registered, &usage.held);
    let why = request.strategies.iter().map(|s| score(view, request, s, instance, usage)).collect();
    Ok(Placement { instance: instance.id, reserved, why })
}

/// Keeps the candidates that the strategy likes best.
fn prefer<V: ClusterView>(
    view: &V,
    request: &Request,
    strategy: &Strategy,
    seed: u64,
    left: &mut Vec<Candidate<'_>>,
) {
    match strategy {
        Strategy::Random => keep_least(left, |instance, _| (lot(seed, instance.id.0), instance.id)),
        Strategy::Binpack(field) => keep_least(left, |instance, usage| field.free(instance, usage)),
        Strategy::Spread(SpreadField::InstanceId) => {
            keep_least(left, |instance, _| view.peers(instance.id, &request.peers).wanted);
        }
        Strategy::Spread(SpreadField::Attribute(name)) => {
            let peers = peers_by_value(view, request, name);
            keep_least(left, |instance, _| {
                peers.get(&instance.attribute(name)).copied().unwrap_or(0)
            });
        }
    }
}

fn keep_least<'a, K: Ord>(
    left: &mut Vec<Candidate<'a>>,
    key: impl Fn(&'a ContainerInstance, &'a Usage) -> K,
) {
    if let Some(least) = left.iter().map(|(instance, usage)| key(instance, usage)).min() {
        left.retain(|(instance, usage)| key(instance, usage) == least);
    }
}

/// The wanted peers on all instances, also on those that do not fit, by the value of an attribute.
fn peers_by_value<'v, V: ClusterView>(
    view: &'v V,
    request: &Request,
    name: &str,
) -> BTreeMap<Option<&'v str>, u32> {
    let mut peers = BTreeMap::new();
    for (instance, _) in view.instances() {
        let here = view.peers(instance.id, &request.peers).wanted;
        *peers.entry(instance.attribute(name)).or_insert(0) += here;
    }
    peers
}

/// What a strategy sees in an instance.
fn score<V: ClusterView>(
    view: &V,
    request: &Request,
    strategy: &Strategy,
    instance: &ContainerInstance,
    usage: &Usage,
) -> Score {
    match strategy {
        Strategy::Random => Score::Random,
        Strategy::Spread(field) => {
            let (value, peers) = match field {
                SpreadField::InstanceId => {
                    let here = view.peers(instance.id, &request.peers).wanted;
                    (Some(instance.id.to_string()), here)
                }
                SpreadField::Attribute(name) => {
                    let value = instance.attribute(name);
                    let peers = peers_by_value(view, request, name);
                    (value.map(ToString::to_string), peers.get(&value).copied().unwrap_or(0))
                }
            };
            Score::Spread { field: field.clone(), value, peers }
        }
        Strategy::Binpack(field) => Score::Binpack {
            field: *field,
            left: field.free(instance, usage) - field.amount(&request.needs),
        },
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Score::Random => f.write_str("random: drawn by the seed"),
            Score::Spread { field, value, peers } => {
                let value = value.as_deref().unwrap_or("none");
                write!(f, "spread({field}): {value} has {peers} tasks, the fewest")
            }
            Score::Binpack { field, left } => {
                write!(f, "binpack({field}): {left} left after it, the least")
            }
        }
    }
}
