//! Tasks from payload to report.

use runtime::HealthStatus;
use runtime::fake::Script;
use session_wire::acs::{self, Down, RoleCredentials, TaskIdentifier, TaskManifestMessage};

use crate::plane::{CLUSTER, INSTANCE, Plane, arn, config, fake_runtime, start, stop, task};

#[tokio::test]
async fn an_agent_registers_what_it_has() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let mut config = config(&plane, dir.path());
    config.cpu_units = Some(512);
    config.host_shares = 4;
    let agent = start(config, &runtime);
    let request = plane.registered().await;
    assert_eq!(request["cluster"], "demo");
    let resources = request["totalResources"].as_array().unwrap();
    assert_eq!(resources[0]["integerValue"], 512);
    assert_eq!(resources[1]["integerValue"], 2048, "a quarter of 8 GiB");
    assert_eq!(resources[2]["stringSetValue"][0], "22");
    let zone = serde_json::json!({ "name": "ecs.availability-zone", "value": "us-east-1b" });
    assert!(request["attributes"].as_array().unwrap().contains(&zone));
    let parameters = plane.opened().await;
    assert_eq!(parameters.container_instance_arn, INSTANCE);
    assert!(parameters.send_credentials);
    agent.stop().await;
}

#[tokio::test]
async fn a_task_is_acknowledged_run_reported_and_stopped() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    let mut with_role = task(1);
    with_role.role_credentials = Some(RoleCredentials {
        credentials_id: "c-1".into(),
        expiration: "2027-01-01T00:00:00Z".into(),
        secret_access_key: "hush".into(),
        ..RoleCredentials::default()
    });
    plane.send_task("m-1", 1, with_role);
    plane.acked("m-1").await;
    let role_ack = plane
        .acs(|up| match up {
            acs::Up::RoleCredentialsAck(ack) => Some(ack.clone()),
            _ => None,
        })
        .await;
    assert_eq!((role_ack.message_id.as_str(), role_ack.credentials_id.as_str()), ("m-1", "c-1"));
    let file = dir.path().join(format!("tasks/{:032x}.json", 1));
    let saved = std::fs::read_to_string(file).expect("what is acknowledged is on disk");
    assert!(!saved.contains("hush"), "credentials are not on disk");
    let report = plane.report().await;
    assert_eq!((&report["status"], &report["task"]), (&"RUNNING".into(), &arn(1).into()));
    assert_eq!(report["containers"][0]["status"], "RUNNING");
    plane.send_task("m-2", 2, stop(1));
    plane.acked("m-2").await;
    let report = plane.report().await;
    assert_eq!(report["status"], "STOPPED");
    assert_eq!(report["containers"][0]["exitCode"], 143);
    agent.stop().await;
}

#[tokio::test]
async fn a_restarted_agent_is_the_same_instance_and_keeps_its_tasks() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    assert!(plane.registered().await.get("containerInstanceArn").is_none());
    plane.opened().await;
    plane.send_task("m-1", 1, task(1));
    assert_eq!(plane.report().await["status"], "RUNNING");
    agent.stop().await;
    let id =
        runtime.with(|engine| engine.list(&runtime::LabelFilter::any()).unwrap()[0].id.clone());
    runtime.with(|engine| engine.exit(&id, 3));
    let agent = start(config(&plane, dir.path()), &runtime);
    assert_eq!(plane.registered().await["containerInstanceArn"], INSTANCE);
    let mut report = plane.report().await;
    if report["status"] == "RUNNING" {
        // The agent had ended before it heard that this one was taken.
        report = plane.report().await;
    }
    assert_eq!(report["status"], "STOPPED");
    assert_eq!(report["containers"][0]["exitCode"], 3);
    agent.stop().await;
}

#[tokio::test]
async fn several_agents_share_a_runtime_and_know_their_own() {
    let (one, two, runtime) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), fake_runtime());
    let (mut first, mut second) = (Plane::start().await, Plane::start().await);
    let agents =
        [start(config(&first, one.path()), &runtime), start(config(&second, two.path()), &runtime)];
    first.opened().await;
    second.opened().await;
    first.send_task("m-1", 1, task(1));
    second.send_task("m-1", 1, task(2));
    assert_eq!(first.report().await["task"], arn(1));
    assert_eq!(second.report().await["task"], arn(2));
    let running = runtime.with(|engine| engine.list(&runtime::LabelFilter::any()).unwrap().len());
    assert_eq!(running, 2);
    for agent in agents {
        agent.stop().await;
    }
}

#[tokio::test]
async fn health_is_told_the_moment_it_changes() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let checked = Script::becomes(HealthStatus::Healthy, 3_000);
    runtime.with(|engine| engine.add_local_image("checked", checked));
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    let mut task = task(1);
    task.containers[0].image = "checked".into();
    task.containers[0].health_check_type = "docker".into();
    task.containers[0].docker_config.config = r#"{"Healthcheck":{"Test":["CMD","true"]}}"#.into();
    plane.send_task("m-1", 1, task);
    assert_eq!(plane.report().await["status"], "RUNNING");
    let began = std::time::Instant::now();
    runtime.with(|engine| engine.advance(engine.now_ms() + 3_000));
    let verdict = async {
        loop {
            let health = plane.health().await;
            let container = &health.tasks[0].containers[0];
            if container.health_status == "HEALTHY" {
                assert_eq!(health.tasks[0].task_arn, arn(1));
                return container.status_since;
            }
        }
    };
    assert_eq!(verdict.await, Some(session_wire::tcs::Timestamp(1_003_000)));
    assert!(began.elapsed().as_secs() < 10, "it does not wait for the next round");
    agent.stop().await;
}

#[tokio::test]
async fn a_manifest_is_acknowledged_and_only_confirmed_stops_are_made() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    for id in [1, 2] {
        plane.send_task(&format!("m-{id}"), i64::from(id), task(id));
        assert_eq!(plane.report().await["status"], "RUNNING");
    }
    let identified = |id: u32| TaskIdentifier {
        task_arn: arn(id),
        task_cluster_arn: CLUSTER.into(),
        desired_status: "RUNNING".into(),
    };
    plane.tell(Down::TaskManifest(TaskManifestMessage {
        message_id: "m-3".into(),
        cluster_arn: CLUSTER.into(),
        container_instance_arn: INSTANCE.into(),
        timeline: 3,
        tasks: vec![identified(1)],
        ..TaskManifestMessage::default()
    }));
    plane.acked("m-3").await;
    let asked = plane
        .acs(|up| match up {
            acs::Up::TaskStopVerification(asked) => Some(asked.clone()),
            _ => None,
        })
        .await;
    assert_eq!(asked.stop_candidates.len(), 1);
    assert_eq!(asked.stop_candidates[0].task_arn, arn(2));
    for message_id in ["another", "m-3"] {
        plane.tell(Down::TaskStopVerificationAck(acs::TaskStopVerificationAck {
            message_id: message_id.into(),
            stop_tasks: asked.stop_candidates.clone(),
            ..acs::TaskStopVerificationAck::default()
        }));
    }
    let report = plane.report().await;
    assert_eq!((&report["status"], &report["task"]), (&"STOPPED".into(), &arn(2).into()));
    agent.stop().await;
}
