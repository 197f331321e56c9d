//! Where tasks go, and what is said when they go nowhere.

use std::collections::BTreeMap;

use e2e::{Witness, World, arns, definition, eventually, field, seconds};
use serde_json::json;

#[test]
fn a_service_spreads_over_three_zones() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "3", "--zones", "a,b,c"]);
    up.instances(3);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    up.create_service("app", &app, json!({"desiredCount": 6}));
    up.service_is_stable("app", 40);

    let mut tasks_in = BTreeMap::new();
    for task in up.service_tasks("app") {
        *tasks_in.entry(field(&task, "availabilityZone").to_owned()).or_insert(0) += 1;
    }
    let zones: Vec<_> = tasks_in.iter().map(|(zone, tasks)| (zone.as_str(), *tasks)).collect();
    assert_eq!(zones, [("us-east-1a", 2), ("us-east-1b", 2), ("us-east-1c", 2)]);
}

#[test]
fn a_task_that_fits_nowhere_is_a_failure_and_a_service_event() {
    let world = World::new();
    let up = world.up(&[]);
    let instance = up.instances(1).remove(0);
    let huge = definition::with(definition::shell("huge", "true"), json!({"memory": 100_000_000}));
    let huge = up.register("huge", json!([huge]));

    let answer = up.ecs("run-task", json!({"taskDefinition": huge}));
    assert_eq!(answer["tasks"], json!([]));
    assert_eq!(field(&answer["failures"][0], "reason"), "RESOURCE:MEMORY");
    assert_eq!(field(&answer["failures"][0], "arn"), instance);
    up.create_service("huge", &huge, json!({"desiredCount": 1}));
    let id = instance.rsplit('/').next().expect("an ARN has an id");
    let event = up.event("huge", "was unable to place a task", 20);
    assert_eq!(
        event,
        format!(
            "(service huge) was unable to place a task because no container instance met all of its \
             requirements. The closest matching (container-instance {id}) has insufficient memory \
             available. For more information, see the Troubleshooting section of the Amazon ECS \
             Developer Guide."
        )
    );
    assert_eq!(world.containers(), []);
}

#[test]
fn a_cluster_without_instances_says_so() {
    let world = World::new();
    let server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    let app = server.register("app", json!([definition::shell("app", definition::LINGER)]));
    server.create_service("app", &app, json!({"desiredCount": 1}));
    server.event("app", "Reason: No Container Instances were found in your cluster.", 20);
    let refused = server.aws().try_ecs("run-task", &json!({"taskDefinition": app}));
    let refused = refused.expect_err("there is nowhere to run it");
    assert!(
        refused.contains("InvalidParameterException")
            && refused.contains("No Container Instances were found in your cluster."),
        "{refused}"
    );
}

#[test]
fn a_host_port_is_given_once_on_each_instance() {
    let world = World::new();
    let up = world.up(&[]);
    let instance = up.instances(1).remove(0);
    let port = world.free_port();
    let container = definition::with(
        definition::shell("app", definition::LINGER),
        json!({"portMappings": [{"containerPort": 8080, "hostPort": port}]}),
    );
    let app = up.register("app", json!([container]));
    let first = up.run_task(&app);
    let running = up.task_reaches(&first, "RUNNING", 20);
    let binding = &running["containers"][0]["networkBindings"][0];
    assert_eq!((&binding["hostPort"], &binding["containerPort"]), (&json!(port), &json!(8080)));

    let second = up.ecs("run-task", json!({"taskDefinition": app}));
    assert_eq!(second["tasks"], json!([]));
    assert_eq!(field(&second["failures"][0], "reason"), "RESOURCE:PORTS");
    assert_eq!(field(&second["failures"][0], "arn"), instance);
    up.ecs("stop-task", json!({"task": first}));
    up.task_reaches(&first, "STOPPED", 20);
    up.run_task(&app);
}

#[test]
fn a_draining_instance_gives_its_service_tasks_to_the_others() {
    let world = World::new();
    let up = world.up(&["--settle", "0s", "--instances", "2"]);
    let instances = up.instances(2);
    let app = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    let witness = Witness::of_family(&world.family("app"));
    up.create_service("app", &app, json!({"desiredCount": 4}));
    up.service_is_stable("app", 30);
    let standalone =
        up.run_task(&up.register("alone", json!([definition::shell("app", definition::LINGER)])));
    up.task_reaches(&standalone, "RUNNING", 20);
    let drained = field(&up.task(&standalone), "containerInstanceArn").to_owned();
    let other = instances.iter().find(|i| **i != drained).expect("there are two");
    witness.mark();

    let input = json!({"containerInstances": [drained], "status": "DRAINING"});
    up.ecs("update-container-instances-state", input);

    eventually("all four run on the other instance", seconds(40), || {
        let tasks = up.service_tasks("app");
        let moved = tasks.iter().filter(|t| t["containerInstanceArn"] == *other);
        let left = json!({"containerInstance": drained, "serviceName": "app"});
        let left = arns(&up.ecs("list-tasks", left)["taskArns"]);
        let moved = moved.filter(|t| t["lastStatus"] == "RUNNING").count();
        if moved == 4 && left.is_empty() { Ok(()) } else { Err(format!("{tasks:?}")) }
    });
    up.service_is_stable("app", 20);
    assert!(witness.seen().running_min >= 4, "it went below the minimum: {:?}", witness.seen());
    assert_eq!(up.task(&standalone)["lastStatus"], "RUNNING", "a standalone task stays");
    let active = json!({"containerInstances": [drained], "status": "ACTIVE"});
    let active = up.ecs("update-container-instances-state", active);
    assert_eq!(active["containerInstances"][0]["status"], "ACTIVE");
}
