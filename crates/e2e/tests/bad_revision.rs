//! A bad revision trips the circuit breaker and is rolled back, and no old task is stopped below the
//! floor meanwhile.

use std::collections::BTreeSet;

use e2e::{ControlPlane, Witness, World, definition, eventually, field, seconds};
use serde_json::{Value, json};

/// A container that Docker calls healthy as soon as it looks.
fn good() -> Value {
    let check = json!({"command": ["CMD-SHELL", "true"], "interval": 5, "retries": 1});
    definition::with(definition::shell("app", definition::LINGER), json!({"healthCheck": check}))
}

/// Brings `bad` over two healthy tasks, and expects that they are left as they are.
fn is_rolled_back(bad: Value) {
    let world = World::new();
    let up = world.up(&["--instances", "2", "--settle", "0s"]);
    up.instances(2);
    let v1 = up.register("app", json!([good()]));
    let witness = Witness::of_family(&world.family("app"));
    up.create_service(
        "app",
        &v1,
        json!({"desiredCount": 2, "deploymentConfiguration": {
            "minimumHealthyPercent": 100, "maximumPercent": 200,
            "deploymentCircuitBreaker": {"enable": true, "rollback": true},
        }}),
    );
    let before = up.service_is_stable("app", 60);
    let first = field(&before["deployments"][0], "id").to_owned();
    let old = task_arns(&up);
    witness.mark();

    let v2 = up.register("app", json!([bad]));
    up.ecs("update-service", json!({"service": "app", "taskDefinition": v2}));
    let service = eventually("the deployment is rolled back", seconds(90), || {
        let service = up.service("app");
        let deployments = service["deployments"].as_array().expect("a list");
        match &deployments[..] {
            [only] if only["id"] == first && only["rolloutState"] == "COMPLETED" => Ok(service),
            _ => Err(service.to_string()),
        }
    });

    assert_eq!(field(&service, "taskDefinition"), v1);
    up.event("app", "deployment failed: tasks failed to start.", 1);
    up.event("app", &format!("(service app) rolling back to deployment {first}."), 1);
    assert_eq!(task_arns(&up), old, "the old tasks are those that were there");
    let seen = witness.seen();
    assert!(seen.healthy_min >= 2, "Docker saw {} healthy containers", seen.healthy_min);
}

fn task_arns(up: &ControlPlane) -> BTreeSet<String> {
    up.service_tasks("app").iter().map(|task| field(task, "taskArn").to_owned()).collect()
}

#[test]
fn a_revision_that_exits_at_once_is_rolled_back() {
    is_rolled_back(definition::with(good(), json!({"command": ["sh", "-c", "exit 3"]})));
}

#[test]
fn a_revision_that_never_becomes_healthy_is_rolled_back() {
    let check = json!({"command": ["CMD-SHELL", "false"], "interval": 5, "retries": 1});
    is_rolled_back(definition::with(good(), json!({"healthCheck": check})));
}

#[test]
fn a_revision_of_an_image_that_does_not_exist_is_rolled_back() {
    is_rolled_back(definition::with(good(), json!({"image": "longshore/nothing:here"})));
}

#[test]
fn a_revision_that_needs_more_memory_than_any_host_has_is_rolled_back() {
    is_rolled_back(definition::with(good(), json!({"memory": 90_000_000})));
}
