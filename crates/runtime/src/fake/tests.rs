//! What the fake promises beyond the conformance suite.

use std::time::Duration;

use futures_util::{FutureExt, StreamExt};

use super::{Exit, FakeEngine, FakeRuntime, Script, Verb};
use crate::{
    ContainerId, ContainerRuntime, ContainerSpec, ContainerStatus, ErrorKind, Event, EventKind,
    HealthStatus, LabelFilter, PortBinding, RegistryAuth, RuntimeError,
};

fn engine_with(script: Script) -> FakeEngine {
    let mut engine = FakeEngine::new(7, 1000);
    engine.add_local_image("app", script);
    engine
}

fn started(engine: &mut FakeEngine, name: &str) -> ContainerId {
    let mut spec = ContainerSpec::new(name, "app");
    spec.overlay(r#"{"Healthcheck":{"Test":["CMD","x"]}}"#, "").expect("an object");
    let id = engine.create(&spec).expect("create");
    engine.start(&id).expect("start");
    id
}

fn told(events: &[Event]) -> Vec<(u64, EventKind)> {
    events.iter().map(|event| (event.at_ms, event.kind)).collect()
}

#[test]
fn what_is_due_happens_in_order_at_its_own_time() {
    let script = Script {
        health: vec![(300, HealthStatus::Healthy), (500, HealthStatus::Unhealthy)],
        exit: Some(Exit { after_ms: 900, code: 1, oom_killed: true }),
        ..Script::default()
    };
    let mut engine = engine_with(script);
    let id = started(&mut engine, "a");
    assert_eq!(engine.next_due_ms(), Some(1300));
    assert_eq!(
        told(&engine.advance(5000)),
        [
            (1000, EventKind::Created),
            (1000, EventKind::Started),
            (1300, EventKind::Health(HealthStatus::Healthy)),
            (1500, EventKind::Health(HealthStatus::Unhealthy)),
            (1900, EventKind::Oom),
            (1900, EventKind::Died { exit_code: 1 }),
        ]
    );
    assert_eq!(engine.inspect(&id).expect("inspect").finished_at_ms, Some(1900));
    assert_eq!((engine.now_ms(), engine.next_due_ms()), (5000, None));
}

#[test]
fn what_was_due_for_an_earlier_run_is_void() {
    let mut engine = engine_with(Script::exits(100, 0));
    let id = started(&mut engine, "a");
    engine.advance(1050);
    engine.kill(&id).expect("kill");
    engine.start(&id).expect("start again");
    engine.advance(1120);
    assert!(engine.is_running(&id), "the first run's end does not end the second");
    engine.advance(1150);
    assert_eq!(engine.inspect(&id).expect("inspect").exit_code, Some(0));
}

#[test]
fn a_stop_tells_when_the_container_will_have_ended() {
    let slow = Script { stop_ms: 2000, ..Script::default() };
    let mut engine = engine_with(slow);
    let obeying = started(&mut engine, "a");
    assert_eq!(engine.stop(&obeying, 30_000), Ok(3000));
    let cut_short = started(&mut engine, "b");
    assert_eq!(engine.stop(&cut_short, 500), Ok(1500));
    engine.advance(3000);
    assert_eq!(engine.inspect(&obeying).expect("inspect").exit_code, Some(143));
    assert_eq!(engine.inspect(&cut_short).expect("inspect").exit_code, Some(137));
}

#[test]
fn a_crash_loses_events_but_not_containers() {
    let mut engine = engine_with(Script::exits(100, 5));
    let id = started(&mut engine, "a");
    engine.crash();
    assert_eq!(engine.inspect(&id).expect_err("away").kind, ErrorKind::EngineUnreachable);
    assert_eq!(engine.advance(2000), []);
    engine.restart();
    assert_eq!(engine.past_events(0, &LabelFilter::any()), Ok(Vec::new()));
    let state = engine.inspect(&id).expect("inspect");
    assert_eq!((state.exit_code, state.finished_at_ms), (Some(5), Some(1100)));
}

#[test]
fn a_reboot_ends_what_ran() {
    let mut engine = engine_with(Script::default());
    let id = started(&mut engine, "a");
    engine.reboot_host(60_000);
    let state = engine.inspect(&id).expect("inspect");
    assert_eq!((state.status, state.exit_code), (ContainerStatus::Exited, Some(255)));
    assert_eq!(engine.now_ms(), 61_000);
}

#[test]
fn faults_are_met_once_and_in_order() {
    let mut engine = engine_with(Script::default());
    let busy = RuntimeError::passing(ErrorKind::DockerTimeout, "busy");
    let full = RuntimeError::lasting(ErrorKind::CannotCreateContainer, "no space left on device");
    engine.fail_next(Verb::Create, busy.clone());
    engine.fail_next(Verb::Create, full.clone());
    let spec = ContainerSpec::new("a", "app");
    assert_eq!(engine.create(&spec), Err(busy));
    assert_eq!(engine.create(&spec), Err(full));
    assert!(engine.create(&spec).is_ok());
}

#[test]
fn an_event_can_be_lost() {
    let mut engine = engine_with(Script::default());
    engine.lose_next_events(1);
    started(&mut engine, "a");
    assert_eq!(told(&engine.take_events()), [(1000, EventKind::Started)]);
}

#[test]
fn the_same_steps_give_the_same_ids_and_another_seed_gives_others() {
    let mut engines = [FakeEngine::new(1, 0), FakeEngine::new(1, 0), FakeEngine::new(2, 0)];
    let ids = engines.each_mut().map(|engine| {
        engine.add_local_image("app", Script::default());
        engine.create(&ContainerSpec::new("a", "app")).expect("create").0
    });
    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
    assert!(ids.iter().all(|id| id.len() == 64 && id.chars().all(|c| c.is_ascii_hexdigit())));
}

#[test]
fn host_ports_are_told_apart_by_protocol_and_given_back() {
    let mut engine = engine_with(Script::default());
    let mut spec = ContainerSpec::new("a", "app");
    spec.overlay(
        "",
        r#"{"PortBindings":{"53/tcp":[{"HostPort":"53"}],"53/udp":[{"HostPort":"53"}]}}"#,
    )
    .expect("an object");
    let id = engine.create(&spec).expect("create");
    engine.start(&id).expect("start");
    let ports = |bindings: Vec<PortBinding>| -> Vec<(&'static str, u16)> {
        bindings.iter().map(|b| (b.protocol.as_str(), b.host_port)).collect()
    };
    let state = engine.inspect(&id).expect("inspect");
    assert_eq!(ports(state.port_bindings), [("tcp", 53), ("udp", 53)]);
    let second = engine.create(&ContainerSpec { name: "b".into(), ..spec }).expect("create");
    assert!(engine.start(&second).is_err());
    engine.remove(&id).expect("remove");
    assert!(engine.start(&second).is_ok());
}

#[test]
fn a_tag_moves_to_what_was_pulled_last_and_a_digest_stays() {
    let mut engine = FakeEngine::new(1, 0);
    engine.add_remote_image("registry:5000/app:1", 1, Script::default());
    let first = engine.pull("registry:5000/app:1", None).expect("pull");
    let digest = engine.manifest_digest("registry:5000/app:1", None).expect("digest");
    assert_eq!(first.digest.as_ref(), Some(&digest));
    engine.add_remote_image("registry:5000/app:1", 2, Script::default());
    let second = engine.pull("registry:5000/app:1", None).expect("pull");
    assert_ne!(first.id, second.id);
    let pinned = engine.image_present(&format!("registry:5000/app@{digest}")).expect("ask");
    assert_eq!(pinned.expect("still here").id, first.id);
    let named = engine.image_present("registry:5000/app:1").expect("ask");
    assert_eq!(named.expect("here").id, second.id);
}

#[test]
fn a_registry_asks_for_its_login() {
    let login = Some(("AWS".to_owned(), "secret".to_owned()));
    let script = Script { registry_login: login, ..Script::default() };
    let mut engine = FakeEngine::new(1, 0);
    engine.add_remote_image("app", 1, script);
    let refused = engine.pull("app", None).expect_err("no credentials");
    assert_eq!(refused.kind, ErrorKind::CannotPullContainerAuth);
    let mut auth = RegistryAuth { username: "AWS".into(), ..RegistryAuth::default() };
    auth.password = "wrong".into();
    assert!(engine.pull("app", Some(&auth)).is_err());
    auth.password = "secret".into();
    assert!(engine.pull("app", Some(&auth)).is_ok());
    assert!(!format!("{auth:?}").contains("secret"));
}

#[tokio::test]
async fn a_pull_and_a_stop_wait_for_the_clock() {
    let mut engine = FakeEngine::new(1, 0);
    let script = Script { pull_ms: 5000, ignores_stop_signal: true, ..Script::default() };
    engine.add_remote_image("app", 1, script);
    let runtime = FakeRuntime::new(engine);
    let mut pull = runtime.pull("app", None);
    assert!((&mut pull).now_or_never().is_none());
    runtime.with(|engine| engine.advance(4999));
    assert!((&mut pull).now_or_never().is_none());
    runtime.with(|engine| engine.advance(5000));
    pull.await.expect("pulled");

    let id = runtime.create(&ContainerSpec::new("a", "app")).await.expect("create");
    runtime.start(&id).await.expect("start");
    let mut stop = runtime.stop(&id, Duration::from_secs(30));
    assert!((&mut stop).now_or_never().is_none());
    runtime.kill(&id).await.expect("kill");
    (&mut stop).now_or_never().expect("it has ended").expect("stop");
}

#[tokio::test]
async fn a_subscriber_hears_of_what_others_do_and_that_the_engine_went_away() {
    let runtime = FakeRuntime::new(engine_with(Script::exits(100, 0)));
    let mut events = runtime.events(None, &LabelFilter::any()).await.expect("events");
    let id = runtime.create(&ContainerSpec::new("a", "app")).await.expect("create");
    runtime.start(&id).await.expect("start");
    // Events that `advance` returns to whoever moves the clock reach subscribers as well.
    runtime.with(|engine| assert_eq!(engine.advance(1100).len(), 1));
    let mut kinds = Vec::new();
    for _ in 0..3 {
        kinds.push(events.next().await.expect("more").expect("an event").kind);
    }
    assert_eq!(kinds, [EventKind::Created, EventKind::Started, EventKind::Died { exit_code: 0 }]);
    runtime.with(FakeEngine::crash);
    let error = events.next().await.expect("the reason").expect_err("it is away");
    assert_eq!(error.kind, ErrorKind::EngineUnreachable);
    assert!(events.next().await.is_none());
}
