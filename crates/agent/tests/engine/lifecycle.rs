//! A task's way up and down: what is created, what is reported, what is cleaned up.

use model::TaskStatus::{Running, Stopped};
use runtime::HealthStatus;
use runtime::fake::{Exit, Script};
use serde_json::json;
use session_wire::payload;

use crate::host::{Host, arn, container, sidecar, task, with_health_check};

#[test]
fn a_task_runs_and_is_reported_with_its_ports() {
    let mut host = Host::new();
    let mut app = container("app", "app");
    app.port_mappings.push(payload::PortMapping {
        container_port: Some(8080),
        host_port: Some(0),
        ..payload::PortMapping::default()
    });
    host.run_task(task(1, vec![app]));
    host.run_for(100);
    assert_eq!(host.statuses(&arn(1)), [Running]);
    let id = host.container("app").id.0;
    let change = &host.last().containers[0];
    assert_eq!(change.runtime_id, Some(id));
    let binding = &change.bindings[0];
    assert_eq!((binding.container_port, binding.bind_ip.as_str()), (8080, "0.0.0.0"));
    assert!(binding.host_port > 0, "the runtime has chosen a port");
}

#[test]
fn a_container_is_created_as_amazons_agent_does_it() {
    let mut host = Host::new();
    let mut app = container("web_app", "app");
    app.command = Some(vec!["serve".into()]);
    app.entry_point = Some(vec!["/bin/sh".into()]);
    app.environment.insert("FOO".into(), "bar".into());
    app.docker_config.config = json!({ "User": "nobody", "Labels": { "mine": "1" } }).to_string();
    app.docker_config.host_config =
        json!({ "NetworkMode": "bridge", "Ulimits": [{ "Name": "nofile" }] }).to_string();
    host.run_task(task(1, vec![app]));
    host.run_for(100);
    let state = host.container("web_app");
    let (prefix, digits) = state.name.rsplit_once('-').unwrap();
    assert_eq!(prefix, "ecs-web-3-webapp");
    assert!(digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_hexdigit()), "{digits}");
    for (key, value) in [
        ("com.amazonaws.ecs.cluster", "demo"),
        ("com.amazonaws.ecs.container-name", "web_app"),
        ("com.amazonaws.ecs.task-arn", &arn(1)),
        ("com.amazonaws.ecs.task-definition-family", "web"),
        ("com.amazonaws.ecs.task-definition-version", "3"),
        ("longshore.container-instance", crate::host::INSTANCE),
        ("mine", "1"),
    ] {
        assert_eq!(state.labels.get(key).map(String::as_str), Some(value), "{key}");
    }
    let spec = host.runtime.spec(&state.id).unwrap();
    assert_eq!(spec.env("FOO"), Some("bar"));
    assert_eq!(spec.env("AWS_REGION"), Some("us-east-1"));
    assert_eq!(spec.config["User"], "nobody");
    assert_eq!(spec.config["Cmd"], json!(["serve"]));
    assert_eq!(spec.config["Entrypoint"], json!(["/bin/sh"]));
    assert_eq!(spec.host_config["Memory"], 64 << 20);
    assert_eq!(spec.host_config["CpuShares"], 128);
    assert_eq!(spec.host_config["Ulimits"], json!([{ "Name": "nofile" }]));
}

#[test]
fn a_region_of_the_task_or_the_image_is_left_alone() {
    let mut host = Host::new();
    let script = Script { image_env: vec!["AWS_REGION=eu-west-1".into()], ..Script::default() };
    host.image("regional", script);
    let mut own = container("own", "app");
    own.environment.insert("AWS_DEFAULT_REGION".into(), "ap-south-1".into());
    host.run_task(task(1, vec![container("img", "regional"), own]));
    host.run_for(100);
    let id = host.container("img").id;
    assert_eq!(host.runtime.spec(&id).unwrap().env("AWS_REGION"), None);
    let id = host.container("own").id;
    assert_eq!(host.runtime.spec(&id).unwrap().env("AWS_REGION"), None);
}

#[test]
fn host_mode_publishes_nothing() {
    let mut host = Host::new();
    let mut app = container("app", "app");
    app.docker_config.host_config = json!({ "NetworkMode": "host" }).to_string();
    app.port_mappings.push(payload::PortMapping {
        container_port: Some(80),
        host_port: Some(80),
        ..payload::PortMapping::default()
    });
    let mut task = task(1, vec![app]);
    task.network_mode = "host".into();
    host.run_task(task);
    host.run_for(100);
    assert_eq!(host.container("app").network_mode, "host");
    assert!(host.last().containers[0].bindings.is_empty());
}

#[test]
fn an_essential_exit_stops_the_others_and_tells_the_true_time_and_code() {
    let mut host = Host::new();
    host.image("dies", Script::exits(5_000, 3));
    host.image("slow", Script { stop_ms: 2_000, ..Script::default() });
    host.run_task(task(1, vec![container("app", "dies"), sidecar("side", "slow")]));
    host.run_for(5_000);
    // The exit is told at once, while the other container still stops.
    assert_eq!(host.changes().last().unwrap(), "app STOPPED 3");
    assert_eq!(host.last().status, Running);
    host.run_for(2_000);
    assert_eq!(host.last().status, Stopped);
    assert_eq!(host.changes().last().unwrap(), "side STOPPED 143");
    let at = host.last().execution_stopped_at.unwrap();
    assert_eq!(Host::since_start_ms(at), 5_000);
}

#[test]
fn a_non_essential_exit_is_told_at_once_and_stops_nothing() {
    let mut host = Host::new();
    host.image("job", Script::exits(1_000, 0));
    host.run_task(task(1, vec![container("app", "app"), sidecar("job", "job")]));
    host.run_for(1_000);
    assert_eq!(host.changes().last().unwrap(), "job STOPPED 0");
    assert_eq!(host.last().status, Running);
    assert_eq!(host.running(), ["app"]);
}

#[test]
fn a_container_that_ends_between_two_looks_is_told_as_running_first() {
    let mut host = Host::new();
    host.image("flash", Script::exits(0, 7));
    host.run_task(task(1, vec![container("app", "flash")]));
    host.run_for(0);
    assert_eq!(host.statuses(&arn(1)), [Running, Stopped]);
    assert_eq!(host.changes(), ["app RUNNING", "app STOPPED 7"]);
}

#[test]
fn running_out_of_memory_is_told_in_amazons_words() {
    let mut host = Host::new();
    let exit = Some(Exit { after_ms: 1_000, code: 137, oom_killed: true });
    host.image("hungry", Script { exit, ..Script::default() });
    host.run_task(task(1, vec![container("app", "hungry")]));
    host.run_for(1_000);
    let expected = "app STOPPED 137 OutOfMemoryError: Container killed due to memory usage";
    assert_eq!(host.changes().last().unwrap(), expected);
}

#[test]
fn a_container_that_cannot_start_gives_the_reason_and_no_exit_code() {
    let mut host = Host::new();
    let kind = runtime::ErrorKind::CannotStartContainer;
    let error = runtime::RuntimeError::lasting(kind, "stat /nonexistent: no such file");
    host.image("broken", Script { start_error: Some(error), ..Script::default() });
    host.run_task(task(1, vec![container("app", "broken"), container("other", "app")]));
    host.run_for(1_000);
    assert_eq!(host.last().status, Stopped);
    let reason = "CannotStartContainerError: stat /nonexistent: no such file";
    assert!(host.changes().contains(&format!("app STOPPED {reason}")), "{:?}", host.changes());
    assert!(host.running().is_empty());
}

#[test]
fn a_lost_runtime_event_is_made_up_for() {
    let mut host = Host::new();
    host.image("dies", Script::exits(60_000, 1));
    host.run_task(task(1, vec![container("app", "dies")]));
    host.run_for(1_000);
    host.runtime.lose_next_events(1);
    host.run_for(5 * 60_000);
    assert_eq!(host.last().status, Stopped);
    assert_eq!(Host::since_start_ms(host.last().execution_stopped_at.unwrap()), 60_000);
}

#[test]
fn a_container_that_somebody_removed_is_told_as_vanished() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(1_000);
    let id = host.container("app").id;
    host.runtime.remove(&id).unwrap();
    host.run_for(1_000);
    let reason = "app STOPPED ContainerVanishedError: No container matching saved ID found";
    let died = "app STOPPED 137";
    let last = host.changes().last().unwrap().clone();
    assert!(last == reason || last == died, "{last}");
    assert_eq!(host.last().status, Stopped);
}

#[test]
fn health_follows_the_check_and_is_unknown_without_a_verdict() {
    let mut host = Host::new();
    let health = vec![(2_000, HealthStatus::Healthy), (9_000, HealthStatus::Unhealthy)];
    host.image("checked", Script { health, ..Script::default() });
    host.run_task(task(1, vec![with_health_check(container("app", "checked"))]));
    let health = |host: &Host| host.engine.task(&arn(1)).unwrap().containers[0].health.clone();
    host.run_for(1_000);
    assert_eq!(health(&host).status, model::HealthStatus::Unknown);
    host.run_for(1_000);
    assert_eq!(health(&host).status, model::HealthStatus::Healthy);
    assert_eq!(Host::since_start_ms(health(&host).since.unwrap()), 2_000);
    host.run_for(7_000);
    assert_eq!(health(&host).status, model::HealthStatus::Unhealthy);
    assert_eq!(host.running(), ["app"]);
}

#[test]
fn a_restart_policy_restarts_in_place_and_tells_nobody() {
    let mut host = Host::new();
    host.image("flaky", Script::exits(90_000, 1));
    let mut app = container("app", "flaky");
    app.restart_policy = Some(payload::RestartPolicy {
        enabled: true,
        ignored_exit_codes: vec![],
        restart_attempt_period: 60,
    });
    host.run_task(task(1, vec![app]));
    host.run_for(1_000);
    let id = host.container("app").id;
    host.run_for(200_000);
    assert_eq!(host.statuses(&arn(1)), [Running]);
    assert_eq!(host.container("app").id, id);
    assert_eq!(host.engine.task(&arn(1)).unwrap().containers[0].restart_count, 2);
    assert_eq!(host.running(), ["app"]);
}

#[test]
fn a_container_that_ends_too_soon_or_with_an_ignored_code_stays_down() {
    for (after_ms, code) in [(2_000, 1), (90_000, 42)] {
        let mut host = Host::new();
        host.image("flaky", Script::exits(after_ms, code));
        let mut app = container("app", "flaky");
        app.restart_policy = Some(payload::RestartPolicy {
            enabled: true,
            ignored_exit_codes: vec![42],
            restart_attempt_period: 60,
        });
        host.run_task(task(1, vec![app]));
        host.run_for(100_000);
        assert_eq!(host.statuses(&arn(1)), [Running, Stopped], "{after_ms} {code}");
    }
}

#[test]
fn nothing_is_removed_before_the_control_plane_knows_and_the_wait_is_over() {
    let mut host = Host::new();
    host.image("dies", Script::exits(1_000, 0));
    host.listens = false;
    host.run_task(task(1, vec![container("app", "dies")]));
    host.run_for(10 * 3_600_000);
    assert_eq!(host.containers().len(), 1, "nobody knows that the task has stopped");
    host.listen();
    host.run_for(0);
    assert_eq!(host.statuses(&arn(1)), [Running, Stopped]);
    assert!(host.containers().is_empty(), "the wait is over since long");
    assert!(host.disk.is_empty() && host.engine.task(&arn(1)).is_none());
}

#[test]
fn a_stopped_tasks_containers_are_kept_for_the_wait() {
    let mut host = Host::new();
    host.image("dies", Script::exits(1_000, 0));
    host.run_task(task(1, vec![container("app", "dies")]));
    host.run_for(3_600_000);
    assert_eq!(host.containers().len(), 1);
    host.run_for(1_000);
    assert!(host.containers().is_empty());
}

#[test]
fn volumes_of_the_task_are_made_mounted_and_removed_with_it() {
    let mut host = Host::new();
    host.image("dies", Script::exits(1_000, 0));
    let mut app = container("app", "dies");
    for (volume, path) in [("scratch", "/scratch"), ("etc", "/host/etc"), ("kept", "/kept")] {
        app.mount_points.push(payload::MountPoint {
            source_volume: volume.into(),
            container_path: path.into(),
            read_only: volume == "etc",
        });
    }
    let mut task = task(1, vec![app]);
    let host_volume = |name: &str, path: &str| payload::Volume {
        name: name.into(),
        host: Some(payload::HostVolume { source_path: path.into() }),
        ..payload::Volume::default()
    };
    task.volumes = vec![
        host_volume("scratch", ""),
        host_volume("etc", "/etc"),
        payload::Volume {
            name: "kept".into(),
            r#type: "docker".into(),
            docker_volume_configuration: Some(payload::DockerVolumeConfiguration {
                scope: "shared".into(),
                autoprovision: true,
                ..payload::DockerVolumeConfiguration::default()
            }),
            ..payload::Volume::default()
        },
    ];
    host.run_task(task);
    host.run_for(100);
    let id = host.container("app").id;
    let binds = host.runtime.spec(&id).unwrap().host_config["Binds"].clone();
    let binds: Vec<String> = serde_json::from_value(binds).unwrap();
    assert!(binds[0].starts_with("ecs-web-3-scratch-") && binds[0].ends_with(":/scratch"));
    assert_eq!(binds[1..], ["/etc:/host/etc:ro", "kept:/kept"]);
    assert_eq!(volumes(&mut host).len(), 2);
    host.run_for(2 * 3_600_000);
    assert_eq!(volumes(&mut host), ["kept"]);
    assert!(host.engine.task(&arn(1)).is_none());
}

fn volumes(host: &mut Host) -> Vec<String> {
    let volumes = host.runtime.list_volumes(&runtime::LabelFilter::any()).expect("it answers");
    volumes.into_iter().map(|volume| volume.name).collect()
}

#[test]
fn a_task_that_makes_no_sense_is_told_as_stopped_with_the_reason() {
    let cases: Vec<(payload::Task, &str)> = vec![
        (task(1, vec![]), "has no containers"),
        (
            task(1, vec![crate::host::waiting_for(container("a", "app"), "b", "START")]),
            "Task dependencies cannot be resolved, taskArn: ",
        ),
        (
            task(
                1,
                vec![{
                    let mut c = container("a", "app");
                    c.links = vec!["db:database".into()];
                    c
                }],
            ),
            "could not find container for link db:database",
        ),
        (
            task(
                1,
                vec![{
                    let mut c = container("a", "app");
                    c.overrides = payload::Overrides(r#"{"environment":[]}"#.into());
                    c
                }],
            ),
            "only command can be overridden",
        ),
    ];
    for (task, reason) in cases {
        let mut host = Host::new();
        host.run_task(task);
        host.run_for(0);
        assert_eq!(host.statuses(&arn(1)), [Stopped]);
        let told = host.last().reason.clone().unwrap_or_default();
        assert!(told.contains(reason), "{told}");
        assert!(host.containers().is_empty());
    }
}

#[test]
fn docker_settings_that_are_no_json_stop_the_task() {
    let mut host = Host::new();
    let mut app = container("app", "app");
    app.docker_config.host_config = "NetworkMode".into();
    host.run_task(task(1, vec![app]));
    host.run_for(0);
    assert_eq!(host.last().status, Stopped);
    let reason = host.last().containers[0].reason.clone().unwrap();
    assert!(reason.starts_with("DockerClientConfigError: "), "{reason}");
}

#[test]
fn reports_of_one_task_go_out_one_at_a_time_and_in_order() {
    let mut host = Host::new();
    host.image("dies", Script::exits(1_000, 0));
    host.listens = false;
    host.run_task(task(1, vec![container("app", "dies")]));
    host.run_for(2_000);
    assert!(host.reports.is_empty());
    host.listen();
    host.run_for(0);
    let numbers: Vec<u64> = host.reports.iter().map(|report| report.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(host.statuses(&arn(1)), [Running, Stopped]);
}
