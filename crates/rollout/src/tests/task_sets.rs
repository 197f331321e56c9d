//! Task sets of the EXTERNAL deployment controller.

use alloc::{format, string::String, vec, vec::Vec};
use arn::{DeploymentId, InstanceId, TaskDefinitionId};
use model::{
    DeploymentController, HealthStatus, LaunchType, Scale, ServiceStatus, StabilityStatus, TaskSet,
    TaskSetStatus, Timestamp,
};
use proptest::prelude::{any, proptest};

use super::world::{World, cases, service};
use crate::{Host, Phase, StopCause, Waiting, steady_again_at};

const A: u64 = 1;
const B: u64 = 2;

fn id(number: u64) -> DeploymentId {
    DeploymentId::from_number(number)
}

fn task_set(number: u64, percent: f64) -> TaskSet {
    TaskSet {
        id: id(number),
        status: TaskSetStatus::Active,
        task_definition: TaskDefinitionId { family: "web".parse().unwrap(), revision: 1 },
        launch_type: LaunchType::Ec2,
        scale: Scale::from_percent(percent).unwrap(),
        stability: StabilityStatus::Stabilizing,
        stability_at: Timestamp(0),
        external_id: None,
        client_token: None,
        creation_fingerprint: String::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
        tags: vec![],
    }
}

/// A service of `desired` tasks with task sets A, B and so on of these percentages.
fn world(desired: u32, percents: &[f64]) -> World {
    let mut service = service(desired, 100, 200);
    service.deployment_controller = DeploymentController::External;
    service.task_sets = (A..).zip(percents).map(|(number, p)| task_set(number, *p)).collect();
    World::new(service)
}

fn steady(desired: u32, percents: &[f64]) -> World {
    let mut world = world(desired, percents);
    world.finish();
    assert!(world.service.steady, "{:?}", world.service.task_sets);
    world.told.clear();
    world
}

fn set(world: &mut World, number: u64) -> &mut TaskSet {
    world.service.task_sets.iter_mut().find(|set| set.id == id(number)).unwrap()
}

/// Starts and stops as `set+count` and `set-count`.
fn moves(world: &mut World) -> Vec<String> {
    let plan = world.step();
    let mut told: Vec<_> =
        plan.starts.iter().map(|s| format!("{}+{}", s.deployment.number(), s.count)).collect();
    for set in [A, B] {
        let count = plan.stops.iter().filter(|stop| stop.deployment == id(set)).count();
        if count > 0 {
            told.push(format!("{set}-{count}"));
        }
    }
    told
}

fn counts(world: &World) -> Vec<usize> {
    let of = |set: &TaskSet| {
        let own = world.tasks.values().filter(|task| task.is_live());
        own.filter(|task| task.owner.as_ref().unwrap().deployment == set.id).count()
    };
    world.service.task_sets.iter().map(of).collect()
}

#[test]
fn each_task_set_is_brought_to_its_part_of_the_desired_count() {
    let mut world = world(4, &[100.0, 30.0, 0.0]);
    assert_eq!(moves(&mut world), ["1+4", "2+2"]);
    world.finish();
    assert_eq!(counts(&world), [4, 2, 0]);
    let told = world.told.last().unwrap();
    assert_eq!(told, "(service web) has reached a steady state.");
    let is_steady = |set: &TaskSet| set.stability == StabilityStatus::SteadyState;
    assert!(world.service.task_sets.iter().all(is_steady));
    assert_eq!(world.service.desired_count, 4);
    assert!(world.service.deployments.is_empty());
}

#[test]
fn a_task_set_is_stable_once_its_tasks_are_healthy() {
    let mut world = world(1, &[100.0]);
    world.step();
    world.run(world.in_phase(Phase::Pending)[0]);
    assert!(world.step().is_empty());
    assert_eq!(set(&mut world, A).stability, StabilityStatus::Stabilizing);
    world.set_health(world.in_phase(Phase::Warming)[0], HealthStatus::Healthy);
    let now = world.now;
    world.step();
    assert_eq!(set(&mut world, A).stability, StabilityStatus::SteadyState);
    assert_eq!(set(&mut world, A).stability_at, now);
}

#[test]
fn scale_and_desired_count_move_what_exists() {
    let mut world = steady(4, &[100.0, 50.0]);
    set(&mut world, A).scale = Scale::from_percent(25.0).unwrap();
    assert_eq!(moves(&mut world), ["1-3"]);
    assert_eq!(set(&mut world, A).stability, StabilityStatus::Stabilizing);
    assert_eq!(set(&mut world, B).stability, StabilityStatus::SteadyState);
    world.finish();
    world.service.desired_count = 6;
    assert_eq!(moves(&mut world), ["1+1", "2+1"]);
    world.finish();
    assert_eq!(counts(&world), [2, 3]);
}

#[test]
fn a_deleted_task_set_drains_and_goes() {
    let mut world = steady(3, &[100.0, 100.0]);
    set(&mut world, A).status = TaskSetStatus::Draining;
    let plan = world.step();
    assert_eq!(plan.stops.len(), 3);
    assert!(plan.stops.iter().all(|stop| stop.cause == StopCause::TaskSetDeleted));
    assert_eq!(
        plan.stops[0].stopped_reason(),
        "Scaling activity initiated by (deployment ecs-svc/1)"
    );
    assert_eq!(counts(&world), [3, 3], "it is shown while its tasks stop");
    world.finish();
    assert_eq!(counts(&world), [3]);
    assert_eq!(world.service.task_sets[0].id, id(B));
    assert!(world.service.steady);
}

#[test]
fn a_protected_task_keeps_a_deleted_task_set() {
    let mut world = steady(2, &[100.0]);
    let kept = world.in_phase(Phase::Healthy)[0];
    let until = world.now.plus_ms(60_000);
    world.tasks.get_mut(&kept).unwrap().protected_until = Some(until);
    set(&mut world, A).status = TaskSetStatus::Draining;
    set(&mut world, A).scale = Scale::NONE;
    assert_eq!(moves(&mut world), ["1-1"]);
    world.arrive();
    let plan = world.step();
    assert_eq!(plan.waiting, Some(Waiting::Protected { tasks: 1, until }));
    assert_eq!(plan.next_at, Some(until));
    assert!(world.told.last().unwrap().contains("task set (ecs-svc/1) was unable to scale in"));
    world.finish();
    assert_eq!(counts(&world), [0; 0]);
}

#[test]
fn an_unhealthy_task_is_replaced_within_its_task_set() {
    let mut world = steady(2, &[100.0, 50.0]);
    let sick = world.in_phase(Phase::Healthy)[0];
    world.set_health(sick, HealthStatus::Unhealthy);
    assert_eq!(moves(&mut world), ["1+1"], "its replacement comes first");
    assert_eq!(set(&mut world, A).stability, StabilityStatus::Stabilizing);
    world.finish();
    assert_eq!(counts(&world), [2, 1]);
    assert!(!world.tasks[&sick].is_wanted());
}

/// Where another task set cannot start its tasks, that is no reason to keep an unhealthy one.
#[test]
fn without_room_an_unhealthy_task_gives_way_whatever_other_task_sets_do() {
    let mut world = steady(1, &[100.0]);
    world.service.deployment_configuration.maximum_percent = 100;
    world.service.task_sets.push(task_set(B, 100.0));
    world.service.throttle.retry_at = Some(world.now.plus_ms(1_000));
    let sick = world.in_phase(Phase::Healthy)[0];
    world.set_health(sick, HealthStatus::Unhealthy);
    assert_eq!(moves(&mut world), ["1-1"]);
    world.finish();
    assert_eq!(counts(&world), [1, 1]);
}

#[test]
fn tasks_leave_a_draining_instance_once_their_successors_are_healthy() {
    let mut world = world(2, &[100.0]);
    world.hosts.insert(InstanceId(1), (Host::default(), None));
    world.finish();
    world.hosts.insert(InstanceId(1), (Host { draining: true, disconnected: false }, None));
    world.hosts.insert(InstanceId(2), (Host::default(), None));
    assert_eq!(moves(&mut world), ["1+2"]);
    world.arrive();
    assert_eq!(moves(&mut world), ["1-2"]);
    world.finish();
    assert!(world.service.steady);
}

#[test]
fn percentages_that_allow_no_move_are_told_once() {
    let mut world = world(1, &[100.0]);
    world.service.deployment_configuration.maximum_percent = 100;
    world.hosts.insert(InstanceId(1), (Host::default(), None));
    world.finish();
    world.told.clear();
    world.hosts.insert(InstanceId(1), (Host { draining: true, disconnected: false }, None));
    let plan = world.step();
    assert_eq!(plan.waiting, Some(Waiting::Percentages { healthy_min: 1, task_max: 1 }));
    assert!(world.told[0].contains("was unable to stop or start tasks"), "{:?}", world.told);
    world.step();
    assert_eq!(world.told.len(), 1);
}

#[test]
fn tasks_that_fail_to_start_are_spaced_out() {
    let mut world = world(2, &[100.0]);
    world.step();
    for task in world.in_phase(Phase::Pending) {
        world.stopped(task);
    }
    let plan = world.step();
    assert!(plan.starts.is_empty());
    assert!(matches!(plan.waiting, Some(Waiting::Throttled { .. })), "{plan:?}");
    world.now = plan.next_at.unwrap();
    assert_eq!(moves(&mut world), ["1+2"]);
}

#[test]
fn a_service_goes_with_its_task_sets() {
    let mut world = steady(1, &[100.0, 100.0]);
    world.service.status = ServiceStatus::Draining;
    world.finish();
    assert_eq!(world.service.status, ServiceStatus::Inactive);
    assert!(world.service.task_sets.is_empty());
}

#[test]
fn a_service_without_task_sets_says_that_it_waits_for_one() {
    let mut world = world(5, &[]);
    let plan = world.step();
    assert!(plan.is_empty(), "{plan:?}");
    assert_eq!(plan.waiting, Some(Waiting::NoTaskSet));
    assert!(!world.service.steady);
    world.service.task_sets.push(task_set(A, 100.0));
    assert_eq!(moves(&mut world), ["1+5"]);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_part_is_rounded_up(desired in 0..=5_000_u32, thousandths in 0..=100_000_u32) {
        let percent: f64 = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000).parse().unwrap();
        let count = task_set(A, percent).computed_desired_count(desired);
        let exact = u64::from(desired) * u64::from(thousandths);
        assert_eq!(u64::from(count), exact.div_ceil(100_000), "{percent}");
    }

    /// Whatever scales, percentages and counts come one after another: the task sets get there.
    #[test]
    fn every_change_ends_steady(
        min in 0..=100_u32,
        max in 100..=300_u32,
        changes in proptest::collection::vec((0..=9_u32, 0..=100_u32, any::<bool>()), 1..5),
    ) {
        let mut world = world(3, &[50.0]);
        world.service.deployment_configuration.minimum_healthy_percent = min;
        world.service.deployment_configuration.maximum_percent = max;
        for (number, (desired, percent, deletes)) in (B..).zip(changes) {
            world.service.desired_count = desired;
            if deletes {
                world.service.task_sets[0].status = TaskSetStatus::Draining;
            }
            world.service.task_sets.push(task_set(number, f64::from(percent)));
            world.step();
            world.arrive();
        }
        world.finish();
        let want: Vec<_> = world.service.task_sets.iter()
            .map(|set| set.computed_desired_count(world.service.desired_count) as usize).collect();
        assert_eq!(counts(&world), want);
        assert!(world.service.steady);
    }
}

#[test]
fn a_service_of_task_sets_at_rest_says_every_six_hours_that_it_is_steady() {
    let mut world = steady(2, &[100.0]);
    let again = steady_again_at(&world.service).unwrap();
    assert_eq!(again, world.now.plus_ms(6 * 3_600_000));
    world.now = again;
    world.finish();
    assert_eq!(world.told, ["(service web) has reached a steady state."]);
}
