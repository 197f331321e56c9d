//! What only a real engine can show: that nothing is lost on the way to it, what a registry gets to
//! hear, and what an agent notices when the engine goes away.

#[allow(dead_code)] // the conformance suite uses more of it
mod bench;
mod registry;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use bench::{engine, shell};
use futures_util::StreamExt;
use registry::Registry;
use runtime::conformance::LABEL;
use runtime::{ContainerRuntime, ErrorKind, LabelFilter, RegistryAuth, Retry};
use runtime_docker::{DockerRuntime, Timeouts};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

fn raw_inspection(id: &str) -> Value {
    let output = Command::new("docker").args(["inspect", id]).output().expect("docker");
    let inspected: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    inspected[0].clone()
}

#[tokio::test]
async fn every_option_of_the_payload_reaches_the_engine() {
    let (_hold, docker, label) = engine().await;
    let mut spec = shell("busybox sleep 600");
    spec.set_label(LABEL, &label);
    spec.overlay(
        r#"{"StopSignal":"SIGUSR1","User":"65534","WorkingDir":"/tmp","StopTimeout":5}"#,
        r#"{"Ulimits":[{"Name":"nofile","Soft":512,"Hard":1024}],"CapAdd":["NET_ADMIN"],
            "Init":true,"ShmSize":33554432,"Tmpfs":{"/scratch":"size=1m"},"ReadonlyRootfs":true,
            "ExtraHosts":["db:10.0.0.9"],"Dns":["10.0.0.2"],"MemoryReservation":8388608,
            "Sysctls":{"net.core.somaxconn":"256"},"OomScoreAdj":100,
            "LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}}}"#,
    )
    .expect("objects");
    let id = docker.create(&spec).await.expect("create");
    docker.start(&id).await.expect("start");
    let inspected = raw_inspection(id.as_str());
    for (key, value) in &spec.host_config {
        assert_eq!(&inspected["HostConfig"][key], value, "HostConfig.{key}");
    }
    for key in ["StopSignal", "User", "WorkingDir", "StopTimeout", "Entrypoint", "Cmd", "Env"] {
        assert_eq!(inspected["Config"][key], spec.config[key], "Config.{key}");
    }
}

#[tokio::test]
async fn an_unknown_log_option_is_refused_in_the_engines_words() {
    let (_hold, docker, label) = engine().await;
    let mut spec = shell("true");
    spec.set_label(LABEL, &label);
    let options = r#"{"LogConfig":{"Type":"json-file","Config":{"awslogs-stream-prefix":"x"}}}"#;
    spec.overlay("", options).expect("objects");
    let error = docker.create(&spec).await.expect_err("create");
    assert_eq!(error.kind, ErrorKind::CannotCreateContainer);
    let words = "CannotCreateContainerError: Error response from daemon: unknown log opt";
    assert!(error.to_string().starts_with(words), "{error}");
}

#[tokio::test]
async fn names_that_users_write_cannot_reach_another_address() {
    let (_hold, docker, _label) = engine().await;
    let error = docker.image_present("../info?x=").await.expect_err("no reference");
    assert_eq!((error.kind, error.retry), (ErrorKind::NoSuchImage, Retry::Never));
    let error = docker.pull("app/../x", None).await.expect_err("no reference");
    assert_eq!(error.kind, ErrorKind::CannotPullContainer);
    assert!(docker.inspect_volume("../containers/json").await.is_err());
    assert!(docker.inspect(&"../info".into()).await.is_err());
}

#[tokio::test]
async fn an_image_is_pulled_with_credentials_that_base64_tells_apart() {
    let (_hold, docker, _label) = engine().await;
    // In the alphabets of base64 these differ at every position they can fall on.
    let password = "~~~???>>>~?>~?>";
    let registry = Registry::start("AWS", password).await;
    let reference = registry.reference("team/app:v1");
    let auth = RegistryAuth {
        username: "AWS".into(),
        password: password.into(),
        server_address: Some(registry.address.clone()),
    };

    let refused = docker.pull(&reference, None).await.expect_err("no credentials");
    assert_eq!(refused.kind, ErrorKind::CannotPullContainerAuth, "{refused}");
    let digest = docker.manifest_digest(&reference, Some(&auth)).await.expect("the digest");
    assert_eq!(digest, registry.digest);
    let image = docker.pull(&reference, Some(&auth)).await.expect("pull");
    assert_eq!(image.digest.as_deref(), Some(digest.as_str()));
    assert_eq!(image.env, ["FROM=registry"]);
    let unknown = registry.reference("team/other:v1");
    let missing = docker.pull(&unknown, Some(&auth)).await.expect_err("no such image");
    let expected = (ErrorKind::CannotPullContainer, Retry::Never);
    assert_eq!((missing.kind, missing.retry), expected, "{missing}");
    let by_digest = format!("{}@{digest}", registry.reference("team/app"));
    docker.pull(&by_digest, Some(&auth)).await.expect("pull by digest");
    docker.remove_image(&image.id).await.expect("remove");
    assert_eq!(docker.image_present(&image.id).await.expect("ask"), None);
}

#[tokio::test]
async fn a_registry_that_falls_silent_ends_the_pull() {
    let (_hold, _docker, _label) = engine().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let reference = format!("{}/app:1", silent.local_addr().expect("its address"));
    let pull_inactivity = Duration::from_millis(200);
    let timeouts = Timeouts { pull_inactivity, ..Timeouts::default() };
    let docker = DockerRuntime::connect(timeouts).await.expect("connect");
    let error = docker.pull(&reference, None).await.expect_err("silence");
    assert_eq!((error.kind, error.retry), (ErrorKind::DockerTimeout, Retry::Later));
}

#[tokio::test]
async fn every_request_names_the_agreed_version() {
    let path = std::env::temp_dir().join(format!("longshore-version-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path).expect("a socket");
    let old_engine = tokio::spawn(async move {
        let body = r#"{"ApiVersion":"1.40"}"#;
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
        let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        let mut asked = Vec::new();
        while asked.len() < 2 {
            let (mut connection, _) = listener.accept().await.expect("a request");
            let mut request = vec![0; 4096];
            let length = connection.read(&mut request).await.expect("a request");
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            asked.push(request.lines().next().unwrap_or_default().to_owned());
            connection.write_all(answer.as_bytes()).await.expect("an answer");
        }
        asked
    });
    let host = format!("unix://{}", path.display());
    let docker = DockerRuntime::connect_to(&host, Timeouts::default()).await.expect("connect");
    assert_eq!(docker.api_version(), "1.40");
    docker.ping().await.expect("ping");
    let asked = old_engine.await.expect("two requests");
    assert_eq!(asked[1], "GET /v1.40/_ping HTTP/1.1");
    std::fs::remove_file(&path).expect("the socket's file");
}

#[tokio::test]
async fn no_engine_is_told_as_such() {
    let error = DockerRuntime::connect_to("unix:///nonexistent.sock", Timeouts::default()).await;
    let error = error.expect_err("nothing is there");
    assert_eq!((error.kind, error.retry), (ErrorKind::EngineUnreachable, Retry::Later));
}

#[tokio::test]
async fn an_engine_that_goes_away_ends_the_events_and_refuses_the_verbs() {
    let (_hold, docker, label) = engine().await;
    let proxy = Proxy::start(&label);
    let host = format!("unix://{}", proxy.path.display());
    let proxied = DockerRuntime::connect_to(&host, Timeouts::default()).await.expect("connect");
    let filter = LabelFilter::equals(LABEL, &label);
    let mut events = proxied.events(None, &filter).await.expect("events");
    let mut spec = shell("true");
    spec.set_label(LABEL, &label);
    let id = docker.create(&spec).await.expect("create");
    let first = events.next().await.expect("the stream goes on").expect("an event");
    assert_eq!(first.container_id, id);

    proxy.stop().await;
    let end = tokio::time::timeout(Duration::from_secs(10), async {
        while let Some(event) = events.next().await {
            if let Err(error) = event {
                assert_eq!(error.kind, ErrorKind::EngineUnreachable, "{error}");
            }
        }
    });
    end.await.expect("the stream ends");
    let error = proxied.inspect(&id).await.expect_err("away");
    assert_eq!((error.kind, error.retry), (ErrorKind::EngineUnreachable, Retry::Later));
}

/// A socket between us and the engine that can go away without taking the engine with it.
struct Proxy {
    path: PathBuf,
    server: JoinHandle<()>,
}

impl Proxy {
    fn start(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{name}.sock"));
        let listener = UnixListener::bind(&path).expect("a socket");
        let server = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let mut far = UnixStream::connect("/var/run/docker.sock").await.expect("engine");
                connections.spawn(async move {
                    tokio::io::copy_bidirectional(&mut near, &mut far).await.ok();
                });
            }
        });
        Self { path, server }
    }

    async fn stop(self) {
        self.server.abort();
        self.server.await.expect_err("it was aborted");
        std::fs::remove_file(&self.path).expect("the socket's file");
    }
}
