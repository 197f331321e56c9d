//! Whole rollouts where nothing goes wrong, frame by frame.

use alloc::{format, string::String, vec, vec::Vec};
use proptest::prelude::*;

use super::world::{World, cases, service};
use crate::{Phase, Waiting};

/// Rolls `world` to a new revision; the wanted tasks old+new after each plan that moved something,
/// then `stuck` if it did not complete.
fn frames(world: &mut World) -> String {
    world.deploy();
    let mut frames = vec![world.frame()];
    loop {
        let plan = world.step();
        if frames.last() != Some(&world.frame()) {
            frames.push(world.frame());
        }
        if !world.arrive() && plan.is_empty() {
            break;
        }
    }
    if !world.is_completed() {
        frames.push("stuck".into());
    }
    frames.join(" ")
}

/// `DESIRED at MIN/MAX: FRAMES`, one a line.
#[test]
fn rollouts_go_frame_by_frame_as_documented() {
    for line in include_str!("frames.txt").lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (case, expected) = line.split_once(": ").unwrap();
        let words: Vec<&str> = case.split([' ', '/']).collect();
        let [desired, _, min, max] = words[..] else { panic!("{line}") };
        let number = |text: &str| text.parse::<u32>().unwrap();
        for has_health_check in [true, false] {
            let mut world = World::new(service(number(desired), number(min), number(max)));
            world.has_health_check = has_health_check;
            world.deploy();
            world.finish();
            assert_eq!(frames(&mut world), expected.trim(), "{case}");
        }
    }
}

#[test]
fn a_rollout_tells_what_ecs_tells() {
    let mut world = World::steady(service(1, 100, 200));
    world.deploy();
    world.finish();
    let task = |n: u128| format!("(task {n:032x})");
    assert_eq!(
        world.told,
        [
            format!("(service web) has started 1 tasks: {}.", task(2)),
            format!("(service web) has stopped 1 running tasks: {}.", task(1)),
            "(service web) (deployment ecs-svc/2) deployment completed.".into(),
            "(service web) has reached a steady state.".into(),
        ]
    );
    assert_eq!(world.primary().rollout_state_reason, "ECS deployment ecs-svc/2 completed.");
}

#[test]
fn a_blocked_rollout_says_so_once() {
    let mut world = World::steady(service(3, 100, 125));
    world.deploy();
    let plan = world.finish();
    assert_eq!(plan.waiting, Some(Waiting::Percentages { healthy_min: 3, task_max: 3 }));
    world.finish();
    assert_eq!(
        world.told,
        [
            "(service web) was unable to stop or start tasks during a deployment because of the service \
         deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try \
         again."
        ]
    );
    world.service.deployment_configuration.maximum_percent = 150;
    world.finish();
    assert!(world.is_completed());
}

/// Rolls out and checks both limits at each instant.
fn roll_within_limits(desired: u32, min: u32, max: u32) -> (bool, World) {
    let mut world = World::new(service(desired, min, max));
    world.deploy();
    world.finish();
    let healthy_min = (desired * min).div_ceil(100).min(desired) as usize;
    let task_max = (desired * max / 100) as usize;
    world.deploy();
    loop {
        let plan = world.step();
        assert!(world.live() <= task_max, "more than {task_max}");
        let healthy = world.in_phase(Phase::Healthy).len();
        assert!(healthy >= healthy_min, "{healthy} of at least {healthy_min}");
        if !world.arrive() && plan.is_empty() {
            return (world.is_completed(), world);
        }
    }
}

fn can_finish(desired: u32, min: u32, max: u32) -> bool {
    desired == 0 || desired * max / 100 > desired || (desired * min).div_ceil(100) < desired
}

/// A rollout keeps both limits at each instant, and completes or says that no move is possible, as the
/// limits demand.
pub(super) fn check_rollout(desired: u32, min: u32, max: u32) {
    let (done, world) = roll_within_limits(desired, min, max);
    let expected = can_finish(desired, min, max);
    assert_eq!(done, expected, "{desired} at {min}/{max}");
    let is_stuck = matches!(world.plan().waiting, Some(Waiting::Percentages { .. }));
    assert_eq!(is_stuck, !expected, "{desired} at {min}/{max}");
}

#[test]
fn small_services_finish_whenever_the_percentages_allow_it() {
    for desired in 0..=6 {
        for min in (0..=200).step_by(5) {
            for max in (100..=400).step_by(10) {
                check_rollout(desired, min, max);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]
    #[test]
    fn any_service_finishes_whenever_the_percentages_allow_it(
        desired in 0..=200u32, min in 0..=200u32, max in 100..=400u32,
    ) {
        check_rollout(desired, min, max);
    }
}

/// The planner is called for every report of a task: its time must grow like the number of tasks.
#[test]
#[cfg(not(debug_assertions))]
fn a_large_service_is_planned_quickly() {
    let time = |desired| {
        let mut world = World::steady(service(desired, 50, 150));
        world.deploy();
        let view = world.view();
        let once = || {
            let began = std::time::Instant::now();
            let plan = crate::plan(&view, &crate::first);
            assert_eq!(plan.stops.len() as u32 + plan.start_count(), desired);
            began.elapsed().as_micros()
        };
        (0..5).map(|_| once()).min().unwrap()
    };
    let (small, large) = (time(1_000), time(10_000));
    std::println!("1,000 tasks: {small} µs, 10,000 tasks: {large} µs");
    assert!(large < small.max(100) * 40);
}
