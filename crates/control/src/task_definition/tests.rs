//! What a task definition may say, and what is kept and shown of it.

use model::{LaunchType, NetworkMode, Timestamp};
use serde_json::{Value, json};
use store::TaskDefinitionRow;
use wire::{Error, ecs};

use super::parse;

fn container(patch: Value) -> Value {
    patched(json!({"name": "app", "image": "busybox", "memory": 100}), patch)
}

/// `null` takes a member away.
fn patched(mut base: Value, patch: Value) -> Value {
    if let (Some(base), Value::Object(patch)) = (base.as_object_mut(), patch) {
        base.extend(patch);
        base.retain(|_, value| !value.is_null());
    }
    base
}

fn register(input: Value) -> Result<TaskDefinitionRow, Error> {
    let input: ecs::RegisterTaskDefinitionRequest =
        serde_json::from_value(input).expect("a request of the right shape");
    parse(input, 7, Timestamp(0), "arn:aws:iam::000000000000:root")
}

fn with(containers: &[Value], members: Value) -> Value {
    patched(json!({"family": "web", "containerDefinitions": containers}), members)
}

#[track_caller]
fn good(input: Value) -> TaskDefinitionRow {
    register(input.clone()).unwrap_or_else(|e| panic!("{input} was refused: {}", e.message))
}

#[track_caller]
fn bad(input: Value, says: &str) {
    match register(input.clone()) {
        Ok(_) => panic!("{input} was taken"),
        Err(error) => {
            assert!(error.message.contains(says), "{input}: {}, not {says}", error.message);
            assert_eq!(error.code.name(), "ClientException", "{input}");
        }
    }
}

fn required(row: &TaskDefinitionRow) -> Vec<&str> {
    row.facts.requires_attributes.iter().map(|a| a.name.as_str()).collect()
}

#[test]
fn a_document_is_shown_with_its_defaults() {
    let mapping = json!({"containerPort": 80});
    let row = good(with(
        &[container(json!({
            "portMappings": [mapping], "healthCheck": {"command": ["CMD-SHELL", "true"]},
            "mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}],
        }))],
        json!({"volumes": [
            {"name": "v"}, {"name": "h", "host": {"sourcePath": "/srv"}},
            {"name": "d", "dockerVolumeConfiguration": {"driver": "local"}},
            {"name": "e", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}},
        ]}),
    ));
    assert_eq!(
        json!(row.document),
        json!({
            "containerDefinitions": [{
                "name": "app", "image": "busybox", "memory": 100, "cpu": 0, "essential": true,
                "portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}],
                "environment": [], "volumesFrom": [], "systemControls": [],
                "mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}],
                "healthCheck": {
                    "command": ["CMD-SHELL", "true"], "interval": 30, "timeout": 5, "retries": 3,
                },
            }],
            "volumes": [
                {"name": "v", "host": {}}, {"name": "h", "host": {"sourcePath": "/srv"}},
                {"name": "d", "dockerVolumeConfiguration": {"driver": "local", "scope": "task"}},
                {"name": "e", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "/"}},
            ],
            "placementConstraints": [],
        })
    );
}

#[test]
fn sizes_are_shown_in_units_and_mib() {
    for (cpu, memory, units, mib) in [
        ("256", "512", "256", "512"),
        (".25 vcpu", "0.5 GB", "256", "512"),
        ("1 vCPU", "2GB", "1024", "2048"),
    ] {
        let row = good(with(&[container(json!({}))], json!({"cpu": cpu, "memory": memory})));
        let shown = (row.document.cpu.as_deref(), row.document.memory.as_deref());
        assert_eq!(shown, (Some(units), Some(mib)), "{cpu} {memory}");
    }
}

#[test]
fn host_ports_follow_the_network_mode() {
    let mapping = json!({"portMappings": [{"containerPort": 80}]});
    for (mode, shown, kept) in [
        (Value::Null, 0, 0),
        (json!("bridge"), 0, 0),
        (json!("host"), 80, 80),
        (json!("awsvpc"), 80, 80),
    ] {
        let row = good(with(&[container(mapping.clone())], json!({"networkMode": mode})));
        let document = json!(row.document);
        let port = &document["containerDefinitions"][0]["portMappings"][0]["hostPort"];
        assert_eq!(*port, json!(shown), "{mode}");
        assert_eq!(row.facts.containers[0].port_mappings[0].host_port, kept, "{mode}");
        assert_eq!(row.document.network_mode.is_some(), !mode.is_null(), "{mode}");
    }
    let range = json!({"portMappings": [{"containerPortRange": "8000-8010"}]});
    let row = good(with(&[container(range)], json!({})));
    let mapping = &row.facts.containers[0].port_mappings[0];
    assert_eq!((mapping.container_port, mapping.container_port_end), (8000, 8010));
}

#[test]
fn compatibilities_say_where_it_can_run() {
    let small = json!({"cpu": "256", "memory": "512"});
    for (members, expected) in [
        (json!({}), vec![LaunchType::Ec2, LaunchType::External]),
        (json!({"networkMode": "awsvpc"}), vec![LaunchType::Ec2]),
        (
            patched(small, json!({"networkMode": "awsvpc"})),
            vec![LaunchType::Ec2, LaunchType::Fargate],
        ),
    ] {
        let mut expected = expected;
        expected.sort();
        let row = good(with(&[container(json!({}))], members.clone()));
        assert_eq!(row.facts.compatibilities, expected, "{members}");
    }
}

#[test]
fn facts_hold_what_decides() {
    let row = good(with(
        &[
            container(json!({
                "cpu": 50, "memoryReservation": 40, "startTimeout": 20, "stopTimeout": 10,
                "dependsOn": [{"containerName": "init", "condition": "SUCCESS"}],
            })),
            container(json!({"name": "init", "essential": false})),
        ],
        json!({"networkMode": "host", "tags": [{"key": "a", "value": "1"}]}),
    ));
    let app = &row.facts.containers[0];
    assert_eq!(
        (app.cpu_units, app.memory_mib, app.memory_reservation_mib),
        (50, Some(100), Some(40))
    );
    assert_eq!((app.start_timeout_s, app.stop_timeout_s), (Some(20), Some(10)));
    assert_eq!(app.depends_on[0].container.as_str(), "init");
    assert!(app.essential && !row.facts.containers[1].essential);
    assert_eq!(row.facts.network_mode, NetworkMode::Host);
    assert_eq!(row.facts.id.to_string(), "web:7");
    assert_eq!(row.facts.tags.len(), 1);
}

#[test]
fn features_require_the_capability_of_the_agent() {
    let role = "arn:aws:iam::000000000000:role/r";
    for (patch, members, expected) in [
        (json!({}), json!({}), "com.amazonaws.ecs.capability.docker-remote-api.1.18"),
        (
            json!({"privileged": true}),
            json!({}),
            "com.amazonaws.ecs.capability.privileged-container",
        ),
        (
            json!({"logConfiguration": {"logDriver": "gelf"}}),
            json!({}),
            "com.amazonaws.ecs.capability.logging-driver.gelf",
        ),
        (
            json!({"logConfiguration": {"logDriver": "awslogs"}}),
            json!({"executionRoleArn": role}),
            "ecs.capability.execution-role-awslogs",
        ),
        (
            json!({"healthCheck": {"command": ["CMD", "true"]}}),
            json!({}),
            "ecs.capability.container-health-check",
        ),
        (json!({"stopTimeout": 10}), json!({}), "ecs.capability.container-ordering"),
        (
            json!({"environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::b/f.env"}]}),
            json!({}),
            "ecs.capability.env-files.s3",
        ),
        (
            json!({"restartPolicy": {"enabled": true}}),
            json!({}),
            "ecs.capability.container-restart-policy",
        ),
        (
            json!({"portMappings": [{"containerPortRange": "1-2"}]}),
            json!({}),
            "ecs.capability.network.container-port-range",
        ),
        (
            json!({"secrets": [{"name": "A", "valueFrom": "arn:aws:secretsmanager:x"}]}),
            json!({"executionRoleArn": role}),
            "ecs.capability.secrets.asm.environment-variables",
        ),
        (
            json!({"secrets": [{"name": "A", "valueFrom": "/p"}]}),
            json!({"executionRoleArn": role}),
            "ecs.capability.secrets.ssm.environment-variables",
        ),
        (json!({}), json!({"taskRoleArn": role}), "com.amazonaws.ecs.capability.task-iam-role"),
        (
            json!({}),
            json!({"taskRoleArn": role, "networkMode": "host"}),
            "com.amazonaws.ecs.capability.task-iam-role-network-host",
        ),
        (json!({}), json!({"networkMode": "awsvpc"}), "ecs.capability.task-eni"),
        (json!({}), json!({"memory": "200"}), "ecs.capability.task-cpu-mem-limit"),
        (json!({}), json!({"pidMode": "task"}), "ecs.capability.pid-ipc-namespace-sharing"),
        (json!({}), json!({"ipcMode": "task"}), "ecs.capability.pid-ipc-namespace-sharing"),
        (json!({}), json!({"enableFaultInjection": true}), "ecs.capability.fault-injection"),
        (
            json!({}),
            json!({"proxyConfiguration": {"type": "APPMESH", "containerName": "app"}}),
            "ecs.capability.aws-appmesh",
        ),
        (
            json!({}),
            json!({"inferenceAccelerators": [{"deviceName": "a", "deviceType": "eia2.medium"}]}),
            "ecs.capability.task-eia",
        ),
        (
            json!({"credentialSpecs": ["credentialspec:arn:aws:s3:::b/c"]}),
            json!({}),
            "ecs.capability.gmsa",
        ),
        (
            json!({"credentialSpecs": ["credentialspecdomainless:arn:aws:s3:::b/c"]}),
            json!({}),
            "ecs.capability.gmsa-domainless",
        ),
        (
            json!({}),
            json!({"runtimePlatform": {"cpuArchitecture": "ARM64"}}),
            "ecs.cpu-architecture",
        ),
    ] {
        let row = good(with(&[container(patch.clone())], members.clone()));
        assert!(required(&row).contains(&expected), "{patch} {members}: {:?}", required(&row));
    }
    let unused = json!({"enableFaultInjection": false, "inferenceAccelerators": []});
    let plain = good(with(&[container(json!({"credentialSpecs": []}))], unused));
    assert_eq!(required(&plain), ["com.amazonaws.ecs.capability.docker-remote-api.1.18"]);
}

#[test]
fn a_container_keeps_to_the_rules() {
    let port = |mapping: Value| json!({"portMappings": [mapping]});
    let check = |members: Value| json!({"healthCheck": patched(json!({"command": ["CMD", "true"]}), members)});
    for (patch, says) in [
        (json!({"name": null}), "Container.name contains invalid characters."),
        (json!({"name": "a b"}), "Container.name contains invalid characters."),
        (json!({"image": null}), "Container.image should not be null or empty."),
        (json!({"image": "$IMAGE"}), "Container.image contains invalid characters."),
        (json!({"image": "x".repeat(256)}), "Container.image should be 255 characters or less"),
        (
            json!({"memory": null}),
            "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
        ),
        (json!({"memory": 3}), "'memory' must be at least 4 MiB"),
        (json!({"memoryReservation": 3}), "'memoryReservation' must be at least 4 MiB"),
        (
            json!({"memoryReservation": 101}),
            "'memoryReservation' must not be greater than 'memory'",
        ),
        (json!({"cpu": -1}), "'cpu' is -1"),
        (json!({"essential": false}), "at least one essential container"),
        (port(json!({})), "needs a 'containerPort'"),
        (port(json!({"containerPort": 0})), "'containerPort' is 0"),
        (port(json!({"containerPort": 65536})), "'containerPort' is 65536"),
        (port(json!({"containerPort": 80, "hostPort": -1})), "'hostPort' is -1"),
        (port(json!({"containerPort": 80, "containerPortRange": "1-2"})), "exclude each other"),
        (port(json!({"containerPortRange": "1-2", "hostPort": 1})), "cannot be given with"),
        (port(json!({"containerPortRange": "2-1"})), "first-last"),
        (port(json!({"containerPortRange": "0-1"})), "first-last"),
        (port(json!({"containerPortRange": "1"})), "first-last"),
        (
            json!({"portMappings": [{"containerPort": 1, "hostPort": 9}, {"containerPort": 2, "hostPort": 9}]}),
            "used twice",
        ),
        (check(json!({"command": []})), "must start with 'CMD' or 'CMD-SHELL'"),
        (check(json!({"command": ["true"]})), "must start with 'CMD' or 'CMD-SHELL'"),
        (check(json!({"command": ["CMD"]})), "must start with 'CMD' or 'CMD-SHELL'"),
        (check(json!({"interval": 4})), "it must be 5 to 300"),
        (check(json!({"timeout": 61})), "it must be 2 to 60"),
        (check(json!({"retries": 0})), "it must be 1 to 10"),
        (check(json!({"startPeriod": 301})), "it must be 0 to 300"),
        (json!({"startTimeout": 1}), "at least 2"),
        (json!({"stopTimeout": -1}), "at least 0"),
        (json!({"resourceRequirements": [{"type": "GPU", "value": "many"}]}), "number of GPUs"),
        (json!({"dependsOn": [{"containerName": "db", "condition": "START"}]}), "does not have"),
        (json!({"dependsOn": [{"containerName": "app", "condition": "START"}]}), "circle"),
        (json!({"links": ["db:alias"]}), "does not have"),
        (json!({"volumesFrom": [{"sourceContainer": "db"}]}), "does not have"),
        (
            json!({"mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}]}),
            "Unknown volume 'v'",
        ),
        (
            json!({"secrets": [{"name": "A", "valueFrom": "a"}]}),
            "must also specify a value for 'executionRoleArn'",
        ),
    ] {
        bad(with(&[container(patch)], json!({})), says);
    }
}

#[test]
fn containers_fit_each_other() {
    let depends = |condition: &str| {
        container(json!({"dependsOn": [{"containerName": "db", "condition": condition}]}))
    };
    let db = |members: Value| container(patched(json!({"name": "db"}), members));
    let back = json!({"dependsOn": [{"containerName": "app", "condition": "START"}]});
    let eleven: Vec<_> = (0..11).map(|n| container(json!({"name": format!("c{n}")}))).collect();
    let none: [Value; 0] = [];
    for (containers, says) in [
        (none.to_vec(), "Container list cannot be empty."),
        (eleven, "at most 10 containers"),
        (vec![container(json!({})), container(json!({}))], "unique"),
        (vec![depends("HEALTHY"), db(json!({}))], "has no health check"),
        (vec![depends("SUCCESS"), db(json!({}))], "cannot be an essential container"),
        (vec![depends("COMPLETE"), db(json!({}))], "cannot be an essential container"),
        (vec![depends("START"), db(back)], "circle (dependsOn, links, volumesFrom): app, db."),
        (vec![container(json!({"links": ["db:d"]})), db(json!({"links": ["app"]}))], "circle"),
        (
            vec![
                container(json!({"volumesFrom": [{"sourceContainer": "db"}]})),
                db(json!({"links": ["app"]})),
            ],
            "circle",
        ),
    ] {
        bad(with(&containers, json!({})), says);
    }
    let checked = json!({"healthCheck": {"command": ["CMD", "true"]}});
    for (condition, members) in [
        ("START", json!({})),
        ("HEALTHY", checked),
        ("COMPLETE", json!({"essential": false})),
        ("SUCCESS", json!({"essential": false})),
    ] {
        good(with(&[depends(condition), db(members)], json!({})));
    }
}

#[test]
fn the_task_keeps_to_the_rules() {
    let plain = || container(json!({}));
    let port = |mapping: Value| container(json!({"portMappings": [mapping]}));
    let linked = container(json!({"links": ["db"]}));
    let db = container(json!({"name": "db"}));
    let volumes = json!({"volumes": [{"name": "v"}, {"name": "v"}]});
    let member = |expression: &str| json!({"placementConstraints": [{"type": "memberOf", "expression": expression}]});
    for (containers, members, says) in [
        (vec![plain()], json!({"family": "a b"}), "Family contains invalid characters."),
        (vec![plain()], json!({"family": "x".repeat(256)}), "Family contains invalid characters."),
        (vec![plain()], json!({"cpu": "127"}), "Invalid 'cpu' setting for task."),
        (vec![plain()], json!({"cpu": "196609"}), "Invalid 'cpu' setting for task."),
        (vec![plain()], json!({"cpu": "much"}), "Invalid 'cpu' setting for task."),
        (vec![plain()], json!({"memory": "3"}), "Invalid 'memory' setting for task."),
        (vec![plain()], json!({"memory": ""}), "Invalid 'memory' setting for task."),
        (
            vec![plain()],
            json!({"memory": "99"}),
            "The 'memory' setting for container 'app' is greater than for the task.",
        ),
        (
            vec![port(json!({"containerPort": 80, "hostPort": 81}))],
            json!({"networkMode": "host"}),
            "When networkMode=host, the host ports and container ports in port mappings must match.",
        ),
        (
            vec![port(json!({"containerPort": 80}))],
            json!({"networkMode": "none"}),
            "When networkMode=none, port mappings are not supported.",
        ),
        (
            vec![linked, db],
            json!({"networkMode": "awsvpc"}),
            "Links are not supported when networkMode=awsvpc.",
        ),
        (
            vec![plain()],
            json!({"requiresCompatibilities": ["EXTERNAL"], "networkMode": "awsvpc"}),
            "do not support network mode 'awsvpc'",
        ),
        (vec![plain()], volumes, "no other volume"),
        (vec![plain()], member("nonsense"), "nonsense"),
    ] {
        bad(with(&containers, members), says);
    }
    let tag = json!({"tags": [{"key": "aws:a", "value": ""}]});
    let refused = register(with(&[plain()], tag)).map(drop).map_err(|e| e.code.name());
    assert_eq!(refused, Err("InvalidParameterException"));
}

#[test]
fn fargate_has_its_own_rules() {
    let fargate = |patch: Value| {
        let base = json!({
            "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256",
            "memory": "512",
        });
        patched(base, patch)
    };
    let plain = [container(json!({}))];
    for (cpu, memory) in [("256", "2048"), ("512", "4096"), ("1024", "8 GB"), ("16 vcpu", "120 GB")]
    {
        good(with(&plain, fargate(json!({"cpu": cpu, "memory": memory}))));
    }
    let docker = json!({"volumes": [{"name": "v", "dockerVolumeConfiguration": {}}]});
    for (patch, says) in [
        (json!({"networkMode": "bridge"}), "Fargate only supports network mode 'awsvpc'."),
        (json!({"cpu": null}), "Fargate requires that 'cpu' be defined at the task level."),
        (json!({"memory": null}), "Fargate requires that 'memory' be defined at the task level."),
        (
            json!({"cpu": "512"}),
            "No Fargate configuration exists for given values: 512 CPU, 512 memory.",
        ),
        (json!({"memory": "4096"}), "No Fargate configuration exists for given values"),
        (json!({"cpu": "255"}), "between 256 and 32768"),
        (
            json!({"volumes": [{"name": "v", "host": {"sourcePath": "/"}}]}),
            "do not support sourcePath",
        ),
        (docker, "do not support dockerVolumeConfiguration"),
    ] {
        bad(with(&plain, fargate(patch)), says);
    }
    bad(
        with(&[container(json!({"privileged": true}))], fargate(json!({}))),
        "do not support privileged",
    );
}
