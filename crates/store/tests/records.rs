//! Every kind of record comes back from disk as it was written, and is found by its key.
#![allow(missing_docs, clippy::unwrap_used)]

mod fixture;

use arn::{ClusterName, EventId, Family, InstanceId, TaskDefinitionId};
use model::{AccountSetting, ContainerInstance, Service, ServiceEvent, Timestamp};
use store::engine::{Bounds, Embedded, Memory, Revision};
use store::{Core, FamilyRow, IdempotencyToken, State, TaskDefinitionRow, Tx};

fn cluster_name() -> ClusterName {
    "default".parse().unwrap()
}

fn web() -> Family {
    "web".parse().unwrap()
}

fn task_definition(revision: u32) -> TaskDefinitionRow {
    let mut row = fixture::task_definition();
    row.facts.id.revision = revision;
    row
}

fn service(name: &str, revision: u32) -> Service {
    let mut service = Service { name: name.parse().unwrap(), ..fixture::service() };
    service.deployments[0].task_definition.revision = revision;
    service
}

fn container_instance(id: u128) -> ContainerInstance {
    ContainerInstance { id: InstanceId(id), ..fixture::container_instance() }
}

fn token(name: &str, at: i64) -> IdempotencyToken {
    IdempotencyToken {
        operation: "RunTask".into(),
        scope: "default".into(),
        token: name.into(),
        fingerprint: "digest".into(),
        resources: vec!["arn".into()],
        created_at: Timestamp(at),
    }
}

fn update(core: &mut Core, write: impl FnOnce(&mut Tx)) {
    let updated = core.update(|tx| {
        write(tx);
        Ok::<_, ()>(())
    });
    updated.unwrap();
}

fn put_all(tx: &mut Tx) {
    tx.put(fixture::cluster());
    tx.put(FamilyRow { family: web(), latest_revision: 10 });
    (1..=10).for_each(|revision| tx.put(task_definition(revision)));
    tx.put(service("front", 9));
    tx.put(service("back", 10));
    for seq in [11, 2] {
        tx.put(ServiceEvent {
            cluster: cluster_name(),
            service: "front".parse().unwrap(),
            seq,
            id: EventId(u128::from(seq)),
            created_at: Timestamp(4),
            message: "has reached a steady state.".into(),
        });
    }
    tx.put(fixture::task("default", 5));
    tx.put(container_instance(6));
    for principal in ["default", "arn:aws:iam::012345678910:root"] {
        let (name, value) = ("taskLongArnFormat".into(), "enabled".into());
        tx.put(AccountSetting { principal: principal.into(), name, value });
    }
    tx.put(token("late", 9));
    tx.put(token("early", -9));
}

#[test]
fn every_kind_of_record_comes_back_from_disk() {
    let dir = tempfile::tempdir().unwrap();
    // So little history that rows come back from the rows, not from batches.
    for bounds in [Bounds { bytes_max: 1, ..Bounds::default() }, Bounds::default()] {
        let dir = dir.path().join(bounds.bytes_max.to_string());
        let open = || Core::open(Box::new(Embedded::open(&dir, bounds).unwrap())).unwrap();
        let mut core = open();
        update(&mut core, put_all);
        update(&mut core, |tx| tx.put(container_instance(7)));
        let before = core.snapshot();
        drop(core);
        let after = open().snapshot();
        assert!(*before == *after);
        assert_eq!(after.revision(), Revision(2));
        let key = (web(), 3);
        assert_eq!(**after.task_definitions().get(&key).unwrap(), task_definition(3));
    }
}

#[test]
fn rows_and_indexes_list_in_order() {
    let mut core = Core::open(Box::new(Memory::new())).unwrap();
    update(&mut core, put_all);
    let state = core.snapshot();
    let mut revisions = state.task_definitions().scan(&web()).map(|row| row.facts.id.revision);
    assert_eq!((revisions.next(), revisions.next_back()), (Some(1), Some(10)));
    let events = state.service_events().scan(&(cluster_name(), "front".parse().unwrap()));
    assert_eq!(events.map(|event| event.seq).collect::<Vec<_>>(), [2, 11]);
    let tokens = state.tokens_before(Timestamp(10)).map(|token| token.token.as_str());
    assert_eq!(tokens.collect::<Vec<_>>(), ["early", "late"]);
    assert_eq!(state.tokens_before(Timestamp(9)).count(), 1);

    let with = |state: &State, revision| -> Vec<String> {
        let services = state.services_with(&TaskDefinitionId { family: web(), revision });
        services.map(|service| service.name.to_string()).collect()
    };
    assert_eq!((with(&state, 9), with(&state, 10)), (vec!["front".into()], vec!["back".into()]));
    update(&mut core, |tx| tx.put(service("front", 10)));
    let state = core.snapshot();
    assert_eq!((with(&state, 9), with(&state, 10)), (vec![], vec!["back".into(), "front".into()]));
}
