//! Stopping tasks: by payload, against stubborn containers, and by full synchronisation.

use model::TaskStatus::{Running, Stopped};
use runtime::fake::{Script, Verb};
use runtime::{ErrorKind, RuntimeError};

use crate::host::{Host, arn, container, task};

#[test]
fn a_stubborn_container_is_killed_after_its_stop_timeout() {
    let mut host = Host::new();
    host.image("stubborn", Script { ignores_stop_signal: true, ..Script::default() });
    let mut app = container("app", "stubborn");
    app.stop_timeout = 5;
    host.run_task(task(1, vec![app]));
    host.run_for(100);
    host.stop_task(&arn(1));
    host.run_for(4_900);
    assert_eq!(host.running(), ["app"]);
    host.run_for(200);
    assert_eq!(host.changes().last().unwrap(), "app STOPPED 137");
    assert_eq!(host.last().status, Stopped);
}

#[test]
fn without_a_stop_timeout_the_agents_own_counts() {
    let mut host = Host::new();
    host.image("stubborn", Script { ignores_stop_signal: true, ..Script::default() });
    host.run_task(task(1, vec![container("app", "stubborn")]));
    host.run_for(100);
    host.stop_task(&arn(1));
    host.run_for(29_900);
    assert_eq!(host.running(), ["app"]);
    host.run_for(200);
    assert!(host.running().is_empty());
}

#[test]
fn a_stop_that_fails_is_tried_again() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(100);
    for _ in 0..3 {
        let error = RuntimeError::lasting(ErrorKind::CannotStopContainer, "tear down failed");
        host.runtime.fail_next(Verb::Stop, error);
    }
    host.stop_task(&arn(1));
    host.run_for(60_000);
    assert_eq!(host.last().status, Stopped);
    assert!(host.running().is_empty());
}

#[test]
fn a_task_that_was_never_seen_is_told_as_stopped() {
    let mut host = Host::new();
    host.stop_task(&arn(9));
    host.run_for(0);
    assert_eq!(host.statuses(&arn(9)), [Stopped]);
}

#[test]
fn a_payload_that_comes_twice_starts_nothing_twice() {
    let mut host = Host::new();
    for _ in 0..3 {
        host.run_task(task(1, vec![container("app", "app")]));
        host.run_for(100);
    }
    assert_eq!(host.running(), ["app"]);
    assert_eq!(host.statuses(&arn(1)), [Running]);
    host.stop_task(&arn(1));
    host.run_for(100);
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(100);
    assert!(host.running().is_empty(), "what is to stop is not started again");
}

#[test]
fn a_manifest_stops_nothing_before_the_control_plane_confirms() {
    let mut host = Host::new();
    for id in 1..4 {
        host.run_task(task(id, vec![container(&format!("app{id}"), "app")]));
    }
    host.run_for(100);
    host.manifest(&[&arn(1)]);
    host.run_for(100);
    assert_eq!(host.stop_candidates, [vec![arn(2), arn(3)]]);
    assert_eq!(host.running().len(), 3);
    host.verify_stops(&[&arn(3)]);
    host.run_for(100);
    assert_eq!(host.running(), ["app1", "app2"]);
}

#[test]
fn an_old_manifest_is_dropped_also_after_a_restart() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(100);
    host.manifest(&[&arn(1)]);
    host.restart_agent();
    let old = agent::engine::Event::Manifest { timeline: 1, message_id: "m".into(), tasks: vec![] };
    host.apply(old);
    assert_eq!(host.stop_candidates, [Vec::<String>::new()]);
}
