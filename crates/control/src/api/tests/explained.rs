//! `/longshore/v1/explain/…`: each container instance with the step that ruled it out and who holds what
//! it lacks, and why the chosen one won.

use serde_json::{Value, json};

use super::{World, has, text, world};
use crate::explain;

fn of_service(world: &mut World, name: &str) -> Value {
    let (state, cx) = (world.state(), world.cx());
    let key = ("default".parse().expect("a name"), name.parse().expect("a name"));
    let service = state.services().get(&key).expect("the service is there");
    json!(explain::of_service(&state, &cx, service).expect("an explanation"))
}

fn of_task(world: &mut World, arn: &str) -> Value {
    let (state, cx) = (world.state(), world.cx());
    let id = id_of(arn).parse().expect("an id");
    let key = ("default".parse().expect("a name"), id);
    let task = state.tasks().get(&key).expect("the task is there");
    json!(explain::of_task(&state, &cx, task).expect("an explanation"))
}

fn id_of(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

fn entry<'a>(answer: &'a Value, instance: &str) -> &'a Value {
    let all = answer["instances"].as_array().map_or(&[][..], Vec::as_slice);
    let is_it = |entry: &&Value| entry["containerInstance"] == id_of(instance);
    all.iter().find(is_it).unwrap_or_else(|| panic!("{instance} is not in {answer:#}"))
}

fn zoned(zone: &str) -> Value {
    let capability = json!({"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"});
    json!({"attributes": [capability, {"name": "ecs.availability-zone", "value": zone}]})
}

fn port_definition(world: &mut World) {
    let side = json!({"name": "side", "image": "busybox", "memory": 10});
    let front = json!({"name": "front", "image": "busybox", "memory": 10,
        "portMappings": [{"containerPort": 80, "hostPort": 8080}]});
    let input = json!({"family": "web", "containerDefinitions": [side, front]});
    world.ok("RegisterTaskDefinition", input);
}

#[test]
fn a_port_that_is_taken_names_the_task_and_the_container_that_hold_it() {
    let mut world = world();
    port_definition(&mut world);
    let instance = world.container_instance(zoned("a"));
    world.ok(
        "CreateService",
        json!({"serviceName": "s", "taskDefinition": "web", "desiredCount": 1}),
    );
    let task = world.task("web");
    let answer = of_service(&mut world, "s");
    assert_eq!(answer["chosen"], Value::Null, "{answer:#}");
    assert_eq!(answer["asks"]["tcpPorts"], json!([8080]));
    has(
        entry(&answer, &instance),
        json!({
            "outcome": "RULED_OUT", "reason": "RESOURCE:PORTS", "availabilityZone": "a",
            "why": "host ports taken: 8080/tcp",
            "heldBy": [{"task": id_of(&task), "group": "family:web", "containers": ["front"],
                "holds": "8080/tcp"}],
        }),
    );
}

#[test]
fn a_lack_of_memory_tells_asked_and_free_and_the_largest_holder_first() {
    let mut world = world();
    world.task_definition("small");
    let big = json!({"name": "app", "image": "busybox", "memory": 700});
    world.ok("RegisterTaskDefinition", json!({"family": "big", "containerDefinitions": [big]}));
    let instance = world.container_instance(json!({}));
    let (small, large) = (world.task("small"), world.task("big"));
    world.ok(
        "CreateService",
        json!({"serviceName": "s", "taskDefinition": "big", "desiredCount": 1}),
    );
    let answer = of_service(&mut world, "s");
    let holder = |task: &str, family: &str, mib: i64| {
        json!({"task": id_of(task), "group": format!("family:{family}"), "containers": ["app"],
            "holds": format!("{mib} MiB of memory")})
    };
    has(
        entry(&answer, &instance),
        json!({
            "reason": "RESOURCE:MEMORY", "asked": 700, "free": 200,
            "heldBy": [holder(&large, "big", 700), holder(&small, "small", 100)],
        }),
    );
}

#[test]
fn the_chosen_instance_tells_why_it_won_and_the_others_where_they_lost() {
    let mut world = world();
    world.task_definition("app");
    let a1 = world.container_instance(zoned("a"));
    let a2 = world.container_instance(zoned("a"));
    let b = world.container_instance(zoned("b"));
    let off = world.container_instance(zoned("b"));
    world.connect(&off, false);
    world.ok(
        "CreateService",
        json!({"serviceName": "s", "taskDefinition": "app", "desiredCount": 1}),
    );
    world.reconcile();
    let answer = of_service(&mut world, "s");
    let strategies = json!(["spread(attribute:ecs.availability-zone)", "spread(instanceId)"]);
    assert_eq!(answer["asks"]["strategies"], strategies);
    has(entry(&answer, &off), json!({"outcome": "RULED_OUT", "reason": "AGENT"}));
    let chosen = text(&answer["chosen"]);
    let entries = [&a1, &a2, &b].map(|arn| (arn, entry(&answer, arn).clone()));
    for (arn, entry) in entries {
        assert_eq!(entry["outcome"] == "CHOSEN", *arn == chosen, "{answer:#}");
        assert_eq!(entry["scores"].as_array().map(Vec::len), Some(2), "{entry:#}");
        if entry["outcome"] == "FITS" {
            let why = text(&entry["why"]);
            let decided = why.contains("of the chosen one: spread") || why.contains("the lot");
            assert!(decided, "{why}");
        }
    }
    // The one task is in one zone, so the next goes to the other.
    let zone_of_first = {
        let tasks = world.ok("ListTasks", json!({"serviceName": "s"}));
        let input = json!({"tasks": tasks["taskArns"]});
        text(&world.one("DescribeTasks", input, "tasks")["availabilityZone"])
    };
    assert_ne!(entry(&answer, &chosen)["availabilityZone"], json!(zone_of_first));
}

#[test]
fn a_task_that_runs_is_explained_as_if_it_were_not_there() {
    let mut world = world();
    port_definition(&mut world);
    let instance = world.container_instance(zoned("a"));
    let task = world.task("web");
    let answer = of_task(&mut world, &task);
    assert_eq!(answer["chosen"], json!(instance), "{answer:#}");
    has(
        entry(&answer, &instance),
        json!({"outcome": "CHOSEN", "hasTheTask": true, "why": "it alone fits"}),
    );
    assert!(text(&answer["note"]).contains("are not kept"), "{answer:#}");
}
