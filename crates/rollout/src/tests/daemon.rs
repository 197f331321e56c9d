//! DAEMON services.

use alloc::{string::String, vec::Vec};
use arn::InstanceId;
use model::{HealthStatus, SchedulingStrategy};

use super::world::{World, service};
use crate::{Destination, Host, Phase, Waiting};

fn daemon(hosts: u128, min: u32, max: u32) -> World {
    let mut service = service(0, min, max);
    service.scheduling_strategy = SchedulingStrategy::Daemon;
    let mut world = World::new(service);
    for host in 1..=hosts {
        world.hosts.insert(InstanceId(host), (Host::default(), None));
    }
    world.deploy();
    world.finish();
    assert!(world.service.steady);
    world.told.clear();
    world
}

/// The wanted tasks of each instance, `o`ld and `n`ew.
fn places(world: &World) -> String {
    let primary = &world.primary().id;
    let mut places = Vec::new();
    for host in world.hosts.keys() {
        let here = world.tasks.values().filter(|t| t.is_wanted());
        let here = here.filter(|t| t.container_instance == Some(*host));
        let is_new = |deployment| if deployment == primary { 'n' } else { 'o' };
        let mut marks: Vec<_> =
            here.map(|t| is_new(&t.owner.as_ref().unwrap().deployment)).collect();
        marks.sort_unstable_by(|a, b| b.cmp(a));
        places.push(if marks.is_empty() { "-".into() } else { marks.iter().collect::<String>() });
    }
    places.join(" ")
}

fn frames(world: &mut World) -> Vec<String> {
    world.deploy();
    let mut frames = Vec::new();
    loop {
        let plan = world.step();
        if frames.last() != Some(&places(world)) {
            frames.push(places(world));
        }
        if !world.arrive() && plan.is_empty() {
            return frames;
        }
    }
}

#[test]
fn each_eligible_instance_gets_one_task() {
    let mut world = daemon(3, 0, 100);
    assert_eq!(places(&world), "n n n");
    assert_eq!(world.service.desired_count, 3);
    world.hosts.insert(InstanceId(9), (Host::default(), None));
    let plan = world.step();
    assert_eq!(plan.starts.len(), 1);
    assert_eq!(plan.starts[0].to, Destination::Instance(InstanceId(9)));
    world.finish();
    assert_eq!(places(&world), "n n n n");
    assert!(world.service.steady);
}

#[test]
fn the_default_percentages_stop_all_before_they_start() {
    let mut world = daemon(3, 0, 100);
    assert_eq!(frames(&mut world), ["- - -", "n n n"]);
    assert!(world.is_completed());
}

#[test]
fn a_minimum_goes_instance_by_instance() {
    let mut world = daemon(4, 50, 100);
    assert_eq!(frames(&mut world), ["- - o o", "n n o o", "n n - -", "n n n n"]);
}

#[test]
fn a_maximum_above_100_starts_beside_the_old_task() {
    let mut world = daemon(2, 100, 150);
    assert_eq!(frames(&mut world), ["on o", "n o", "n on", "n n"]);
    assert!(world.is_completed());
}

#[test]
fn both_at_100_cannot_move() {
    let mut world = daemon(2, 100, 100);
    assert_eq!(frames(&mut world), ["o o"]);
    let waiting = world.plan().waiting;
    assert_eq!(waiting, Some(Waiting::Percentages { healthy_min: 2, task_max: 2 }));
}

#[test]
fn an_instance_that_drains_or_leaves_loses_its_task() {
    let mut world = daemon(3, 100, 100);
    world.hosts.get_mut(&InstanceId(2)).unwrap().0.draining = true;
    let plan = world.step();
    assert_eq!((plan.stops.len(), plan.start_count()), (1, 0));
    world.finish();
    assert_eq!(places(&world), "n - n");
    assert_eq!(world.service.desired_count, 2);
    world.hosts.remove(&InstanceId(1));
    world.finish();
    assert_eq!(places(&world), "- n");
    assert!(world.service.steady);
}

#[test]
fn a_task_that_ends_is_started_again_on_its_instance() {
    let mut world = daemon(2, 0, 100);
    let task = world.in_phase(Phase::Healthy)[1];
    world.stopped(task);
    let plan = world.step();
    assert_eq!(plan.starts[0].to, Destination::Instance(InstanceId(2)));
}

#[test]
fn unhealthy_tasks_give_way_one_at_a_time() {
    let mut world = daemon(3, 0, 100);
    for task in world.in_phase(Phase::Healthy) {
        world.set_health(task, HealthStatus::Unhealthy);
    }
    for left in [2, 1, 0] {
        let plan = world.step();
        assert_eq!(plan.stops.len(), 1);
        assert_eq!(world.plan().stops.len(), 0);
        world.arrive();
        world.step();
        assert_eq!(world.in_phase(Phase::Unhealthy).len(), left);
        world.arrive();
    }
    world.finish();
    assert!(world.service.steady);
}

#[test]
fn an_unhealthy_task_is_replaced_first_where_the_maximum_allows() {
    let mut world = daemon(2, 0, 150);
    let task = world.in_phase(Phase::Healthy)[0];
    world.set_health(task, HealthStatus::Unhealthy);
    let plan = world.step();
    assert_eq!((plan.start_count(), plan.stops.len()), (1, 0));
    assert_eq!(plan.starts[0].to, Destination::Instance(InstanceId(1)));
    world.arrive();
    let plan = world.step();
    assert_eq!(plan.stops.len(), 1);
    assert_eq!(plan.stops[0].task, task);
}

#[test]
fn a_cluster_without_instances_is_steady() {
    let world = daemon(0, 0, 100);
    assert_eq!(world.live(), 0);
}
