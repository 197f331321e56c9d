//! The index holds the same instances equally good as the naive process does, through any life.

mod cluster;
mod oracle;
mod scene;

use std::{collections::BTreeSet, sync::Arc};

use arn::InstanceId;
use model::{ContainerInstance, Resources, Task};
use placement::{ClusterView, Index, Placement, Request, eligible, place};
use proptest::prelude::*;

use crate::{
    cluster::{Cluster, instance, set_attribute},
    scene::Change,
};

/// Tells an index what is different between two moments of a cluster.
fn tell(index: &mut Index, before: &Cluster, after: &Cluster) {
    for (instance, _) in &after.instances {
        if before.instance(instance.id).is_none_or(|(old, _)| old != instance) {
            index.set_instance(Arc::new(instance.clone()));
        }
    }
    let find = |cluster: &Cluster, task: &Task| {
        cluster.tasks.iter().find(|other| other.id == task.id).cloned()
    };
    for task in &after.tasks {
        let old = find(before, task);
        if old.as_ref() != Some(task) {
            index.set_task(old.as_ref(), Some(task));
        }
    }
    for task in before.tasks.iter().filter(|task| find(after, task).is_none()) {
        index.set_task(Some(task), None);
    }
    for (instance, _) in &before.instances {
        if after.instance(instance.id).is_none() {
            index.remove_instance(instance.id);
        }
    }
}

/// The answers of the index are those of the cluster; the choice is returned.
fn compare(
    index: &mut Index,
    cluster: &Cluster,
    request: &Arc<Request>,
    seed: u64,
) -> Result<Option<Placement>, TestCaseError> {
    let best = oracle::best(cluster, request);
    let linear = place(cluster, request, seed);
    match index.place(request, seed) {
        Ok(placement) => {
            prop_assert!(
                best.contains(&placement.instance),
                "{:?} of {best:?}",
                placement.instance
            );
            // Equally good instances look the same to every strategy but in the value they spread over.
            if best.len() == 1 {
                prop_assert_eq!(Ok(&placement), linear.as_ref());
            }
            Ok(Some(placement))
        }
        Err(explanation) => {
            prop_assert!(best.is_empty(), "{best:?} fit");
            prop_assert_eq!(index.shortfall(request), explanation.shortfall(cluster));
            prop_assert_eq!(Err(explanation), linear);
            Ok(None)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_index_agrees_with_the_naive_process_through_a_life_of_changes(
        mut cluster in scene::cluster(),
        requests in prop::collection::vec(scene::request().prop_map(Arc::new), 1..6),
        changes in prop::collection::vec(scene::change(), 0..80),
        seats_max in prop::sample::select(vec![0, 30, 1_000_000]),
    ) {
        let mut index = Index::with_seats(seats_max);
        tell(&mut index, &Cluster::default(), &cluster);
        for change in changes {
            let before = cluster.clone();
            if let Change::Place { request, seed } = change {
                let request = &requests[request % requests.len()];
                if let Some(placement) = compare(&mut index, &cluster, request, seed)? {
                    cluster.accept(&placement, &request.peers, scene::group_of(request));
                }
            } else {
                cluster.apply(&change);
            }
            tell(&mut index, &before, &cluster);
            if let Some(request) = requests.first() {
                compare_eligible(&mut index, &cluster, request)?;
            }
        }
        for request in &requests {
            compare(&mut index, &cluster, request, 7)?;
            compare_eligible(&mut index, &cluster, request)?;
        }
        for (instance, usage) in cluster.instances() {
            prop_assert_eq!(index.instance(instance.id), Some((instance, usage)));
        }
        prop_assert_eq!(index.instances().count(), cluster.instances().count());
    }

    #[test]
    fn a_plan_is_seen_until_it_is_taken_back(
        cluster in scene::cluster(),
        requests in prop::collection::vec(scene::request().prop_map(Arc::new), 1..10),
        seed in any::<u64>(),
    ) {
        let mut index = Index::new();
        tell(&mut index, &Cluster::default(), &cluster);
        let mut planned = cluster.clone();
        let mut plan = Vec::new();
        for request in &requests {
            let group = scene::group_of(request);
            if let Some(placement) = compare(&mut index, &planned, request, seed)? {
                index.plan(&placement, &request.peers, group);
                let id = planned.accept(&placement, &request.peers, group);
                let task = planned.tasks.iter_mut().find(|task| task.id == id);
                task.unwrap().last_status = model::TaskStatus::Pending;
                planned.count();
                plan.push((placement, request, group));
            }
        }
        for (placement, request, group) in &plan {
            index.unplan(placement, &request.peers, group);
        }
        for request in &requests {
            compare(&mut index, &cluster, request, seed)?;
        }
    }
}

/// The index says which instances a task is right for, all of them or one for each zone.
fn compare_eligible(
    index: &mut Index,
    cluster: &Cluster,
    request: &Request,
) -> Result<(), TestCaseError> {
    let is_right = |entry: &&(ContainerInstance, _)| oracle::is_right(cluster, request, &entry.0);
    let right: BTreeSet<InstanceId> =
        cluster.instances.iter().filter(is_right).map(|(instance, _)| instance.id).collect();
    let told: Vec<InstanceId> = index.eligible(request, None).iter().map(|i| i.id).collect();
    prop_assert_eq!(told.len(), right.len());
    prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), right.clone());
    let looked: BTreeSet<_> = eligible(cluster, request).iter().map(|i| i.id).collect();
    prop_assert_eq!(&looked, &right);
    let zone = |instance: &ContainerInstance| instance.attribute("az").map(String::from);
    let of_right = right.iter().filter_map(|id| cluster.instance(*id));
    let zones: BTreeSet<_> = of_right.map(|(instance, _)| zone(instance)).collect();
    let one_per_zone = index.eligible(request, Some("az"));
    prop_assert!(one_per_zone.iter().all(|instance| right.contains(&instance.id)));
    prop_assert_eq!(one_per_zone.len(), zones.len());
    prop_assert_eq!(one_per_zone.into_iter().map(zone).collect::<BTreeSet<_>>(), zones);
    Ok(())
}

/// Thousands of placements and stops on one cluster, so that every order is turned over many times.
#[test]
fn an_index_agrees_with_the_naive_process_for_thousands_of_placements() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut draw = |strategy: &BoxedStrategy<Change>| {
        strategy.new_tree(&mut runner).expect("invariant: nothing is filtered").current()
    };
    let changes = scene::change().boxed();
    let mut cluster = Cluster::default();
    for id in 0..40_u64 {
        let mut one = instance(InstanceId(u128::from(id) + 1), Resources::new(2048, 2048));
        set_attribute(&mut one, "az", ["a", "b", "c"][id as usize % 3]);
        set_attribute(&mut one, "stack", ["prod", "beta"][id as usize % 2]);
        set_attribute(&mut one, "host", &id.to_string());
        cluster.instances.push((one, model::Usage::default()));
    }
    let mut index = Index::new();
    tell(&mut index, &Cluster::default(), &cluster);
    let requests = chains();
    let mut placed = 0;
    for turn in 0..3_000 {
        let before = cluster.clone();
        match draw(&changes) {
            Change::Place { seed, .. } => {
                let request = &requests[turn / 5 % requests.len()];
                let chosen = compare(&mut index, &cluster, request, seed).expect("they agree");
                if let Some(placement) = chosen {
                    cluster.accept(&placement, &request.peers, scene::group_of(request));
                    placed += 1;
                }
            }
            change => cluster.apply(&change),
        }
        cluster.tasks.retain(Task::is_live);
        tell(&mut index, &before, &cluster);
    }
    assert!(placed > 900, "only {placed} tasks were placed");
}

/// Equals take turns, so a zone's instances fill evenly although only the zone is spread over.
#[test]
fn equally_good_instances_take_turns_unless_they_are_drawn() {
    let mut index = Index::new();
    for id in 0..12_u64 {
        let mut one = instance(InstanceId(u128::from(id) + 1), Resources::new(2048, 2048));
        set_attribute(&mut one, "az", ["a", "b", "c"][id as usize % 3]);
        index.set_instance(Arc::new(one));
    }
    let mut most_on_one = |strategies: &[model::PlacementStrategy]| {
        let mut request = (*chains()[0]).clone();
        request.strategies = placement::Strategy::parse_all(strategies).expect("invariant: valid");
        let request = Arc::new(request);
        let mut counts = std::collections::BTreeMap::<InstanceId, u32>::new();
        for seed in 0..48 {
            let placement = index.choose(&request, seed).expect("there is room");
            *counts.entry(placement.instance).or_default() += 1;
            index.plan(&placement, &request.peers, "group");
        }
        counts.into_values().max()
    };
    let zone = || model::PlacementStrategy::Spread { field: "attribute:az".into() };
    assert_eq!(most_on_one(&[]), Some(4));
    assert_eq!(most_on_one(&[zone()]), Some(4));
    assert!(most_on_one(&[model::PlacementStrategy::Random]) > Some(4));
}

/// Every kind of chain, with and without constraints.
fn chains() -> Vec<Arc<Request>> {
    use model::{LaunchType, PlacementConstraint, PlacementStrategy as S};
    use placement::{Constraint, Strategy as Chain};
    let spread = |field: &str| S::Spread { field: field.into() };
    let binpack = |field: &str| S::Binpack { field: field.into() };
    let member_of = |text: &str| PlacementConstraint::MemberOf { expression: text.into() };
    let chains: Vec<Vec<S>> = vec![
        vec![],
        vec![S::Random],
        vec![spread("instanceId")],
        vec![spread("attribute:az")],
        vec![spread("attribute:host")],
        vec![binpack("memory")],
        vec![binpack("cpu")],
        vec![spread("attribute:az"), spread("instanceId")],
        vec![spread("attribute:az"), binpack("memory")],
        vec![spread("attribute:az"), S::Random],
        vec![spread("attribute:host"), binpack("cpu"), spread("attribute:az")],
        vec![binpack("memory"), spread("attribute:az")],
        vec![binpack("memory"), binpack("cpu"), spread("instanceId"), S::Random],
        vec![spread("attribute:az"), spread("attribute:stack"), binpack("memory")],
        vec![spread("instanceId"), spread("attribute:az"), S::Random, binpack("cpu")],
    ];
    let constraints = [
        vec![],
        vec![PlacementConstraint::DistinctInstance],
        vec![member_of("attribute:stack == prod and not(task:group == batch)")],
        vec![member_of("runningTasksCount < 4 or attribute:az == a")],
    ];
    let words = ["service:web", "service:db", "batch"];
    let one = |(at, chain): (usize, &Vec<S>)| {
        let parsed = Constraint::parse_all(&[], &constraints[at % 4]).expect("invariant: valid");
        Arc::new(Request {
            needs: Resources::new(128 * (at as i64 % 3), 64 * (at as i64 % 4)),
            requires_attributes: vec![],
            constraints: parsed,
            strategies: Chain::parse_all(chain).expect("invariant: valid"),
            peers: cluster::peers(words[at % 3]),
            launch_type: LaunchType::Ec2,
        })
    };
    chains.iter().chain(&chains).enumerate().map(one).collect()
}
