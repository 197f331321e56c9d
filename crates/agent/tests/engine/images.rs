//! When images are pulled, and what happens when that fails.

use agent::engine::{PullBehavior, Settings};
use model::TaskStatus::{Running, Stopped};
use runtime::fake::Script;
use runtime::{ErrorKind, RuntimeError};

use crate::host::{Host, arn, container, settings, task};

fn host(pull_behavior: PullBehavior) -> Host {
    Host::with(Settings { pull_behavior, ..settings() })
}

fn pulls(host: &Host) -> usize {
    host.calls.iter().filter(|call| *call == "Pull").count()
}

fn refused() -> RuntimeError {
    RuntimeError::lasting(ErrorKind::CannotPullContainer, "manifest unknown")
}

#[test]
fn a_local_only_image_runs_without_a_registry() {
    for behavior in [PullBehavior::Default, PullBehavior::Once, PullBehavior::PreferCached] {
        let mut host = host(behavior);
        host.run_task(task(1, vec![container("app", "app")]));
        host.run_for(0);
        assert_eq!(host.statuses(&arn(1)), [Running], "{behavior:?}");
        assert_eq!(pulls(&host), 0);
    }
}

#[test]
fn a_missing_image_is_pulled_and_its_digest_and_times_are_told() {
    let mut host = host(PullBehavior::Default);
    host.runtime.add_remote_image("web", 1, Script { pull_ms: 2_000, ..Script::default() });
    host.run_task(task(1, vec![container("app", "web")]));
    host.run_for(3_000);
    let report = host.last();
    assert_eq!(report.status, Running);
    assert!(report.containers[0].image_digest.as_deref().unwrap().starts_with("sha256:"));
    let ms = |at: Option<model::Timestamp>| Host::since_start_ms(at.unwrap());
    assert_eq!((ms(report.pull_started_at), ms(report.pull_stopped_at)), (0, 2_000));
}

#[test]
fn default_pulls_again_and_falls_back_to_the_cache() {
    let mut host = host(PullBehavior::Default);
    host.runtime.add_remote_image("web", 1, Script::default());
    host.run_task(task(1, vec![container("app", "web")]));
    host.run_for(100);
    host.runtime.add_remote_image(
        "web",
        2,
        Script { pull_error: Some(refused()), ..Script::default() },
    );
    host.run_task(task(2, vec![container("app", "web")]));
    host.run_for(100);
    assert_eq!(pulls(&host), 2);
    assert_eq!(host.statuses(&arn(2)), [Running]);
    assert_eq!(host.last().containers[0].reason, None);
}

#[test]
fn always_fails_when_the_pull_fails_though_there_is_a_cache() {
    let mut host = host(PullBehavior::Always);
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(60_000);
    assert_eq!(host.last().status, Stopped);
    let reason = host.last().containers[0].reason.clone().unwrap();
    assert!(reason.starts_with("CannotPullContainerError: "), "{reason}");
}

#[test]
fn once_pulls_once_even_after_a_restart_of_the_agent() {
    let mut host = host(PullBehavior::Once);
    host.runtime.add_remote_image("web", 1, Script::default());
    for id in 1..4 {
        host.run_task(task(id, vec![container("app", "web")]));
        host.run_for(100);
        host.restart_agent();
    }
    assert_eq!(pulls(&host), 1);
    assert_eq!(host.running().len(), 3);
}

#[test]
fn prefer_cached_pulls_only_what_is_missing() {
    let mut host = host(PullBehavior::PreferCached);
    host.runtime.add_remote_image("web", 1, Script::default());
    for id in 1..3 {
        host.run_task(task(id, vec![container("app", "web")]));
        host.run_for(100);
    }
    assert_eq!(pulls(&host), 1);
}

#[test]
fn a_pull_that_may_pass_is_tried_again_and_then_given_up() {
    let mut host = host(PullBehavior::Default);
    let busy = RuntimeError::passing(ErrorKind::CannotPullContainer, "TLS handshake timeout");
    host.runtime.add_remote_image("web", 1, Script { pull_error: Some(busy), ..Script::default() });
    host.run_task(task(1, vec![container("app", "web")]));
    host.run_for(60_000);
    assert_eq!(pulls(&host), 5);
    assert_eq!(host.last().status, Stopped);
    let expected = "app STOPPED CannotPullContainerError: TLS handshake timeout";
    assert_eq!(host.changes(), [expected]);
}

#[test]
fn a_task_that_is_stopped_while_it_pulls_does_not_wait_for_the_pull() {
    let mut host = host(PullBehavior::Default);
    host.runtime.add_remote_image("web", 1, Script { pull_ms: 600_000, ..Script::default() });
    host.run_task(task(1, vec![container("app", "web")]));
    host.run_for(1_000);
    host.stop_task(&arn(1));
    host.run_for(0);
    assert_eq!(host.statuses(&arn(1)), [Stopped]);
    host.run_for(700_000);
    assert!(host.containers().is_empty());
}
