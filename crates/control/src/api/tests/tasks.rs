//! Tasks: started, listed, reported on, stopped.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::session::payload;

use super::{World, arn, has, patched, text, world};

fn described(world: &mut World, task: &str) -> Value {
    world.one("DescribeTasks", json!({"tasks": [task], "include": ["TAGS"]}), "tasks")
}

fn listed(world: &mut World, input: &Value) -> BTreeSet<String> {
    let (all, _) = world.pages("ListTasks", input, "taskArns", 2);
    all.iter().map(text).collect()
}

#[test]
fn a_task_is_pending_on_the_instance_that_takes_it() {
    let mut world = world();
    let definition = world.task_definition("web");
    let instance = world.container_instance(json!({}));
    let answer = world.ok("RunTask", json!({"taskDefinition": "web"}));
    assert_eq!(answer["failures"], json!([]));
    let task = &answer["tasks"][0];
    has(
        task,
        json!({
            "lastStatus": "PENDING", "desiredStatus": "RUNNING", "launchType": "EC2", "version": 1,
            "cpu": "10", "memory": "100", "group": "family:web", "clusterArn": arn("cluster/default"),
            "taskDefinitionArn": definition, "containerInstanceArn": instance, "startedBy": null,
            "connectivity": "CONNECTED", "createdAt": 1_700_000_000, "startedAt": null,
            "healthStatus": "UNKNOWN", "enableExecuteCommand": false, "attachments": [], "tags": [],
            "availabilityZone": "us-east-1a",
            "overrides": {
                "containerOverrides": [{"name": "app"}], "inferenceAcceleratorOverrides": [],
            },
            "containers": [{
                "name": "app", "image": "busybox", "lastStatus": "PENDING", "cpu": "10",
                "memory": "100", "healthStatus": "UNKNOWN", "networkBindings": [],
                "networkInterfaces": [], "taskArn": task["taskArn"],
            }],
        }),
    );
    let id = text(&task["taskArn"]).rsplit('/').next().map(str::len);
    assert_eq!(id, Some(32));
}

#[test]
fn the_agent_is_told_which_container_has_which_gpu() {
    let mut world = world();
    let gpus = ["gpu-0", "gpu-1", "gpu-2", "gpu-3"].map(|id| json!({"id": id, "type": "GPU"}));
    world.container_instance(json!({"platformDevices": gpus}));
    let container = |name: &str, gpus: &str| {
        json!({
            "name": name, "image": "busybox", "memory": 100,
            "resourceRequirements": [{"type": "GPU", "value": gpus}],
        })
    };
    let plain = json!({"name": "plain", "image": "busybox", "memory": 100});
    let containers = [container("one", "1"), plain, container("two", "2"), container("three", "2")];
    world.ok("RegisterTaskDefinition", json!({"family": "ml", "containerDefinitions": containers}));
    let answer = world.ok(
        "RunTask",
        json!({
            "taskDefinition": "ml",
            "overrides": {"containerOverrides": [
                {"name": "three", "resourceRequirements": [{"type": "GPU", "value": "1"}]},
            ]},
        }),
    );
    assert_eq!(answer["failures"], json!([]));
    let state = world.state();
    let task = state.tasks().iter().next().expect("the task");
    let row = state.task_definitions().iter().next().expect("its task definition");
    let told = payload::task(&world.settings.home, task, row);
    let told: Vec<_> = told
        .associations
        .iter()
        .map(|a| (a.r#type.as_str(), a.name.as_str(), a.containers.join(",")))
        .collect();
    let gpu = |id, container: &str| ("gpu", id, container.to_owned());
    assert_eq!(
        told,
        [gpu("gpu-0", "one"), gpu("gpu-1", "two"), gpu("gpu-2", "two"), gpu("gpu-3", "three")]
    );
}

#[test]
fn reports_bring_it_to_running_and_to_stopped() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let task = world.task("web");
    world.pass_ms(1_500);
    let binding =
        json!({"bindIP": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "tcp"});
    let container = json!({
        "containerName": "app", "status": "RUNNING", "runtimeId": "abc", "networkBindings": [binding],
    });
    let report = json!({"task": task, "status": "RUNNING", "containers": [container]});
    world.ok("SubmitTaskStateChange", report.clone());
    let running = described(&mut world, &task);
    has(
        &running,
        json!({
            "lastStatus": "RUNNING", "startedAt": 1_700_000_001.5, "version": 2,
            "containers": [{"lastStatus": "RUNNING", "runtimeId": "abc", "networkBindings": [binding]}],
        }),
    );
    world.ok("SubmitTaskStateChange", report.clone());
    assert_eq!(described(&mut world, &task), running, "the same report again changes nothing");
    world.report(&task, "STOPPED");
    let stopped = described(&mut world, &task);
    has(
        &stopped,
        json!({
            "lastStatus": "STOPPED", "desiredStatus": "STOPPED",
            "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited",
            "containers": [{"lastStatus": "STOPPED", "exitCode": 0}],
        }),
    );
    world.ok("SubmitTaskStateChange", report);
    let late = json!({"task": task, "containerName": "app", "status": "RUNNING"});
    world.ok("SubmitContainerStateChange", late);
    assert_eq!(described(&mut world, &task), stopped, "nor does a late one");
}

#[test]
fn reports_on_what_is_not_known_are_acknowledged() {
    let mut world = world();
    let task = arn(&format!("task/default/{}", "0".repeat(32)));
    let report = json!({"cluster": arn("cluster/default"), "task": task, "status": "STOPPED"});
    for (operation, input) in [
        ("SubmitTaskStateChange", report.clone()),
        ("SubmitContainerStateChange", patched(&report, json!({"containerName": "app"}))),
        ("SubmitAttachmentStateChanges", json!({"attachments": []})),
    ] {
        assert_eq!(world.ok(operation, input), json!({"acknowledgment": "ACK"}), "{operation}");
    }
}

#[test]
fn a_stop_is_a_wish_and_the_first_reason_stays() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let task = world.task("web");
    world.report(&task, "RUNNING");
    let id = task.rsplit('/').next();
    let stopping = world.ok("StopTask", json!({"task": id, "reason": "enough"}));
    has(
        &stopping["task"],
        json!({
            "taskArn": task, "desiredStatus": "STOPPED", "stopCode": "UserInitiated",
            "stoppedReason": "enough", "stoppingAt": 1_700_000_000, "stoppedAt": null,
        }),
    );
    assert_ne!(stopping["task"]["lastStatus"], "STOPPED");
    world.ok("StopTask", json!({"task": task, "reason": "other"}));
    world.report(&task, "STOPPED");
    let expected = json!({"stoppedReason": "enough", "stopCode": "UserInitiated"});
    has(&described(&mut world, &task), expected.clone());
    let again = world.ok("StopTask", json!({"task": task}));
    has(&again["task"], patched(&expected, json!({"lastStatus": "STOPPED"})));
    let plain = world.task("web");
    let stopping = world.ok("StopTask", json!({"task": plain}));
    has(&stopping["task"], json!({"stoppedReason": "Task stopped by user"}));
}

#[test]
fn overrides_are_shown_and_hold() {
    let mut world = world();
    let run = json!({"taskDefinition": "web", "overrides": {"taskRoleArn": "nobody"}});
    world.task_definition("web");
    let instance = world.container_instance(json!({}));
    world.refused("RunTask", run, "ClientException", "ECS was unable to assume the role");
    world.change(|tx| tx.put(crate::signed::role("task", &[])));
    let container = json!({
        "name": "app", "command": ["other"], "environment": [{"name": "A", "value": "1"}],
        "cpu": 20, "memory": 300,
    });
    let overrides = json!({
        "containerOverrides": [container], "cpu": ".25 vcpu", "memory": "0.5 GB",
        "taskRoleArn": "arn:aws:iam::000000000000:role/task",
    });
    let run = json!({"taskDefinition": "web", "overrides": overrides});
    let answer = world.ok("RunTask", run);
    has(
        &answer["tasks"][0],
        json!({
            "cpu": "256", "memory": "512", "containers": [{"cpu": "20", "memory": "300"}],
            "overrides": {
                "containerOverrides": [container], "cpu": "256", "memory": "512",
                "taskRoleArn": "arn:aws:iam::000000000000:role/task",
            },
        }),
    );
    let described = world.one(
        "DescribeContainerInstances",
        json!({"containerInstances": [instance]}),
        "containerInstances",
    );
    has(&described["remainingResources"][0], json!({"name": "CPU", "integerValue": 744}));
}

#[test]
fn what_finds_no_place_is_told_instance_by_instance() {
    let mut world = world();
    world.task_definition("web");
    let (one, two) = (world.container_instance(json!({})), world.container_instance(json!({})));
    world.connect(&two, false);
    let many = json!({"taskDefinition": "web", "count": 10, "group": "many"});
    let answer = world.ok("RunTask", many.clone());
    assert_eq!(answer["tasks"].as_array().map(Vec::len), Some(10));
    let answer = world.ok("RunTask", many);
    assert_eq!(answer["tasks"], json!([]));
    let mut reasons: Vec<_> = answer["failures"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| (text(&f["arn"]), text(&f["reason"])))
        .collect();
    reasons.sort();
    let mut expected = vec![(one, "RESOURCE:MEMORY".into()), (two, "AGENT".into())];
    expected.sort();
    assert_eq!(reasons, expected);
}

#[test]
fn a_client_token_starts_tasks_once() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let ask = json!({"taskDefinition": "web", "count": 2, "clientToken": "t-1"});
    let first = world.ok("RunTask", ask.clone());
    let same = patched(&ask, json!({"cluster": arn("cluster/default")}));
    assert_eq!(world.ok("RunTask", same), first);
    let error = world.refused(
        "RunTask",
        patched(&ask, json!({"count": 1})),
        "ConflictException",
        "clientToken",
    );
    let arns: Vec<_> =
        first["tasks"].as_array().into_iter().flatten().map(|t| t["taskArn"].clone()).collect();
    assert_eq!(error.extra.and_then(|mut e| e.remove("resourceIds")), Some(Value::Array(arns)));
    assert_eq!(listed(&mut world, &json!({})).len(), 2);
    // ECS remembers it for a day.
    world.pass_ms(24 * 3_600_000 + 1);
    world.reconcile();
    world.ok("RunTask", ask);
    assert_eq!(listed(&mut world, &json!({})).len(), 4);
}

#[test]
fn a_request_that_started_nothing_can_be_made_again() {
    let mut world = world();
    world.task_definition("web");
    let instance = world.container_instance(json!({}));
    world.connect(&instance, false);
    let ask = json!({"taskDefinition": "web", "clientToken": "t-1"});
    has(&world.ok("RunTask", ask.clone()), json!({"tasks": [], "failures": [{"reason": "AGENT"}]}));
    world.connect(&instance, true);
    assert_eq!(world.ok("RunTask", ask)["failures"], json!([]));
}

#[test]
fn start_task_goes_where_it_is_told() {
    let mut world = world();
    world.task_definition("web");
    let one = world.container_instance(json!({}));
    let gone = world.container_instance(json!({}));
    world.ok("DeregisterContainerInstance", json!({"containerInstance": gone}));
    let absent = arn(&format!("container-instance/default/{}", "0".repeat(32)));
    let input = json!({
        "taskDefinition": "web", "containerInstances": [one, gone, absent], "startedBy": "me",
        "group": "batch",
    });
    let answer = world.ok("StartTask", input);
    has(
        &answer,
        json!({
            "tasks": [{"containerInstanceArn": one, "startedBy": "me", "group": "batch"}],
            "failures": [
                {"arn": gone, "reason": "INACTIVE"}, {"arn": absent, "reason": "MISSING"},
            ],
        }),
    );
}

#[test]
fn tags_come_from_the_request_then_from_the_definition() {
    let mut world = world();
    world.container_instance(json!({}));
    let tags =
        json!([{"key": "from", "value": "definition"}, {"key": "both", "value": "definition"}]);
    let container = json!({"name": "app", "image": "busybox", "memory": 10});
    let input = json!({"family": "web", "containerDefinitions": [container], "tags": tags});
    world.ok("RegisterTaskDefinition", input);
    let run = json!({
        "taskDefinition": "web", "propagateTags": "TASK_DEFINITION", "enableECSManagedTags": true,
        "tags": [{"key": "both", "value": "task"}],
    });
    let task = text(&world.ok("RunTask", run)["tasks"][0]["taskArn"]);
    assert_eq!(
        described(&mut world, &task)["tags"],
        json!([
            {"key": "both", "value": "task"}, {"key": "from", "value": "definition"},
            {"key": "aws:ecs:clusterName", "value": "default"},
        ])
    );
    let plain = world.one("DescribeTasks", json!({"tasks": [task]}), "tasks");
    assert_eq!(plain["tags"], json!([]));
}

#[test]
fn lists_take_every_filter() {
    let mut world = world();
    let definitions = [world.task_definition("web"), world.task_definition("db")];
    let instances = [world.container_instance(json!({})), world.container_instance(json!({}))];
    let mut start = |definition: &str, instance: &str, by: Value| {
        let input = json!({
            "taskDefinition": definition, "containerInstances": [instance], "startedBy": by,
        });
        text(&world.ok("StartTask", input)["tasks"][0]["taskArn"])
    };
    let a = start(&definitions[0], &instances[0], json!("me"));
    let b = start(&definitions[0], &instances[1], Value::Null);
    let c = start(&definitions[1], &instances[0], Value::Null);
    let d = start(&definitions[1], &instances[1], Value::Null);
    let service = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 0});
    world.ok("CreateService", service);
    let all = [&a, &b, &c, &d];
    for (filter, expected) in [
        (json!({}), &all[..]),
        (json!({"desiredStatus": "RUNNING"}), &all),
        (json!({"desiredStatus": "PENDING"}), &[]),
        (json!({"desiredStatus": "STOPPED"}), &[]),
        (json!({"containerInstance": instances[0]}), &[&a, &c]),
        (json!({"containerInstance": instances[1].rsplit('/').next()}), &[&b, &d]),
        (json!({"family": "db"}), &[&c, &d]),
        (json!({"family": "db", "containerInstance": instances[1]}), &[&d]),
        (json!({"family": "none"}), &[]),
        (json!({"startedBy": "me"}), &[&a]),
        (json!({"serviceName": "web"}), &[]),
        (json!({"launchType": "EC2"}), &all),
        (json!({"launchType": "FARGATE"}), &[]),
    ] {
        let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(listed(&mut world, &filter), expected, "{filter}");
    }
    world.ok("StopTask", json!({"task": a}));
    assert_eq!(listed(&mut world, &json!({"desiredStatus": "STOPPED"})), BTreeSet::from([a]));
    assert_eq!(listed(&mut world, &json!({})).len(), 3);
}

#[test]
fn only_tasks_of_services_are_protected_and_only_for_a_time() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let standalone = world.task("web");
    world.ok(
        "CreateService",
        json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1}),
    );
    world.reconcile();
    let of_service = listed(&mut world, &json!({"serviceName": "web"}));
    let of_service = of_service.first().cloned().unwrap();
    let asked = json!({
        "cluster": "default", "tasks": [of_service, standalone], "protectionEnabled": true,
        "expiresInMinutes": 1,
    });
    let answer = world.ok("UpdateTaskProtection", asked);
    has(&answer["protectedTasks"][0], json!({"taskArn": of_service, "protectionEnabled": true}));
    has(&answer["failures"][0], json!({"arn": standalone, "reason": "TASK_NOT_VALID"}));
    // Scaling in leaves it alone until its time is over.
    world.ok("UpdateService", json!({"service": "web", "desiredCount": 0}));
    world.reconcile();
    has(&described(&mut world, &of_service), json!({"desiredStatus": "RUNNING"}));
    world.pass_ms(60_000);
    world.reconcile();
    has(&described(&mut world, &of_service), json!({"desiredStatus": "STOPPED"}));
    let shown = world.ok("GetTaskProtection", json!({"cluster": "default", "tasks": [of_service]}));
    has(&shown["failures"][0], json!({"reason": "TASK_NOT_VALID"}));
}
