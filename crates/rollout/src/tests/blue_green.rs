//! BLUE_GREEN, LINEAR and CANARY: stage by stage, and whatever happens meanwhile.

use alloc::{format, string::String, string::ToString, vec, vec::Vec};
use arn::DeploymentId;
use model::{
    DeploymentStrategy, HealthStatus, HookTarget, LifecycleHook, LifecycleHookAction,
    LifecycleHookStatus, LifecycleStage, RolloutState, Service, ServiceDeployment,
    ServiceDeploymentStatus, TrafficSteps, TrafficWeights,
};
use proptest::prelude::*;

use super::world::{World, cases, service};
use crate::{HookAnswer, Phase, STAGE_MAX_MS, Waiting, answer_hook};

const MINUTE_MS: i64 = 60_000;

fn shifting(desired: u32, strategy: DeploymentStrategy) -> Service {
    let mut service = service(desired, 100, 100);
    service.deployment_configuration.strategy = strategy;
    service
}

/// A steady service whose BLUE_GREEN deployments these hooks hold.
fn held_by(desired_count: u32, hooks: Vec<LifecycleHook>) -> World {
    let mut service = shifting(desired_count, DeploymentStrategy::BlueGreen);
    service.deployment_configuration.lifecycle_hooks = hooks;
    World::steady_answering(service)
}

fn steps(step_permille: u32, bake_time_minutes: u32) -> TrafficSteps {
    TrafficSteps { step_permille, bake_time_minutes }
}

fn pause(stage: LifecycleStage) -> LifecycleHook {
    LifecycleHook {
        target: HookTarget::Pause,
        stages: vec![stage],
        timeout_minutes: 1_440,
        timeout_action: LifecycleHookAction::Rollback,
    }
}

fn lambda(stages: &[LifecycleStage]) -> LifecycleHook {
    LifecycleHook {
        target: HookTarget::AwsLambda {
            function_arn: "arn:aws:lambda:us-east-1:000000000000:function:check".into(),
            role_arn: "arn:aws:iam::000000000000:role/ecs".into(),
            details: None,
        },
        stages: stages.to_vec(),
        ..pause(LifecycleStage::PreScaleUp)
    }
}

fn newest(world: &World) -> &ServiceDeployment {
    world.service.service_deployment.as_ref().unwrap()
}

fn stage(world: &World) -> LifecycleStage {
    newest(world).lifecycle_stage
}

fn requested(world: &World) -> TrafficWeights {
    newest(world).shift.requested
}

/// The wanted tasks of the first revision (blue) and of the second.
fn sides(world: &World) -> (usize, usize) {
    let of = |number: u64| {
        let id = DeploymentId::from_number(number);
        let tasks = world.tasks.values().filter(|task| task.is_wanted());
        tasks.filter(|task| task.owner.as_ref().unwrap().deployment == id).count()
    };
    (of(1), of(2))
}

/// Steps and lets tasks arrive, without letting time pass for anything else, until nothing moves.
fn settle(world: &mut World) {
    for _ in 0..100 {
        let plan = world.step();
        assert!(world.plan().is_empty(), "not a fixpoint: {plan:?} then {:?}", world.plan());
        if !world.arrive() && plan.is_empty() {
            return;
        }
    }
    panic!("no rest: {:?}", world.plan());
}

/// `STAGE BLUE+GREEN production/test` after each plan that changed one of them.
fn frames(world: &mut World) -> Vec<String> {
    world.deploy();
    let mut frames: Vec<String> = vec![];
    for _ in 0..200 {
        let plan = world.step();
        let (blue, green) = sides(world);
        let weights = requested(world);
        let (production, test) = (weights.production_permille, weights.test_permille);
        let frame = format!("{} {blue}+{green} {production}/{test}", stage(world));
        if frames.last() != Some(&frame) {
            frames.push(frame);
        }
        if !world.arrive() && plan.is_empty() {
            match plan.next_at {
                Some(at) => world.now = at,
                None => return frames,
            }
        }
    }
    panic!("no end: {frames:?}");
}

fn answer(world: &mut World, answer: HookAnswer) {
    let open = newest(world).shift.hook_runs.iter().find(|run| run.is_open());
    let id = open.expect("a run of a hook is open").id.clone();
    let told = answer_hook(&mut world.service, &id, answer, world.now);
    world.told.extend(told);
}

#[test]
fn green_comes_whole_beside_blue_and_blue_goes_after_the_bake() {
    let mut service = shifting(4, DeploymentStrategy::BlueGreen);
    service.deployment_configuration.bake_time_minutes = 5;
    let mut world = World::steady(service);
    let began = world.now;
    assert_eq!(
        frames(&mut world),
        ["SCALE_UP 4+4 0/0", "BAKE_TIME 4+4 1000/1000", "CLEAN_UP 0+4 1000/1000"]
    );
    assert_eq!(world.now.ms_since(began), 5 * MINUTE_MS);
    assert!(world.is_completed() && world.service.steady);
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::Successful);
}

#[test]
fn a_canary_gets_a_little_and_then_all() {
    let mut service = shifting(2, DeploymentStrategy::Canary);
    service.deployment_configuration.traffic_steps = Some(steps(50, 10));
    let mut world = World::steady(service);
    let began = world.now;
    assert_eq!(
        frames(&mut world),
        ["SCALE_UP 2+2 0/0", "PRODUCTION_TRAFFIC_SHIFT 2+2 50/1000", "CLEAN_UP 0+2 1000/1000"]
    );
    assert_eq!(world.now.ms_since(began), 10 * MINUTE_MS);
    assert!(world.is_completed());
}

#[test]
fn linear_traffic_moves_in_equal_steps_and_does_not_wait_after_the_last() {
    let mut service = shifting(1, DeploymentStrategy::Linear);
    service.deployment_configuration.traffic_steps = Some(steps(400, 6));
    let mut world = World::steady(service);
    let began = world.now;
    assert_eq!(
        frames(&mut world),
        [
            "SCALE_UP 1+1 0/0",
            "PRODUCTION_TRAFFIC_SHIFT 1+1 400/1000",
            "PRODUCTION_TRAFFIC_SHIFT 1+1 800/1000",
            "CLEAN_UP 0+1 1000/1000"
        ]
    );
    assert_eq!(world.now.ms_since(began), 12 * MINUTE_MS);
}

#[test]
fn the_first_revision_has_nothing_to_bake_beside() {
    let mut service = shifting(2, DeploymentStrategy::Canary);
    service.deployment_configuration.traffic_steps = Some(steps(50, 10));
    service.deployment_configuration.bake_time_minutes = 30;
    let mut world = World::new(service);
    let began = world.now;
    world.deploy();
    world.finish();
    assert!(world.is_completed());
    assert_eq!(world.now, began);
}

#[test]
fn a_pause_holds_its_stage_until_somebody_continues() {
    let mut world = held_by(
        2,
        vec![pause(LifecycleStage::PostTestTrafficShift), pause(LifecycleStage::PreScaleUp)],
    );
    world.deploy();
    settle(&mut world);
    assert_eq!((stage(&world), sides(&world)), (LifecycleStage::PreScaleUp, (2, 0)));
    answer(&mut world, HookAnswer::Succeeded);
    settle(&mut world);
    assert_eq!((stage(&world), sides(&world)), (LifecycleStage::PostTestTrafficShift, (2, 2)));
    assert_eq!(requested(&world), TrafficWeights { production_permille: 0, test_permille: 1_000 });
    let run = newest(&world).shift.hook_runs[0].clone();
    assert_eq!(run.status, LifecycleHookStatus::AwaitingAction);
    let plan = world.plan();
    let waiting = Waiting::Hooks { stage: run.stage, ids: vec![run.id], until: run.expires_at };
    assert_eq!((plan.waiting, plan.next_at), (Some(waiting), Some(run.expires_at)));
    answer(&mut world, HookAnswer::Succeeded);
    settle(&mut world);
    assert!(world.is_completed());
    let last = newest(&world).shift.hook_runs[0].id.clone();
    assert!(last.ends_with("-2"), "each run has an id of its own: {last}");
}

#[test]
fn linear_pauses_before_each_step() {
    let mut service = shifting(1, DeploymentStrategy::Linear);
    service.deployment_configuration.traffic_steps = Some(steps(250, 0));
    service.deployment_configuration.lifecycle_hooks =
        vec![pause(LifecycleStage::PreProductionTrafficShift)];
    let mut world = World::steady_answering(service);
    world.deploy();
    for weight in [0, 250, 500, 750] {
        settle(&mut world);
        assert_eq!(stage(&world), LifecycleStage::PreProductionTrafficShift);
        assert_eq!(requested(&world).production_permille, weight);
        answer(&mut world, HookAnswer::Succeeded);
    }
    settle(&mut world);
    assert!(world.is_completed());
}

#[test]
fn a_pause_that_nobody_answers_takes_its_timeout_action() {
    for action in [LifecycleHookAction::Rollback, LifecycleHookAction::Continue] {
        let mut service = shifting(2, DeploymentStrategy::BlueGreen);
        let hook = LifecycleHook {
            timeout_action: action,
            timeout_minutes: 3,
            ..pause(LifecycleStage::PostScaleUp)
        };
        service.deployment_configuration.lifecycle_hooks = vec![hook];
        let mut world = World::steady_answering(service);
        world.deploy();
        settle(&mut world);
        world.now = world.plan().next_at.unwrap();
        settle(&mut world);
        let is_back = action == LifecycleHookAction::Rollback;
        assert_eq!(sides(&world), if is_back { (2, 0) } else { (0, 2) });
        let end = newest(&world);
        assert_eq!(end.shift.hook_runs[0].status, LifecycleHookStatus::TimedOut);
        assert_eq!(
            end.status,
            if is_back {
                ServiceDeploymentStatus::RollbackSuccessful
            } else {
                ServiceDeploymentStatus::Successful
            }
        );
        assert!(world.is_completed());
    }
}

/// Where hooks can hold a deployment, in order.
const HOOK_STAGES: [LifecycleStage; 7] = [
    LifecycleStage::PreScaleUp,
    LifecycleStage::PostScaleUp,
    LifecycleStage::TestTrafficShift,
    LifecycleStage::PostTestTrafficShift,
    LifecycleStage::PreProductionTrafficShift,
    LifecycleStage::ProductionTrafficShift,
    LifecycleStage::PostProductionTrafficShift,
];

#[test]
fn a_failed_hook_takes_the_traffic_back_at_once_at_any_stage() {
    for held in HOOK_STAGES {
        let mut world = held_by(3, vec![lambda(&[held])]);
        world.deploy();
        settle(&mut world);
        assert_eq!(stage(&world), held);
        answer(&mut world, HookAnswer::Failed);
        assert_eq!(requested(&world), TrafficWeights::default(), "{held}");
        assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackInProgress);
        // The hooks of the shifts run on the way back, and their answer does not change the way.
        let reruns = matches!(
            held,
            LifecycleStage::TestTrafficShift | LifecycleStage::ProductionTrafficShift
        );
        assert_eq!(newest(&world).shift.hook_runs[0].is_open(), reruns, "{held}");
        if reruns {
            settle(&mut world);
            assert_eq!(sides(&world), (3, 3));
            answer(&mut world, HookAnswer::Failed);
        }
        settle(&mut world);
        assert_eq!(sides(&world), (3, 0), "{held}");
        assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackSuccessful);
        assert!(world.is_completed() && world.service.steady);
    }
}

#[test]
fn a_lambda_hook_that_is_in_progress_is_asked_again_with_its_own_details() {
    let mut world = held_by(1, vec![lambda(&[LifecycleStage::PostScaleUp])]);
    world.deploy();
    settle(&mut world);
    let details = Some("{\"try\":1}".to_string());
    answer(&mut world, HookAnswer::InProgress { ask_again_ms: 7_000, details: details.clone() });
    let run = &newest(&world).shift.hook_runs[0];
    assert_eq!(run.invoke_at, Some(world.now.plus_ms(7_000)));
    assert!(matches!(&run.target, HookTarget::AwsLambda { details: kept, .. } if *kept == details));
    assert!(world.plan().is_empty());
    answer(&mut world, HookAnswer::Succeeded);
    settle(&mut world);
    assert!(world.is_completed());
}

#[test]
fn the_load_balancer_is_waited_for_both_ways() {
    let mut world = held_by(2, vec![pause(LifecycleStage::PostProductionTrafficShift)]);
    world.deploy();
    world.applied_traffic = Some(TrafficWeights::default());
    settle(&mut world);
    let waiting = world.plan().waiting;
    assert_eq!(waiting, Some(Waiting::Traffic { stage: LifecycleStage::TestTrafficShift }));
    for _ in 0..2 {
        world.applied_traffic = Some(requested(&world));
        settle(&mut world);
    }
    assert_eq!(stage(&world), LifecycleStage::PostProductionTrafficShift);
    answer(&mut world, HookAnswer::Failed);
    settle(&mut world);
    assert_eq!(sides(&world), (2, 2), "green serves while the traffic has not left it");
    world.applied_traffic = Some(TrafficWeights::default());
    settle(&mut world);
    assert_eq!(sides(&world), (2, 0));
}

#[test]
fn both_revisions_follow_a_new_desired_count_and_replace_what_dies() {
    let mut world = held_by(2, vec![pause(LifecycleStage::PostTestTrafficShift)]);
    world.deploy();
    settle(&mut world);
    world.service.desired_count = 5;
    settle(&mut world);
    assert_eq!(sides(&world), (5, 5));
    world.service.desired_count = 3;
    settle(&mut world);
    assert_eq!(sides(&world), (3, 3));
    for id in world.in_phase(Phase::Healthy) {
        world.stopped(id);
    }
    settle(&mut world);
    assert_eq!(sides(&world), (3, 3));
    let sick = world.in_phase(Phase::Healthy)[0];
    world.set_health(sick, HealthStatus::Unhealthy);
    settle(&mut world);
    assert_eq!((sides(&world), world.in_phase(Phase::Healthy).len()), ((3, 3), 6));
}

#[test]
fn scaling_from_zero_meanwhile_starts_blue_too() {
    let mut world = held_by(0, vec![pause(LifecycleStage::PostTestTrafficShift)]);
    world.deploy();
    settle(&mut world);
    world.service.desired_count = 2;
    settle(&mut world);
    assert_eq!(sides(&world), (2, 2));
}

#[test]
fn a_green_that_never_becomes_healthy_is_taken_back_after_a_day_and_not_by_the_breaker() {
    let mut service = shifting(1, DeploymentStrategy::BlueGreen);
    service.deployment_configuration.circuit_breaker.enable = true;
    service.deployment_configuration.circuit_breaker.rollback = true;
    let mut world = World::steady(service);
    let began = world.now;
    world.deploy();
    for _ in 0..8 {
        world.step();
        for id in world.in_phase(Phase::Pending) {
            world.stopped(id);
        }
        world.now = world.service.throttle.retry_at.unwrap_or(world.now);
    }
    assert_eq!(world.primary().rollout_state, RolloutState::InProgress);
    assert!(world.primary().failed_tasks > 3);
    world.now = began.plus_ms(STAGE_MAX_MS);
    settle(&mut world);
    assert_eq!(sides(&world), (1, 0));
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackSuccessful);
}

#[test]
fn a_newer_deployment_takes_the_one_before_back_first() {
    let mut service = shifting(2, DeploymentStrategy::BlueGreen);
    service.deployment_configuration.bake_time_minutes = 60;
    let mut world = World::steady(service);
    world.deploy();
    settle(&mut world);
    assert_eq!((stage(&world), sides(&world)), (LifecycleStage::BakeTime, (2, 2)));
    world.deploy();
    world.step();
    assert_eq!((stage(&world), sides(&world)), (LifecycleStage::ReconcileService, (2, 0)));
    assert_eq!(newest(&world).shift.blue, Some(DeploymentId::from_number(1)));
    settle(&mut world);
    assert_eq!(stage(&world), LifecycleStage::BakeTime);
    world.finish();
    assert!(world.is_completed());
    assert_eq!(world.primary().id, DeploymentId::from_number(3));
}

#[test]
fn a_deployment_given_up_while_blue_goes_restores_blue_before_the_traffic() {
    let mut world = World::steady(shifting(2, DeploymentStrategy::BlueGreen));
    world.deploy();
    world.step();
    for id in world.in_phase(Phase::Pending) {
        world.run(id);
        world.set_health(id, HealthStatus::Healthy);
    }
    world.step();
    assert_eq!((stage(&world), sides(&world)), (LifecycleStage::CleanUp, (0, 2)));
    let now = world.now;
    crate::fail_deployment(&mut world.service, model::FailureCause::Alarm, true, now);
    world.step();
    assert_eq!(requested(&world).production_permille, 1_000);
    settle(&mut world);
    assert_eq!((sides(&world), requested(&world)), ((2, 0), TrafficWeights::default()));
    assert!(world.is_completed());
}

#[test]
fn no_hook_waits_for_an_answer_once_the_service_is_deleted() {
    let mut world = World::steady(shifting(1, DeploymentStrategy::BlueGreen));
    let hooks = vec![pause(LifecycleStage::PreScaleUp)];
    world.service.deployment_configuration.lifecycle_hooks = hooks;
    world.deploy();
    world.step();
    assert!(newest(&world).shift.hook_runs[0].is_open());
    world.service.status = model::ServiceStatus::Draining;
    world.step();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::Stopped);
    assert!(!newest(&world).shift.hook_runs[0].is_open());
}

#[test]
fn an_abort_while_blue_goes_leaves_the_traffic_with_green() {
    let mut world = World::steady(shifting(2, DeploymentStrategy::BlueGreen));
    world.deploy();
    world.step();
    for id in world.in_phase(Phase::Pending) {
        world.run(id);
        world.set_health(id, HealthStatus::Healthy);
    }
    world.step();
    assert_eq!(stage(&world), LifecycleStage::CleanUp);
    crate::request_stop(&mut world.service, crate::StopType::Abort, world.now).unwrap();
    settle(&mut world);
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::Stopped);
    assert_eq!((sides(&world), requested(&world).production_permille), ((0, 2), 1_000));
}

#[derive(Clone, Debug)]
enum Deed {
    Arrive,
    Answer(bool),
    Kill(usize),
    Sicken(usize),
    Scale(u32),
    Pass(i64),
    Apply,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => Just(Deed::Arrive),
        2 => prop::bool::weighted(0.8).prop_map(Deed::Answer),
        1 => (0..9usize).prop_map(Deed::Kill),
        1 => (0..9usize).prop_map(Deed::Sicken),
        1 => (0..5u32).prop_map(Deed::Scale),
        1 => (0..20i64).prop_map(Deed::Pass),
        3 => Just(Deed::Apply),
    ]
}

proptest! {
    #![proptest_config(cases(128))]
    /// Whatever happens: no action of ours leaves the revision that has the traffic with fewer
    /// healthy tasks than desired, and once nothing goes wrong any more the deployment ends.
    #[test]
    fn no_move_takes_a_healthy_task_from_who_has_the_traffic(
        desired in 0..5u32,
        strategy in 0..3usize,
        step in 1..=10u32,
        held in prop::sample::subsequence(HOOK_STAGES.to_vec(), 0..4),
        has_balancer: bool,
        deeds in prop::collection::vec(deed(), 0..60),
    ) {
        let strategies = [
            DeploymentStrategy::BlueGreen, DeploymentStrategy::Linear, DeploymentStrategy::Canary,
        ];
        let mut service = shifting(desired, strategies[strategy]);
        service.deployment_configuration.maximum_percent = 150;
        service.deployment_configuration.traffic_steps = Some(steps(step * 100, 1));
        service.deployment_configuration.bake_time_minutes = 1;
        service.deployment_configuration.lifecycle_hooks = vec![lambda(&held)];
        let mut world = World::steady_answering(service);
        world.deploy();
        world.applied_traffic = has_balancer.then(TrafficWeights::default);
        for deed in deeds {
            perform(&mut world, deed);
            checked_step(&mut world);
        }
        for _ in 0..400 {
            perform(&mut world, Deed::Apply);
            perform(&mut world, Deed::Answer(true));
            let plan = checked_step(&mut world);
            if !world.arrive() && plan.is_empty() {
                match plan.next_at {
                    Some(at) => world.now = at,
                    None => break,
                }
            }
        }
        prop_assert!(world.is_completed(), "{:?} {:?}", world.plan(), newest(&world));
    }
}

/// Plans, and applies what must not take a healthy task that is needed.
fn checked_step(world: &mut World) -> crate::Plan {
    let healthy = |world: &World, id: &DeploymentId| {
        let view = world.view();
        let of = view.tasks.iter().filter(|task| task.deployment == *id);
        of.filter(|task| view.phase(task) == Phase::Healthy).count()
    };
    let plan = world.plan();
    let mut after = world.service.clone();
    if let Some(change) = plan.service.clone() {
        change.apply(&mut after);
    }
    let it = after.service_deployment.as_ref().unwrap();
    let blue = DeploymentId::from_number(1);
    let green = DeploymentId::from_number(2);
    let applied = world.applied_traffic.unwrap_or(it.shift.requested);
    let desired = after.desired_count as usize;
    let before = [(&blue, healthy(world, &blue)), (&green, healthy(world, &green))];
    world.apply(plan.clone());
    for (id, healthy_before) in before {
        let has_traffic = if *id == blue {
            applied.production_permille < TrafficWeights::ALL_PERMILLE
        } else {
            applied.production_permille > 0
        };
        if has_traffic && it.is_under_way() {
            assert!(healthy(world, id) >= healthy_before.min(desired), "{id}: {plan:?}");
        }
    }
    plan
}

fn perform(world: &mut World, deed: Deed) {
    let nth = |world: &World, n: usize| world.in_phase(Phase::Healthy).get(n).copied();
    match deed {
        Deed::Arrive => {
            world.arrive();
        }
        Deed::Answer(good) => {
            if newest(world).shift.hook_runs.iter().any(model::HookRun::is_open) {
                answer(world, if good { HookAnswer::Succeeded } else { HookAnswer::Failed });
            }
        }
        Deed::Kill(n) => {
            if let Some(id) = nth(world, n) {
                world.stopped(id);
            }
        }
        Deed::Sicken(n) => {
            if let Some(id) = nth(world, n) {
                world.set_health(id, HealthStatus::Unhealthy);
            }
        }
        Deed::Scale(desired) => world.service.desired_count = desired,
        Deed::Pass(minutes) => world.now = world.now.plus_ms(minutes * MINUTE_MS),
        Deed::Apply => {
            if world.applied_traffic.is_some() {
                world.applied_traffic = Some(requested(world));
            }
        }
    }
}
