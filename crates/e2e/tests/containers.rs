//! What a container definition asks for, as the container itself finds it.

use std::fs;

use e2e::{
    ControlPlane, World, definition, docker, eventually, field, get, inspect, member, seconds,
};
use serde_json::{Value, json};

/// Runs a task whose containers check for themselves; each must leave with 0.
#[track_caller]
fn all_succeed(up: &ControlPlane, definition: &str) -> Value {
    let task = up.run_task(definition);
    let stopped = up.task_reaches(&task, "STOPPED", 40);
    for container in stopped["containers"].as_array().expect("a list") {
        let id = field(container, "runtimeId");
        let log = if id.is_empty() { String::new() } else { docker(&["logs", id]) };
        assert_eq!(container["exitCode"], 0, "{container}, its log: {log}");
    }
    stopped
}

#[test]
fn process_settings_reach_the_container() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let checks = "set -ex
        test $(ulimit -n) = 1234
        test $(pwd) = /var
        test $(id -u) = 65534
        test $(hostname) = harbour
        ! touch /etc/none
        grep -q '10.1.2.3.*pier' /etc/hosts
        test $(cat /proc/sys/net/core/somaxconn) = 99
        test \"$(df -k /dev/shm | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2)\" = 32768
        test -d /scratch && mount | grep -q '/scratch type tmpfs'
        test \"$ENTRY\" = point";
    let container = json!({
        "name": "app", "image": "longshore/busybox:latest", "essential": true, "memory": 16, "cpu": 512,
        "memoryReservation": 8, "entryPoint": ["sh", "-c"], "command": [checks],
        "environment": [{"name": "ENTRY", "value": "point"}],
        "user": "65534", "workingDirectory": "/var", "hostname": "harbour", "readonlyRootFilesystem": true,
        "extraHosts": [{"hostname": "pier", "ipAddress": "10.1.2.3"}],
        "ulimits": [{"name": "nofile", "softLimit": 1234, "hardLimit": 2345}],
        "systemControls": [{"namespace": "net.core.somaxconn", "value": "99"}],
        "dockerLabels": {"harbour.pier": "seven"},
        "linuxParameters": {
            "initProcessEnabled": true, "sharedMemorySize": 32,
            "capabilities": {"add": ["NET_ADMIN"], "drop": ["MKNOD"]},
            "tmpfs": [{"containerPath": "/scratch", "size": 4}],
        },
    });
    let stopped = all_succeed(&up, &up.register("app", json!([container])));

    let inspected = inspect(field(&stopped["containers"][0], "runtimeId"));
    let host = &inspected["HostConfig"];
    assert_eq!(host["Memory"], 16 << 20);
    assert_eq!(host["MemoryReservation"], 8 << 20);
    assert_eq!(host["CpuShares"], 512);
    assert_eq!(host["Init"], true);
    let has = |list: &Value, capability: &str| {
        let list = list.as_array().expect("a list").iter().filter_map(Value::as_str);
        list.map(|c| c.trim_start_matches("CAP_")).any(|c| c == capability)
    };
    assert!(has(&host["CapAdd"], "NET_ADMIN") && has(&host["CapDrop"], "MKNOD"), "{host}");
    let labels = &inspected["Config"]["Labels"];
    assert_eq!(field(labels, "harbour.pier"), "seven");
    assert_eq!(field(labels, "com.amazonaws.ecs.task-arn"), field(&stopped, "taskArn"));
    assert_eq!(field(labels, "com.amazonaws.ecs.container-name"), "app");
    assert_eq!(field(labels, "com.amazonaws.ecs.task-definition-family"), world.family("app"));
    assert_eq!(field(labels, "com.amazonaws.ecs.task-definition-version"), "1");
    assert!(labels["com.amazonaws.ecs.cluster"].is_string(), "{labels}");
}

#[test]
fn the_network_modes_none_and_host_are_what_they_say() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let alone = definition::shell("app", "test \"$(ls /sys/class/net)\" = lo");
    let alone = json!({"networkMode": "none", "containerDefinitions": [alone]});
    all_succeed(&up, &up.register_with("alone", alone));

    let port = world.free_port();
    let serve =
        format!("trap 'exit 0' TERM; echo host > /tmp/version; httpd -f -p {port} -h /tmp & wait");
    let host = json!({"networkMode": "host", "containerDefinitions": [definition::with(
        definition::shell("app", &serve),
        json!({"portMappings": [{"containerPort": port}]}),
    )]});
    let task = up.run_task(&up.register_with("host", host));
    up.task_reaches(&task, "RUNNING", 20);
    eventually("it answers on the host's own port", seconds(10), || {
        match get(port.into(), "/version") {
            Ok(version) if version == "host" => Ok(()),
            other => Err(format!("{other:?}")),
        }
    });
}

#[test]
fn linked_containers_know_each_other_by_name_and_alias() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let ask = "set -ex
        for n in 1 2 3 4 5 6 7 8 9; do wget -q -O - http://backend:8080/health && break; sleep 1; done
        test $(wget -q -O - http://backend:8080/version) = v2
        test $(wget -q -O - http://web:8080/version) = v2";
    let web = definition::with(definition::unchecked_web("v2"), json!({"essential": false}));
    let client = definition::with(
        definition::shell("client", ask),
        json!({"links": ["web:backend", "web"]}),
    );
    let task = up.run_task(&up.register("linked", json!([client, web])));
    let stopped = up.task_reaches(&task, "STOPPED", 40);
    let client = member(&stopped["containers"], "name", "client");
    assert_eq!(client["exitCode"], 0, "{}", docker(&["logs", field(client, "runtimeId")]));
}

#[test]
fn volumes_of_the_host_of_the_task_and_of_other_containers_are_there() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let folder = world.path("from-host");
    fs::create_dir(&folder).expect("the folder is new");
    fs::write(folder.join("greeting"), "ahoy").expect("the folder is writable");
    let first = definition::with(
        definition::shell(
            "first",
            "set -ex; test $(cat /host/greeting) = ahoy; ! touch /host/none; echo mine > /own/file",
        ),
        json!({"essential": false, "mountPoints": [
            {"sourceVolume": "host", "containerPath": "/host", "readOnly": true},
            {"sourceVolume": "own", "containerPath": "/own"},
        ]}),
    );
    let second = definition::with(
        definition::shell(
            "second",
            "set -ex; test $(cat /own/file) = mine; test $(cat /host/greeting) = ahoy",
        ),
        json!({
            "volumesFrom": [{"sourceContainer": "first"}],
            "dependsOn": [{"containerName": "first", "condition": "SUCCESS"}],
        }),
    );
    let volumes =
        json!([{"name": "host", "host": {"sourcePath": folder}}, {"name": "own", "host": {}}]);
    let members = json!({"containerDefinitions": [second, first], "volumes": volumes});
    all_succeed(&up, &up.register_with("volumes", members));
}

#[test]
fn a_container_can_tell_that_it_runs_on_ecs() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let check = definition::shell("app", "test \"$AWS_EXECUTION_ENV\" = AWS_ECS_EC2");
    all_succeed(&up, &up.register("app", json!([check])));
}
