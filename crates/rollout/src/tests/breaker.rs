//! Deployments that fail: the breaker's count and stages, rollback, back-off.

use alloc::{format, vec, vec::Vec};
use arn::DeploymentId;
use model::{
    BreakerThreshold, CircuitBreaker, DeploymentStatus, FailureCause, HealthStatus, RolloutState,
    StopCode, TaskStatus,
};

use super::world::{World, service};
use crate::{
    BACK_OFF_FIRST_MS, BACK_OFF_MAX_MS, Phase, SETTLE_DEFAULT_MS, Waiting, fail_deployment,
    failure_threshold,
};

fn with_breaker(desired: u32, rollback: bool) -> model::Service {
    let mut service = service(desired, 100, 150);
    service.deployment_configuration.circuit_breaker =
        CircuitBreaker { enable: true, rollback, ..CircuitBreaker::default() };
    service
}

/// Plans, and ends every PENDING task before it runs, until nothing is started any more, waiting out
/// the back-off; how many tasks were tried.
fn fail_starts(world: &mut World, limit: usize) -> usize {
    let mut tried = 0;
    while tried < limit {
        let plan = world.step();
        for id in world.in_phase(Phase::Stopping) {
            world.stopped(id);
        }
        let pending = world.in_phase(Phase::Pending);
        for id in &pending {
            if world.tasks[id].last_status == TaskStatus::Pending {
                world.stopped(*id);
                tried += 1;
            }
        }
        if plan.is_empty() && pending.is_empty() {
            match plan.next_at {
                Some(at) => world.now = at,
                None => break,
            }
        }
    }
    tried
}

fn id(number: u64) -> DeploymentId {
    DeploymentId::from_number(number)
}

#[test]
fn the_threshold_is_half_of_desired_count_between_3_and_200() {
    for (desired, expected) in [(0, 3), (1, 3), (6, 3), (7, 4), (25, 13), (400, 200), (800, 200)] {
        let breaker = CircuitBreaker::default();
        assert_eq!(failure_threshold(&breaker, desired), expected, "{desired}");
    }
}

#[test]
fn the_threshold_can_be_set() {
    use BreakerThreshold::{BoundedPercent, Count, UnboundedPercent};
    for (desired, threshold, expected) in [
        (400, Count(5), 5),
        (100, BoundedPercent(1), 3),
        (400, BoundedPercent(26), 104),
        (400, BoundedPercent(100), 200),
        (100, UnboundedPercent(1), 1),
        (400, UnboundedPercent(100), 400),
    ] {
        let breaker = CircuitBreaker { threshold, ..CircuitBreaker::default() };
        assert_eq!(failure_threshold(&breaker, desired), expected, "{threshold:?}");
    }
}

#[test]
fn a_revision_that_never_starts_is_rolled_back() {
    let mut world = World::steady(with_breaker(4, true));
    world.deploy();
    assert_eq!(fail_starts(&mut world, 100), 4, "two rounds of two reach the threshold of 3");
    world.finish();
    assert_eq!(world.primary().id, id(1));
    assert!(world.is_completed() && world.service.steady);
    assert_eq!(world.told, rollback_story());
}

fn rollback_story() -> Vec<alloc::string::String> {
    let task = |n: u128| format!("(task {n:032x})");
    vec![
        format!("(service web) has started 2 tasks: {} {}.", task(5), task(6)),
        format!("(service web) has started 2 tasks: {} {}.", task(7), task(8)),
        "(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.".into(),
        "(service web) rolling back to deployment ecs-svc/1.".into(),
        "(service web) (deployment ecs-svc/1) deployment completed.".into(),
        "(service web) has reached a steady state.".into(),
    ]
}

#[test]
fn a_rollback_shows_both_deployments_while_tasks_of_both_are_there() {
    let mut world = World::steady(with_breaker(4, true));
    world.deploy();
    world.step();
    for task in world.in_phase(Phase::Pending) {
        world.run(task);
        world.set_health(task, HealthStatus::Unhealthy);
    }
    assert_eq!(world.primary().failed_tasks, 2);
    while world.primary().id == id(2) {
        world.step();
        for task in world.in_phase(Phase::Stopping) {
            world.stopped(task);
        }
        for task in world.in_phase(Phase::Pending) {
            world.run(task);
            world.set_health(task, HealthStatus::Unhealthy);
        }
        assert_eq!(world.in_phase(Phase::Healthy).len(), 4);
    }
    let [revived, failed] = &world.service.deployments[..] else { panic!() };
    assert_eq!(
        (revived.status, revived.rollout_state),
        (DeploymentStatus::Primary, RolloutState::InProgress)
    );
    assert_eq!(
        revived.rollout_state_reason,
        "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1."
    );
    assert_eq!(
        (failed.status, failed.rollout_state),
        (DeploymentStatus::Active, RolloutState::Failed)
    );
    assert_eq!(
        failed.rollout_state_reason,
        "ECS deployment circuit breaker: tasks failed to start."
    );
    assert_eq!(failed.failed_tasks, 3);
    world.finish();
    assert!(world.is_completed());
    assert_eq!(world.primary().id, id(1));
}

#[test]
fn the_first_deployment_has_nothing_to_roll_back_to_and_stalls() {
    let mut world = World::new(with_breaker(4, true));
    world.deploy();
    assert_eq!(fail_starts(&mut world, 100), 4);
    assert_eq!(world.primary().rollout_state, RolloutState::Failed);
    let plan = world.plan();
    assert!(plan.is_empty());
    assert_eq!(plan.waiting, Some(Waiting::Failed));
}

#[test]
fn a_rollback_that_fails_too_stalls() {
    let mut world = World::steady(with_breaker(2, true));
    world.service.deployment_configuration.minimum_healthy_percent = 0;
    world.deploy();
    // The old tasks stop before the breaker trips; then they do not start again either.
    fail_starts(&mut world, 100);
    assert_eq!(world.primary().id, id(1), "rolled back");
    assert_eq!(world.primary().rollout_state, RolloutState::Failed);
    assert_eq!(world.plan().waiting, Some(Waiting::Failed));
    world.deploy();
    world.finish();
    assert!(world.is_completed(), "a new revision goes on");
}

#[test]
fn without_rollback_the_old_tasks_stay() {
    let mut world = World::steady(with_breaker(4, false));
    world.deploy();
    fail_starts(&mut world, 100);
    assert_eq!(world.frame(), "4+0");
    assert_eq!(world.primary().rollout_state, RolloutState::Failed);
    assert_eq!(world.plan().waiting, Some(Waiting::Failed));
}

#[test]
fn without_a_breaker_it_goes_on_for_ever_ever_more_slowly() {
    let mut world = World::steady(service(1, 100, 200));
    world.deploy();
    let began = world.now;
    fail_starts(&mut world, 14);
    let retry_at = world.service.throttle.retry_at.unwrap();
    assert_eq!(retry_at.ms_since(world.now), BACK_OFF_MAX_MS);
    let doubled = (0..11).map(|step| BACK_OFF_FIRST_MS << step).sum::<i64>();
    assert_eq!(world.now.ms_since(began), doubled + 2 * BACK_OFF_MAX_MS);
    assert_eq!(world.primary().rollout_state, RolloutState::InProgress);
    assert_eq!(world.primary().failed_tasks, 14);
    let told = "(service web) is unable to consistently start tasks successfully.";
    assert_eq!(world.told.iter().filter(|event| *event == told).count(), 1);

    world.deploy();
    assert_eq!(world.plan().start_count(), 1, "a new task definition is tried at once");
}

#[test]
fn tasks_that_fail_together_are_one_step_of_the_back_off() {
    let mut world = World::new(service(20, 100, 200));
    world.deploy();
    fail_starts(&mut world, 20);
    assert_eq!(world.service.throttle.failure_count, 1);
    assert_eq!(world.service.throttle.retry_at, Some(world.now.plus_ms(BACK_OFF_FIRST_MS)));
}

#[test]
fn tasks_that_end_after_they_ran_are_not_throttled() {
    let mut world = World::new(service(1, 100, 200));
    world.has_health_check = false;
    world.deploy();
    for _ in 0..10 {
        world.step();
        let task = world.in_phase(Phase::Pending)[0];
        world.run(task);
        world.stopped(task);
    }
    assert_eq!(world.plan().start_count(), 1);
}

#[test]
fn tasks_that_exit_at_once_trip_the_breaker_though_they_were_seen_running() {
    for has_health_check in [true, false] {
        let mut world = World::steady(with_breaker(2, true));
        let old = world.primary().id.clone();
        world.has_health_check = has_health_check;
        world.deploy();
        for count in 1..=3 {
            world.step();
            let task = world.in_phase(Phase::Pending)[0];
            world.run(task);
            world.stopped(task);
            if count < 3 {
                assert_eq!(world.primary().failed_tasks, count);
            }
        }
        assert_eq!(world.primary().id, old, "it is rolled back");
    }
}

#[test]
fn tasks_that_were_healthy_may_end_without_a_failure() {
    for has_health_check in [true, false] {
        let mut world = World::new(with_breaker(1, true));
        world.has_health_check = has_health_check;
        world.deploy();
        world.finish();
        let task = world.in_phase(Phase::Healthy)[0];
        world.stopped(task);
        assert_eq!(world.primary().failed_tasks, 0);
    }
}

#[test]
fn a_task_that_runs_ends_the_back_off() {
    let mut world = World::new(service(2, 100, 200));
    world.deploy();
    world.step();
    let [one, two] = world.in_phase(Phase::Pending)[..] else { panic!() };
    world.stopped(one);
    assert_eq!(world.plan().start_count(), 0);
    world.run(two);
    assert_eq!(world.plan().start_count(), 1);
}

#[test]
fn tasks_stopped_by_others_are_no_failures() {
    for code in
        [StopCode::UserInitiated, StopCode::ServiceSchedulerInitiated, StopCode::SpotInterruption]
    {
        let mut world = World::new(with_breaker(1, true));
        world.deploy();
        for _ in 0..5 {
            world.step();
            let task = world.in_phase(Phase::Pending)[0];
            world.tasks.get_mut(&task).unwrap().stop_code = Some(code);
            world.stopped(task);
        }
        assert_eq!(world.primary().failed_tasks, 0, "{code}");
        assert_eq!(world.service.throttle.failure_count, 0, "{code}");
    }
}

#[test]
fn whatever_fails_before_it_was_healthy_counts_once() {
    let mut world = World::new(with_breaker(3, true));
    world.deploy();
    world.step();
    let [one, two, three] = world.in_phase(Phase::Pending)[..] else { panic!() };
    world.stopped(one);
    assert_eq!(world.primary().failed_tasks, 1);
    world.run(two);
    assert_eq!(world.primary().failed_tasks, 1, "it runs, but is not healthy yet");
    world.stopped(three);
    assert_eq!(world.primary().failed_tasks, 2, "also after another one ran");
    world.set_health(two, HealthStatus::Healthy);
    assert_eq!(world.primary().failed_tasks, 0);
    world.set_health(two, HealthStatus::Unhealthy);
    assert_eq!(world.primary().failed_tasks, 1);
    world.stopped(two);
    assert_eq!(world.primary().failed_tasks, 1, "counted once");
}

#[test]
fn the_count_can_be_kept_when_a_task_becomes_healthy() {
    let mut service = with_breaker(3, true);
    service.deployment_configuration.circuit_breaker.reset_on_healthy_task = false;
    let mut world = World::new(service);
    world.deploy();
    world.step();
    let [one, two, _] = world.in_phase(Phase::Pending)[..] else { panic!() };
    world.stopped(one);
    world.run(two);
    world.set_health(two, HealthStatus::Healthy);
    assert_eq!(world.primary().failed_tasks, 1);
}

#[test]
fn without_a_health_check_a_task_that_settles_resets_the_count() {
    let mut world = World::new(with_breaker(2, true));
    world.has_health_check = false;
    world.deploy();
    world.step();
    let [one, two] = world.in_phase(Phase::Pending)[..] else { panic!() };
    world.stopped(one);
    assert_eq!(world.primary().failed_tasks, 1);
    world.run(two);
    world.step();
    assert_eq!(world.primary().failed_tasks, 1, "it runs, but is not healthy yet");
    world.now = world.now.plus_ms(SETTLE_DEFAULT_MS);
    world.step();
    assert_eq!(world.primary().failed_tasks, 0);
}

#[test]
fn a_task_unhealthy_in_its_grace_period_counts_when_it_is_stopped_for_it() {
    let mut service = with_breaker(1, true);
    service.health_check_grace_period_s = Some(60);
    let mut world = World::new(service);
    world.deploy();
    world.step();
    let task = world.in_phase(Phase::Pending)[0];
    world.run(task);
    world.set_health(task, HealthStatus::Unhealthy);
    assert_eq!(world.primary().failed_tasks, 0);
    let plan = world.step();
    assert_eq!(plan.next_at, Some(world.now.plus_ms(60_000)));
    world.now = plan.next_at.unwrap();
    let plan = world.step();
    assert_eq!(plan.stops.len(), 1, "150 % of 1 leaves no room for a replacement first");
    world.stopped(task);
    assert_eq!(world.primary().failed_tasks, 1);
}

#[test]
fn a_completed_deployment_fails_no_more() {
    let mut world = World::steady(with_breaker(2, true));
    for task in world.in_phase(Phase::Healthy) {
        world.stopped(task);
    }
    fail_starts(&mut world, 12);
    assert_eq!(world.primary().rollout_state, RolloutState::Completed);
    assert!(world.service.throttle.failure_count > 2);
}

#[test]
fn an_alarm_can_fail_a_deployment() {
    let mut world = World::steady(service(2, 100, 200));
    world.deploy();
    world.step();
    let now = world.now;
    let told = fail_deployment(&mut world.service, FailureCause::Alarm, true, now);
    assert_eq!(told.len(), 2);
    world.finish();
    assert_eq!(world.primary().id, id(1));
    assert!(world.is_completed());
    assert!(fail_deployment(&mut world.service, FailureCause::Alarm, true, now).is_empty());
}
