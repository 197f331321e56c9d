//! The choice among the container instances that fit.

use alloc::{borrow::Cow, collections::BTreeMap, sync::Arc, vec::Vec};
use arn::InstanceId;
use core::fmt;
use model::{ContainerInstance, ContainerInstanceStatus, Resources, Usage};

use crate::{
    BinpackField, ClusterView, Explanation, Obstacle, Request, RuledOut, SpreadField, Strategy,
    fit, obstacle, seed::lot,
};

/// Where a task goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The container instance.
    pub instance: InstanceId,
    /// What the task holds there: its needs, with the GPUs that it got.
    pub reserved: Resources,
    /// What each strategy that decided saw in the instance, in their order: those up to `random`.
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
        /// The instance's value of the attribute; `None` where it has none, and for `instanceId`.
        value: Option<Arc<str>>,
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

/// Every container instance with what became of it, for a question about a placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Where the task goes, if it fits anywhere: what [`place`] answers.
    pub chosen: Option<InstanceId>,
    /// In the order of their ids.
    pub instances: Vec<(InstanceId, Outcome)>,
}

/// What became of a container instance in a placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It cannot take the task.
    RuledOut(Obstacle),
    /// It could.
    Fits {
        /// What each strategy that decides saw in it, in their order.
        scores: Vec<Score>,
        /// The place in `scores` of the first strategy that preferred another. `None` for the
        /// chosen one and for those that only the seed decided against.
        lost_at: Option<usize>,
    },
}

/// A container instance that fits.
#[derive(Clone)]
struct Candidate<'v> {
    instance: &'v ContainerInstance,
    usage: Cow<'v, Usage>,
}

/// Chooses the container instance for a task, or tells for each why it cannot be.
///
/// The cost grows with the number of instances.
pub fn place<V: ClusterView>(
    view: &V,
    request: &Request,
    seed: u64,
) -> Result<Placement, Explanation> {
    let (fitting, ruled_out) = sort_out(view, request);
    let scorer = Scorer::new(view, request, seed);
    let rounds = scorer.narrow(&fitting);
    let Some(chosen) = rounds.last().and_then(|left| scorer.draw(left)) else {
        return Err(Explanation { instances: ruled_out });
    };
    let reserved = fit::reserved(&request.needs, chosen.instance, &chosen.usage);
    Ok(Placement { instance: chosen.instance.id, reserved, why: scorer.scores(chosen) })
}

/// Places on one container instance, for StartTask and DAEMON services, or tells what stands in the
/// way; an instance that the cluster does not have is INACTIVE. Strategies are not asked.
pub fn place_on<V: ClusterView>(
    view: &V,
    request: &Request,
    id: InstanceId,
) -> Result<Placement, Obstacle> {
    let gone = Obstacle::Status(ContainerInstanceStatus::Inactive);
    let (instance, usage) = view.instance(id).ok_or(gone)?;
    if let Some(obstacle) = obstacle(view, request, instance, &usage) {
        return Err(obstacle);
    }
    let reserved = fit::reserved(&request.needs, instance, &usage);
    Ok(Placement { instance: id, reserved, why: Vec::new() })
}

/// Explains a placement from end to end: [`place`] with every instance's part in it.
pub fn survey<V: ClusterView>(view: &V, request: &Request, seed: u64) -> Survey {
    let (fitting, ruled_out) = sort_out(view, request);
    let scorer = Scorer::new(view, request, seed);
    let rounds = scorer.narrow(&fitting);
    let chosen = rounds.last().and_then(|left| scorer.draw(left)).map(|c| c.instance.id);
    let out = ruled_out.into_iter().map(|out| (out.instance, Outcome::RuledOut(out.obstacle)));
    let fits = fitting.iter().map(|candidate| {
        let id = candidate.instance.id;
        let stays = |left: &Vec<Candidate<'_>>| left.iter().any(|c| c.instance.id == id);
        // The first round is before any strategy.
        let lost_at = rounds.iter().skip(1).position(|left| !stays(left));
        (id, Outcome::Fits { scores: scorer.scores(candidate), lost_at })
    });
    let mut instances: Vec<(InstanceId, Outcome)> = out.chain(fits).collect();
    instances.sort_by_key(|(id, _)| *id);
    Survey { chosen, instances }
}

/// The container instances that a task is right for, whether or not they have room for it and their
/// agent is connected: what [`crate::Index::eligible`] answers without looking at every instance.
pub fn eligible<'v, V: ClusterView>(view: &'v V, request: &Request) -> Vec<&'v ContainerInstance> {
    let request = request.without_room(None);
    let entries = view.instances().filter(|(instance, usage)| {
        fit::obstacle_itself(view, &request, instance, usage).is_none()
    });
    entries.map(|(instance, _)| instance).collect()
}

/// Tells for every container instance that cannot take the task why; the cost grows with their number.
pub fn explain<V: ClusterView>(view: &V, request: &Request) -> Explanation {
    Explanation { instances: sort_out(view, request).1 }
}

/// Those that fit, and those that do not in the order of their ids.
fn sort_out<'v, V: ClusterView>(
    view: &'v V,
    request: &Request,
) -> (Vec<Candidate<'v>>, Vec<RuledOut>) {
    let mut fitting = Vec::new();
    let mut ruled_out = Vec::new();
    for (instance, usage) in view.instances() {
        match obstacle(view, request, instance, &usage) {
            None => fitting.push(Candidate { instance, usage }),
            Some(obstacle) => ruled_out.push(RuledOut { instance: instance.id, obstacle }),
        }
    }
    ruled_out.sort_by_key(|out| out.instance);
    (fitting, ruled_out)
}

/// Looks at candidates as the strategies do.
struct Scorer<'v, V> {
    view: &'v V,
    request: &'v Request,
    seed: u64,
    chain: Vec<&'v Strategy>,
    /// For each strategy that spreads over an attribute, the wanted peers by its value.
    peers_by_value: Vec<BTreeMap<Option<&'v str>, u32>>,
}

impl<'v, V: ClusterView> Scorer<'v, V> {
    fn new(view: &'v V, request: &'v Request, seed: u64) -> Self {
        let chain = Strategy::deciding(&request.strategies);
        let counted = |strategy: &&Strategy| match strategy {
            Strategy::Spread(SpreadField::Attribute(name)) => peers_by_value(view, request, name),
            _ => BTreeMap::new(),
        };
        let peers_by_value = chain.iter().map(counted).collect();
        Scorer { view, request, seed, chain, peers_by_value }
    }

    /// Those left before the first strategy and after each.
    fn narrow(&self, fitting: &[Candidate<'v>]) -> Vec<Vec<Candidate<'v>>> {
        let mut rounds = Vec::from([fitting.to_vec()]);
        for place in 0..self.chain.len() {
            let left = rounds.last().map_or(&[][..], Vec::as_slice);
            let least = left.iter().map(|candidate| self.key(place, candidate)).min();
            let best = left.iter().filter(|c| Some(self.key(place, c)) == least).cloned();
            let best = best.collect();
            rounds.push(best);
        }
        rounds
    }

    /// The one of the equally good that the seed chooses.
    fn draw<'c>(&self, left: &'c [Candidate<'v>]) -> Option<&'c Candidate<'v>> {
        left.iter().min_by_key(|c| (lot(self.seed, c.instance.id.0), c.instance.id))
    }

    fn peers(&self, place: usize, field: &SpreadField, instance: &ContainerInstance) -> u32 {
        match field {
            SpreadField::InstanceId => self.view.peers(instance.id, &self.request.peers).wanted,
            SpreadField::Attribute(name) => {
                let counts = self.peers_by_value.get(place);
                counts.and_then(|c| c.get(&instance.attribute(name))).copied().unwrap_or(0)
            }
        }
    }

    /// What the strategy at this place orders by; it prefers the least.
    fn key(&self, place: usize, candidate: &Candidate<'_>) -> i128 {
        match self.chain.get(place) {
            None => 0,
            Some(Strategy::Random) => i128::from(lot(self.seed, candidate.instance.id.0)),
            Some(Strategy::Binpack(field)) => {
                field.free(candidate.instance, &candidate.usage).into()
            }
            Some(Strategy::Spread(field)) => self.peers(place, field, candidate.instance).into(),
        }
    }

    fn scores(&self, candidate: &Candidate<'_>) -> Vec<Score> {
        let Candidate { instance, usage } = candidate;
        let score = |(place, strategy): (usize, &&Strategy)| match strategy {
            Strategy::Random => Score::Random,
            Strategy::Binpack(field) => {
                let left = field.free(instance, usage) - field.amount(&self.request.needs);
                Score::Binpack { field: *field, left }
            }
            Strategy::Spread(field) => {
                let value = match field {
                    SpreadField::InstanceId => None,
                    SpreadField::Attribute(name) => instance.attribute(name).map(Arc::from),
                };
                Score::Spread {
                    field: field.clone(),
                    value,
                    peers: self.peers(place, field, instance),
                }
            }
        };
        self.chain.iter().enumerate().map(score).collect()
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

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Score::Random => f.write_str("random: drawn by the seed"),
            Score::Spread { field, value, peers } => {
                let place = match (field, value) {
                    (SpreadField::InstanceId, _) => "it",
                    (SpreadField::Attribute(_), Some(value)) => value,
                    (SpreadField::Attribute(_), None) => "no value",
                };
                write!(f, "spread({field}): {place} has {peers} tasks")
            }
            Score::Binpack { field, left } => {
                write!(f, "binpack({field}): {left} left after it")
            }
        }
    }
}
