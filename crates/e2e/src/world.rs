//! What one test has to itself, and the control plane in it.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{self, Command},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Aws, Container, Process, arns,
    docker::{containers_of_families, remove},
    eventually, field, longshore, seconds,
};

/// Below the range from which Linux and Docker take ports of their own accord.
const FIRST_PORT: u32 = 15_000;
const PORTS: u32 = 15_000;

static WORLDS: AtomicU32 = AtomicU32::new(0);
static PORTS_TAKEN: AtomicU32 = AtomicU32::new(0);

/// One test's folder, families and containers. Declare it first: it goes last.
pub struct World {
    folder: TempDir,
    ending: String,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A new one.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("longshore-e2e.").tempdir();
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let ending = format!("-e2e-{}-{number}", process::id());
        Self { folder: folder.expect("there is a folder for temporary files"), ending }
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A name for a task definition that no other test has.
    pub fn family(&self, name: &str) -> String {
        format!("{name}{}", self.ending)
    }

    /// The containers of its task definitions, in any state.
    pub fn containers(&self) -> Vec<Container> {
        containers_of_families(&self.ending).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Those that run.
    pub fn running(&self) -> Vec<Container> {
        let mut containers = self.containers();
        containers.retain(|c| c.state == "running");
        containers
    }

    /// A port on loopback that nothing listens on.
    pub fn free_port(&self) -> u16 {
        let mine = process::id().wrapping_mul(61);
        (0..PORTS)
            .map(|_| mine.wrapping_add(PORTS_TAKEN.fetch_add(1, Ordering::Relaxed)))
            .map(|n| u16::try_from(FIRST_PORT + n % PORTS).expect("the range ends below 65536"))
            .find(|port| TcpListener::bind(("0.0.0.0", *port)).is_ok())
            .expect("some port is free")
    }

    /// `longshore up` with these arguments besides the data and the address.
    pub fn up(&self, arguments: &[&str]) -> ControlPlane<'_> {
        self.control_plane("up", "up-data", arguments)
    }

    /// `longshore server` with these arguments besides the data and the address.
    pub fn server(&self, arguments: &[&str]) -> ControlPlane<'_> {
        self.control_plane("server", "server-data", arguments)
    }

    /// `longshore agent` of a control plane, with a name and data of its own.
    pub fn agent(&self, server: &ControlPlane, name: &str, arguments: &[&str]) -> Process {
        let data = self.path(&format!("agent-{name}"));
        let data = data.to_str().expect("a temporary path is UTF-8");
        let fixed = [
            "agent",
            "--server",
            &server.url,
            "--cluster",
            "default",
            "--name",
            name,
            "--data",
            data,
        ];
        let log = self.path(&format!("agent-{name}.log"));
        Process::start(longshore(), &[&fixed, arguments].concat(), server.environment.clone(), log)
    }

    fn control_plane(&self, command: &str, data: &str, arguments: &[&str]) -> ControlPlane<'_> {
        let data = self.path(data);
        let listen = format!("127.0.0.1:{}", self.free_port());
        let data_text = data.to_str().expect("a temporary path is UTF-8");
        let fixed = [command, "--listen", &listen, "--data", data_text];
        let arguments = [&fixed, arguments].concat();
        let log = self.path(&format!("{command}.log"));
        let process = Process::start(longshore(), &arguments, Vec::new(), log);
        let url = format!("http://{listen}");
        let environment = client_environment(&data, &url);
        let aws = Aws::new(&environment);
        ControlPlane { world: self, process, url, data, environment, aws }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // The engine may still be making one that was asked for before its agent was killed.
        // Nothing here may panic: it would end the process before the other clean-ups.
        for _ in 0..2 {
            match containers_of_families(&self.ending) {
                Ok(containers) => remove(&containers),
                Err(error) => eprintln!("containers are left behind: {error}"),
            }
        }
    }
}

/// What `longshore env` tells a shell, in place of anything of the machine's own AWS settings.
fn client_environment(data: &Path, url: &str) -> Vec<(String, String)> {
    let told = Command::new(longshore()).arg("env").arg("--data").arg(data).output();
    let told = told.expect("longshore env runs");
    assert!(told.status.success(), "longshore env: {}", String::from_utf8_lossy(&told.stderr));
    let exports = String::from_utf8(told.stdout).expect("longshore env writes UTF-8");
    // A shell reads it, as a user's would: the quoting is its business.
    let shell = Command::new("sh").arg("-c").arg(format!("{exports}\nenv -0")).env_clear().output();
    let shell = String::from_utf8(shell.expect("sh runs").stdout).expect("variables are UTF-8");
    let mut environment: Vec<_> = shell
        .split('\0')
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| name.starts_with("AWS_"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    environment.retain(|(name, _)| name != "AWS_ENDPOINT_URL");
    for (name, value) in [
        ("AWS_ENDPOINT_URL", url),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_PAGER", ""),
        ("NO_PROXY", "127.0.0.1,localhost"),
    ] {
        environment.push((name.into(), value.into()));
    }
    environment
}

/// A control plane, by itself or with container instances, and its clients.
pub struct ControlPlane<'w> {
    world: &'w World,
    /// Its process.
    pub process: Process,
    /// Where it answers.
    pub url: String,
    /// Its folder.
    pub data: PathBuf,
    /// What a client of it needs.
    pub environment: Vec<(String, String)>,
    aws: Aws,
}

impl ControlPlane<'_> {
    /// The aws CLI for it.
    pub fn aws(&self) -> &Aws {
        &self.aws
    }

    /// `aws ecs OPERATION`, which must succeed.
    #[track_caller]
    pub fn ecs(&self, operation: &str, input: Value) -> Value {
        self.aws.ecs(operation, input)
    }

    /// `aws ecs wait WAITER`, with the arguments that name what it waits for.
    #[track_caller]
    pub fn wait(&self, waiter: &str, arguments: &[&str]) {
        self.aws.run(&[&["ecs", "wait", waiter], arguments].concat());
    }

    /// Waits until so many container instances are there and connected; their ARNs, sorted.
    #[track_caller]
    pub fn instances(&self, count: usize) -> Vec<String> {
        eventually("the container instances are connected", seconds(20), || {
            let mut all =
                arns(&self.ecs("list-container-instances", json!({}))["containerInstanceArns"]);
            if all.len() != count {
                return Err(format!("{} are registered", all.len()));
            }
            all.sort();
            let described =
                self.ecs("describe-container-instances", json!({"containerInstances": all}));
            let described = described["containerInstances"].as_array().expect("a list").clone();
            if described.iter().all(|i| i["agentConnected"] == true) {
                Ok(all)
            } else {
                Err("some are not connected".into())
            }
        })
    }

    /// Registers a revision of the family `name` of this world; its ARN.
    #[track_caller]
    pub fn register(&self, name: &str, containers: Value) -> String {
        self.register_with(name, json!({"containerDefinitions": containers}))
    }

    /// The same with other members too.
    #[track_caller]
    pub fn register_with(&self, name: &str, members: Value) -> String {
        let input = crate::definition::with(members, json!({"family": self.world.family(name)}));
        let answer = self.ecs("register-task-definition", input);
        field(&answer["taskDefinition"], "taskDefinitionArn").to_owned()
    }

    /// Runs one task; its ARN.
    #[track_caller]
    pub fn run_task(&self, definition: &str) -> String {
        self.run_task_with(definition, json!({}))
    }

    /// The same with other members too.
    #[track_caller]
    pub fn run_task_with(&self, definition: &str, members: Value) -> String {
        let input = crate::definition::with(members, json!({"taskDefinition": definition}));
        let answer = self.ecs("run-task", input);
        assert_eq!(answer["failures"], json!([]), "run-task of {definition}");
        field(&answer["tasks"][0], "taskArn").to_owned()
    }

    /// DescribeTasks of one task.
    #[track_caller]
    pub fn task(&self, arn: &str) -> Value {
        self.ecs("describe-tasks", json!({"tasks": [arn]}))["tasks"][0].clone()
    }

    /// Waits until a task is in a status; the task.
    #[track_caller]
    pub fn task_reaches(&self, arn: &str, status: &str, within_s: u64) -> Value {
        eventually(&format!("the task is {status}"), seconds(within_s), || {
            let task = self.task(arn);
            if task["lastStatus"] == status { Ok(task) } else { Err(task.to_string()) }
        })
    }

    /// Every task of a service that is not to stop, described.
    #[track_caller]
    pub fn service_tasks(&self, service: &str) -> Vec<Value> {
        let list = arns(&self.ecs("list-tasks", json!({"serviceName": service}))["taskArns"]);
        if list.is_empty() {
            return Vec::new();
        }
        let described = self.ecs("describe-tasks", json!({"tasks": list}));
        described["tasks"].as_array().expect("a list").clone()
    }

    /// Creates a service, with members besides its name and task definition.
    #[track_caller]
    pub fn create_service(&self, name: &str, definition: &str, members: Value) {
        let names = json!({"serviceName": name, "taskDefinition": definition});
        self.ecs("create-service", crate::definition::with(members, names));
    }

    /// DescribeServices of one service.
    #[track_caller]
    pub fn service(&self, name: &str) -> Value {
        self.ecs("describe-services", json!({"services": [name]}))["services"][0].clone()
    }

    /// Waits until a service is what the waiter `services-stable` calls stable, with its one
    /// deployment COMPLETED; the service. Looks more often than the waiter.
    #[track_caller]
    pub fn service_is_stable(&self, name: &str, within_s: u64) -> Value {
        eventually(&format!("the service {name} is stable"), seconds(within_s), || {
            let service = self.service(name);
            let deployments = service["deployments"].as_array().map_or(0, Vec::len);
            let stable = service["runningCount"] == service["desiredCount"]
                && service["deployments"][0]["rolloutState"] == "COMPLETED";
            if stable && deployments == 1 { Ok(service) } else { Err(service.to_string()) }
        })
    }

    /// Waits until an event of a service has this text in it.
    #[track_caller]
    pub fn event(&self, service: &str, text: &str, within_s: u64) -> String {
        eventually(&format!("an event says {text:?}"), seconds(within_s), || {
            let service = self.service(service);
            let events = service["events"].as_array().expect("a list");
            let message = events.iter().map(|e| field(e, "message")).find(|m| m.contains(text));
            message.map(str::to_owned).ok_or_else(|| service["events"].to_string())
        })
    }

    /// A task's container as Docker has it.
    #[track_caller]
    pub fn container(&self, task: &str, name: &str) -> Container {
        eventually(&format!("Docker has the container {name}"), seconds(20), || {
            let all = self.world.containers();
            let mine = all.iter().find(|c| c.task == task && c.name == name).cloned();
            mine.ok_or_else(|| format!("{all:?}"))
        })
    }
}
