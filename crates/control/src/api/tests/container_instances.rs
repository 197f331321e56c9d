//! Container instances and their attributes.

use serde_json::{Value, json};

use super::{World, arn, has, patched, text, world};

fn described(world: &mut World, instance: &str) -> Value {
    let input = json!({"containerInstances": [instance]});
    world.one("DescribeContainerInstances", input, "containerInstances")
}

fn attribute(instance: &Value, name: &str) -> Option<Value> {
    let mut all = instance["attributes"].as_array().into_iter().flatten();
    all.find(|a| a["name"] == name).map(|a| a["value"].clone())
}

fn amounts(resources: &Value) -> Vec<(String, Value)> {
    let amount = |r: &Value| match r["type"].as_str() {
        Some("STRINGSET") => r["stringSetValue"].clone(),
        _ => r["integerValue"].clone(),
    };
    resources.as_array().into_iter().flatten().map(|r| (text(&r["name"]), amount(r))).collect()
}

#[test]
fn registration_echoes_what_the_agent_says() {
    let mut world = world();
    let input = json!({
        "totalResources": [
            {"name": "CPU", "type": "INTEGER", "integerValue": 2048},
            {"name": "MEMORY", "type": "INTEGER", "integerValue": 3000},
            {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22", "2375"]},
            {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
        ],
        "attributes": [
            {"name": "ecs.capability.full-sync"}, {"name": "stack", "value": "blue"},
            {"name": "ecs.os-type-detailed", "value": "linux (kernel 6.1, glibc)"},
        ],
        "versionInfo": {"agentVersion": "1.105.1", "agentHash": "abc", "dockerVersion": "20.10"},
        "instanceIdentityDocument": "", "instanceIdentityDocumentSignature": "",
        "tags": [{"key": "team", "value": "pier"}],
    });
    let answer = world.ok("RegisterContainerInstance", input);
    let instance = &answer["containerInstance"];
    has(
        instance,
        json!({
            "status": "ACTIVE", "agentConnected": false, "version": 1, "runningTasksCount": 0,
            "pendingTasksCount": 0, "registeredAt": 1_700_000_000, "ec2InstanceId": null,
            "versionInfo": {"agentVersion": "1.105.1", "agentHash": "abc", "dockerVersion": "20.10"},
            "tags": [{"key": "team", "value": "pier"}], "attachments": [],
        }),
    );
    for (name, value) in [
        ("ecs.capability.full-sync", Value::Null),
        ("stack", json!("blue")),
        ("ecs.os-type-detailed", json!("linux (kernel 6.1, glibc)")),
        ("ecs.availability-zone", json!("us-east-1a")),
        ("ecs.cpu-architecture", json!("x86_64")),
    ] {
        assert_eq!(attribute(instance, name), Some(value), "{name}");
    }
    let expected = [
        ("CPU".to_owned(), json!(2048)),
        ("MEMORY".to_owned(), json!(3000)),
        ("PORTS".to_owned(), json!(["22", "2375"])),
        ("PORTS_UDP".to_owned(), json!([])),
    ];
    assert_eq!(amounts(&instance["registeredResources"]), expected);
    assert_eq!(amounts(&instance["remainingResources"]), expected);
}

#[test]
fn a_host_in_ec2_is_told_by_its_document() {
    let mut world = world();
    let document = json!({
        "instanceId": "i-0abc", "architecture": "arm64", "availabilityZone": "us-east-1c",
        "imageId": "ami-1", "instanceType": "m7g.large", "devpayProductCodes": null,
    });
    let members = json!({"instanceIdentityDocument": document.to_string()});
    let instance = world.container_instance(members);
    let instance = described(&mut world, &instance);
    assert_eq!(instance["ec2InstanceId"], "i-0abc");
    for (name, value) in [
        ("ecs.availability-zone", "us-east-1c"),
        ("ecs.cpu-architecture", "arm64"),
        ("ecs.instance-type", "m7g.large"),
        ("ecs.ami-id", "ami-1"),
    ] {
        assert_eq!(attribute(&instance, name), Some(json!(value)), "{name}");
    }
}

#[test]
fn an_agent_that_comes_back_finds_its_instance_as_it_was() {
    let mut world = world();
    let instance = world.container_instance(json!({
        "attributes": [{"name": "stack", "value": "blue"}, {"name": "ecs.capability.old"}],
        "tags": [{"key": "team", "value": "pier"}],
    }));
    let drain = json!({"containerInstances": [instance], "status": "DRAINING"});
    world.ok("UpdateContainerInstancesState", drain);
    let again = json!({
        "containerInstanceArn": instance,
        "totalResources": [
            {"name": "CPU", "type": "INTEGER", "integerValue": 500},
            {"name": "MEMORY", "type": "INTEGER", "integerValue": 500},
        ],
        "attributes": [{"name": "ecs.capability.new"}],
        "versionInfo": {"agentVersion": "2.0.0"},
    });
    let answer = world.ok("RegisterContainerInstance", again);
    let back = &answer["containerInstance"];
    has(
        back,
        json!({
            "containerInstanceArn": instance, "status": "DRAINING",
            "versionInfo": {"agentVersion": "2.0.0"}, "tags": [{"key": "team", "value": "pier"}],
        }),
    );
    assert_eq!(attribute(back, "stack"), Some(json!("blue")));
    assert_eq!(attribute(back, "ecs.capability.old"), None);
    assert_eq!(attribute(back, "ecs.capability.new"), Some(Value::Null));
    assert_eq!(amounts(&back["registeredResources"])[0], ("CPU".to_owned(), json!(500)));
    let listed = world.ok("ListContainerInstances", json!({}));
    assert_eq!(listed["containerInstanceArns"], json!([instance]));
}

#[test]
fn it_cannot_come_back_smaller_than_its_tasks() {
    let mut world = world();
    let instance = world.container_instance(json!({}));
    let container = json!({
        "name": "app", "image": "busybox", "memory": 600,
        "portMappings": [{"containerPort": 80, "hostPort": 8080}],
    });
    let input = json!({"family": "big", "containerDefinitions": [container]});
    world.ok("RegisterTaskDefinition", input);
    world.task("big");
    let with = |memory: i32| {
        json!({
            "containerInstanceArn": instance,
            "totalResources": [
                {"name": "CPU", "type": "INTEGER", "integerValue": 1000},
                {"name": "MEMORY", "type": "INTEGER", "integerValue": memory},
                {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22", "8080"]},
            ],
        })
    };
    let says = "Container instance type changes are not supported";
    world.refused("RegisterContainerInstance", with(599), "ClientException", says);
    // The port is the task's, whatever the host says.
    let answer = world.ok("RegisterContainerInstance", with(600));
    let remaining = amounts(&answer["containerInstance"]["remainingResources"]);
    assert_eq!(remaining[1], ("MEMORY".to_owned(), json!(0)));
    assert_eq!(remaining[2], ("PORTS".to_owned(), json!(["22", "8080"])));
}

#[test]
fn the_default_cluster_is_made_for_the_first_that_comes() {
    let mut world = world();
    world.ok("DeleteCluster", json!({"cluster": "default"}));
    world.container_instance(json!({"cluster": ""}));
    let cluster = world.one("DescribeClusters", json!({}), "clusters");
    has(&cluster, json!({"status": "ACTIVE", "registeredContainerInstancesCount": 1}));
}

#[test]
fn deregistering_by_force_stops_what_runs_there() {
    let mut world = world();
    world.task_definition("web");
    let instance = world.container_instance(json!({}));
    let task = world.task("web");
    let input = json!({"containerInstance": instance});
    let says = "Found running tasks on the instance.";
    let exception = "InvalidParameterException";
    world.refused("DeregisterContainerInstance", input.clone(), exception, says);
    let force = patched(&input, json!({"force": true}));
    let gone = world.ok("DeregisterContainerInstance", force);
    has(&gone["containerInstance"], json!({"status": "INACTIVE", "agentConnected": false}));
    let task = world.one("DescribeTasks", json!({"tasks": [task]}), "tasks");
    has(
        &task,
        json!({
            "lastStatus": "STOPPED", "stopCode": "UserInitiated",
            "stoppedReason": "Container instance deregistration forced by user",
        }),
    );
    assert_eq!(world.ok("ListContainerInstances", json!({}))["containerInstanceArns"], json!([]));
    has(&described(&mut world, &instance), json!({"status": "INACTIVE"}));
    // It is over for this ARN.
    let again = json!({"containerInstanceArn": instance, "totalResources": []});
    world.refused("RegisterContainerInstance", again, "ClientException", "deregistered");
}

#[test]
fn the_state_goes_to_draining_and_back() {
    let mut world = world();
    let one = world.container_instance(json!({}));
    let gone = world.container_instance(json!({}));
    world.ok("DeregisterContainerInstance", json!({"containerInstance": gone}));
    let absent = arn(&format!("container-instance/default/{}", "0".repeat(32)));
    for status in ["DRAINING", "ACTIVE"] {
        let input = json!({"containerInstances": [one, gone, absent], "status": status});
        let answer = world.ok("UpdateContainerInstancesState", input);
        has(
            &answer,
            json!({
                "containerInstances": [{"containerInstanceArn": one, "status": status}],
                "failures": [
                    {"arn": gone, "reason": "INACTIVE"}, {"arn": absent, "reason": "MISSING"},
                ],
            }),
        );
    }
}

#[test]
fn lists_filter_by_status_and_query() {
    let mut world = world();
    let made = ["blue", "green"].map(|stack| {
        let attributes = json!([{"name": "stack", "value": stack}]);
        world.container_instance(json!({"attributes": attributes}))
    });
    let drain = json!({"containerInstances": [made[1]], "status": "DRAINING"});
    world.ok("UpdateContainerInstancesState", drain);
    let mut both = made.to_vec();
    both.sort();
    for (filter, expected) in [
        (json!({}), both),
        (json!({"status": "ACTIVE"}), vec![made[0].clone()]),
        (json!({"status": "DRAINING"}), vec![made[1].clone()]),
        (json!({"filter": "attribute:stack == blue"}), vec![made[0].clone()]),
        (json!({"filter": "not(attribute:stack == blue)"}), vec![made[1].clone()]),
    ] {
        let (all, _) = world.pages("ListContainerInstances", &filter, "containerInstanceArns", 1);
        assert_eq!(all.iter().map(text).collect::<Vec<_>>(), expected, "{filter}");
    }
}

#[test]
fn attributes_are_put_listed_and_deleted() {
    let mut world = world();
    let (one, two) = (world.container_instance(json!({})), world.container_instance(json!({})));
    let put = json!({"attributes": [
        {"name": "stack", "value": "blue", "targetType": "container-instance", "targetId": one},
        {"name": "flag", "targetId": two.rsplit('/').next()},
    ]});
    let answer = world.ok("PutAttributes", put);
    has(
        &answer["attributes"],
        json!([
            {"name": "stack", "value": "blue", "targetId": one, "targetType": "container-instance"},
            {"name": "flag", "value": null, "targetId": two},
        ]),
    );
    world.ok(
        "PutAttributes",
        json!({"attributes": [
            {"name": "stack", "value": "green", "targetId": one},
            {"name": "stack", "value": "red", "targetId": two},
        ]}),
    );
    let list = |value: Value| {
        json!({
            "targetType": "container-instance", "attributeName": "stack", "attributeValue": value,
        })
    };
    let (all, _) = world.pages("ListAttributes", &list(Value::Null), "attributes", 1);
    assert_eq!(all.len(), 2);
    let found = world.one("ListAttributes", list(json!("red")), "attributes");
    has(&found, json!({"targetId": two, "value": "red"}));
    world.ok("DeleteAttributes", json!({"attributes": [
        {"name": "stack", "value": "another", "targetId": one}, {"name": "stack", "targetId": two},
    ]}));
    let left = world.one("ListAttributes", list(Value::Null), "attributes");
    has(&left, json!({"targetId": one, "value": "green"}));
}

#[test]
fn agents_find_their_endpoints_here() {
    let mut world = world();
    let found = world.ok("DiscoverPollEndpoint", json!({"cluster": "default"}));
    let expected = json!({
        "endpoint": "http://127.0.0.1:6440/acs/", "telemetryEndpoint": "http://127.0.0.1:6440/tcs/",
    });
    assert_eq!(found, expected);
}
