//! Service deployments: how they end.

use alloc::vec;
use model::{FailureCause, LifecycleStage, ServiceDeployment, ServiceDeploymentStatus};

use super::world::{World, service};
use crate::fail_deployment;

fn newest(world: &World) -> &ServiceDeployment {
    world.service.service_deployment.as_ref().unwrap()
}

#[test]
fn a_rollout_that_ends_well_is_successful() {
    let mut world = World::steady(service(2, 100, 200));
    let old = world.primary().id.clone();
    let new = world.deploy();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::Pending);
    world.step();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::InProgress);
    assert_eq!(newest(&world).started_at, Some(world.now));
    world.finish();
    let it = newest(&world);
    assert_eq!((&it.target, &it.sources), (&new, &vec![old]));
    assert_eq!(it.status, ServiceDeploymentStatus::Successful);
    assert_eq!(it.lifecycle_stage, LifecycleStage::CleanUp);
    assert!(it.finished_at.is_some() && it.stopped_at.is_none() && it.rollback.is_none());
    assert_eq!(world.history.len(), 1);
    assert_eq!(world.history[0].status, ServiceDeploymentStatus::Successful);
}

#[test]
fn a_newer_one_stops_the_one_under_way() {
    let mut world = World::steady(service(2, 100, 200));
    world.deploy();
    world.step();
    world.deploy();
    let superseded = world.history.last().unwrap();
    assert_eq!(superseded.status, ServiceDeploymentStatus::Stopped);
    assert_eq!(superseded.stopped_at, Some(world.now));
}

#[test]
fn a_failure_without_rollback_stops_it() {
    let mut world = World::steady(service(2, 100, 200));
    world.deploy();
    world.step();
    fail_deployment(&mut world.service, FailureCause::Alarm, false, world.now);
    let it = newest(&world);
    assert_eq!(it.status, ServiceDeploymentStatus::Stopped);
    assert_eq!(it.failure, Some(FailureCause::Alarm));
    assert_eq!(it.status_reason.as_deref(), Some("ECS deployment alarm: alarm detected."));
}

#[test]
fn a_failure_with_rollback_goes_back_and_says_so() {
    let mut world = World::steady(service(2, 100, 200));
    let old = world.primary().id.clone();
    world.deploy();
    world.step();
    fail_deployment(&mut world.service, FailureCause::TasksFailedToStart, true, world.now);
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackInProgress);
    assert_eq!(newest(&world).rollback.as_ref().unwrap().target, old);
    world.finish();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackSuccessful);
    assert!(newest(&world).finished_at.is_some());

    world.deploy();
    world.step();
    fail_deployment(&mut world.service, FailureCause::TasksFailedToStart, true, world.now);
    fail_deployment(&mut world.service, FailureCause::TasksFailedToStart, true, world.now);
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackFailed);
}

#[test]
fn a_newer_one_that_fails_goes_back_to_what_the_rollback_before_it_was_bringing_back() {
    let mut world = World::steady(service(2, 100, 200));
    let good = world.primary().id.clone();
    for _ in 0..2 {
        // The second one comes, and fails, before the rollback of the first is over.
        world.deploy();
        world.step();
        fail_deployment(&mut world.service, FailureCause::TasksFailedToStart, true, world.now);
        assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackInProgress);
        assert_eq!(newest(&world).rollback.as_ref().unwrap().target, good);
    }
    world.finish();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::RollbackSuccessful);
    assert_eq!(world.primary().id, good);
}

#[test]
fn one_without_tasks_has_started_too_when_it_is_done() {
    let mut world = World::steady(service(0, 100, 200));
    world.deploy();
    world.step();
    assert_eq!(newest(&world).status, ServiceDeploymentStatus::Successful);
    assert_eq!(newest(&world).started_at, Some(world.now));
    assert_eq!(newest(&world).finished_at, Some(world.now));
}
