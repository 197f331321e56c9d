//! Amazon's own ECS agent with our control plane. It is built outside the repository: set
//! AMAZON_ECS_AGENT to the binary to run this. The agent listens on fixed ports, so one at a time.

use std::{
    env,
    fs::{self, File},
    process::{Child, Command, Stdio},
};

use e2e::{ControlPlane, World, definition, eventually, field, seconds};
use serde_json::json;

struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Amazon's agent, if the environment names it.
fn binary() -> Option<String> {
    let named = env::var("AMAZON_ECS_AGENT").ok();
    if named.is_none() {
        eprintln!("skipped: AMAZON_ECS_AGENT does not name Amazon's agent");
    }
    named
}

/// Starts it with the credentials in `environment`.
fn start(
    binary: &str,
    world: &World,
    server: &ControlPlane,
    environment: &[(String, String)],
) -> Agent {
    let data = world.path("amazon-data");
    fs::create_dir(&data).expect("the folder is new");
    let log = File::create(world.path("amazon.log")).expect("the folder is writable");
    let child = Command::new(binary)
        .env_remove("AWS_CA_BUNDLE")
        .envs(environment.iter().filter(|(name, _)| name != "AWS_ENDPOINT_URL").cloned())
        .envs([
            ("ECS_EXTERNAL", "true"),
            ("ECS_BACKEND_HOST", &server.url),
            ("ECS_CLUSTER", "default"),
            ("ECS_DATADIR", data.to_str().expect("a temporary path is UTF-8")),
            ("ECS_AGENT_CONFIG_FILE_PATH", "/nonexistent/none.json"),
            ("ECS_LOGLEVEL", "info"),
            ("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached"),
            ("ECS_DISABLE_IMAGE_CLEANUP", "true"),
            ("ECS_ENABLE_TASK_CPU_MEM_LIMIT", "true"),
            ("ECS_AVAILABLE_LOGGING_DRIVERS", r#"["json-file","none"]"#),
            ("NO_PROXY", "127.0.0.1,localhost,169.254.169.254,169.254.170.2,/var/run/docker.sock"),
        ])
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a file can be cloned"))
        .stderr(log)
        .spawn()
        .expect("Amazon's agent starts");
    Agent(child)
}

#[test]
fn amazons_agent_joins_and_runs_a_task_beside_ours() {
    let Some(binary) = binary() else { return };
    let world = World::new();
    let server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    let _ours = world.agent(&server, "ours", &[]);
    let ours = server.instances(1).remove(0);
    let _amazon = start(&binary, &world, &server, &server.environment);
    let both = server.instances(2);
    let amazon = both.iter().find(|arn| **arn != ours).expect("two are there");

    let container = definition::shell("app", "sleep 5; exit 7");
    let app = json!({"containerDefinitions": [container], "requiresCompatibilities": ["EXTERNAL"]});
    let app = server.register_with("amazon", app);
    let task = server.run_task_with(
        &app,
        json!({"launchType": "EXTERNAL", "placementConstraints": [
            {"type": "memberOf", "expression": "attribute:ecs.capability.external exists"},
        ]}),
    );
    let running = server.task_reaches(&task, "RUNNING", 60);
    assert_eq!(field(&running, "containerInstanceArn"), amazon);
    assert_eq!(field(&running, "launchType"), "EXTERNAL");
    let stopped = server.task_reaches(&task, "STOPPED", 60);
    assert_eq!(stopped["containers"][0]["exitCode"], 7);
    assert_eq!(field(&stopped, "stoppedReason"), "Essential container in task exited");
    assert_eq!(field(&stopped, "stopCode"), "EssentialContainerExited");

    eventually("the capacity is free again", seconds(20), || {
        let described =
            server.ecs("describe-container-instances", json!({"containerInstances": [amazon]}));
        let instance = &described["containerInstances"][0];
        if instance["remainingResources"] == instance["registeredResources"] {
            Ok(())
        } else {
            Err(instance["remainingResources"].to_string())
        }
    });
}

/// Lets a role do what agents do, but for `left_out`.
fn allow(server: &ControlPlane, role: &str, left_out: &str) {
    let actions = [
        "ecs:CreateCluster",
        "ecs:DeregisterContainerInstance",
        "ecs:DiscoverPollEndpoint",
        "ecs:Poll",
        "ecs:RegisterContainerInstance",
        "ecs:StartTelemetrySession",
        "ecs:Submit*",
    ];
    let actions: Vec<&str> = actions.into_iter().filter(|action| *action != left_out).collect();
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": actions, "Resource": "*"},
    ]});
    let put = server.aws().call(&[
        "iam",
        "put-role-policy",
        "--role-name",
        role,
        "--policy-name",
        "agent",
        "--policy-document",
        &policy.to_string(),
    ]);
    assert_eq!(put.code, 0, "{}", put.err);
}

#[test]
fn amazons_agent_without_the_right_to_poll_is_refused_until_it_is_granted() {
    let Some(binary) = binary() else { return };
    let world = World::new();
    let server = world.server(&[]);
    server.ecs("create-cluster", json!({}));
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": "arn:aws:iam::000000000000:user/operator"},
    }]});
    let run = |arguments: &[&str]| server.aws().run(arguments);
    run(&["iam", "create-user", "--user-name", "operator"]);
    let key = run(&["iam", "create-access-key", "--user-name", "operator"])["AccessKey"].clone();
    let trust = trust.to_string();
    let made = ["--role-name", "host", "--assume-role-policy-document", &trust];
    run(&[&["iam", "create-role"][..], &made].concat());
    allow(&server, "host", "ecs:Poll");
    let of = |pairs: [(&str, &str); 3]| {
        let is_other = |name: &str| pairs.iter().all(|(own, _)| *own != name);
        let all = server.environment.iter().filter(|(name, _)| is_other(name)).cloned();
        let own = pairs.iter().filter(|(_, value)| !value.is_empty());
        all.chain(own.map(|(name, value)| ((*name).into(), (*value).into()))).collect::<Vec<_>>()
    };
    let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
    let operator = of([
        (names[0], field(&key, "AccessKeyId")),
        (names[1], field(&key, "SecretAccessKey")),
        (names[2], ""),
    ]);
    let session = e2e::Aws::new(&operator).run(&[
        "sts",
        "assume-role",
        "--role-arn",
        "arn:aws:iam::000000000000:role/host",
        "--role-session-name",
        "amazon",
    ]);
    let session = &session["Credentials"];
    let host = of([
        (names[0], field(session, "AccessKeyId")),
        (names[1], field(session, "SecretAccessKey")),
        (names[2], field(session, "SessionToken")),
    ]);
    let _amazon = start(&binary, &world, &server, &host);
    let log = world.path("amazon.log");
    eventually("Amazon's agent is told that it may not poll", seconds(60), || {
        let said = fs::read_to_string(&log).unwrap_or_default();
        if said.contains("ecs:Poll") { Ok(()) } else { Err(said) }
    });
    let all = server.ecs("list-container-instances", json!({}))["containerInstanceArns"].clone();
    let described = server.ecs("describe-container-instances", json!({"containerInstances": all}));
    assert_eq!(described["containerInstances"][0]["agentConnected"], false);
    allow(&server, "host", "");
    server.instances(1);
}
