//! Starts that the runtime refuses: tried again while they may pass, given up when they do not.

use model::TaskStatus::{Running, Stopped};
use runtime::fake::Verb;
use runtime::{ErrorKind, RuntimeError};

use crate::host::{Host, arn, container, task};

fn busy() -> RuntimeError {
    RuntimeError::passing(ErrorKind::CannotStartContainer, "port is already allocated")
}

fn starts(host: &Host) -> usize {
    host.calls.iter().filter(|verb| *verb == "Start").count()
}

#[test]
fn a_start_that_is_refused_for_a_reason_that_passes_is_tried_again() {
    let mut host = Host::new();
    for _ in 0..3 {
        host.runtime.fail_next(Verb::Start, busy());
    }
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(60_000);
    assert_eq!(host.statuses(&arn(1)), [Running]);
    assert_eq!(starts(&host), 4);
}

/// Between two tries the container is inspected, which works and must not count them anew.
#[test]
fn a_start_that_is_refused_again_and_again_is_given_up() {
    let mut host = Host::new();
    for _ in 0..50 {
        host.runtime.fail_next(Verb::Start, busy());
    }
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(60_000);
    assert_eq!(host.statuses(&arn(1)), [Stopped]);
    let change = host.changes().pop().expect("the container was told of");
    assert!(change.starts_with("app STOPPED CannotStartContainerError"), "{change}");
    assert!(change.ends_with("port is already allocated"), "{change}");
    assert_eq!(starts(&host), 4);
    assert!(host.running().is_empty());
}

#[test]
fn a_refusal_that_lasts_is_not_tried_again() {
    let mut host = Host::new();
    let error = RuntimeError::lasting(ErrorKind::CannotStartContainer, "no such command");
    host.runtime.fail_next(Verb::Start, error);
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(60_000);
    assert_eq!(host.statuses(&arn(1)), [Stopped]);
    assert_eq!(starts(&host), 1);
}
