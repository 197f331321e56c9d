//! A load to measure placements with: a cluster of any size that is a quarter full, on which each new
//! task comes for an old one that leaves. The clock is the caller's.
//!
//! `cargo bench -p placement` and `longshore bench placement` print its table.

use alloc::{
    collections::VecDeque,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use arn::InstanceId;
use core::fmt;
use model::{
    Attribute, ContainerInstance, ContainerInstanceStatus, LaunchType, PlacementConstraint,
    PlacementStrategy, Resources, Timestamp, VersionInfo,
};

use crate::{Constraint, Index, Peers, Placement, Request, Strategy, place_on};

/// The numbers of container instances that are measured unless others are asked for.
pub const SIZES: [u32; 5] = [100, 1_000, 5_000, 20_000, 100_000];

/// The number of container instances that the others are compared with.
pub const BASE_SIZE: u32 = 1_000;

/// How many placements one measurement makes.
pub const ROUNDS: usize = 200_000;

/// In how many turns.
const TURNS: usize = 5;

/// Tasks of the load that are live for each instance, besides those of others.
const LIVE_TASKS: usize = 2;

/// Tasks of others on each instance.
const OTHER_TASKS: usize = 4;

/// Kinds of requests that take turns, each looking at what the others changed.
pub struct Load {
    /// What it is called in the table.
    pub name: &'static str,
    kinds: Vec<Arc<Request>>,
}

/// What one measurement came to.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// The load.
    pub name: &'static str,
    /// How many container instances there were.
    pub instances: usize,
    /// Placements for each second of the time that placements took: choosing the instance, and taking
    /// the task in. The median of the turns.
    pub per_second: u64,
    /// What that is of the rate with [`BASE_SIZE`] instances, where that was measured too.
    pub of_base_percent: Option<u64>,
    /// The time that half of the placements did not pass.
    pub p50_ns: u64,
    /// The time that 99 of 100 did not pass.
    pub p99_ns: u64,
    /// The time of the first of its kind, which looks at every instance.
    pub first_us: u64,
}

/// The head of a table of [`Figures`].
pub const HEAD: &str =
    "load                     instances    placements/s  of 1000    p50 ns    p99 ns    first us";

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { name, instances, per_second, of_base_percent, .. } = self;
        let Figures { p50_ns, p99_ns, first_us, .. } = self;
        let of_base = of_base_percent.map_or_else(String::new, |percent| format!("{percent} %"));
        write!(f, "{name:<24}{instances:>10}{per_second:>16}{of_base:>9}")?;
        write!(f, "{p50_ns:>10}{p99_ns:>10}{first_us:>12}")
    }
}

impl Load {
    /// Every load: each strategy, chains of them, and both with a `memberOf` of three terms.
    pub fn all() -> Vec<Load> {
        use PlacementStrategy as S;
        let spread = |field: &str| S::Spread { field: field.into() };
        let zone = || spread("attribute:ecs.availability-zone");
        let memory = || S::Binpack { field: "memory".into() };
        let three_terms = "attribute:ecs.instance-type =~ [mc]5.* and attribute:stack == prod \
                           and not(task:group == service:database)";
        let one = |name, strategies: Vec<S>, member_of| Load {
            name,
            kinds: Vec::from([Arc::new(request(&strategies, member_of, 64))]),
        };
        let many = (0..32).map(|kind| Arc::new(request(&[zone()], None, 64 + kind))).collect();
        Vec::from([
            one("spread zone", [zone()].into(), None),
            one("spread instance", [spread("instanceId")].into(), None),
            one("binpack memory", [memory()].into(), None),
            one("random", [S::Random].into(), None),
            one("zone, instance", [zone(), spread("instanceId")].into(), None),
            one("zone, binpack", [zone(), memory()].into(), None),
            one("zone, memberOf", [zone()].into(), Some(three_terms)),
            one("binpack, memberOf", [memory()].into(), Some(three_terms)),
            Load { name: "zone, 32 kinds in turn", kinds: many },
        ])
    }

    /// Measures it on clusters of these sizes, by turns, so that a slow moment of the machine is not one
    /// size's alone. Each makes `rounds` placements in all. `now_ns` reads a clock that only rises.
    pub fn measure(
        &self,
        sizes: &[u32],
        rounds: usize,
        mut now_ns: impl FnMut() -> u64,
    ) -> Vec<Figures> {
        let mut trials: Vec<Trial> =
            sizes.iter().map(|size| Trial::new(&self.kinds, *size as usize, &mut now_ns)).collect();
        for _ in 0..TURNS {
            for trial in &mut trials {
                trial.turn(rounds.div_ceil(TURNS), &mut now_ns);
            }
        }
        let rates: Vec<u64> = trials.iter_mut().map(|trial| median(&mut trial.rates)).collect();
        let base = sizes.iter().position(|size| *size == BASE_SIZE).map(|at| rates[at]);
        let figures = |(trial, per_second): (Trial<'_>, u64)| Figures {
            name: self.name,
            instances: trial.size,
            per_second,
            of_base_percent: base.map(|base| per_second * 100 / base.max(1)),
            p50_ns: quantile(&trial.times_ns, 50),
            p99_ns: quantile(&trial.times_ns, 99),
            first_us: trial.first_us,
        };
        trials.into_iter().zip(rates).map(figures).collect()
    }
}

/// A load on one cluster.
struct Trial<'a> {
    kinds: &'a [Arc<Request>],
    size: usize,
    index: Index,
    live: VecDeque<Placement>,
    first_us: u64,
    /// Of each turn, in placements a second.
    rates: Vec<u64>,
    /// Of each placement.
    times_ns: Vec<u64>,
}

impl<'a> Trial<'a> {
    /// A cluster that the load has filled.
    fn new(kinds: &'a [Arc<Request>], size: usize, now_ns: &mut impl FnMut() -> u64) -> Self {
        let (index, live) = (cluster(size), VecDeque::new());
        let (rates, times_ns) = (Vec::new(), Vec::new());
        let mut trial = Trial { kinds, size, index, live, first_us: 0, rates, times_ns };
        let begun = now_ns();
        let first = trial.place(0);
        trial.first_us = (now_ns() - begun) / 1000;
        trial.live.push_back(first);
        for round in 1..size * LIVE_TASKS {
            let placement = trial.place(round);
            trial.live.push_back(placement);
        }
        trial
    }

    /// Chooses an instance, and takes the task in.
    fn place(&mut self, round: usize) -> Placement {
        let request = &self.kinds[round % self.kinds.len()];
        let chosen = self.index.choose(request, round as u64).expect("invariant: there is room");
        self.index.plan(&chosen, &request.peers, GROUP);
        chosen
    }

    /// Begins unmeasured, until each task was another's successor: the trial before has filled the
    /// processor's caches with another cluster.
    fn turn(&mut self, rounds: usize, now_ns: &mut impl FnMut() -> u64) {
        for round in 0..self.live.len() {
            let placement = self.place(round);
            self.succeed(placement);
        }
        let mut total_ns = 0;
        for round in 0..rounds {
            let start = now_ns();
            let placement = self.place(round);
            let time_ns = now_ns() - start;
            self.succeed(placement);
            self.times_ns.push(time_ns);
            total_ns += time_ns;
        }
        self.rates.push(rounds as u64 * 1_000_000_000 / total_ns.max(1));
    }

    /// Lets the oldest task go for a new one.
    fn succeed(&mut self, placement: Placement) {
        self.live.push_back(placement);
        if let Some(oldest) = self.live.pop_front() {
            self.index.unplan(&oldest, &self.kinds[0].peers, GROUP);
        }
    }
}

fn median(values: &mut [u64]) -> u64 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

fn quantile(values: &[u64], percent: usize) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0)
}

/// The task group of the load.
const GROUP: &str = "bench";

/// What the instances have and the load requires, as a real task definition does.
fn capabilities() -> impl Iterator<Item = String> {
    (0..16).map(|number| format!("com.amazonaws.ecs.capability.{number}"))
}

fn request(strategies: &[PlacementStrategy], member_of: Option<&str>, cpu_units: i64) -> Request {
    let expression = member_of.map(ToString::to_string);
    let constraints: Vec<PlacementConstraint> = expression
        .into_iter()
        .map(|expression| PlacementConstraint::MemberOf { expression })
        .collect();
    Request {
        needs: Resources::new(cpu_units, 128),
        requires_attributes: capabilities().map(|name| Attribute::named(&name)).collect(),
        constraints: Constraint::parse_all(&[], &constraints).expect("invariant: valid"),
        strategies: Strategy::parse_all(strategies).expect("invariant: valid"),
        peers: Peers::Group(GROUP.into()),
        launch_type: LaunchType::Ec2,
    }
}

/// Instances of three types in three zones, with tasks of many sizes that are no peers.
fn cluster(size: usize) -> Index {
    let mut index = Index::new();
    for number in 0..size {
        index.set_instance(Arc::new(instance(number)));
    }
    let mut other = request(&[], None, 0);
    other.peers = Peers::Group("others".into());
    for round in 0..size * OTHER_TASKS {
        other.needs = Resources::new(16 + (round % 7) as i64, 16 + (round % 11) as i64);
        if let Ok(placement) = place_on(&index, &other, id(round % size)) {
            index.plan(&placement, &other.peers, "others");
        }
    }
    index
}

/// Ids are random in life: neighbours in the table are no neighbours in a tree.
fn id(number: usize) -> InstanceId {
    InstanceId(u128::from((number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 32)
}

fn instance(number: usize) -> ContainerInstance {
    let one_of = |values: &[&str], every: usize| values[number / every % values.len()].to_string();
    let attribute = |name: &str, value: String| Attribute::new(name, &value);
    let mut attributes = Vec::from([
        attribute("ecs.availability-zone", one_of(&["us-east-1a", "us-east-1b", "us-east-1c"], 1)),
        attribute("ecs.instance-type", one_of(&["m5.large", "c5.large", "t3.large"], 3)),
        attribute("ecs.os-type", "linux".into()),
        attribute("stack", one_of(&["prod", "beta"], 9)),
    ]);
    attributes.extend(capabilities().map(|name| Attribute::named(&name)));
    ContainerInstance {
        cluster: "default".parse().expect("invariant: a name"),
        id: id(number),
        ec2_instance_id: None,
        status: ContainerInstanceStatus::Active,
        agent_connected: true,
        agent_connected_at: Timestamp(0),
        registered: Resources::new(4096, 8192),
        attributes,
        version_info: VersionInfo::default(),
        registered_at: Timestamp(0),
        tags: Vec::new(),
        version: 0,
        seq_num: 0,
        runtime_status: None,
        host: None,
    }
}
