//! Which container of a task starts when: dependsOn and its four conditions, startTimeout.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use e2e::{ControlPlane, World, definition, field, member, seconds};
use serde_json::{Value, json};

/// A container that writes its name into the file that all containers of the task share.
fn writer(name: &str, then: &str, more: Value) -> Value {
    let base = definition::shell(name, &format!("echo {name} >> /shared/log; {then}"));
    let mount = json!({"mountPoints": [{"sourceVolume": "shared", "containerPath": "/shared"}]});
    definition::with(definition::with(base, mount), more)
}

fn after(container: &str, condition: &str) -> Value {
    json!({"essential": false, "dependsOn": [{"containerName": container, "condition": condition}]})
}

fn register(up: &ControlPlane, folder: &Path, containers: Value) -> String {
    fs::create_dir(folder).expect("the folder is new");
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("the folder is ours");
    let volumes = json!([{"name": "shared", "host": {"sourcePath": folder}}]);
    up.register_with("order", json!({"containerDefinitions": containers, "volumes": volumes}))
}

fn log(folder: &Path) -> Vec<String> {
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    log.lines().map(str::to_owned).collect()
}

#[test]
fn containers_start_in_the_order_of_every_condition() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let folder = world.path("shared");
    let check = json!({"healthCheck": {
        "command": ["CMD-SHELL", "test -e /shared/log"], "interval": 5, "timeout": 2, "retries": 3,
    }});
    let success = definition::with(after("complete", "SUCCESS"), check);
    // Listed last to first, so that the order of the list cannot be what orders them.
    let containers = json!([
        writer(
            "app",
            "exit 0",
            definition::with(after("healthy", "HEALTHY"), json!({"essential": true}))
        ),
        writer("healthy", definition::LINGER, success),
        writer("complete", "exit 0", after("start", "COMPLETE")),
        writer("start", "sleep 1; exit 5", after("first", "START")),
        writer("first", definition::LINGER, json!({"essential": false})),
    ]);
    let task = up.run_task(&register(&up, &folder, containers));

    let stopped = up.task_reaches(&task, "STOPPED", 60);
    let exit = |name: &str| member(&stopped["containers"], "name", name)["exitCode"].clone();
    assert_eq!((exit("start"), exit("complete"), exit("app")), (json!(5), json!(0), json!(0)));
    assert_eq!(log(&folder), ["first", "start", "complete", "healthy", "app"]);
    assert_eq!(field(&stopped, "stopCode"), "EssentialContainerExited");
}

#[test]
fn a_container_does_not_start_after_a_failure_that_it_needs_to_succeed() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let folder = world.path("shared");
    let containers = json!([
        writer(
            "app",
            "exit 0",
            definition::with(after("setup", "SUCCESS"), json!({"essential": true}))
        ),
        writer("setup", "exit 9", json!({"essential": false})),
    ]);
    let task = up.run_task(&register(&up, &folder, containers));
    let stopped = up.task_reaches(&task, "STOPPED", 30);
    assert_eq!(log(&folder), ["setup"]);
    assert_eq!(member(&stopped["containers"], "name", "setup")["exitCode"], 9);
    let reason = field(member(&stopped["containers"], "name", "app"), "reason").to_owned();
    assert!(reason.contains("did not exit successfully"), "{stopped}");
    assert_eq!(field(&stopped, "stopCode"), "TaskFailedToStart");
}

#[test]
fn a_dependency_has_its_start_timeout_to_meet_the_condition() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let folder = world.path("shared");
    let slow = json!({"essential": false, "startTimeout": 3});
    let containers = json!([
        writer(
            "app",
            "exit 0",
            definition::with(after("slow", "COMPLETE"), json!({"essential": true}))
        ),
        writer("slow", definition::LINGER, slow),
    ]);
    let begun = std::time::Instant::now();
    let task = up.run_task(&register(&up, &folder, containers));
    let stopped = up.task_reaches(&task, "STOPPED", 40);
    assert!(begun.elapsed() >= seconds(3), "it gave up after {:?}", begun.elapsed());
    assert_eq!(log(&folder), ["slow"]);
    let reason = field(member(&stopped["containers"], "name", "app"), "reason").to_owned();
    assert!(reason.contains("timed out"), "{stopped}");
}
