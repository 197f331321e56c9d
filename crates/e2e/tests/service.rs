//! Services: reaching the desired count, keeping it, and leaving nothing behind.

use std::collections::BTreeSet;

use e2e::{World, arns, definition, docker, eventually, field, get, names_in, seconds};
use serde_json::json;

#[test]
fn four_tasks_reach_a_steady_state_and_answer_on_their_host_ports() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let v1 = up.register("web", json!([definition::web("v1")]));
    up.create_service("web", &v1, json!({"desiredCount": 4}));
    up.wait("services-stable", &["--services", "web"]);

    let service = up.service("web");
    assert_eq!(service["status"], "ACTIVE");
    assert_eq!((&service["runningCount"], &service["pendingCount"]), (&json!(4), &json!(0)));
    assert_eq!(names_in(&service["deployments"], "status"), ["PRIMARY"]);
    up.event("web", "(service web) has reached a steady state.", 20);
    let tasks = up.service_tasks("web");
    let ports: BTreeSet<_> = tasks
        .iter()
        .map(|task| {
            assert_eq!(field(task, "group"), "service:web");
            assert_eq!(field(task, "startedBy"), field(&service["deployments"][0], "id"));
            assert_eq!(field(task, "healthStatus"), "HEALTHY");
            task["containers"][0]["networkBindings"][0]["hostPort"].as_u64().expect("a host port")
        })
        .collect();
    assert_eq!(ports.len(), 4, "each task has a host port of its own");
    for port in ports {
        assert_eq!(get(port, "/version"), Ok("v1".into()));
    }
}

#[test]
fn a_container_killed_by_hand_is_replaced() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 2}));
    up.service_is_stable("app", 30);

    let victim = world.running().remove(0);
    docker(&["kill", &victim.id]);

    let stopped = up.task_reaches(&victim.task, "STOPPED", 20);
    assert_eq!(field(&stopped, "stopCode"), "EssentialContainerExited");
    assert_eq!(field(&stopped, "stoppedReason"), "Essential container in task exited");
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
    up.service_is_stable("app", 20);
    let running = world.running();
    assert_eq!(running.len(), 2);
    assert!(running.iter().all(|c| c.id != victim.id));
}

#[test]
fn a_task_whose_health_check_fails_is_replaced() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let app = definition::with(
        definition::shell("app", definition::LINGER),
        json!({"healthCheck": {"command": ["CMD-SHELL", "test ! -e /tmp/sick"],
               "interval": 5, "timeout": 2, "retries": 1}}),
    );
    let app = up.register("app", json!([app]));
    up.create_service("app", &app, json!({"desiredCount": 1}));
    let first = up.service_is_stable("app", 40);
    assert_eq!(first["runningCount"], 1);

    let sick = world.running().remove(0);
    docker(&["exec", &sick.id, "touch", "/tmp/sick"]);

    let stopped = up.task_reaches(&sick.task, "STOPPED", 40);
    assert_eq!(field(&stopped, "stoppedReason"), "Task failed container health checks");
    assert_eq!(field(&stopped, "stopCode"), "ServiceSchedulerInitiated");
    eventually("another task is healthy", seconds(30), || {
        let tasks = up.service_tasks("app");
        match &tasks[..] {
            [task] if field(task, "healthStatus") == "HEALTHY" && task["taskArn"] != sick.task => {
                Ok(())
            }
            _ => Err(format!("{tasks:?}")),
        }
    });
}

#[test]
fn tasks_of_an_image_that_does_not_exist_fail_to_start_less_and_less_often() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    // Nothing listens on port 1: the engine is refused at once.
    let none = definition::with(
        definition::shell("app", "true"),
        json!({"image": "127.0.0.1:1/longshore/none:latest"}),
    );
    let none = up.register("none", json!([none]));
    up.create_service("none", &none, json!({"desiredCount": 1}));

    let task = eventually("a task has failed to start", seconds(90), || {
        let stopped = json!({"serviceName": "none", "desiredStatus": "STOPPED"});
        let list = arns(&up.ecs("list-tasks", stopped)["taskArns"]);
        let Some(first) = list.first() else { return Err("none stopped".into()) };
        let task = up.task(first);
        if task["lastStatus"] == "STOPPED" { Ok(task) } else { Err(task.to_string()) }
    });
    assert_eq!(field(&task, "stopCode"), "TaskFailedToStart");
    let reason = field(&task["containers"][0], "reason").to_owned();
    assert!(reason.starts_with("CannotPullContainerError"), "{reason}");
    assert_eq!(task["startedAt"], json!(null), "it never ran");
    up.event("none", "(service none) is unable to consistently start tasks successfully.", 90);
}

#[test]
fn a_deleted_service_drains_becomes_inactive_and_leaves_no_container() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 3}));
    up.service_is_stable("app", 30);

    let refused = up.aws().try_ecs("delete-service", &json!({"service": "app"}));
    let refused = refused.expect_err("a service above 0 needs force");
    assert!(refused.contains("InvalidParameterException"), "{refused}");
    let deleted = up.ecs("delete-service", json!({"service": "app", "force": true}));
    assert_eq!(field(&deleted["service"], "status"), "DRAINING");
    up.wait("services-inactive", &["--services", "app"]);

    assert_eq!(field(&up.service("app"), "status"), "INACTIVE");
    assert_eq!(up.ecs("list-services", json!({}))["serviceArns"], json!([]));
    eventually("no container runs", seconds(20), || match world.running() {
        left if left.is_empty() => Ok(()),
        left => Err(format!("{left:?}")),
    });
    // The name is free again.
    up.create_service("app", &app, json!({"desiredCount": 0}));
    assert_eq!(field(&up.service("app"), "status"), "ACTIVE");
}

#[test]
fn scaling_starts_and_stops_tasks_without_a_deployment() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 1}));
    let deployment = up.service_is_stable("app", 30)["deployments"][0]["id"].clone();

    for count in [4, 2, 0] {
        up.ecs("update-service", json!({"service": "app", "desiredCount": count}));
        eventually(&format!("{count} tasks run"), seconds(30), || {
            let (service, running) = (up.service("app"), world.running().len());
            if service["runningCount"] == count && running == count {
                assert_eq!(service["deployments"][0]["id"], deployment);
                Ok(())
            } else {
                Err(format!("{running} containers, {service}"))
            }
        });
    }
    let stopped = json!({"serviceName": "app", "desiredStatus": "STOPPED"});
    let stopped =
        up.ecs("describe-tasks", json!({"tasks": up.ecs("list-tasks", stopped)["taskArns"]}));
    let deployment = deployment.as_str().expect("an id is a text");
    let reason = format!("Scaling activity initiated by (deployment {deployment})");
    for task in stopped["tasks"].as_array().expect("a list") {
        assert_eq!(field(task, "stopCode"), "ServiceSchedulerInitiated");
        assert_eq!(field(task, "stoppedReason"), reason);
    }
}

#[test]
fn a_daemon_service_has_one_task_on_every_instance() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "3"]);
    let instances = up.instances(3);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"schedulingStrategy": "DAEMON"}));

    eventually("each instance has its task", seconds(30), || {
        let tasks = json!(up.service_tasks("app"));
        let running = names_in(&tasks, "lastStatus").iter().all(|status| status == "RUNNING");
        if running && names_in(&tasks, "containerInstanceArn") == instances {
            Ok(())
        } else {
            Err(tasks.to_string())
        }
    });
    let service = up.service_is_stable("app", 20);
    assert_eq!((&service["desiredCount"], &service["runningCount"]), (&json!(3), &json!(3)));
}
