//! The tables and their indexes against a plain map, under random transactions and crashes.
#![allow(missing_docs, clippy::unwrap_used)]

mod fixture;

use arn::{ClusterName, InstanceId, TaskId};
use fixture::task;
use model::{Owner, Resources, Task, TaskStatus, Timestamp, Usage};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::engine::{Fault, Memory};
use store::{Core, State};

fn cluster(name: &str) -> ClusterName {
    name.parse().unwrap()
}

/// A task with what the indexes look at; few values, so that tasks often share them.
fn any_task() -> impl Strategy<Value = Task> {
    let place = (prop::sample::select(vec!["a", "b"]), 0_u128..8, prop::option::of(0_u128..3));
    let life = (prop::sample::select(TaskStatus::ALL.to_vec()), -5_i64..5);
    let reserved = (0_i64..4, prop::collection::btree_set(80_u16..83, 0..2));
    let belongs = (prop::option::of("[xy]"), "[fg]", 1_u32..3, prop::option::of("[st]"));
    (place, life, reserved, belongs).prop_map(|(place, life, reserved, belongs)| {
        let family: String = belongs.1;
        Task {
            container_instance: place.2.map(InstanceId),
            last_status: life.0,
            stopped_at: (life.0 >= TaskStatus::Stopped).then_some(Timestamp(life.1)),
            reserved: Resources {
                tcp_ports: reserved.1,
                ..Resources::new(reserved.0 * 128, reserved.0 * 64)
            },
            owner: belongs.0.map(|service| Owner {
                service: service.parse().unwrap(),
                service_id: arn::ServiceId(1),
                deployment: arn::DeploymentId::from_number(1),
            }),
            task_definition: format!("{family}:{}", belongs.2).parse().unwrap(),
            started_by: belongs.3,
            ..task(place.0, place.1)
        }
    })
}

#[derive(Clone, Debug)]
enum Op {
    Put(Box<Task>),
    Delete(&'static str, u128),
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        3 => any_task().prop_map(|task| Op::Put(Box::new(task))),
        1 => (prop::sample::select(vec!["a", "b"]), 0_u128..8)
            .prop_map(|(cluster, id)| Op::Delete(cluster, id)),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<Op>),
    Refuse(Vec<Op>),
    Fail(Vec<Op>, Fault),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let ops = || prop::collection::vec(op(), 1..6);
    let fault = prop::sample::select(vec![Fault::Lost, Fault::Unanswered]);
    prop_oneof![
        6 => ops().prop_map(Step::Commit),
        1 => ops().prop_map(Step::Refuse),
        1 => (ops(), fault).prop_map(|(ops, fault)| Step::Fail(ops, fault)),
        1 => Just(Step::Reopen),
    ]
}

type Model = BTreeMap<(ClusterName, TaskId), Task>;

fn apply(model: &mut Model, ops: &[Op]) {
    for op in ops {
        match op {
            Op::Put(task) => model.insert((task.cluster.clone(), task.id), (**task).clone()),
            Op::Delete(name, id) => model.remove(&(cluster(name), TaskId(*id))),
        };
    }
}

fn update<E>(core: &mut Core, ops: Vec<Op>, end: Result<(), E>) -> bool {
    let updated = core.update(|tx| {
        for op in ops {
            match op {
                Op::Put(task) => tx.put(*task),
                Op::Delete(name, id) => {
                    tx.delete::<Task>(&(cluster(name), TaskId(id)));
                }
            }
        }
        end
    });
    updated.is_ok()
}

/// The tasks of the model for which `wanted` holds, in order.
fn filter<'a>(model: &'a Model, wanted: impl Fn(&Task) -> bool + 'a) -> Vec<&'a Task> {
    model.values().filter(move |task| wanted(task)).collect()
}

fn list<'a>(tasks: impl Iterator<Item = &'a Arc<Task>>) -> Vec<&'a Task> {
    tasks.map(|task| &**task).collect()
}

fn usage_of(tasks: &[&Task]) -> Usage {
    let mut usage = Usage::default();
    for task in tasks {
        usage.held.add(&task.reserved);
        if task.last_status < TaskStatus::Running {
            usage.pending_count += 1;
        } else {
            usage.running_count += 1;
        }
    }
    usage
}

fn check(state: &State, model: &Model) {
    assert_eq!(list(state.tasks().iter()), filter(model, |_| true));
    assert!(state.is_indexed_rightly());
    for name in ["a", "b"].map(cluster) {
        let here = |task: &Task| task.cluster == name;
        assert_eq!(list(state.tasks().scan(&name)), filter(model, here));
        for id in (0..3).map(InstanceId) {
            let on = filter(model, |t| here(t) && t.container_instance == Some(id) && t.is_live());
            assert_eq!(list(state.live_tasks_on(&name, id)), on);
            assert_eq!(*state.usage(&name, id), usage_of(&on));
        }
        for service in ["x", "y"].map(|service| service.parse().unwrap()) {
            let of = |t: &Task| here(t) && t.owner.as_ref().is_some_and(|o| o.service == service);
            assert_eq!(list(state.tasks_of(&name, &service)), filter(model, of));
            let live = filter(model, |task| of(task) && task.is_live());
            assert_eq!(list(state.live_tasks_of(&name, &service)), live);
        }
        let by = filter(model, |task| here(task) && task.started_by.as_deref() == Some("s"));
        assert_eq!(list(state.tasks_started_by(&name, "s")), by);
        let family = "f".parse().unwrap();
        let of = filter(model, |task| here(task) && task.task_definition.family == family);
        assert_eq!(list(state.tasks_of_family(&name, &family)), of);
    }
    let stopped = |at: i64| filter(model, move |t| t.stopped_at.is_some_and(|s| s.0 < at));
    for at in [-5, 0, 3] {
        let mut expected = stopped(at);
        expected.sort_by_key(|task| task.stopped_at);
        assert_eq!(list(state.tasks_stopped_before(Timestamp(at))), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn tables_and_indexes_agree_with_a_map(steps in prop::collection::vec(step(), 1..25)) {
        let engine = Memory::new();
        let open = || Core::open(Box::new(engine.clone())).unwrap();
        let (mut core, mut model) = (open(), Model::new());
        for step in steps {
            match step {
                Step::Commit(ops) => {
                    apply(&mut model, &ops);
                    prop_assert!(update::<()>(&mut core, ops, Ok(())));
                }
                Step::Refuse(ops) => prop_assert!(!update(&mut core, ops, Err(()))),
                Step::Fail(ops, fault) => {
                    engine.fail_next_commit(fault);
                    let changed = !update::<()>(&mut core, ops.clone(), Ok(()));
                    if changed && fault == Fault::Unanswered {
                        apply(&mut model, &ops);
                    }
                    if changed {
                        core = open();
                    } else {
                        // Nothing was to be committed, so the fault still waits: it meets this.
                        prop_assert!(!update::<()>(&mut core, vec![Op::Put(Box::new(task("c", 1)))], Ok(())));
                        core = open();
                        prop_assert!(update::<()>(&mut core, vec![Op::Delete("c", 1)], Ok(())));
                    }
                }
                Step::Reopen => core = open(),
            }
            check(&core.snapshot(), &model);
        }
    }
}

#[test]
fn pages_go_on_after_a_key_that_is_gone() {
    let mut core = Core::open(Box::new(Memory::new())).unwrap();
    for id in [1, 3, 5] {
        assert!(update::<()>(&mut core, vec![Op::Put(Box::new(task("a", id)))], Ok(())));
    }
    assert!(update::<()>(&mut core, vec![Op::Put(Box::new(task("b", 6)))], Ok(())));
    let snapshot = core.snapshot();
    let ids = |after: Option<u128>| -> Vec<_> {
        let after = after.map(|id| (cluster("a"), TaskId(id)));
        let page = snapshot.tasks().scan_after(&cluster("a"), after.as_ref());
        page.map(|task| task.id.0).collect()
    };
    assert_eq!(ids(None), [1, 3, 5]);
    assert_eq!(ids(Some(0)), [1, 3, 5]);
    assert_eq!(ids(Some(1)), [3, 5]);
    assert_eq!(ids(Some(4)), [5]);
    assert_eq!(ids(Some(5)), []);
}
