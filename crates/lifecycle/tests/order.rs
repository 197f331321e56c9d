//! The order among containers: who may start, who may stop, what can never be.

use std::collections::BTreeMap;

use lifecycle::order::{Condition, Gate, Node, Order, OrderError, Progress, Stage};
use model::Timestamp;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(100_000);

fn node(name: &str, waits_for: &[(&str, Condition)]) -> Node {
    Node {
        name: name.into(),
        waits_for: waits_for.iter().map(|(other, c)| ((*other).to_owned(), *c)).collect(),
        start_timeout_ms: None,
        has_health_check: true,
    }
}

/// The gate of `app`, which waits for `init` with this condition, when `init` is there.
fn gate(condition: Condition, init: Progress) -> Gate {
    let timed = Node { start_timeout_ms: Some(5_000), ..node("init", &[]) };
    let order = Order::new([node("app", &[("init", condition)]), timed]).expect("it is an order");
    order.gate("app", |name| if name == "init" { init } else { Progress::default() }, NOW)
}

fn running(ms_ago: i64, healthy: bool) -> Progress {
    let started_at = Some(NOW.plus_ms(-ms_ago));
    Progress { stage: Stage::Running, exit_code: None, healthy, started_at }
}

fn stopped(exit_code: i64) -> Progress {
    let started_at = Some(NOW.plus_ms(-60_000));
    Progress { stage: Stage::Stopped, exit_code: Some(exit_code), healthy: false, started_at }
}

fn is_open(gate: &Gate) -> bool {
    *gate == Gate::Open
}

fn failure(gate: Gate) -> String {
    match gate {
        Gate::Failed(reason) => reason,
        other => panic!("not failed: {other:?}"),
    }
}

#[test]
fn each_condition_opens_when_it_is_true_and_not_before() {
    use Condition::{Complete, Create, Healthy, Start, Success};
    let absent = Progress::default();
    let created = Progress { stage: Stage::Created, ..absent };
    for (condition, opens_with, waits_with) in [
        (Create, created, absent),
        (Start, running(1, false), created),
        (Start, stopped(1), absent),
        (Complete, stopped(1), running(1, false)),
        (Success, stopped(0), running(1, false)),
        (Healthy, running(1, true), running(1, false)),
    ] {
        assert!(is_open(&gate(condition, opens_with)), "{condition:?} {opens_with:?}");
        let waiting = gate(condition, waits_with);
        assert!(matches!(waiting, Gate::Waiting { .. }), "{condition:?} {waiting:?}");
    }
}

#[test]
fn a_dependency_that_failed_fails_the_dependent_in_ecs_words() {
    assert_eq!(
        failure(gate(Condition::Success, stopped(3))),
        "dependency graph: failed to resolve container ordering dependency [init] for target \
         [app] as dependency did not exit successfully."
    );
    let reason = failure(gate(Condition::Healthy, stopped(0)));
    assert!(reason.contains("before it was healthy"), "{reason}");
    let never_ran = Progress { started_at: None, ..stopped(143) };
    assert!(failure(gate(Condition::Start, never_ran)).ends_with("did not start."));
}

#[test]
fn a_start_timeout_counts_from_the_start_of_the_dependency() {
    use Condition::{Complete, Healthy, Start, Success};
    for condition in [Complete, Success, Healthy] {
        let reason = failure(gate(condition, running(5_000, false)));
        assert!(reason.ends_with("has timed out."), "{reason}");
        let Gate::Waiting { until, on, .. } = gate(condition, running(4_000, false)) else {
            panic!("{condition:?} must wait")
        };
        assert_eq!((until, on.as_str()), (Some(NOW.plus_ms(1_000)), "init"));
    }
    assert!(is_open(&gate(Start, running(9_000, false))));
}

#[test]
fn what_can_never_be_ordered_is_refused() {
    let unknown = Order::new([node("app", &[("db", Condition::Start)])]);
    assert!(matches!(unknown, Err(OrderError::Unknown { .. })));
    let db = Node { has_health_check: false, ..node("db", &[]) };
    let unhealthy = Order::new([node("app", &[("db", Condition::Healthy)]), db]);
    assert!(matches!(unhealthy, Err(OrderError::NoHealthCheck { .. })));
    let circle = Order::new([
        node("a", &[("b", Condition::Start)]),
        node("b", &[("a", Condition::Complete)]),
        node("c", &[]),
    ]);
    assert_eq!(circle, Err(OrderError::Circle(vec!["a".into(), "b".into()])));
    let alone = Order::new([node("a", &[("a", Condition::Start)])]);
    assert_eq!(alone, Err(OrderError::Circle(vec!["a".into()])));
}

#[test]
fn a_container_stops_after_those_that_depend_on_it() {
    let order = Order::new([node("db", &[]), node("app", &[("db", Condition::Start)])]).unwrap();
    let with_app =
        |app: Progress| move |name: &str| if name == "app" { app } else { running(1, false) };
    assert!(!order.may_stop("db", with_app(running(1, false))));
    assert!(order.may_stop("db", with_app(stopped(0))));
    assert!(order.may_stop("db", with_app(Progress::default())));
    assert!(order.may_stop("app", with_app(running(1, false))));
}

proptest! {
    /// Whatever graph is accepted can be started to the end and stopped to the end.
    #[test]
    fn an_accepted_order_starts_and_stops_completely(
        edges in prop::collection::vec((0..6_usize, 0..6_usize), 0..12)
    ) {
        let names = ["a", "b", "c", "d", "e", "f"];
        let nodes = names.iter().enumerate().map(|(index, name)| {
            let waits: Vec<_> = edges
                .iter()
                .filter(|(from, _)| *from == index)
                .map(|(_, to)| (names[*to], Condition::Start))
                .collect();
            node(name, &waits)
        });
        let Ok(order) = Order::new(nodes) else { return Ok(()) };
        let mut progress: BTreeMap<&str, Progress> =
            names.iter().map(|name| (*name, Progress::default())).collect();
        for _ in names {
            let next = names.iter().find(|name| {
                progress[**name].stage == Stage::Absent
                    && is_open(&order.gate(name, |other| progress[other], NOW))
            });
            prop_assert!(next.is_some());
            progress.insert(next.unwrap(), running(0, true));
        }
        for _ in names {
            let next = names.iter().find(|name| {
                progress[**name].stage == Stage::Running
                    && order.may_stop(name, |other| progress[other])
            });
            prop_assert!(next.is_some());
            progress.insert(next.unwrap(), stopped(0));
        }
    }
}
