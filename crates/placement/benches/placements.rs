//! Placements per second, and the time of one, against the number of container instances.
//!
//! Every round places a task and takes it into the index; when the cluster is a quarter full the
//! oldest tasks leave, one for each that comes, so that orders turn over for ever.
//!
//! `cargo bench -p placement` prints a table; `-- 5000 100000` names other numbers of instances.
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::{collections::VecDeque, sync::Arc, time::Instant};

use arn::InstanceId;
use model::{
    Attribute, ContainerInstance, ContainerInstanceStatus, LaunchType, PlacementConstraint,
    PlacementStrategy, Resources, Timestamp, VersionInfo,
};
use placement::{Constraint, Index, Peers, Request, Strategy};

const ROUNDS: usize = 200_000;

fn main() {
    let named: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() { vec![100, 1_000, 5_000, 20_000, 100_000] } else { named };
    println!(
        "{:<24}{:>10}{:>16}{:>10}{:>10}{:>12}",
        "strategies", "instances", "placements/s", "p50 ns", "p99 ns", "first ms"
    );
    for (name, request) in requests() {
        for &size in &sizes {
            measure(name, std::slice::from_ref(&request), size);
        }
    }
    // Every kind looks at what all the others changed since its turn.
    let (_, zone) = requests().swap_remove(0);
    let kinds: Vec<Arc<Request>> = (0..32)
        .map(|kind| Arc::new(Request { needs: Resources::new(64 + kind, 128), ..(*zone).clone() }))
        .collect();
    for &size in &sizes {
        measure("zone, 32 kinds in turn", &kinds, size);
    }
}

fn measure(name: &str, kinds: &[Arc<Request>], size: usize) {
    let request = &kinds[0];
    let mut index = Index::new();
    for number in 0..size {
        index.set_instance(Arc::new(instance(number)));
    }
    // A quarter of what 64 tasks on each instance would be, as other services' tasks of many sizes.
    let mut live = VecDeque::new();
    let others = Arc::new(Request { peers: Peers::Group("others".into()), ..(**request).clone() });
    for round in 0..size * 4 {
        let needs = Resources::new(16 + (round % 7) as i64, 16 + (round % 11) as i64);
        let mut one = (*others).clone();
        one.needs = needs;
        let id = InstanceId(id(round % size));
        if let Ok(placement) = placement::place_on(&index, &one, id) {
            index.plan(&placement, &one.peers, "others");
        }
    }
    let begun = Instant::now();
    let first = index.choose(request, 0).expect("invariant: there is room");
    let first_ms = begun.elapsed().as_millis();
    for kind in kinds {
        index.choose(kind, 0).expect("invariant: there is room");
    }
    index.plan(&first, &request.peers, "bench");
    live.push_back(first);

    let mut times_ns = Vec::with_capacity(ROUNDS);
    let begun = Instant::now();
    for round in 0..ROUNDS {
        let request = &kinds[round % kinds.len()];
        let start = Instant::now();
        let placement = index.choose(request, round as u64).expect("invariant: there is room");
        index.plan(&placement, &request.peers, "bench");
        times_ns.push(start.elapsed().as_nanos() as u64);
        live.push_back(placement);
        if live.len() > size * 8 {
            let oldest = live.pop_front().expect("invariant: it is not empty");
            index.unplan(&oldest, &request.peers, "bench");
        }
    }
    let rate = ROUNDS as f64 / begun.elapsed().as_secs_f64();
    times_ns.sort_unstable();
    let at = |part: usize| times_ns[times_ns.len() * part / 100];
    println!("{name:<24}{size:>10}{rate:>16.0}{:>10}{:>10}{first_ms:>12}", at(50), at(99));
}

fn id(number: usize) -> u128 {
    // Ids are random in life: neighbours in the table are no neighbours in the tree.
    u128::from((number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 32
}

fn instance(number: usize) -> ContainerInstance {
    let zone = ["us-east-1a", "us-east-1b", "us-east-1c"][number % 3];
    let mut attributes = vec![
        Attribute::new("ecs.availability-zone", zone),
        Attribute::new("ecs.instance-type", ["m5.large", "c5.large", "t3.large"][number / 3 % 3]),
        Attribute::new("ecs.os-type", "linux"),
        Attribute::new("stack", ["prod", "beta"][number / 9 % 2]),
    ];
    attributes
        .extend((0..16).map(|i| Attribute::named(&format!("com.amazonaws.ecs.capability.{i}"))));
    ContainerInstance {
        cluster: "default".parse().expect("invariant: a name"),
        id: InstanceId(id(number)),
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
    }
}

fn requests() -> Vec<(&'static str, Arc<Request>)> {
    use PlacementStrategy as S;
    let spread = |field: &str| S::Spread { field: field.into() };
    let zone = || spread("attribute:ecs.availability-zone");
    let memory = || S::Binpack { field: "memory".into() };
    let three_terms = "attribute:ecs.instance-type =~ [mc]5.* and attribute:stack == prod \
                       and not(task:group == service:database)";
    let request = |strategies: Vec<S>, expression: Option<&str>| {
        let member_of = expression.map(|e| PlacementConstraint::MemberOf { expression: e.into() });
        let constraints: Vec<PlacementConstraint> = member_of.into_iter().collect();
        let required =
            (0..16).map(|i| Attribute::named(&format!("com.amazonaws.ecs.capability.{i}")));
        Arc::new(Request {
            needs: Resources::new(64, 128),
            requires_attributes: required.collect(),
            constraints: Constraint::parse_all(&[], &constraints).expect("invariant: valid"),
            strategies: Strategy::parse_all(&strategies).expect("invariant: valid"),
            peers: Peers::Group("bench".into()),
            launch_type: LaunchType::Ec2,
        })
    };
    vec![
        ("spread zone", request(vec![zone()], None)),
        ("spread instance", request(vec![spread("instanceId")], None)),
        ("binpack memory", request(vec![memory()], None)),
        ("random", request(vec![S::Random], None)),
        ("zone, instance", request(vec![zone(), spread("instanceId")], None)),
        ("zone, binpack", request(vec![zone(), memory()], None)),
        ("zone, memberOf", request(vec![zone()], Some(three_terms))),
        ("binpack, memberOf", request(vec![memory()], Some(three_terms))),
    ]
}
