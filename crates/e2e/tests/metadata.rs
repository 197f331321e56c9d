//! What a container is told about itself, at the address that every process of the host shares.

use e2e::{ControlPlane, World, definition, docker, eventually, field, seconds};
use serde_json::{Value, json};

/// Asks from inside a container, at one of the URIs in its environment. Each connection is with any of
/// the processes that share the address; where that one ends meanwhile, another is asked, as SDKs do.
#[track_caller]
fn ask(container: &str, uri: &str, path: &str) -> Value {
    let command = format!("wget -q -O - ${uri}{path} || true");
    eventually(&format!("{path} of ${uri} is answered"), seconds(10), || {
        let answer = docker(&["exec", container, "sh", "-c", &command]);
        serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))
    })
}

/// The status of an answer that is an error.
#[track_caller]
fn refused(container: &str, url: &str) -> String {
    let command = format!("wget -q -O - {url} 2>&1 || true");
    docker(&["exec", container, "sh", "-c", &command])
}

/// Runs a task of one lingering container `app`; the task's ARN and Docker's id of the container.
#[track_caller]
fn linger(up: &ControlPlane, family: &str, members: Value) -> (String, String) {
    let container = definition::shell("app", definition::LINGER);
    let members = definition::with(json!({"containerDefinitions": [container]}), members);
    let task = up.run_task(&up.register_with(family, members));
    let running = up.task_reaches(&task, "RUNNING", 20);
    (task, field(&running["containers"][0], "runtimeId").to_owned())
}

#[test]
fn a_container_reads_its_metadata_and_stats() {
    let world = World::new();
    let up = world.up(&[]);
    let instance = up.instances(1).remove(0);
    let (task, id) = linger(&up, "told", json!({"cpu": "256", "memory": "64"}));
    for (arn, value) in [(&instance, "host"), (&task, "task")] {
        up.ecs(
            "tag-resource",
            json!({"resourceArn": arn, "tags": [{"key": "is", "value": value}]}),
        );
    }

    let document = ask(&id, "ECS_CONTAINER_METADATA_URI_V4", "/taskWithTags");
    assert_eq!(document["Cluster"], "default");
    assert_eq!(document["TaskARN"], task);
    assert_eq!(document["Family"], world.family("told"));
    assert_eq!((&document["Revision"], &document["KnownStatus"]), (&"1".into(), &"RUNNING".into()));
    assert_eq!(document["Limits"], json!({"CPU": 0.25, "Memory": 64}));
    assert_eq!(document["LaunchType"], "EC2");
    assert!(document["AvailabilityZone"].is_string(), "{document}");
    assert_eq!(document["TaskTags"]["is"], "task");
    assert_eq!(document["ContainerInstanceTags"]["is"], "host");

    let container = ask(&id, "ECS_CONTAINER_METADATA_URI_V4", "");
    assert_eq!(container, document["Containers"][0]);
    let described = &up.task(&task)["containers"][0];
    assert_eq!(container["DockerId"], described["runtimeId"]);
    assert_eq!(container["ContainerARN"], described["containerArn"]);
    assert_eq!(container["Image"], "longshore/busybox:latest");
    assert_eq!(container["Labels"]["com.amazonaws.ecs.task-arn"], task);
    let address = docker(&["exec", &id, "hostname", "-i"]);
    let network = json!({"NetworkMode": "bridge", "IPv4Addresses": [address]});
    assert_eq!(container["Networks"], json!([network]));
    let v3 = ask(&id, "ECS_CONTAINER_METADATA_URI", "/task");
    assert_eq!(v3["TaskARN"], task);

    let stats = ask(&id, "ECS_CONTAINER_METADATA_URI_V4", "/task/stats");
    let sample = &stats[&id];
    assert!(sample["memory_stats"]["usage"].as_u64() > Some(0), "{stats}");
    assert!(sample["network_rate_stats"]["rx_bytes_per_sec"].is_f64(), "{stats}");
    let total = |of: &str| sample[of]["system_cpu_usage"].as_u64();
    assert!(total("cpu_stats") > total("precpu_stats"), "{stats}");
    assert!(total("precpu_stats") > Some(0), "{stats}");
}

#[test]
fn a_container_in_the_network_of_the_host_finds_its_metadata_too() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let (task, id) = linger(&up, "host", json!({"networkMode": "host"}));
    let document = ask(&id, "ECS_CONTAINER_METADATA_URI_V4", "/task");
    assert_eq!(document["TaskARN"], task);
    assert_eq!(document["Containers"][0]["Networks"][0]["NetworkMode"], "host");
}

#[test]
fn a_task_without_a_role_gets_no_credentials() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let (_, id) = linger(&up, "plain", json!({}));
    let variables = docker(&["exec", &id, "env"]);
    assert!(!variables.contains("AWS_CONTAINER_CREDENTIALS"), "{variables}");
    let told = refused(&id, "http://169.254.170.2/v2/credentials/11111111-2222-3333");
    assert!(told.contains("400"), "{told}");
    let told = refused(&id, "http://169.254.170.2/v2/credentials/");
    assert!(told.contains("400"), "{told}");
    let told = refused(&id, "http://169.254.170.2/v4/11111111-2222-3333/task");
    assert!(told.contains("404"), "{told}");
    let told = refused(&id, "$ECS_AGENT_URI/task-protection/v1/state");
    assert!(told.contains("403"), "{told}");
}

/// Each connection goes to one of the processes, whichever it is that knows the task.
#[test]
fn processes_of_a_host_share_the_address_and_outlive_each_other() {
    let (one, two) = (World::new(), World::new());
    let (mut first, second) = (one.up(&[]), two.up(&["--instances", "2"]));
    first.instances(1);
    second.instances(2);
    let (own, other) = (linger(&first, "own", json!({})), linger(&second, "other", json!({})));
    let told = |(task, id): &(String, String)| {
        let document = ask(id, "ECS_CONTAINER_METADATA_URI_V4", "/task");
        assert_eq!(document["TaskARN"], *task);
    };
    for _ in 0..10 {
        told(&own);
        told(&other);
    }
    first.process.kill_9();
    for _ in 0..10 {
        told(&other);
    }
    let told_none = refused(&own.1, "$ECS_CONTAINER_METADATA_URI_V4/task");
    assert!(told_none.contains("404"), "{told_none}");
    first.process.start_again();
    first.instances(1);
    eventually("the task is told again", seconds(10), || {
        let answer = refused(&own.1, "$ECS_CONTAINER_METADATA_URI_V4/task");
        if answer.contains(&own.0) { Ok(()) } else { Err(answer) }
    });
    told(&own);
}
