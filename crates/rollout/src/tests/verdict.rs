//! Deployments that their owner stops, and those that an alarm gives up.

use alloc::vec;
use model::{
    DeploymentAlarms, EarlySuccess, FailureCause, RolloutState, Service, ServiceDeployment,
    ServiceDeploymentStatus as Status,
};

use super::world::{World, service};
use crate::{NotUnderWay, Phase, StopType, Waiting, request_stop, steady_again_at};

fn newest(world: &World) -> &ServiceDeployment {
    world.service.service_deployment.as_ref().unwrap()
}

fn stop(world: &mut World, how: StopType) -> Result<(), NotUnderWay> {
    request_stop(&mut world.service, how, world.now)
}

/// A rollout from four old tasks to new ones, with new ones under way.
fn rolling(service: Service) -> World {
    let mut world = World::steady(service);
    world.deploy();
    world.step();
    world
}

fn with_alarms(rollback: bool) -> Service {
    let mut service = service(4, 100, 150);
    service.deployment_configuration.alarms =
        DeploymentAlarms { names: vec!["errors".into(), "latency".into()], enable: true, rollback };
    service
}

#[test]
fn a_stop_goes_back_without_being_configured_to() {
    let mut world = rolling(service(4, 100, 150));
    let (old, new) = (newest(&world).sources[0].clone(), newest(&world).target.clone());
    assert_eq!(stop(&mut world, StopType::Rollback), Ok(()));
    assert_eq!(newest(&world).status, Status::RollbackRequested);
    assert_eq!(stop(&mut world, StopType::Abort), Ok(()), "it goes on with what it does");
    assert_eq!(newest(&world).status, Status::RollbackRequested);
    world.step();
    assert_eq!(newest(&world).status, Status::RollbackInProgress);
    assert_eq!(newest(&world).rollback.as_ref().unwrap().target, old);
    assert_eq!(world.primary().id, old);
    let failed = world.service.deployments.iter().find(|d| d.id == new).unwrap();
    assert_eq!(failed.rollout_state, RolloutState::Failed);
    world.finish();
    assert_eq!(newest(&world).status, Status::RollbackSuccessful);
    assert_eq!(newest(&world).failure, None);
    assert!(world.is_completed() && world.service.steady);
    assert_eq!(stop(&mut world, StopType::Rollback), Err(NotUnderWay));
}

#[test]
fn an_abort_starts_nothing_more() {
    let mut world = rolling(service(4, 100, 150));
    world.arrive();
    world.step();
    world.arrive();
    let frame = world.frame();
    assert_eq!(frame, "2+2");
    assert_eq!(stop(&mut world, StopType::Abort), Ok(()));
    assert_eq!(newest(&world).status, Status::StopRequested);
    let plan = world.finish();
    assert_eq!((world.frame(), plan.waiting), (frame, Some(Waiting::Failed)));
    assert_eq!(newest(&world).status, Status::Stopped);
    assert_eq!(newest(&world).stopped_at, newest(&world).finished_at);
    assert_eq!(world.primary().rollout_state, RolloutState::Failed);
    assert_eq!(stop(&mut world, StopType::Abort), Err(NotUnderWay));
    // A newer deployment goes on from there.
    world.deploy();
    world.finish();
    assert!(world.is_completed());
}

#[test]
fn the_first_deployment_has_nowhere_to_go_back_to() {
    let mut world = World::new(service(2, 100, 200));
    world.deploy();
    assert_eq!(stop(&mut world, StopType::Rollback), Ok(()), "also while PENDING");
    world.finish();
    assert_eq!(newest(&world).status, Status::RollbackFailed);
    let reason = newest(&world).status_reason.as_deref().unwrap();
    assert!(reason.contains("no completed deployment"), "{reason}");
    assert_eq!(world.live(), 0);
}

#[test]
fn a_newer_deployment_overtakes_a_stop() {
    let mut world = rolling(service(4, 100, 150));
    stop(&mut world, StopType::Rollback).unwrap();
    world.deploy();
    assert_eq!(world.history.last().unwrap().status, Status::Stopped);
    world.finish();
    assert_eq!(newest(&world).status, Status::Successful);
}

#[test]
fn an_alarm_rolls_a_deployment_back() {
    let mut world = rolling(with_alarms(true));
    let (old, new) = (newest(&world).sources[0].clone(), newest(&world).target.clone());
    world.told.clear();
    world.in_alarm = vec!["latency".into()];
    world.step();
    assert_eq!(newest(&world).status, Status::RollbackInProgress);
    assert_eq!(newest(&world).failure, Some(FailureCause::Alarm));
    assert_eq!(newest(&world).triggered_alarms, ["latency"]);
    let story = [
        alloc::format!("(service web) (deployment {new}) deployment failed: alarm detected."),
        alloc::format!("(service web) rolling back to deployment {old}."),
    ];
    assert!(world.told.ends_with(&story), "{:?}", world.told);
    // It is still in ALARM, and the way back is not given up for that.
    world.finish();
    assert_eq!(newest(&world).status, Status::RollbackSuccessful);
    assert_eq!(world.primary().id, old);
}

#[test]
fn an_alarm_without_rollback_ends_the_deployment() {
    let mut world = rolling(with_alarms(false));
    world.in_alarm = vec!["errors".into()];
    let plan = world.finish();
    assert_eq!(plan.waiting, Some(Waiting::Failed));
    assert_eq!(newest(&world).status, Status::Stopped);
    assert_eq!(newest(&world).triggered_alarms, ["errors"]);
    assert_eq!(world.primary().rollout_state_reason, "ECS deployment alarm: alarm detected.");
}

#[test]
fn an_alarm_while_it_bakes_rolls_back() {
    let mut service = with_alarms(true);
    service.deployment_configuration.bake_time_minutes = 5;
    let mut world = World::steady(service);
    let old = world.primary().id.clone();
    world.deploy();
    for _ in 0..20 {
        world.step();
        world.arrive();
    }
    let until = world.primary().bake_until.unwrap();
    assert_eq!(world.plan().waiting, Some(Waiting::Baking { until }));
    world.in_alarm = vec!["errors".into()];
    world.step();
    assert_eq!(newest(&world).status, Status::RollbackInProgress);
    world.finish();
    assert_eq!(world.primary().id, old);
    // Once it has completed, alarms say nothing about it.
    world.in_alarm.clear();
    world.deploy();
    world.finish();
    world.in_alarm = vec!["errors".into()];
    assert!(world.finish().is_empty());
    assert_eq!(newest(&world).status, Status::Successful);
}

#[test]
fn alarms_that_are_on_at_the_start_are_ignored() {
    let mut world = World::steady(with_alarms(true));
    world.in_alarm = vec!["errors".into()];
    let new = world.deploy();
    world.told.clear();
    world.step();
    let why = "alarms are ignored: in ALARM state when the deployment started: errors.";
    let told = alloc::format!("(service web) (deployment {new}) {why}");
    assert_eq!(world.told.last(), Some(&told));
    world.in_alarm.push("latency".into());
    world.finish();
    let it = newest(&world);
    assert_eq!((it.status, it.failure), (Status::Successful, None));
    assert_eq!(it.status_reason.as_deref(), Some(why));
    assert_eq!((it.alarms_ignored, &it.triggered_alarms), (true, &vec!["errors".into()]));
}

#[test]
fn alarms_that_are_not_enabled_say_nothing() {
    let mut service = with_alarms(true);
    service.deployment_configuration.alarms.enable = false;
    let mut world = rolling(service);
    world.in_alarm = vec!["errors".into()];
    world.finish();
    assert_eq!(newest(&world).status, Status::Successful);
}

#[test]
fn early_success_waits_for_the_bake_time() {
    let mut service = service(4, 100, 150);
    service.deployment_configuration.early_success =
        Some(EarlySuccess { healthy_percent: 50, cleanup_blocks: false });
    service.deployment_configuration.bake_time_minutes = 1;
    let mut world = rolling(service);
    world.arrive();
    assert_eq!(world.in_phase(Phase::Healthy).len(), 6);
    let began = world.now;
    world.step();
    assert_eq!(world.primary().bake_until, Some(began.plus_ms(60_000)));
    assert_eq!(world.primary().rollout_state, RolloutState::InProgress);
    world.now = began.plus_ms(60_000);
    world.step();
    assert_eq!(newest(&world).status, Status::Successful);
    world.finish();
    assert!(world.is_completed());
}

#[test]
fn a_service_at_rest_says_every_six_hours_that_it_is_steady() {
    let mut world = World::steady(service(2, 100, 200));
    let again = steady_again_at(&world.service).unwrap();
    assert_eq!(again, world.now.plus_ms(6 * 3_600_000));
    assert!(world.plan().is_empty());
    world.now = again;
    world.finish();
    assert_eq!(world.told, ["(service web) has reached a steady state."]);
    assert_eq!(steady_again_at(&world.service), Some(again.plus_ms(6 * 3_600_000)));
    world.deploy();
    assert_eq!(steady_again_at(&world.service), None);
}
