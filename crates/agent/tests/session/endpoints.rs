//! What containers are told at the task endpoint, asked as another process of the host would ask on
//! their behalf.

use std::path::Path;

use agent::HostEndpoints;
use runtime::fake::FakeRuntime;
use runtime::{ContainerState, LabelFilter};
use serde_json::{Value, json};
use session_wire::acs::{self, Down, RoleCredentials, RoleCredentialsMessage};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use crate::plane::{
    CLUSTER, Heard, INSTANCE, Plane, Running, SECRET, arn, config, fake_runtime, start, stop, task,
};

/// An agent with endpoints, its runtime and its control plane.
struct Host {
    dir: TempDir,
    plane: Plane,
    runtime: FakeRuntime,
    agent: Option<Running>,
}

impl Host {
    async fn start() -> Self {
        let dir = tempfile::tempdir().expect("a folder for temporary files");
        let plane = Plane::start().await;
        let mut host = Self { dir, plane, runtime: fake_runtime(), agent: None };
        host.start_agent().await;
        host
    }

    async fn start_agent(&mut self) {
        let mut config = config(&self.plane, self.dir.path().join("state"));
        config.endpoints = Some(HostEndpoints::among_peers(&self.sockets()).expect("sockets"));
        self.agent = Some(start(config, &self.runtime));
        self.plane.opened().await;
    }

    async fn stop_agent(&mut self) {
        self.agent.take().expect("it runs").stop().await;
    }

    fn sockets(&self) -> std::path::PathBuf {
        self.dir.path().join("sockets")
    }

    /// Runs a task with a role, or without.
    async fn run(&mut self, id: u32, credentials: Option<RoleCredentials>) -> ContainerState {
        let mut task = task(id);
        task.role_credentials = credentials;
        task.launch_type = "EC2".into();
        task.containers[0].container_arn = format!("arn:container/{id}");
        self.plane.send_task(&format!("m-{id}"), i64::from(id), task);
        assert_eq!(self.plane.report().await["status"], "RUNNING");
        self.container(id)
    }

    fn container(&self, id: u32) -> ContainerState {
        let own = LabelFilter::equals("com.amazonaws.ecs.task-arn", arn(id));
        self.runtime.with(|engine| engine.list(&own).expect("it answers").remove(0))
    }

    /// A variable of the container's environment.
    fn env(&self, state: &ContainerState, name: &str) -> Option<String> {
        self.runtime.with(|engine| engine.spec(&state.id)?.env(name).map(str::to_owned))
    }

    /// The path part of a URI in the environment.
    fn path(&self, state: &ContainerState, name: &str) -> String {
        let uri = self.env(state, name).unwrap_or_else(|| panic!("{name} is not set"));
        uri.strip_prefix("http://169.254.170.2").unwrap_or(&uri).to_owned()
    }

    async fn get(&self, source: &str, path: &str) -> (u16, Value) {
        ask(&self.sockets(), source, "GET", path, "").await
    }
}

fn address(state: &ContainerState) -> String {
    state.ip_addresses["bridge"].to_string()
}

pub fn credentials(id: &str, key: &str) -> RoleCredentials {
    RoleCredentials {
        credentials_id: id.into(),
        role_arn: "arn:aws:iam::123456789012:role/app".into(),
        access_key_id: key.into(),
        secret_access_key: SECRET.into(),
        session_token: String::new(),
        credential_scope: String::new(),
        expiration: "2027-01-01T00:00:00Z".into(),
    }
}

/// Asks the one process that has a socket there, on behalf of an address.
async fn ask(sockets: &Path, source: &str, method: &str, path: &str, body: &str) -> (u16, Value) {
    let mut found =
        std::fs::read_dir(sockets).expect("a folder").flatten().map(|entry| entry.path());
    let socket = found.find(|path| path.extension().is_some_and(|e| e == "sock"));
    let socket = socket.expect("it has one");
    let mut stream = UnixStream::connect(socket).await.expect("it listens");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: peer\r\nlongshore-source: {source}\r\n\
         content-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    (status.expect("a status"), serde_json::from_str(body).expect("JSON"))
}

#[tokio::test]
async fn a_container_gets_the_credentials_of_its_own_task_alone() {
    let mut host = Host::start().await;
    let own = host.run(1, Some(credentials("c-1", "AKIDONE"))).await;
    let other = host.run(2, Some(credentials("c-2", "AKIDTWO"))).await;
    let path = host.path(&own, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    assert_eq!(path, "/v2/credentials/c-1");
    let (status, given) = host.get(&address(&own), &path).await;
    assert_eq!(status, 200);
    let expected = json!({
        "RoleArn": "arn:aws:iam::123456789012:role/app", "AccessKeyId": "AKIDONE",
        "SecretAccessKey": SECRET, "Token": "", "Expiration": "2027-01-01T00:00:00Z",
    });
    assert_eq!(given, expected);
    assert_eq!(host.get(&address(&own), "/v1/credentials?id=c-1").await, (200, expected));

    for stranger in [address(&other), "127.0.0.1".into(), "169.254.170.2".into()] {
        let (status, refusal) = host.get(&stranger, &path).await;
        assert_eq!((status, &refusal["code"]), (400, &"InvalidIdInRequest".into()), "{stranger}");
        assert_eq!(refusal["HTTPErrorCode"], 400);
    }
    let (status, _) = host.get(&address(&own), "/v2/credentials/c-3").await;
    assert_eq!(status, 421, "another process may know it");
    let (_, refusal) = host.get(&address(&own), "/v2/credentials/").await;
    assert_eq!(refusal["code"], "NoIdInRequest");
    host.stop_agent().await;
}

/// A host without a task endpoint does not claim one: see the test of the attributes themselves.
#[tokio::test]
async fn a_host_with_a_task_endpoint_takes_tasks_with_a_role() {
    let mut host = Host::start().await;
    let request = host.plane.registered().await;
    let attributes = request["attributes"].as_array().expect("a list");
    for name in ["task-iam-role", "task-iam-role-network-host"] {
        let name = format!("com.amazonaws.ecs.capability.{name}");
        assert!(attributes.iter().any(|a| a["name"] == name), "{name} in {attributes:?}");
    }
    host.stop_agent().await;
}

#[tokio::test]
async fn a_refresh_replaces_and_a_stop_takes_away() {
    let mut host = Host::start().await;
    let own = host.run(1, Some(credentials("c-1", "OLD"))).await;
    let refresh = |message_id: &str, key: &str| {
        Down::RoleCredentials(RoleCredentialsMessage {
            message_id: message_id.into(),
            task_arn: arn(1),
            task_cluster_arn: CLUSTER.into(),
            role_type: "TaskApplication".into(),
            role_credentials: Some(credentials("c-1", key)),
        })
    };
    host.plane.tell(refresh("m-2", "NEW"));
    let is_ack = |up: &acs::Up| match up {
        acs::Up::RoleCredentialsAck(ack) => (ack.message_id == "m-2").then_some(()),
        _ => None,
    };
    host.plane.acs(is_ack).await;
    let (_, given) = host.get(&address(&own), "/v2/credentials/c-1").await;
    assert_eq!(given["AccessKeyId"], "NEW");

    host.plane.send_task("m-3", 3, stop(1));
    assert_eq!(host.plane.report().await["status"], "STOPPED");
    host.plane.tell(refresh("m-4", "LATE"));
    host.plane.send_task("m-5", 5, task(2));
    assert_eq!(host.plane.report().await["status"], "RUNNING");
    let (status, refusal) = host.get(&address(&own), "/v2/credentials/c-1").await;
    assert_eq!((status, &refusal["code"]), (400, &"InvalidIdInRequest".into()));
    host.stop_agent().await;
}

#[tokio::test]
async fn after_a_restart_the_paths_are_the_same_and_credentials_are_waited_for() {
    let mut host = Host::start().await;
    let own = host.run(1, Some(credentials("c-1", "KEY"))).await;
    let metadata = host.path(&own, "ECS_CONTAINER_METADATA_URI_V4");
    host.stop_agent().await;
    host.start_agent().await;
    let (status, refusal) = host.get(&address(&own), "/v2/credentials/c-1").await;
    assert_eq!((status, &refusal["code"]), (503, &"CredentialsUninitialized".into()));
    let (status, document) = host.get(&address(&own), &metadata).await;
    assert_eq!((status, &document["DockerId"]), (200, &own.id.as_str().into()));
    host.stop_agent().await;
}

#[tokio::test]
async fn a_task_without_a_role_is_told_of_no_credentials() {
    let mut host = Host::start().await;
    let own = host.run(1, None).await;
    assert_eq!(host.env(&own, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), None);
    let agent = host.path(&own, "ECS_AGENT_URI");
    let state = format!("{agent}/task-protection/v1/state");
    let (status, refusal) = host.get(&address(&own), &state).await;
    assert_eq!((status, &refusal["error"]["Code"]), (403, &"AccessDeniedException".into()));
    host.stop_agent().await;
}

#[tokio::test]
async fn metadata_tells_of_the_task_and_its_containers() {
    let mut host = Host::start().await;
    let own = host.run(1, None).await;
    let v4 = host.path(&own, "ECS_CONTAINER_METADATA_URI_V4");
    let (status, document) = host.get("172.17.0.99", &format!("{v4}/task")).await;
    assert_eq!(status, 200);
    assert_eq!(document["Cluster"], "demo");
    assert_eq!(document["TaskARN"], arn(1));
    assert_eq!((&document["Family"], &document["Revision"]), (&"web".into(), &"1".into()));
    assert_eq!(document["DesiredStatus"], "RUNNING");
    assert_eq!(document["KnownStatus"], "RUNNING");
    assert_eq!(document["AvailabilityZone"], "us-east-1b");
    assert_eq!(document["LaunchType"], "EC2");
    let container = &document["Containers"][0];
    assert_eq!(container["Labels"]["com.amazonaws.ecs.container-name"], "app");
    assert_eq!(container["Limits"], json!({ "CPU": 2.0, "Memory": 64 }));
    assert_eq!(container["CreatedAt"], "1970-01-01T00:16:40.000Z");
    assert_eq!(container["ContainerARN"], "arn:container/1");
    assert_eq!(container["Type"], "NORMAL");
    let network = json!({ "NetworkMode": "bridge", "IPv4Addresses": [address(&own)] });
    assert_eq!(container["Networks"], json!([network]));
    let (_, alone) = host.get("172.17.0.99", &v4).await;
    assert_eq!(&alone, container);

    let v3 = host.path(&own, "ECS_CONTAINER_METADATA_URI");
    let (_, document) = host.get("172.17.0.99", &format!("{v3}/task")).await;
    assert_eq!(document["TaskARN"], arn(1));
    assert_eq!(document.get("LaunchType"), None, "version 3 does not know it");
    assert_eq!(document["Containers"][0].get("ContainerARN"), None);
    let (status, _) = host.get("172.17.0.99", "/v4/0000/task").await;
    assert_eq!(status, 421);
    host.stop_agent().await;
}

#[tokio::test]
async fn tags_are_those_that_the_control_plane_has() {
    let mut host = Host::start().await;
    let own = host.run(1, None).await;
    let v4 = host.path(&own, "ECS_CONTAINER_METADATA_URI_V4");
    let (_, document) = host.get("172.17.0.99", &format!("{v4}/taskWithTags")).await;
    assert_eq!(document["TaskTags"], json!({ "of": arn(1) }));
    // The control plane of these tests does not give away those of the instance.
    assert_eq!(document.get("ContainerInstanceTags"), None);
    let error = &document["Errors"][0];
    assert_eq!(error["ErrorField"], "ContainerInstanceTags");
    assert_eq!(
        (&error["ErrorCode"], &error["ResourceARN"]),
        (&"AccessDeniedException".into(), &INSTANCE.into())
    );
    host.stop_agent().await;
}

#[tokio::test]
async fn protection_is_asked_for_with_the_credentials_of_the_role() {
    let mut host = Host::start().await;
    let own = host.run(1, Some(credentials("c-1", "ROLEKEY"))).await;
    let path = format!("{}/task-protection/v1/state", host.path(&own, "ECS_AGENT_URI"));
    let body = json!({ "ProtectionEnabled": true, "ExpiresInMinutes": 5 }).to_string();
    let (status, answer) = ask(&host.sockets(), &address(&own), "PUT", &path, &body).await;
    let expected = json!({ "protection": {
        "ExpirationDate": "2026-11-25T00:00:00.000Z", "ProtectionEnabled": true, "TaskArn": arn(1),
    } });
    assert_eq!((status, answer), (200, expected));
    let heard = host.plane.hear(|heard| match heard {
        Heard::Protection { key, input } => Some((key.clone(), input.clone())),
        _ => None,
    });
    let (key, input) = heard.await;
    assert_eq!(key, "ROLEKEY");
    let asked = json!({
        "cluster": "demo", "tasks": [arn(1)], "protectionEnabled": true, "expiresInMinutes": 5,
    });
    assert_eq!(input, asked);
    let (status, refusal) = ask(&host.sockets(), &address(&own), "PUT", &path, "{}").await;
    assert_eq!((status, &refusal["error"]["Code"]), (400, &"InvalidParameterException".into()));
    let (status, _) = ask(&host.sockets(), "172.17.0.99", "PUT", &path, &body).await;
    assert_eq!(status, 403, "not for a stranger who has heard the id");
    host.stop_agent().await;
}
