//! A container's life.

use std::time::Duration;

use futures_util::StreamExt;

use super::{Bench, LABEL, Program, next_event, run_to_end};
use crate::{ContainerStatus, ErrorKind, EventKind, LabelFilter, LogStream};

const LONG: Duration = Duration::from_secs(30);

/// Created, running, exited, gone; and an event for each step.
pub async fn a_container_is_created_started_stopped_and_removed(bench: &Bench) {
    let runtime = bench.runtime();
    let mut events = bench.events().await;
    let spec = bench.spec(Program::RunsUntilStopped);
    let id = runtime.create(&spec).await.expect("create");
    let created = bench.state(&id).await;
    assert_eq!(created.id, id);
    assert_eq!(created.name, spec.name);
    assert_eq!(created.status, ContainerStatus::Created);
    assert!(bench.filter().matches(&created.labels));
    assert!(created.image_id.starts_with("sha256:"), "{}", created.image_id);
    assert!(created.created_at_ms > 0);
    assert_eq!((created.started_at_ms, created.exit_code), (None, None));

    runtime.start(&id).await.expect("start");
    let running = bench.state(&id).await;
    assert_eq!(running.status, ContainerStatus::Running);
    assert!(running.started_at_ms >= Some(created.created_at_ms));
    assert!(running.pid.is_some());
    assert_eq!((running.finished_at_ms, running.exit_code), (None, None));

    runtime.stop(&id, Duration::ZERO).await.expect("stop");
    assert_eq!(bench.state(&id).await.status, ContainerStatus::Exited);
    runtime.remove(&id, true).await.expect("remove");
    let gone = runtime.inspect(&id).await.expect_err("it is gone");
    assert_eq!(gone.kind, ErrorKind::NoSuchContainer);

    let mut kinds = Vec::new();
    while kinds.last() != Some(&EventKind::Destroyed) {
        let event = events.next().await.expect("the stream goes on").expect("an event");
        assert!(bench.filter().matches(&event.labels));
        kinds.push(event.kind);
    }
    assert!(
        matches!(
            kinds[..],
            [EventKind::Created, EventKind::Started, EventKind::Died { .. }, EventKind::Destroyed]
        ),
        "unexpected order: {kinds:?}"
    );
}

/// As ECS's restart policy does it: the same container, the same id.
pub async fn a_container_can_be_started_again(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::ExitsWith7).await;
    let first = run_to_end(bench, &mut events, &id).await;
    let second = run_to_end(bench, &mut events, &id).await;
    assert!(second.at_ms >= first.at_ms);
    assert_eq!(second.kind, EventKind::Died { exit_code: 7 });
}

/// What `DescribeTasks` shows of a container that ended.
pub async fn the_exit_code_and_the_times_are_kept(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::ExitsWith7).await;
    let died = run_to_end(bench, &mut events, &id).await;
    assert_eq!(died.kind, EventKind::Died { exit_code: 7 });
    let state = bench.state(&id).await;
    assert_eq!((state.status, state.exit_code), (ContainerStatus::Exited, Some(7)));
    assert!(state.finished_at_ms >= state.started_at_ms);
    assert!(!state.oom_killed);
    assert_eq!(state.pid, None);
}

/// A program that ends by itself after the signal keeps its own exit code.
pub async fn the_stop_signal_is_heard(bench: &Bench) {
    let id = bench.started(Program::RunsUntilStopped).await;
    bench.ready(&id).await;
    bench.runtime().stop(&id, LONG).await.expect("stop");
    assert_eq!(bench.state(&id).await.exit_code, Some(3));
}

/// Then 137 is what is left of it.
pub async fn who_ignores_the_stop_signal_is_killed_after_the_timeout(bench: &Bench) {
    let id = bench.started(Program::IgnoresStop).await;
    bench.ready(&id).await;
    bench.runtime().stop(&id, Duration::from_secs(1)).await.expect("stop");
    let state = bench.state(&id).await;
    assert_eq!((state.status, state.exit_code), (ContainerStatus::Exited, Some(137)));
    let ran_ms = state.finished_at_ms.expect("ended") - state.started_at_ms.expect("started");
    assert!(ran_ms >= 1000, "killed after {ran_ms} ms");
}

/// SIGKILL, without waiting.
pub async fn a_kill_ends_with_137(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.started(Program::IgnoresStop).await;
    bench.runtime().kill(&id).await.expect("kill");
    let died = next_event(&mut events, &id, |kind| matches!(kind, EventKind::Died { .. })).await;
    assert_eq!(died.kind, EventKind::Died { exit_code: 137 });
    assert_eq!(bench.state(&id).await.exit_code, Some(137));
}

/// An agent that lost an answer asks again.
pub async fn a_repeated_verb_is_no_error(bench: &Bench) {
    let runtime = bench.runtime();
    let id = bench.started(Program::IgnoresStop).await;
    runtime.start(&id).await.expect("start a running one");
    runtime.stop(&id, Duration::ZERO).await.expect("stop");
    runtime.stop(&id, Duration::ZERO).await.expect("stop a stopped one");
    runtime.kill(&id).await.expect("kill a stopped one");
    runtime.remove(&id, true).await.expect("remove");
    runtime.remove(&id, true).await.expect("remove a removed one");
}

/// How an agent finds its containers again.
pub async fn containers_are_listed_by_label_oldest_first(bench: &Bench) {
    let runtime = bench.runtime();
    let mut specs = [bench.spec(Program::ExitsWith7), bench.spec(Program::IgnoresStop)];
    specs[0].set_label("task", "a");
    specs[1].set_label("task", "b");
    let first = runtime.create(&specs[0]).await.expect("create");
    let second = runtime.create(&specs[1]).await.expect("create");
    runtime.start(&second).await.expect("start");
    let ids = |states: Vec<crate::ContainerState>| -> Vec<crate::ContainerId> {
        states.into_iter().map(|state| state.id).collect()
    };
    let all = runtime.list(&bench.filter()).await.expect("list");
    assert_eq!(all[1], bench.state(&second).await, "a listing says what an inspection says");
    assert_eq!(ids(all), [first.clone(), second.clone()]);
    let of_a = runtime.list(&bench.filter().and_equals("task", "a")).await.expect("list");
    assert_eq!(ids(of_a), std::slice::from_ref(&first));
    let of_any = runtime.list(&bench.filter().and_key("task")).await.expect("list");
    assert_eq!(ids(of_any), [first, second]);
    let none = runtime.list(&LabelFilter::equals(LABEL, "nobody's")).await.expect("list");
    assert_eq!(ids(none), []);
}

/// For whoever has to find out why a container ended.
pub async fn the_last_lines_are_kept(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::ExitsWith7).await;
    assert_eq!(bench.runtime().logs(&id, 10).await.expect("logs"), []);
    run_to_end(bench, &mut events, &id).await;
    let lines = bench.runtime().logs(&id, 2).await.expect("logs");
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["two", "three"]);
    assert!(lines.iter().all(|line| line.stream == LogStream::Stdout));
}

/// What the task metadata endpoint and TCS are made of.
pub async fn a_running_container_has_stats(bench: &Bench) {
    let mut spec = bench.spec(Program::RunsUntilStopped);
    spec.set_memory_bytes(64 << 20);
    let id = bench.runtime().create(&spec).await.expect("create");
    bench.runtime().start(&id).await.expect("start");
    let stats = bench.runtime().stats(&id).await.expect("stats");
    assert_eq!(stats["memory_stats"]["limit"], 64 << 20, "{stats}");
    assert!(stats["cpu_stats"]["cpu_usage"]["total_usage"].is_u64(), "{stats}");
}

/// ECS turns this into OutOfMemoryError.
pub async fn a_container_killed_for_memory_says_so(bench: &Bench) {
    let mut events = bench.events().await;
    let mut spec = bench.spec(Program::RunsOutOfMemory);
    spec.set_memory_bytes(16 << 20);
    let id = bench.runtime().create(&spec).await.expect("create");
    let died = run_to_end(bench, &mut events, &id).await;
    assert_eq!(died.kind, EventKind::Died { exit_code: 137 });
    assert!(bench.state(&id).await.oom_killed);
}

/// An agent that was away asks from where it left off.
pub async fn events_of_the_past_are_told_again(bench: &Bench) {
    let mut events = bench.events().await;
    let id = bench.created(Program::ExitsWith7).await;
    let created = next_event(&mut events, &id, |kind| kind == EventKind::Created).await;
    let died = run_to_end(bench, &mut events, &id).await;
    drop(events);
    let since = Some(created.at_ms);
    let mut late = bench.runtime().events(since, &bench.filter()).await.expect("events");
    assert_eq!(next_event(&mut late, &id, |kind| kind == EventKind::Created).await, created);
    assert_eq!(next_event(&mut late, &id, |kind| kind == died.kind).await, died);
}

/// Two agents on one engine do not hear each other's containers.
pub async fn events_are_filtered_by_label(bench: &Bench) {
    let runtime = bench.runtime();
    let filter = bench.filter().and_equals("task", "mine");
    let mut events = runtime.events(None, &filter).await.expect("events");
    let _other = bench.started(Program::IgnoresStop).await;
    let mut spec = bench.spec(Program::IgnoresStop);
    spec.set_label("task", "mine");
    let mine = runtime.create(&spec).await.expect("create");
    let event = events.next().await.expect("the stream goes on").expect("an event");
    assert_eq!((event.container_id, event.kind), (mine, EventKind::Created));
}
