//! What holds of every placement and every stop, on random clusters, against the naive process.

mod cluster;
mod oracle;
mod scene;

use std::collections::{BTreeMap, BTreeSet};

use arn::InstanceId;
use model::{LaunchType, Resources, Task};
use placement::{
    ClusterView, Outcome, Overlay, Peers, Request, Stopping, Strategy as Chain, choose_to_stop,
    place, place_on, survey,
};
use proptest::prelude::*;

use crate::{
    cluster::{Cluster, instance},
    scene::{Change, NOW},
};

/// Nothing holds more than there is, and no port or GPU is held twice, beyond what was so before.
fn check_limits(cluster: &Cluster, id: InstanceId, needs: &Resources) -> Result<(), TestCaseError> {
    let (instance, usage) = cluster.instance(id).expect("invariant: it was chosen");
    let (has, held) = (&instance.registered, &usage.held);
    // A random cluster may begin overfull; then only what asks for nothing may come.
    prop_assert!(needs.cpu_units == 0 || held.cpu_units <= has.cpu_units);
    prop_assert!(needs.memory_mib == 0 || held.memory_mib <= has.memory_mib);
    let live = cluster.tasks.iter().filter(|t| t.container_instance == Some(id) && t.is_live());
    let mut seen = BTreeSet::new();
    for task in live {
        for gpu in &task.reserved.gpus {
            prop_assert!(instance.registered.gpus.contains(gpu));
            prop_assert!(seen.insert(gpu.clone()), "{gpu} is held twice");
        }
        for port in task.reserved.tcp_ports.iter().map(|p| format!("tcp {p}")) {
            prop_assert!(seen.insert(port.clone()), "{port} is held twice");
        }
        for port in task.reserved.udp_ports.iter().map(|p| format!("udp {p}")) {
            prop_assert!(seen.insert(port.clone()), "{port} is held twice");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_choice_is_one_of_the_equally_good(
        cluster in scene::cluster(),
        request in scene::request(),
        seed in any::<u64>(),
    ) {
        let best = oracle::best(&cluster, &request);
        match place(&cluster, &request, seed) {
            Ok(placement) => prop_assert!(best.contains(&placement.instance), "{best:?}"),
            Err(explanation) => {
                prop_assert!(best.is_empty(), "{best:?} fit, but: {explanation}");
                let told: Vec<_> = explanation.instances.iter().map(|out| out.instance).collect();
                let mut all: Vec<_> = cluster.instances().map(|(i, _)| i.id).collect();
                all.sort();
                prop_assert_eq!(told, all);
            }
        }
    }

    #[test]
    fn a_survey_agrees_with_the_placement_and_covers_every_instance(
        cluster in scene::cluster(),
        request in scene::request(),
        seed in any::<u64>(),
    ) {
        let survey = survey(&cluster, &request, seed);
        let placed = place(&cluster, &request, seed);
        prop_assert_eq!(survey.chosen, placed.as_ref().ok().map(|placement| placement.instance));
        let best = oracle::best(&cluster, &request);
        prop_assert_eq!(survey.instances.len(), cluster.instances.len());
        for (id, outcome) in &survey.instances {
            let (instance, _) = cluster.instance(*id).unwrap();
            let Outcome::Fits { scores, lost_at } = outcome else {
                prop_assert!(!oracle::fits(&cluster, &request, instance));
                continue;
            };
            prop_assert!(oracle::fits(&cluster, &request, instance));
            if let (Ok(placement), Some(chosen)) = (&placed, survey.chosen) {
                prop_assert!(*id != chosen || *scores == placement.why);
            }
            if !request.strategies.contains(&Chain::Random) {
                prop_assert_eq!(lost_at.is_none(), best.contains(id));
            }
        }
    }

    #[test]
    fn a_named_instance_takes_what_fits_it_and_no_other(
        cluster in scene::cluster(),
        request in scene::request(),
    ) {
        for (instance, usage) in cluster.instances() {
            match place_on(&cluster, &request, instance.id) {
                Ok(placement) => {
                    prop_assert!(oracle::fits(&cluster, &request, instance));
                    let gpus = &placement.reserved.gpus;
                    prop_assert_eq!(gpus.len(), request.needs.gpus.len());
                    prop_assert!(gpus.is_subset(&instance.registered.gpus));
                    prop_assert!(gpus.is_disjoint(&usage.held.gpus));
                }
                Err(_) => prop_assert!(!oracle::fits(&cluster, &request, instance)),
            }
        }
        let gone = place_on(&cluster, &request, InstanceId(7)).map_err(|obstacle| obstacle.reason());
        prop_assert_eq!(gone, Err("INACTIVE"));
    }

    #[test]
    fn the_order_of_instances_does_not_matter(
        cluster in scene::cluster(),
        request in scene::request(),
        seed in any::<u64>(),
        turn in any::<prop::sample::Index>(),
    ) {
        let mut other = cluster.clone();
        other.instances.reverse();
        let half = turn.index(other.instances.len().max(1));
        other.instances.rotate_left(half);
        prop_assert_eq!(place(&cluster, &request, seed), place(&other, &request, seed));
    }

    #[test]
    fn a_life_of_changes_never_breaks_a_limit(
        mut cluster in scene::cluster(),
        requests in prop::collection::vec(scene::request(), 1..5),
        changes in prop::collection::vec(scene::change(), 0..60),
    ) {
        for change in changes {
            let Change::Place { request, seed } = change else {
                cluster.apply(&change);
                continue;
            };
            let request = &requests[request % requests.len()];
            let Ok(placement) = place(&cluster, request, seed) else { continue };
            let (chosen, _) = cluster.instance(placement.instance).unwrap();
            prop_assert!(oracle::fits(&cluster, request, chosen));
            cluster.accept(&placement, &request.peers, scene::group_of(request));
            check_limits(&cluster, placement.instance, &request.needs)?;
        }
    }

    #[test]
    fn an_overlay_answers_like_the_cluster_with_the_tasks_in_it(
        mut cluster in scene::cluster(),
        requests in prop::collection::vec(scene::request(), 1..8),
        seed in any::<u64>(),
    ) {
        let base = cluster.clone();
        let mut overlay = Overlay::new(&base);
        for request in &requests {
            let on_overlay = place(&overlay, request, seed);
            prop_assert_eq!(&on_overlay, &place(&cluster, request, seed));
            if let Ok(placement) = on_overlay {
                let group = scene::group_of(request);
                overlay.add(&placement, &request.peers, group);
                let id = cluster.accept(&placement, &request.peers, group);
                // The overlay's tasks are on their way; those of the test cluster run.
                cluster.tasks.iter_mut().find(|task| task.id == id).unwrap().last_status =
                    model::TaskStatus::Pending;
                cluster.count();
            }
        }
    }

    #[test]
    fn those_that_leave_are_those_that_the_rules_put_first(
        cluster in scene::cluster(),
        strategies in scene::chain(),
        count in 0_usize..8,
        split in any::<u32>(),
        seed in any::<u64>(),
    ) {
        let wanted = cluster.tasks.iter().filter(|task| task.is_wanted());
        let (tasks, staying): (Vec<&Task>, Vec<&Task>) =
            wanted.partition(|task| split >> (task.id.0 % 32) & 1 == 1);
        let stopping =
            Stopping { tasks: &tasks, staying: &staying, strategies: &strategies, count, now: NOW, seed };
        let chosen = choose_to_stop(&cluster, &stopping);
        prop_assert!(oracle::may_stop(&cluster, &stopping, &chosen), "{chosen:?}");
        let mut reversed = tasks.clone();
        reversed.reverse();
        let stopping = Stopping { tasks: &reversed, ..stopping };
        prop_assert_eq!(choose_to_stop(&cluster, &stopping), chosen);
    }
}

/// Under `random`, and where nothing decides, every instance is as likely as any other.
#[test]
fn the_seed_is_fair() {
    let mut cluster = Cluster::default();
    for id in 1..=5 {
        let one = instance(InstanceId(id), Resources::new(100, 100));
        cluster.instances.push((one, model::Usage::default()));
    }
    for strategies in [vec![], vec![Chain::Random]] {
        let request = Request {
            needs: Resources::new(1, 1),
            requires_attributes: vec![],
            constraints: vec![],
            strategies,
            peers: Peers::Group("a".into()),
            launch_type: LaunchType::Ec2,
        };
        let mut chosen: BTreeMap<InstanceId, u32> = BTreeMap::new();
        for seed in 0..5_000 {
            let placement = place(&cluster, &request, seed).unwrap();
            *chosen.entry(placement.instance).or_default() += 1;
        }
        assert!(chosen.values().all(|count| (900..=1100).contains(count)), "{chosen:?}");
    }
}
