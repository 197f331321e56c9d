//! What reports, stops and health make of a task.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use std::format;

use model::{
    Container, DesiredStatus, HealthStatus, NetworkBinding, Protocol, StopCode, Task, TaskStatus,
    Timestamp,
};
use proptest::prelude::*;

use super::{
    ContainerHealth, ContainerReport, Effect, Report, abandon, apply_health, apply_report, diagram,
    matrix, request_stop,
};

const NOW: Timestamp = Timestamp(1_000_000);

fn container(name: &str, essential: bool, has_health_check: bool) -> Container {
    Container {
        name: name.parse().unwrap(),
        id: "00000000000000000000000000000001".parse().unwrap(),
        image: "app:v1".into(),
        image_digest: None,
        runtime_id: None,
        last_status: TaskStatus::Pending,
        exit_code: None,
        reason: None,
        health_status: HealthStatus::Unknown,
        essential,
        has_health_check,
        network_bindings: Vec::new(),
        cpu_units: 0,
        memory_mib: Some(64),
        memory_reservation_mib: None,
    }
}

/// A task in PENDING with an essential container `app` (checked) and a plain one `side`.
fn task() -> Task {
    let id = "00000000000000000000000000000002".parse().unwrap();
    Task {
        group: "family:web".into(),
        containers: vec![container("app", true, true), container("side", false, false)],
        version: 1,
        ..Task::new("demo".parse().unwrap(), id, "web:1".parse().unwrap())
    }
}

fn entry(name: &str, status: TaskStatus) -> ContainerReport {
    ContainerReport { name: name.into(), status: Some(status), ..ContainerReport::default() }
}

fn ran(name: &str, status: TaskStatus, exit_code: Option<i32>) -> ContainerReport {
    let runtime_id = Some(format!("id-of-{name}"));
    ContainerReport { runtime_id, exit_code, ..entry(name, status) }
}

fn report(status: TaskStatus, containers: Vec<ContainerReport>) -> Report {
    Report { status: Some(status), containers, ..Report::default() }
}

fn running() -> Task {
    let mut task = task();
    let containers =
        vec![ran("app", TaskStatus::Running, None), ran("side", TaskStatus::Running, None)];
    apply_report(&mut task, &report(TaskStatus::Running, containers), NOW);
    task
}

fn stop_of(task: &Task) -> (Option<StopCode>, &str) {
    (task.stop_code, task.stopped_reason.as_deref().unwrap_or_default())
}

#[test]
fn every_state_and_input_is_decided() {
    insta::assert_snapshot!(matrix());
}

#[test]
fn the_docs_show_the_diagram_of_the_code() {
    let docs = include_str!("../../../../docs/lifecycle.md");
    assert!(docs.contains(&diagram()), "docs/lifecycle.md must contain:\n{}", diagram());
}

#[test]
fn a_first_report_of_running_starts_the_task() {
    let mut task = task();
    let binding = NetworkBinding {
        bind_ip: "0.0.0.0".into(),
        container_port: Some(80),
        host_port: Some(32768),
        protocol: Protocol::Tcp,
        container_port_range: None,
        host_port_range: None,
    };
    let app = ContainerReport {
        network_bindings: Some(vec![binding.clone()]),
        image_digest: Some("sha256:aa".into()),
        ..ran("app", TaskStatus::Running, None)
    };
    let report = Report {
        pull_started_at: Some(Timestamp(5)),
        pull_stopped_at: Some(Timestamp(9)),
        ..report(TaskStatus::Running, vec![app])
    };
    let effects = apply_report(&mut task, &report, NOW);
    let changed = Effect::StatusChanged { from: TaskStatus::Pending, to: TaskStatus::Running };
    assert!(effects.contains(&changed));
    assert_eq!((task.started_at, task.version), (Some(NOW), 2));
    assert_eq!(task.pull_stopped_at, Some(Timestamp(9)));
    let app = &task.containers[0];
    assert_eq!(app.runtime_id.as_deref(), Some("id-of-app"));
    assert_eq!(app.network_bindings, [binding]);
    assert_eq!(app.image_digest.as_deref(), Some("sha256:aa"));
}

#[test]
fn entries_of_one_container_are_applied_in_their_order() {
    let mut task = task();
    let containers =
        vec![ran("app", TaskStatus::Running, Some(7)), ran("app", TaskStatus::Stopped, Some(7))];
    apply_report(&mut task, &report(TaskStatus::Stopped, containers), NOW);
    assert_eq!(task.containers[0].last_status, TaskStatus::Stopped);
    assert_eq!(task.containers[0].exit_code, Some(7));
}

#[test]
fn an_essential_exit_stops_the_task_with_ecs_words() {
    let mut task = running();
    let stopped = Report {
        execution_stopped_at: Some(Timestamp(999)),
        ..report(TaskStatus::Stopped, vec![ran("app", TaskStatus::Stopped, Some(1))])
    };
    let later = NOW.plus_ms(10);
    apply_report(&mut task, &stopped, later);
    let expected = (Some(StopCode::EssentialContainerExited), "Essential container in task exited");
    assert_eq!(stop_of(&task), expected);
    assert_eq!((task.stopped_at, task.stopping_at), (Some(later), Some(later)));
    assert_eq!(task.execution_stopped_at, Some(Timestamp(999)));
    assert_eq!(task.desired_status, DesiredStatus::Stopped);
    assert!(task.containers.iter().all(|c| c.last_status == TaskStatus::Stopped));
}

#[test]
fn an_essential_exit_is_noticed_while_others_still_stop() {
    let mut task = running();
    let exit = report(TaskStatus::Running, vec![ran("app", TaskStatus::Stopped, Some(1))]);
    let effects = apply_report(&mut task, &exit, NOW);
    assert!(effects.contains(&Effect::DesiredStopped));
    assert_eq!(task.last_status, TaskStatus::Stopping);
    assert_eq!(task.stop_code, Some(StopCode::EssentialContainerExited));
}

#[test]
fn a_non_essential_exit_changes_its_container_alone() {
    let mut task = running();
    let exit = report(TaskStatus::Running, vec![ran("side", TaskStatus::Stopped, Some(1))]);
    apply_report(&mut task, &exit, NOW);
    assert!(task.is_wanted());
    assert_eq!(task.containers[1].exit_code, Some(1));
}

#[test]
fn a_task_that_never_ran_shows_what_failed() {
    let pull = "CannotPullContainerError: no such image";
    let failed = |name: &str, reason: &str| ContainerReport {
        reason: Some(reason.into()),
        ..entry(name, TaskStatus::Stopped)
    };
    let by_container = report(TaskStatus::Stopped, vec![failed("app", pull)]);
    let by_task = Report { reason: Some("no room".into()), ..by_container.clone() };
    let by_other = report(TaskStatus::Stopped, vec![failed("side", "boom")]);
    let by_nothing = report(TaskStatus::Stopped, vec![]);
    for (report, reason) in [
        (by_container, pull),
        (by_task, "no room"),
        (by_other, "boom"),
        (by_nothing, "Task failed to start"),
    ] {
        let mut task = task();
        apply_report(&mut task, &report, NOW);
        assert_eq!(stop_of(&task), (Some(StopCode::TaskFailedToStart), reason));
        assert_eq!((task.started_at, task.execution_stopped_at), (None, None));
    }
}

#[test]
fn a_dependent_that_never_started_is_no_exit() {
    let mut task = task();
    let dependent = ContainerReport {
        exit_code: Some(143),
        reason: Some("CannotStartContainerError: dependency graph".into()),
        ..entry("app", TaskStatus::Stopped)
    };
    let init = ran("side", TaskStatus::Stopped, Some(1));
    apply_report(&mut task, &report(TaskStatus::Stopped, vec![init, dependent]), NOW);
    let expected =
        (Some(StopCode::TaskFailedToStart), "CannotStartContainerError: dependency graph");
    assert_eq!(stop_of(&task), expected);
}

#[test]
fn the_first_reason_to_stop_stays() {
    let mut task = running();
    let scaling = "Scaling activity initiated by (deployment ecs-svc/1)";
    request_stop(&mut task, StopCode::ServiceSchedulerInitiated, scaling, NOW);
    assert!(
        request_stop(&mut task, StopCode::UserInitiated, "Task stopped by user", NOW).is_empty()
    );
    let exit = report(TaskStatus::Stopped, vec![ran("app", TaskStatus::Stopped, Some(137))]);
    apply_report(&mut task, &exit, NOW.plus_ms(5));
    assert_eq!(stop_of(&task), (Some(StopCode::ServiceSchedulerInitiated), scaling));
    assert_eq!((task.stopping_at, task.stopped_at), (Some(NOW), Some(NOW.plus_ms(5))));
}

#[test]
fn a_task_without_an_instance_stops_at_once() {
    let mut task = task();
    task.last_status = TaskStatus::Provisioning;
    request_stop(&mut task, StopCode::UserInitiated, "Task stopped by user", NOW);
    assert_eq!(task.last_status, TaskStatus::Stopped);
    assert_eq!(task.stopped_at, Some(NOW));
}

#[test]
fn a_task_whose_instance_is_gone_is_stopped_for_it() {
    let mut task = running();
    let reason = "Container instance deregistration forced by user";
    abandon(&mut task, StopCode::InfrastructureHealth, reason, NOW);
    assert_eq!(task.last_status, TaskStatus::Stopped);
    assert_eq!(stop_of(&task), (Some(StopCode::InfrastructureHealth), reason));
}

#[test]
fn health_rolls_up_over_essential_containers() {
    let mut task = running();
    let told = |status| [ContainerHealth { container: "app".parse().unwrap(), status }];
    let later = NOW.plus_ms(3);
    let effects = apply_health(&mut task, &told(HealthStatus::Healthy), later);
    let changed = Effect::HealthChanged { from: HealthStatus::Unknown, to: HealthStatus::Healthy };
    assert!(effects.contains(&changed));
    assert_eq!((task.health_status, task.health_since), (HealthStatus::Healthy, Some(later)));
    assert!(apply_health(&mut task, &told(HealthStatus::Healthy), later).is_empty());
    let side =
        [ContainerHealth { container: "side".parse().unwrap(), status: HealthStatus::Unhealthy }];
    assert!(apply_health(&mut task, &side, later).is_empty());
}

#[test]
fn a_reason_is_cut_to_what_ecs_keeps() {
    let mut task = task();
    let reason: String = "é".repeat(2000);
    let app = ContainerReport { reason: Some(reason), ..entry("app", TaskStatus::Stopped) };
    apply_report(&mut task, &report(TaskStatus::Stopped, vec![app]), NOW);
    assert_eq!(task.stopped_reason.unwrap().chars().count(), 1024);
}

fn any_status() -> impl Strategy<Value = TaskStatus> {
    prop::sample::select(TaskStatus::ALL.to_vec())
}

prop_compose! {
    fn any_report()(
        status in prop::option::of(any_status()),
        containers in prop::collection::vec(
            ("app|side|other", prop::option::of(any_status()), prop::option::of(any::<i32>())),
            0..4,
        ),
        execution_stopped_at in prop::option::of((0..9_i64).prop_map(Timestamp)),
    ) -> Report {
        let containers = containers
            .into_iter()
            .map(|(name, status, exit_code)| ContainerReport {
                runtime_id: exit_code.map(|code| code.to_string()),
                name,
                status,
                exit_code,
                ..ContainerReport::default()
            })
            .collect();
        Report { status, containers, execution_stopped_at, ..Report::default() }
    }
}

proptest! {
    #[test]
    fn statuses_only_rise_and_a_repeated_report_changes_nothing(
        reports in prop::collection::vec(any_report(), 1..12),
        stop_at in 0..12_usize,
    ) {
        let mut task = task();
        for (index, report) in reports.iter().enumerate() {
            if index == stop_at {
                request_stop(&mut task, StopCode::UserInitiated, "Task stopped by user", NOW);
            }
            let before = task.clone();
            let effects = apply_report(&mut task, report, NOW);
            prop_assert!(task.last_status >= before.last_status);
            prop_assert!(task.desired_status >= before.desired_status);
            for (now, then) in task.containers.iter().zip(&before.containers) {
                prop_assert!(now.last_status >= then.last_status);
            }
            prop_assert_eq!(effects.is_empty(), task == before);
            prop_assert_eq!(task.version, before.version + i64::from(!effects.is_empty()));
            let stopped = task.last_status == TaskStatus::Stopped;
            prop_assert_eq!(stopped, task.stopped_at.is_some());
            if task.desired_status == DesiredStatus::Stopped {
                prop_assert!(task.stop_code.is_some() && task.stopped_reason.is_some());
            }
            let once = task.clone();
            prop_assert!(apply_report(&mut task, report, NOW.plus_ms(1)).is_empty());
            prop_assert_eq!(&task, &once);
        }
    }
}
