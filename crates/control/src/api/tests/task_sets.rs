//! Services with the EXTERNAL deployment controller, and their task sets.

use serde_json::{Value, json};

use super::{World, arn, has, patched, text, world};

const INVALID: &str = "InvalidParameterException";

/// A world with an EXTERNAL service `web` that wants `count` tasks, `web:1` to run and room for it.
fn external(count: u32) -> World {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    world.ok("CreateService", creation(count));
    world
}

fn creation(count: u32) -> Value {
    json!({"serviceName": "web", "deploymentController": {"type": "EXTERNAL"}, "desiredCount": count})
}

/// Members that every operation on task sets has.
fn of_web(members: Value) -> Value {
    patched(&json!({"cluster": "default", "service": "web"}), members)
}

/// A new task set of `web:1` at so many percent; its id.
fn task_set(world: &mut World, percent: f64) -> String {
    let scale = json!({"value": percent, "unit": "PERCENT"});
    let input = of_web(json!({"taskDefinition": "web", "scale": scale}));
    text(&world.ok("CreateTaskSet", input)["taskSet"]["id"])
}

fn primary(world: &mut World, set: &str) {
    world.ok("UpdateServicePrimaryTaskSet", of_web(json!({"primaryTaskSet": set})));
}

fn service(world: &mut World) -> Value {
    world.one("DescribeServices", json!({"services": ["web"], "include": ["TAGS"]}), "services")
}

fn described(world: &mut World, set: &str) -> Value {
    world.one("DescribeTaskSets", of_web(json!({"taskSets": [set]})), "taskSets")
}

/// The tasks that a task set started.
fn tasks(world: &mut World, set: &str) -> Vec<String> {
    let answer = world.ok("ListTasks", json!({"startedBy": set}));
    answer["taskArns"].as_array().into_iter().flatten().map(text).collect()
}

/// Everything that is to run runs and has settled; what is to stop has stopped.
fn settle(world: &mut World) {
    world.reconcile();
    for status in ["RUNNING", "STOPPED"] {
        let listed = world.ok("ListTasks", json!({"desiredStatus": status}));
        for task in listed["taskArns"].as_array().into_iter().flatten().map(text) {
            let input = json!({"tasks": [task]});
            if world.one("DescribeTasks", input, "tasks")["lastStatus"] != "STOPPED" {
                world.report(&task, status);
            }
        }
    }
    world.pass_ms(40_000);
    world.reconcile();
}

#[test]
fn a_service_is_created_without_what_its_task_sets_have() {
    let mut world = world();
    let made = world.ok("CreateService", patched(&creation(0), json!({"desiredCount": null})));
    has(
        &made["service"],
        json!({
            "status": "ACTIVE", "desiredCount": 0, "runningCount": 0, "pendingCount": 0,
            "deploymentController": {"type": "EXTERNAL"}, "schedulingStrategy": "REPLICA",
            "taskDefinition": null, "launchType": "EC2", "deployments": [], "taskSets": [],
            "availabilityZoneRebalancing": "DISABLED",
        }),
    );
    world.reconcile();
    assert_eq!(service(&mut world)["events"], json!([]));
}

#[test]
fn a_service_refuses_what_belongs_to_task_sets_or_to_the_scheduler() {
    let mut world = world();
    world.task_definition("web");
    for (members, says) in [
        (json!({"taskDefinition": "web"}), "TaskDefinition must be blank"),
        (json!({"launchType": "EC2"}), "LaunchType must be blank"),
        (json!({"platformVersion": "LATEST"}), "PlatformVersion must be blank"),
        (
            json!({"loadBalancers": [{"containerName": "app"}]}),
            "LoadBalancers must be empty or null",
        ),
        (json!({"serviceRegistries": [{"port": 1}]}), "ServiceRegistries must be empty or null"),
        (json!({"schedulingStrategy": "DAEMON"}), "schedulingStrategy is DAEMON"),
        (json!({"availabilityZoneRebalancing": "ENABLED"}), "availabilityZoneRebalancing"),
        (
            json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["s"]}}}),
            "NetworkConfiguration must be empty or null",
        ),
        (
            json!({"deploymentConfiguration": {
                "deploymentCircuitBreaker": {"enable": true, "rollback": false},
            }}),
            "deploymentConfiguration.deploymentCircuitBreaker",
        ),
        (
            json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN"}}),
            "deploymentConfiguration.strategy",
        ),
    ] {
        world.refused("CreateService", patched(&creation(1), members), INVALID, says);
    }
    let code_deploy = json!({"deploymentController": {"type": "CODE_DEPLOY"}});
    let says = "deploymentController CODE_DEPLOY";
    let input = patched(&creation(1), code_deploy);
    world.refused("CreateService", input, "UnsupportedFeatureException", says);
}

#[test]
fn a_new_task_set_is_read_back() {
    let mut world = external(3);
    let tags = json!([{"key": "team", "value": "pier"}]);
    let given = json!({
        "taskDefinition": "web", "externalId": "deploy-7", "tags": tags,
        "scale": {"value": 33.5, "unit": "PERCENT"},
    });
    let made = world.ok("CreateTaskSet", of_web(given))["taskSet"].clone();
    let id = text(&made["id"]);
    assert!(id.starts_with("ecs-svc/"), "{id}");
    let expected = json!({
        "taskSetArn": arn(&format!("task-set/default/web/{id}")),
        "serviceArn": arn("service/default/web"), "clusterArn": arn("cluster/default"),
        "status": "ACTIVE", "taskDefinition": arn("task-definition/web:1"), "launchType": "EC2",
        "externalId": "deploy-7", "startedBy": null, "computedDesiredCount": 2,
        "pendingCount": 0, "runningCount": 0, "scale": {"value": 33.5, "unit": "PERCENT"},
        "stabilityStatus": "STABILIZING", "stabilityStatusAt": 1_700_000_000,
        "createdAt": 1_700_000_000, "updatedAt": 1_700_000_000, "loadBalancers": [],
        "serviceRegistries": [], "tags": tags,
    });
    has(&made, expected.clone());
    assert_eq!(described(&mut world, &id)["tags"], json!([]));
    let with_tags = of_web(json!({"taskSets": [made["taskSetArn"]], "include": ["TAGS"]}));
    has(&world.one("DescribeTaskSets", with_tags, "taskSets"), expected.clone());
    has(&service(&mut world)["taskSets"], json!([expected]));
}

#[test]
fn without_a_scale_there_are_no_tasks() {
    let mut world = external(2);
    let made = world.ok("CreateTaskSet", of_web(json!({"taskDefinition": "web"})));
    has(
        &made["taskSet"],
        json!({"computedDesiredCount": 0, "scale": {"value": 0.0, "unit": "PERCENT"}}),
    );
    world.reconcile();
    let set = described(&mut world, &text(&made["taskSet"]["id"]));
    assert_eq!(set["stabilityStatus"], "STEADY_STATE");
}

/// From a first version to the next one, as a controller does it.
#[test]
fn a_new_version_takes_over() {
    let mut world = external(2);
    let old = task_set(&mut world, 100.0);
    primary(&mut world, &old);
    settle(&mut world);
    has(
        &described(&mut world, &old),
        json!({"status": "PRIMARY", "runningCount": 2, "stabilityStatus": "STEADY_STATE"}),
    );
    let task = tasks(&mut world, &old).remove(0);
    has(
        &world.one("DescribeTasks", json!({"tasks": [task]}), "tasks"),
        json!({"startedBy": old, "group": "service:web"}),
    );

    world.task_definition("web");
    let new = task_set(&mut world, 50.0);
    settle(&mut world);
    let shown = service(&mut world);
    has(
        &shown,
        json!({
            "runningCount": 3, "desiredCount": 2, "deployments": [],
            "taskDefinition": arn("task-definition/web:1"),
        }),
    );
    primary(&mut world, &new);
    let whole = json!({"taskSet": new, "scale": {"value": 100.0, "unit": "PERCENT"}});
    world.ok("UpdateTaskSet", of_web(whole));
    let none = json!({"taskSet": old, "scale": {"value": 0.0}});
    world.ok("UpdateTaskSet", of_web(none));
    let deleted = world.ok("DeleteTaskSet", of_web(json!({"taskSet": old})));
    has(&deleted["taskSet"], json!({"status": "DRAINING", "runningCount": 2}));
    settle(&mut world);
    let shown = service(&mut world);
    has(
        &shown,
        json!({
            "taskDefinition": arn("task-definition/web:2"), "runningCount": 2,
            "taskSets": [{"id": new, "status": "PRIMARY", "stabilityStatus": "STEADY_STATE"}],
        }),
    );
    assert_eq!(shown["events"][0]["message"], "(service web) has reached a steady state.");
    let gone = world.ok("DescribeTaskSets", of_web(json!({"taskSets": [old]})));
    let missing = arn(&format!("task-set/default/web/{old}"));
    has(&gone["failures"], json!([{"arn": missing, "reason": "MISSING"}]));
}

#[test]
fn placement_of_the_service_holds_for_its_task_sets() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let placement = json!({
        "placementConstraints": [{"type": "distinctInstance"}],
        "propagateTags": "SERVICE", "tags": [{"key": "team", "value": "pier"}],
        "enableECSManagedTags": true,
    });
    world.ok("CreateService", patched(&creation(2), placement));
    let set = task_set(&mut world, 100.0);
    world.reconcile();
    let [task] = &tasks(&mut world, &set)[..] else { panic!("one instance takes one task") };
    let shown = world.one("DescribeTasks", json!({"tasks": [task], "include": ["TAGS"]}), "tasks");
    let keys: Vec<_> =
        shown["tags"].as_array().into_iter().flatten().map(|t| text(&t["key"])).collect();
    assert_eq!(keys, ["team", "aws:ecs:clusterName", "aws:ecs:serviceName"]);
    world.ok("UpdateService", json!({"service": "web", "placementConstraints": []}));
    world.reconcile();
    assert_eq!(tasks(&mut world, &set).len(), 2);
}

#[test]
fn the_same_request_again_makes_no_second_task_set() {
    let mut world = external(1);
    let input = of_web(json!({"taskDefinition": "web", "clientToken": "one"}));
    let made = world.ok("CreateTaskSet", input.clone());
    let by_arn = json!({"service": arn("service/default/web"), "cluster": arn("cluster/default")});
    assert_eq!(world.ok("CreateTaskSet", patched(&input, by_arn)), made);
    let other = patched(&input, json!({"externalId": "x"}));
    world.refused("CreateTaskSet", other, INVALID, "Creation of task set was not idempotent.");
    let id = text(&made["taskSet"]["id"]);
    world.ok("DeleteTaskSet", of_web(json!({"taskSet": id})));
    world.reconcile();
    let again = world.ok("CreateTaskSet", input);
    assert_ne!(again["taskSet"]["id"], made["taskSet"]["id"], "the token is free again");
}

#[test]
fn a_service_has_at_most_five() {
    let mut world = external(1);
    for _ in 0..5 {
        task_set(&mut world, 0.0);
    }
    let input = of_web(json!({"taskDefinition": "web"}));
    let says = "5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.";
    world.refused("CreateTaskSet", input, INVALID, says);
    let all = world.ok("DescribeTaskSets", of_web(json!({})));
    assert_eq!(all["taskSets"].as_array().map(Vec::len), Some(5));
}

#[test]
fn deletion_has_its_conditions() {
    let mut world = external(1);
    let (first, second) = (task_set(&mut world, 100.0), task_set(&mut world, 100.0));
    primary(&mut world, &first);
    let delete = |set: &str| of_web(json!({"taskSet": set}));
    world.refused("DeleteTaskSet", delete(&first), INVALID, "Primary TaskSet cannot be deleted");
    let says = "cannot be deleted while it is scaled above 0";
    world.refused("DeleteTaskSet", delete(&second), INVALID, says);
    settle(&mut world);
    let forced = patched(&delete(&first), json!({"force": true}));
    let deleted = world.ok("DeleteTaskSet", forced.clone());
    assert_eq!(world.ok("DeleteTaskSet", forced), deleted, "again it changes nothing");
    let draining = "is DRAINING";
    let update = of_web(json!({"taskSet": first, "scale": {"value": 1.0}}));
    world.refused("UpdateTaskSet", update, INVALID, draining);
    let make = of_web(json!({"primaryTaskSet": first}));
    world.refused("UpdateServicePrimaryTaskSet", make, INVALID, draining);
    settle(&mut world);
    has(&service(&mut world)["taskSets"], json!([{"id": second, "status": "ACTIVE"}]));
    assert_eq!(service(&mut world)["taskDefinition"], Value::Null);
}

#[test]
fn a_service_with_task_sets_is_deleted_by_force_only() {
    let mut world = external(0);
    task_set(&mut world, 100.0);
    let says = "while it has task sets";
    world.refused("DeleteService", json!({"service": "web"}), INVALID, says);
    world.ok("UpdateService", json!({"service": "web", "desiredCount": 1}));
    settle(&mut world);
    let deleted = world.ok("DeleteService", json!({"service": "web", "force": true}));
    has(&deleted["service"], json!({"status": "DRAINING", "taskSets": [{"status": "DRAINING"}]}));
    let input = of_web(json!({"taskDefinition": "web"}));
    world.refused("CreateTaskSet", input, "ServiceNotActiveException", "not ACTIVE");
    settle(&mut world);
    has(&service(&mut world), json!({"status": "INACTIVE", "taskSets": [], "runningCount": 0}));
    world.ok("CreateService", creation(1));
}

#[test]
fn an_update_changes_only_what_task_sets_do_not_have() {
    let mut world = external(1);
    task_set(&mut world, 100.0);
    for (members, says) in [
        (json!({"taskDefinition": "web"}), "Unable to update task definition"),
        (json!({"forceNewDeployment": true}), "Cannot force a new deployment"),
        (json!({"loadBalancers": []}), "Unable to update load balancers"),
        (json!({"platformVersion": "1"}), "Unable to update platform version"),
        (
            json!({"deploymentConfiguration": {"maximumPercent": 150}}),
            "Unable to update deployment configuration",
        ),
    ] {
        let input = patched(&json!({"service": "web"}), members);
        let error = world.refused("UpdateService", input, INVALID, says);
        assert!(error.message.contains("EXTERNAL deployment controller"), "{}", error.message);
    }
    let ecs = json!({"service": "web", "deploymentController": {"type": "ECS"}});
    world.refused("UpdateService", ecs, "UnsupportedFeatureException", "deploymentController");
    let given = json!({
        "desiredCount": 3, "healthCheckGracePeriodSeconds": 5, "propagateTags": "SERVICE",
        "enableECSManagedTags": true, "placementStrategy": [{"type": "random"}],
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:stack == blue"}],
    });
    let same = json!({"service": "web", "deploymentController": {"type": "EXTERNAL"}});
    let updated = world.ok("UpdateService", patched(&same, given.clone()));
    has(&updated["service"], given);
    has(&updated["service"]["taskSets"], json!([{"computedDesiredCount": 3}]));
}

#[test]
fn operations_on_task_sets_say_what_they_do_not_find() {
    let mut world = external(1);
    let set = task_set(&mut world, 100.0);
    let rolling = json!({"serviceName": "rolling", "taskDefinition": "web", "desiredCount": 0});
    world.ok("CreateService", rolling);
    let one = json!({"value": 1.0});
    let inputs = [
        ("CreateTaskSet", of_web(json!({"taskDefinition": "web"}))),
        ("DescribeTaskSets", of_web(json!({}))),
        ("UpdateTaskSet", of_web(json!({"taskSet": set, "scale": one}))),
        ("DeleteTaskSet", of_web(json!({"taskSet": set}))),
        ("UpdateServicePrimaryTaskSet", of_web(json!({"primaryTaskSet": set}))),
    ];
    for (operation, input) in inputs {
        for (members, exception, says) in [
            (json!({"cluster": "none"}), "ClusterNotFoundException", "Cluster not found."),
            (json!({"service": "none"}), "ServiceNotFoundException", "Service not found."),
            (json!({"service": "rolling"}), INVALID, "external deployment controllers"),
        ] {
            world.refused(operation, patched(&input, members), exception, says);
        }
        let member = ["taskSet", "primaryTaskSet"].into_iter().find(|name| !input[name].is_null());
        let Some(member) = member else { continue };
        let other = arn("task-set/default/rolling/ecs-svc/1");
        for (name, exception, says) in [
            ("ecs-svc/1", "TaskSetNotFoundException", "not found"),
            ("nonsense", INVALID, "nonsense"),
            (&other, INVALID, "Identifier is for service default/rolling"),
            (&arn("service/default/web"), INVALID, "is not the ARN of a task set"),
        ] {
            let mut input = input.clone();
            input[member] = json!(name);
            world.refused(operation, input, exception, says);
        }
    }
}

#[test]
fn a_task_set_that_cannot_be_is_refused() {
    let mut world = external(1);
    let unsupported = "UnsupportedFeatureException";
    for (members, exception, says) in [
        (json!({"taskDefinition": "none"}), "ClientException", "TaskDefinition not found."),
        (json!({"scale": {"value": 100.5}}), INVALID, "scale.value is 100.5"),
        (json!({"scale": {"value": -1.0}}), INVALID, "between 0 and 100"),
        (json!({"clientToken": "x".repeat(37)}), INVALID, "clientToken"),
        (json!({"launchType": "FARGATE"}), unsupported, "launchType FARGATE"),
        (json!({"loadBalancers": [{"containerName": "app"}]}), unsupported, "loadBalancers"),
        (json!({"serviceRegistries": [{"port": 1}]}), unsupported, "serviceRegistries"),
        (json!({"platformVersion": "LATEST"}), unsupported, "platformVersion"),
        (
            json!({"capacityProviderStrategy": [{"capacityProvider": "a"}]}),
            unsupported,
            "capacityProviderStrategy",
        ),
        (json!({"tags": [{"key": "aws:a", "value": ""}]}), INVALID, "aws:"),
    ] {
        let input = patched(&of_web(json!({"taskDefinition": "web"})), members);
        world.refused("CreateTaskSet", input, exception, says);
    }
    let update = of_web(json!({"taskSet": "ecs-svc/1", "scale": {"value": 101.0}}));
    world.refused("UpdateTaskSet", update, INVALID, "between 0 and 100");
}

#[test]
fn task_sets_carry_tags() {
    let mut world = external(1);
    let set = task_set(&mut world, 100.0);
    let name = arn(&format!("task-set/default/web/{set}"));
    let tags = json!([{"key": "team", "value": "pier"}]);
    world.ok("TagResource", json!({"resourceArn": name, "tags": tags}));
    let named = json!({"resourceArn": name});
    assert_eq!(world.ok("ListTagsForResource", named.clone())["tags"], tags);
    assert_eq!(service(&mut world)["taskSets"][0]["tags"], tags);
    world.ok("UntagResource", json!({"resourceArn": name, "tagKeys": ["team"]}));
    assert_eq!(world.ok("ListTagsForResource", named)["tags"], json!([]));
    let none = json!({"resourceArn": arn("task-set/default/web/ecs-svc/1")});
    world.refused("ListTagsForResource", none, INVALID, "The specified task set was not found.");
}

/// A revision that was deleted stays while a task set is of it.
#[test]
fn a_deleted_task_definition_goes_with_the_last_task_set() {
    let mut world = external(0);
    let set = task_set(&mut world, 100.0);
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": ["web:1"]}));
    let named = json!({"taskDefinition": "web:1"});
    let status = world.ok("DescribeTaskDefinition", named.clone());
    assert_eq!(status["taskDefinition"]["status"], "DELETE_IN_PROGRESS");
    world.ok("DeleteTaskSet", of_web(json!({"taskSet": set})));
    world.reconcile();
    world.refused("DescribeTaskDefinition", named, "ClientException", "");
}
