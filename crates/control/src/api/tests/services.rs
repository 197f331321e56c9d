//! Services.

use serde_json::{Value, json};

use super::{World, arn, has, patched, text, world};

/// A service `web` of `count` tasks, with these members besides.
fn web(world: &mut World, count: u32, members: Value) -> Value {
    world.task_definition("web");
    let base = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": count});
    world.ok("CreateService", patched(&base, members))["service"].clone()
}

fn described(world: &mut World) -> Value {
    world.one("DescribeServices", json!({"services": ["web"], "include": ["TAGS"]}), "services")
}

fn deployments(service: &Value) -> Vec<(String, String)> {
    let of = |d: &Value| (text(&d["status"]), text(&d["taskDefinition"]));
    service["deployments"].as_array().into_iter().flatten().map(of).collect()
}

#[test]
fn a_new_service_is_read_back_with_all_defaults() {
    let mut world = world();
    let made = web(&mut world, 2, json!({}));
    has(
        &made,
        json!({
            "serviceArn": arn("service/default/web"), "serviceName": "web",
            "clusterArn": arn("cluster/default"), "status": "ACTIVE", "desiredCount": 2,
            "runningCount": 0, "pendingCount": 0, "launchType": "EC2",
            "taskDefinition": arn("task-definition/web:1"), "schedulingStrategy": "REPLICA",
            "loadBalancers": [], "serviceRegistries": [], "placementConstraints": [],
            "placementStrategy": [], "events": [], "tags": [], "enableECSManagedTags": false,
            "propagateTags": "NONE", "enableExecuteCommand": false,
            "healthCheckGracePeriodSeconds": 0, "availabilityZoneRebalancing": "ENABLED",
            "deploymentController": {"type": "ECS"}, "createdAt": 1_700_000_000,
            "createdBy": "arn:aws:iam::000000000000:user/ada",
        }),
    );
    assert_eq!(
        made["deploymentConfiguration"],
        json!({
            "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
            "bakeTimeInMinutes": 0,
            "alarms": {"alarmNames": [], "enable": false, "rollback": false},
            "deploymentCircuitBreaker": {
                "enable": false, "rollback": false, "resetOnHealthyTask": true,
                "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
            },
        })
    );
    has(
        &made["deployments"],
        json!([{
            "status": "PRIMARY", "desiredCount": 2, "runningCount": 0, "pendingCount": 0,
            "failedTasks": 0, "rolloutState": "IN_PROGRESS",
            "taskDefinition": arn("task-definition/web:1"),
        }]),
    );
}

#[test]
fn a_daemon_has_other_defaults_and_no_count() {
    let mut world = world();
    let members = json!({"schedulingStrategy": "DAEMON", "desiredCount": null});
    let made = web(&mut world, 0, members);
    has(
        &made,
        json!({
            "schedulingStrategy": "DAEMON", "desiredCount": 0, "placementStrategy": [],
            "availabilityZoneRebalancing": "DISABLED",
            "deploymentConfiguration": {
                "maximumPercent": 100, "minimumHealthyPercent": 0, "strategy": "ROLLING",
                "alarms": null,
            },
        }),
    );
    let says = "The daemon scheduling strategy does not support a desired count for services.";
    let input = json!({"service": "web", "desiredCount": 1});
    world.refused("UpdateService", input, "InvalidParameterException", says);
    // What it wants is what the cluster has; no force is needed.
    world.container_instance(json!({}));
    world.reconcile();
    assert_eq!(described(&mut world)["desiredCount"], 1);
    let deleted = world.ok("DeleteService", json!({"service": "web"}));
    has(&deleted["service"], json!({"status": "DRAINING"}));
}

#[test]
fn a_daemon_is_not_for_an_instance_that_is_full_and_also_wrong_for_it() {
    let mut world = world();
    let capability = json!({"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"});
    let of_rack = |rack: &str| json!({"attributes": [capability, {"name": "rack", "value": rack}]});
    world.container_instance(of_rack("right"));
    world.container_instance(of_rack("wrong"));
    let full = json!({"name": "app", "image": "busybox", "memory": 1000});
    world.ok("RegisterTaskDefinition", json!({"family": "full", "containerDefinitions": [full]}));
    world.ok("RunTask", json!({"taskDefinition": "full", "count": 2}));
    let members = json!({
        "schedulingStrategy": "DAEMON", "desiredCount": null,
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:rack == right"}],
    });
    web(&mut world, 0, members);
    world.reconcile();
    assert_eq!(described(&mut world)["desiredCount"], 1);
    // An instance that comes to be right is found by the index, not by looking at all.
    let late = world.container_instance(of_rack("right"));
    world.reconcile();
    assert_eq!(described(&mut world)["desiredCount"], 2);
    world.ok("DeregisterContainerInstance", json!({"containerInstance": late, "force": true}));
    world.reconcile();
    assert_eq!(described(&mut world)["desiredCount"], 1);
}

#[test]
fn the_event_of_a_task_without_place_follows_what_is_closest() {
    let mut world = world();
    let first = world.container_instance(json!({}));
    let large = json!({"name": "app", "image": "busybox", "memory": 5000, "cpu": 5000});
    world.ok("RegisterTaskDefinition", json!({"family": "large", "containerDefinitions": [large]}));
    web(&mut world, 1, json!({"taskDefinition": "large"}));
    let id = |arn: &str| arn.rsplit('/').next().unwrap_or(arn).to_string();
    let told = |instance: &str, lacks: &str| {
        format!(
            "(service web) was unable to place a task because no container instance met all of its \
             requirements. The closest matching (container-instance {}) {lacks}. For more \
             information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
            id(instance)
        )
    };
    world.reconcile();
    let cpu = told(&first, "has insufficient CPU units available");
    assert_eq!(described(&mut world)["events"][0]["message"], cpu);
    // The same again is no new event.
    let count = described(&mut world)["events"].as_array().map(Vec::len);
    world.reconcile();
    assert_eq!(described(&mut world)["events"].as_array().map(Vec::len), count);
    let resources = json!([
        {"name": "CPU", "type": "INTEGER", "integerValue": 6000},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": 1000},
    ]);
    let second = world.container_instance(json!({"totalResources": resources}));
    world.reconcile();
    let memory = told(&second, "has insufficient memory available");
    assert_eq!(described(&mut world)["events"][0]["message"], memory);
    world.ok("DeregisterContainerInstance", json!({"containerInstance": second}));
    world.reconcile();
    assert_eq!(described(&mut world)["events"][0]["message"], cpu);
}

#[test]
fn what_was_given_is_read_back() {
    let mut world = world();
    let given = json!({
        "placementStrategy": [{"type": "binpack", "field": "memory"}, {"type": "random"}],
        "placementConstraints": [
            {"type": "distinctInstance"},
            {"type": "memberOf", "expression": "attribute:stack == blue"},
        ],
        "healthCheckGracePeriodSeconds": 7, "propagateTags": "SERVICE", "enableECSManagedTags": true,
        "tags": [{"key": "team", "value": "pier"}], "availabilityZoneRebalancing": "DISABLED",
        "deploymentConfiguration": {
            "maximumPercent": 150, "minimumHealthyPercent": 50,
            "deploymentCircuitBreaker": {
                "enable": true, "rollback": true, "resetOnHealthyTask": false,
                "thresholdConfiguration": {"type": "COUNT", "value": 4},
            },
        },
    });
    let made = web(&mut world, 1, given.clone());
    has(&made, given.clone());
    has(&described(&mut world), given);
    let plain = world.one("DescribeServices", json!({"services": ["web"]}), "services");
    assert_eq!(plain["tags"], json!([]));
}

#[test]
fn the_same_request_again_is_answered_and_another_refused() {
    let mut world = world();
    let made = web(&mut world, 1, json!({"clientToken": "one"}));
    let base = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1});
    for same in [json!({"clientToken": "one"}), json!({"cluster": arn("cluster/default")})] {
        let again = world.ok("CreateService", patched(&base, same));
        assert_eq!(again["service"], made);
    }
    let other = patched(&base, json!({"desiredCount": 2}));
    let says = "Creation of service was not idempotent.";
    world.refused("CreateService", other, "InvalidParameterException", says);
}

#[test]
fn a_new_task_definition_begins_a_deployment_and_counts_do_not() {
    let mut world = world();
    let first = web(&mut world, 1, json!({}));
    let second = world.task_definition("web");
    let update = json!({"service": "web", "taskDefinition": "web"});
    let updated = world.ok("UpdateService", update.clone())["service"].clone();
    let one = text(&first["taskDefinition"]);
    let expected = [("PRIMARY".into(), second.clone()), ("ACTIVE".into(), one)];
    assert_eq!(deployments(&updated), expected);
    assert_eq!(updated["deployments"][1]["id"], first["deployments"][0]["id"]);
    assert_eq!(updated["taskDefinition"], json!(second));

    let members = json!({
        "service": "web", "taskDefinition": second, "desiredCount": 3, "propagateTags": "SERVICE",
        "healthCheckGracePeriodSeconds": 9, "enableECSManagedTags": true,
        "placementStrategy": [{"type": "random"}],
        "placementConstraints": [{"type": "distinctInstance"}],
        "deploymentConfiguration": {"minimumHealthyPercent": 50},
    });
    let again = world.ok("UpdateService", members)["service"].clone();
    assert_eq!(deployments(&again), deployments(&updated));
    has(
        &again,
        json!({
            "desiredCount": 3, "propagateTags": "SERVICE", "healthCheckGracePeriodSeconds": 9,
            "deploymentConfiguration": {"minimumHealthyPercent": 50, "maximumPercent": 200},
        }),
    );
    let forced = json!({"service": "web", "forceNewDeployment": true});
    let forced = world.ok("UpdateService", forced)["service"].clone();
    assert_eq!(deployments(&forced).len(), 3);
    assert_eq!(forced["taskDefinition"], json!(second));
}

#[test]
fn what_is_left_out_stays_and_an_empty_list_clears() {
    let mut world = world();
    let given = json!({
        "placementStrategy": [{"type": "random"}],
        "placementConstraints": [{"type": "distinctInstance"}],
        "healthCheckGracePeriodSeconds": 7, "propagateTags": "SERVICE",
        "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50},
    });
    web(&mut world, 1, given.clone());
    let same = world.ok("UpdateService", json!({"service": "web"}));
    has(&same["service"], given);
    let clear = json!({"service": "web", "placementStrategy": [], "placementConstraints": []});
    let cleared = world.ok("UpdateService", clear);
    let expected = json!({
        "placementStrategy": [], "placementConstraints": [], "healthCheckGracePeriodSeconds": 7,
    });
    has(&cleared["service"], expected);
}

#[test]
fn an_inactive_task_definition_goes_on_and_begins_nothing() {
    let mut world = world();
    let definition = text(&web(&mut world, 1, json!({}))["taskDefinition"]);
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": definition}));
    let scaled = world.ok("UpdateService", json!({"service": "web", "desiredCount": 2}));
    has(&scaled["service"], json!({"desiredCount": 2}));
    let says = "TaskDefinition is inactive";
    for members in [json!({"taskDefinition": definition}), json!({"forceNewDeployment": true})] {
        let input = patched(&json!({"service": "web"}), members);
        world.refused("UpdateService", input, "ClientException", says);
    }
}

#[test]
fn a_service_is_deleted_when_it_wants_nothing_or_by_force() {
    let mut world = world();
    world.container_instance(json!({}));
    web(&mut world, 1, json!({}));
    world.reconcile();
    let says = "The service cannot be stopped while it is scaled above 0.";
    let input = json!({"service": "web"});
    world.refused("DeleteService", input.clone(), "InvalidParameterException", says);
    let deleted = world.ok("DeleteService", json!({"service": "web", "force": true}));
    has(&deleted["service"], json!({"status": "DRAINING", "desiredCount": 0, "pendingCount": 1}));
    assert_eq!(world.ok("ListServices", json!({})), json!({"serviceArns": []}));
    world.refused(
        "UpdateService",
        input.clone(),
        "ServiceNotActiveException",
        "Service was not ACTIVE.",
    );
    let base = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 0});
    let says = "Unable to Start a service that is still Draining.";
    world.refused("CreateService", base.clone(), "InvalidParameterException", says);
    // Deleting it once more is no error while it drains.
    world.ok("DeleteService", input.clone());
    world.reconcile();
    let task = text(&world.ok("ListTasks", json!({"desiredStatus": "STOPPED"}))["taskArns"][0]);
    world.report(&task, "STOPPED");
    world.reconcile();
    has(
        &described(&mut world),
        json!({"status": "INACTIVE", "deployments": [], "runningCount": 0}),
    );
    world.refused("DeleteService", input.clone(), "ServiceNotFoundException", "Service not found.");
    world.refused("UpdateService", input, "ServiceNotActiveException", "Service was not ACTIVE.");
    let again = world.ok("CreateService", base);
    has(&again["service"], json!({"status": "ACTIVE", "events": [], "pendingCount": 0}));
}

#[test]
fn events_have_uuids_and_the_newest_comes_first() {
    let mut world = world();
    web(&mut world, 1, json!({}));
    world.reconcile();
    world.container_instance(json!({}));
    world.pass_ms(1_000);
    world.reconcile();
    let service = described(&mut world);
    let events = service["events"].as_array().expect("events");
    assert!(text(&events[0]["message"]).starts_with("(service web) has started 1 tasks: (task "));
    assert!(text(&events[1]["message"]).contains("No Container Instances were found"));
    let id = text(&events[0]["id"]);
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
}

#[test]
fn tasks_say_whose_they_are() {
    let mut world = world();
    world.container_instance(json!({}));
    let members = json!({
        "propagateTags": "SERVICE", "enableECSManagedTags": true,
        "tags": [{"key": "team", "value": "pier"}],
    });
    let made = web(&mut world, 2, members);
    world.reconcile();
    let listed = world.ok("ListTasks", json!({"serviceName": "web"}))["taskArns"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    let described = world.ok("DescribeTasks", json!({"tasks": listed, "include": ["TAGS"]}));
    for task in described["tasks"].as_array().into_iter().flatten() {
        let expected = json!({
            "group": "service:web", "startedBy": made["deployments"][0]["id"],
            "tags": [
                {"key": "team", "value": "pier"},
                {"key": "aws:ecs:clusterName", "value": "default"},
                {"key": "aws:ecs:serviceName", "value": "web"},
            ],
        });
        has(task, expected);
    }
    let by = json!({"startedBy": made["deployments"][0]["id"]});
    assert_eq!(world.ok("ListTasks", by)["taskArns"], listed);
}

#[test]
fn describe_takes_names_and_arns_and_tells_the_missing() {
    let mut world = world();
    web(&mut world, 0, json!({}));
    let answer = world.ok(
        "DescribeServices",
        json!({"services": [arn("service/default/web"), arn("service/web"), "none"]}),
    );
    has(
        &answer,
        json!({
            "services": [{"serviceName": "web"}, {"serviceName": "web"}],
            "failures": [{"arn": arn("service/default/none"), "reason": "MISSING"}],
        }),
    );
    let elsewhere = json!({"services": [arn("service/other/web")]});
    let says = "Invalid identifier: Identifier is for cluster other. Your cluster is default";
    world.refused("DescribeServices", elsewhere, "InvalidParameterException", says);
}

#[test]
fn lists_have_ten_to_a_page_unless_asked_and_filters() {
    let mut world = world();
    world.task_definition("web");
    for n in 0..12 {
        let name = format!("s{n:02}");
        let input = json!({"serviceName": name, "taskDefinition": "web", "desiredCount": 0});
        world.ok("CreateService", input);
    }
    let daemon = json!({
        "serviceName": "daemon", "taskDefinition": "web", "schedulingStrategy": "DAEMON",
    });
    world.ok("CreateService", daemon);
    let first = world.ok("ListServices", json!({}));
    assert_eq!(first["serviceArns"].as_array().map(Vec::len), Some(10));
    let (all, count) = world.pages("ListServices", &json!({}), "serviceArns", 5);
    assert_eq!((all.len(), count), (13, 3));
    assert!(all.iter().map(text).collect::<Vec<_>>().is_sorted());
    for (filter, expected) in [
        (json!({"schedulingStrategy": "DAEMON"}), 1),
        (json!({"schedulingStrategy": "REPLICA"}), 12),
        (json!({"launchType": "EC2"}), 13),
        (json!({"launchType": "FARGATE"}), 0),
    ] {
        let (found, _) = world.pages("ListServices", &filter, "serviceArns", 100);
        assert_eq!(found.len(), expected, "{filter}");
    }
}
