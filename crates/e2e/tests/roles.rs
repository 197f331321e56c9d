//! Roles that really guard: code in a task's containers calls the API with the task's role, a host works
//! with its own key, and both end when they should.

use std::time::Duration;

use e2e::{ControlPlane, World, arns, definition, docker, eventually, field, longshore};
use serde_json::{Value, json};

/// The aws CLI of this machine, for a container that has the machine's files at `/host`.
fn aws_path() -> String {
    let path = std::env::var("PATH").expect("there is a PATH");
    let found =
        path.split(':').map(|dir| format!("{dir}/aws")).find(|aws| std::fs::metadata(aws).is_ok());
    found.expect("the aws CLI is installed")
}

/// `aws ARGUMENTS` inside a container, with what its environment has for credentials.
fn aws_in(up: &ControlPlane, container: &str, arguments: &[&str]) -> Result<Value, String> {
    let endpoint = format!("AWS_ENDPOINT_URL={}", up.url);
    let line =
        format!("chroot /host {} {} 2>&1; echo \" exit $?\"", aws_path(), arguments.join(" "));
    let region = "AWS_DEFAULT_REGION=us-east-1";
    let told = docker(&["exec", "-e", &endpoint, "-e", region, container, "sh", "-c", &line]);
    match told.trim().strip_suffix("exit 0") {
        Some(answer) => serde_json::from_str(answer).map_err(|error| format!("{error}: {told}")),
        None => Err(told),
    }
}

/// A role that tasks can have, with what it may.
fn role(up: &ControlPlane, name: &str, allowed: &Value) -> String {
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
    }]});
    let made = up.aws().run(&[
        "iam",
        "create-role",
        "--role-name",
        name,
        "--assume-role-policy-document",
        &trust.to_string(),
    ]);
    let policy = json!({"Version": "2012-10-17", "Statement": [allowed]});
    let put = up.aws().call(&[
        "iam",
        "put-role-policy",
        "--role-name",
        name,
        "--policy-name",
        "own",
        "--policy-document",
        &policy.to_string(),
    ]);
    assert_eq!(put.code, 0, "{}", put.err);
    field(&made["Role"], "Arn").to_owned()
}

/// Runs a service of one task in the network of the host, with a role if there is one; the id of its
/// container.
fn serve(up: &ControlPlane, name: &str, role: Option<&str>) -> String {
    let container = definition::with(
        definition::shell("app", definition::LINGER),
        json!({
            "memory": 256,
            "mountPoints": [{"sourceVolume": "host", "containerPath": "/host", "readOnly": true}],
        }),
    );
    let mut members = json!({
        "containerDefinitions": [container], "networkMode": "host",
        "volumes": [{"name": "host", "host": {"sourcePath": "/"}}],
    });
    if let Some(role) = role {
        members = definition::with(members, json!({"taskRoleArn": role}));
    }
    up.create_service(name, &up.register_with(name, members), json!({"desiredCount": 1}));
    up.service_is_stable(name, 60);
    field(&up.service_tasks(name)[0]["containers"][0], "runtimeId").to_owned()
}

fn describe(service: &str) -> [&str; 4] {
    ["ecs", "describe-services", "--services", service]
}

#[test]
fn each_task_may_what_its_own_role_allows_and_nothing_after_it_has_stopped() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let mut containers = Vec::new();
    for name in ["one", "two"] {
        let own = json!({
            "Effect": "Allow", "Action": "ecs:DescribeServices",
            "Resource": format!("arn:aws:ecs:us-east-1:000000000000:service/default/{name}"),
        });
        let role = role(&up, &format!("{name}-role"), &own);
        containers.push(serve(&up, name, Some(&role)));
    }
    let [one, two] = &containers[..] else { panic!("there are two") };
    for (container, own, other) in [(one, "one", "two"), (two, "two", "one")] {
        let described = aws_in(&up, container, &describe(own)).expect("its role allows it");
        assert_eq!(described["services"][0]["serviceName"], own);
        let denied = aws_in(&up, container, &describe(other)).expect_err("its role does not");
        let who = format!("assumed-role/{own}-role/");
        assert!(denied.contains("AccessDeniedException") && denied.contains(&who), "{denied}");
        assert!(denied.contains("because no identity-based policy allows"), "{denied}");
    }
    let plain = serve(&up, "plain", None);
    let without = aws_in(&up, &plain, &["sts", "get-caller-identity"]).expect_err("it has no role");
    assert!(without.contains("Unable to locate credentials"), "{without}");

    let uri = "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    let given = docker(&["exec", one, "sh", "-c", &format!("wget -q -O - {uri}")]);
    let given: Value = serde_json::from_str(&given).expect("credentials");
    let asked = |operation: &[&str]| {
        let (key, secret, token) =
            (&given["AccessKeyId"], &given["SecretAccessKey"], &given["Token"]);
        let pairs = [
            ("AWS_ACCESS_KEY_ID", key),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_SESSION_TOKEN", token),
        ];
        let mut environment: Vec<(String, String)> = up
            .environment
            .iter()
            .filter(|(name, _)| !pairs.iter().any(|(other, _)| other == name))
            .cloned()
            .collect();
        environment.extend(
            pairs.map(|(name, value)| (name.into(), value.as_str().unwrap_or_default().into())),
        );
        e2e::Aws::new(&environment).call(operation)
    };
    let before = asked(&describe("one"));
    assert_eq!(before.code, 0, "{}", before.err);
    let task = field(&up.service_tasks("one")[0], "taskArn").to_owned();
    up.ecs("update-service", json!({"service": "one", "desiredCount": 0}));
    up.task_reaches(&task, "STOPPED", 60);
    let after = asked(&describe("one"));
    assert!(after.err.contains("ExpiredToken"), "{} {}", after.out, after.err);
}

#[test]
fn a_task_whose_role_cannot_be_taken_says_so_until_it_can() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let container = definition::shell("app", definition::LINGER);
    let role_arn = "arn:aws:iam::000000000000:role/later";
    let members = json!({"containerDefinitions": [container], "taskRoleArn": role_arn});
    let definition = up.register_with("later", members);
    let refused = up.aws().try_ecs("run-task", &json!({"taskDefinition": definition}));
    let refused = refused.expect_err("there is no such role");
    assert!(refused.contains("ECS was unable to assume the role"), "{refused}");
    up.create_service("later", &definition, json!({"desiredCount": 1}));
    up.event("later", "ECS was unable to assume the role", 20);
    role(&up, "later", &json!({"Effect": "Deny", "Action": "*", "Resource": "*"}));
    up.service_is_stable("later", 60);
}

#[test]
fn a_host_joins_by_a_token_once_and_is_gone_when_its_key_is_taken_back() {
    let world = World::new();
    let server = world.server(&["--settle", "0s"]);
    server.ecs("create-cluster", json!({"clusterName": "default"}));
    let command = |arguments: &[&str]| {
        let mut command = std::process::Command::new(longshore());
        command.args(arguments).envs(server.environment.iter().cloned());
        let done = command.output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if done.status.success() { Ok(text(&done.stdout)) } else { Err(text(&done.stderr)) }
    };
    let token = command(&["token", "create", "--role", "ecsInstanceRole"]).expect("a token");
    let host = world.agent(&server, "one", &["--token", &token]);
    let instance = server.instances(1).remove(0);
    let hosts = command(&["host", "list"]).expect("hosts");
    assert!(hosts.contains(&instance) && hosts.contains("role/ecsInstanceRole"), "{hosts}");
    assert_eq!(command(&["token", "list"]), Ok(String::new()), "it can be used once");

    let data = world.path("agent-two");
    let data = data.to_str().expect("a temporary path is UTF-8");
    let second = ["--server", &server.url, "--cluster", "default", "--name", "two", "--data", data];
    let second = [&["agent"][..], &second, &["--token", &token]].concat();
    let refused = command(&second).expect_err("the token was used");
    assert!(refused.contains("does not take this host in"), "{refused}");
    let id = hosts.split_whitespace().next().expect("an id").to_owned();
    command(&["host", "revoke", &id]).expect("it is taken back");
    eventually("it is disconnected", Duration::from_secs(2), || {
        let all = arns(&server.ecs("list-container-instances", json!({}))["containerInstanceArns"]);
        let described =
            server.ecs("describe-container-instances", json!({"containerInstances": all}));
        match &described["containerInstances"][0]["agentConnected"] {
            Value::Bool(false) => Ok(()),
            other => Err(other.to_string()),
        }
    });
    drop(host);
}
