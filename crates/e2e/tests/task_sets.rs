//! Task sets of a service with the EXTERNAL deployment controller, on real containers.

use e2e::{ControlPlane, World, definition, eventually, field, seconds};
use serde_json::{Value, json};

/// A new task set of the service `web`; its id.
fn task_set(up: &ControlPlane, definition: &str, percent: f64) -> String {
    let made = up.ecs(
        "create-task-set",
        json!({
            "cluster": "default", "service": "web", "taskDefinition": definition,
            "scale": {"value": percent, "unit": "PERCENT"},
        }),
    );
    field(&made["taskSet"], "id").to_owned()
}

fn change(up: &ControlPlane, operation: &str, members: Value) -> Value {
    let base = json!({"cluster": "default", "service": "web"});
    up.ecs(operation, definition::with(base, members))
}

/// The task sets of the service `web`, once all of them are steady.
fn steady(up: &ControlPlane, count: usize) -> Vec<Value> {
    eventually("the task sets are steady", seconds(30), || {
        let service = up.service("web");
        let sets = service["taskSets"].as_array().expect("a list").clone();
        let is_steady = |set: &Value| set["stabilityStatus"] == "STEADY_STATE";
        if sets.len() == count && sets.iter().all(is_steady) {
            Ok(sets)
        } else {
            Err(service.to_string())
        }
    })
}

/// How many containers of a task definition's family run.
fn running(world: &World, family: &str) -> usize {
    let family = world.family(family);
    world.running().iter().filter(|container| container.family == family).count()
}

#[test]
fn a_controller_brings_a_new_version_beside_the_old_one_and_then_deletes_that() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let v1 = up.register("one", json!([definition::shell("app", definition::LINGER)]));
    let v2 = up.register("two", json!([definition::shell("app", definition::LINGER)]));
    let external = json!({"type": "EXTERNAL"});
    up.ecs(
        "create-service",
        json!({"serviceName": "web", "desiredCount": 2, "deploymentController": external}),
    );
    let old = task_set(&up, &v1, 100.0);
    change(&up, "update-service-primary-task-set", json!({"primaryTaskSet": old}));
    let new = task_set(&up, &v2, 50.0);
    let sets = steady(&up, 2);
    assert_eq!((field(&sets[0], "status"), &sets[0]["runningCount"]), ("PRIMARY", &json!(2)));
    assert_eq!((field(&sets[1], "status"), &sets[1]["runningCount"]), ("ACTIVE", &json!(1)));
    assert_eq!((running(&world, "one"), running(&world, "two")), (2, 1));
    assert_eq!(field(&up.service("web"), "taskDefinition"), v1);
    let started_by: Vec<_> =
        up.service_tasks("web").iter().map(|task| field(task, "startedBy").to_owned()).collect();
    assert_eq!(started_by.iter().filter(|set| **set == old).count(), 2);
    assert_eq!(started_by.iter().filter(|set| **set == new).count(), 1);

    let whole = json!({"value": 100.0, "unit": "PERCENT"});
    change(&up, "update-task-set", json!({"taskSet": new, "scale": whole}));
    steady(&up, 2);
    change(&up, "update-service-primary-task-set", json!({"primaryTaskSet": new}));
    let deleted = change(&up, "delete-task-set", json!({"taskSet": old, "force": true}));
    assert_eq!(field(&deleted["taskSet"], "status"), "DRAINING");
    let sets = steady(&up, 1);
    assert_eq!((field(&sets[0], "id"), field(&sets[0], "status")), (&*new, "PRIMARY"));
    assert_eq!((running(&world, "one"), running(&world, "two")), (0, 2));
    let service = up.service("web");
    assert_eq!(field(&service, "taskDefinition"), v2);
    assert_eq!(service["deployments"], json!([]));
}
