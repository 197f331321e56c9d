//! kill -9 of every process, in the middle of a rollout and at rest: work goes on where it was, and
//! no task is lost, doubled or left behind.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use e2e::{
    ControlPlane, Process, World, definition, docker, eventually, field, longshore, seconds,
};
use serde_json::json;

/// A service of four tasks, whose rollout to a second revision is half done.
fn half_done(world: &World, control: &ControlPlane) -> String {
    let v1 = control.register("web", json!([definition::web("v1")]));
    let percentages = json!({"minimumHealthyPercent": 100, "maximumPercent": 150});
    control.create_service(
        "web",
        &v1,
        json!({"desiredCount": 4, "deploymentConfiguration": percentages}),
    );
    control.service_is_stable("web", 40);
    let v2 = control.register("web", json!([definition::web("v2")]));
    control.ecs("update-service", json!({"service": "web", "taskDefinition": v2}));
    // Docker is asked and not the control plane: it must know nothing of what comes.
    eventually("a container of the new revision is there", seconds(30), || {
        let all = world.containers();
        if all.iter().any(|c| c.revision == "2") { Ok(()) } else { Err(format!("{all:?}")) }
    });
    v2
}

/// The rollout ends, with four tasks of the new revision and one container for each.
#[track_caller]
fn completes(world: &World, control: &ControlPlane, definition: &str) {
    let service = control.service_is_stable("web", 90);
    assert_eq!(field(&service, "taskDefinition"), definition);
    let tasks = control.service_tasks("web");
    assert!(tasks.iter().all(|t| field(t, "taskDefinitionArn") == definition), "{tasks:?}");
    let tasks: BTreeSet<_> = tasks.iter().map(|t| field(t, "taskArn").to_owned()).collect();
    assert_eq!(tasks.len(), 4);
    eventually("each task has one container, and nothing else runs", seconds(20), || {
        let running = world.running();
        let of_tasks: BTreeSet<_> = running.iter().map(|c| c.task.clone()).collect();
        if running.len() == 4 && of_tasks == tasks { Ok(()) } else { Err(format!("{running:?}")) }
    });
}

fn server_and_agent(world: &World) -> (ControlPlane<'_>, Process) {
    let server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    let agent = world.agent(&server, "one", &[]);
    server.instances(1);
    (server, agent)
}

#[test]
fn a_rollout_completes_after_kill_9_of_the_server() {
    let world = World::new();
    let (mut server, _agent) = server_and_agent(&world);
    let v2 = half_done(&world, &server);
    server.process.kill_9();
    server.process.start_again();
    completes(&world, &server, &v2);
}

#[test]
fn a_rollout_completes_after_kill_9_of_the_agent() {
    let world = World::new();
    let (server, mut agent) = server_and_agent(&world);
    let before = server.instances(1);
    let v2 = half_done(&world, &server);
    agent.kill_9();
    agent.start_again();
    completes(&world, &server, &v2);
    assert_eq!(server.instances(1), before, "it is the same container instance");
}

#[test]
fn a_rollout_completes_after_kill_9_of_up() {
    let world = World::new();
    let mut up = world.up(&["--instances", "3", "--zones", "a,b,c"]);
    let before = up.instances(3);
    let v2 = half_done(&world, &up);
    up.process.kill_9();
    up.process.start_again();
    completes(&world, &up, &v2);
    assert_eq!(up.instances(3), before, "they are the same container instances");
}

#[test]
fn containers_outlive_their_agent_and_are_taken_up_again() {
    let world = World::new();
    let mut up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 3}));
    up.service_is_stable("app", 30);
    let before: BTreeSet<_> = world.running().into_iter().map(|c| c.id).collect();

    up.process.kill_9();
    let during: BTreeSet<_> = world.running().into_iter().map(|c| c.id).collect();
    assert_eq!(during, before);
    up.process.start_again();
    up.instances(1);
    up.service_is_stable("app", 30);
    // What stops one of them now is the agent that found them.
    up.ecs("update-service", json!({"service": "app", "desiredCount": 2}));
    eventually("one of the same containers is gone", seconds(30), || {
        let now: BTreeSet<_> = world.running().into_iter().map(|c| c.id).collect();
        if now.len() == 2 && now.is_subset(&before) { Ok(()) } else { Err(format!("{now:?}")) }
    });
}

#[test]
fn an_exit_while_nobody_looked_is_reported_after_the_restart() {
    let world = World::new();
    let mut up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 2}));
    up.service_is_stable("app", 30);
    up.process.kill_9();
    let victim = world.running().remove(0);
    docker(&["kill", &victim.id]);
    up.process.start_again();

    let stopped = up.task_reaches(&victim.task, "STOPPED", 30);
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
    assert_eq!(field(&stopped, "stoppedReason"), "Essential container in task exited");
    up.service_is_stable("app", 30);
    eventually("two containers run", seconds(20), || match world.running().len() {
        2 => Ok(()),
        other => Err(format!("{other}")),
    });
}

#[test]
fn what_was_acknowledged_is_there_after_kill_9() {
    let world = World::new();
    let mut server = world.server(&[]);
    let mut registered = Vec::new();
    for round in 0..3 {
        for name in ["a", "b", "c"] {
            registered.push(server.register(name, json!([definition::shell("app", "true")])));
        }
        server.ecs("create-cluster", json!({"clusterName": format!("cluster-{round}")}));
        server.process.kill_9();
        server.process.start_again();
    }
    for arn in &registered {
        let found = server.ecs("describe-task-definition", json!({"taskDefinition": arn}));
        assert_eq!(field(&found["taskDefinition"], "taskDefinitionArn"), arn);
    }
    let clusters = server.ecs("list-clusters", json!({}))["clusterArns"].clone();
    for round in 0..3 {
        let ending = format!("cluster/cluster-{round}");
        let list = clusters.as_array().expect("a list");
        assert!(
            list.iter().any(|arn| arn.as_str().is_some_and(|a| a.ends_with(&ending))),
            "{clusters}"
        );
    }
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let world = World::new();
    let server = world.server(&[]);
    let second = std::process::Command::new(longshore())
        .args(["server", "--listen", &format!("127.0.0.1:{}", world.free_port()), "--data"])
        .arg(&server.data)
        .output()
        .expect("longshore runs");
    assert!(!second.status.success());
    let error = String::from_utf8_lossy(&second.stderr);
    assert!(
        error.contains(server.data.to_str().expect("UTF-8")),
        "it must name the folder: {error}"
    );
    server.ecs("list-clusters", json!({}));
}

#[test]
fn an_idle_control_plane_with_three_agents_uses_hardly_any_processor_time() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "3"]);
    up.instances(3);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 3}));
    up.service_is_stable("app", 30);
    let before = up.process.cpu_ticks();
    let begun = std::time::Instant::now();
    eventually("ten seconds have passed", seconds(20), || match begun.elapsed() {
        enough if enough >= seconds(10) => Ok(()),
        early => Err(format!("{early:?}")),
    });
    let ticks = up.process.cpu_ticks() - before;
    assert!(ticks <= 20, "{ticks} ticks of 10 ms in 10 s");
}

#[test]
fn data_of_a_newer_version_is_refused_and_left_untouched() {
    let world = World::new();
    let mut server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    server.process.terminate();
    let format = server.data.join("state/FORMAT");
    let newer = fs::read_to_string(&format).expect("the data says its format").replace('1', "99");
    fs::write(&format, &newer).expect("the folder is ours");
    let before = contents(&server.data.join("state"));

    let refused = std::process::Command::new(longshore())
        .args(["server", "--listen", &format!("127.0.0.1:{}", world.free_port()), "--data"])
        .arg(&server.data)
        .output()
        .expect("longshore runs");
    assert!(!refused.status.success());
    let error = String::from_utf8_lossy(&refused.stderr);
    assert!(error.contains("has format 99"), "{error}");
    assert_eq!(contents(&server.data.join("state")), before);
}

fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(folder).expect("the folder is ours").flatten();
    let mut all: Vec<_> = files
        .filter(|file| file.file_name() != "lock")
        .map(|file| (file.path(), fs::read(file.path()).expect("the file is ours")))
        .collect();
    all.sort();
    all
}
