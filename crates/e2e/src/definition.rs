//! Task definitions in a few words.

use serde_json::{Value, json};

/// A command that runs until it is told to stop. The first process of a container ignores SIGTERM
/// unless it handles it.
pub const LINGER: &str = "trap 'exit 0' TERM; sleep 1000 & wait";

/// An essential container that runs a shell command, with the least that ECS asks for.
pub fn shell(name: &str, command: &str) -> Value {
    json!({
        "name": name, "image": "longshore/busybox:latest", "essential": true,
        "cpu": 10, "memory": 16, "command": ["sh", "-c", command],
    })
}

/// A container that serves `/version` and `/health` on a host port that the engine chooses, with a
/// health check at ECS's shortest interval.
pub fn web(version: &str) -> Value {
    json!({
        "name": "web", "image": format!("longshore/demo:{version}"), "essential": true,
        "cpu": 10, "memory": 32, "portMappings": [{"containerPort": 8080, "hostPort": 0}],
        "healthCheck": {
            "command": ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/health"],
            "interval": 5, "timeout": 2, "retries": 2,
        },
    })
}

/// The same without its health check: a task of it counts as healthy once it has settled.
pub fn unchecked_web(version: &str) -> Value {
    let mut container = web(version);
    container.as_object_mut().expect("a container is an object").remove("healthCheck");
    container
}

/// `base` with the members of `more` in place of its own.
pub fn with(mut base: Value, more: Value) -> Value {
    let (Some(members), Value::Object(more)) = (base.as_object_mut(), more) else {
        panic!("a container is an object")
    };
    members.extend(more);
    base
}
