//! A control plane that checks every signature, records what it hears, and says what it is told.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent::{Agent, AgentError, Config, Credentials};
use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use runtime::ContainerRuntime;
use runtime::fake::{FakeEngine, FakeRuntime, Script};
use serde_json::{Value, json};
use session_wire::acs::{self, Down, PayloadMessage};
use session_wire::{PollParameters, SignedFrame, TelemetryParameters, payload, tcs};
use sigv4::{Endpoint, KeyRecord, PayloadHash, RequestParts};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub const CLUSTER: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/demo";
pub const INSTANCE: &str = "arn:aws:ecs:us-east-1:123456789012:container-instance/demo/1";
pub const SECRET: &str = "a-secret";

/// Something that the control plane heard.
#[derive(Debug)]
pub enum Heard {
    Registered(Value),
    Reported(Value),
    /// A call about task protection, and the key that signed it.
    Protection {
        key: String,
        input: Value,
    },
    Opened(PollParameters),
    Acs(acs::Up),
    Tcs(tcs::Up),
}

/// What to send on the ACS socket.
#[derive(Debug)]
pub enum Say {
    Text(String),
    Close(u16),
}

pub struct Plane {
    pub url: String,
    heard: mpsc::UnboundedReceiver<Heard>,
    aside: VecDeque<Heard>,
    shared: Arc<Shared>,
}

struct Shared {
    url: Mutex<String>,
    heard: mpsc::UnboundedSender<Heard>,
    acs: Mutex<Option<mpsc::UnboundedSender<Say>>>,
    /// Errors to answer the next reports with.
    refusals: Mutex<VecDeque<(StatusCode, &'static str)>>,
    registration: Mutex<Option<(StatusCode, &'static str)>>,
}

impl Plane {
    pub async fn start() -> Self {
        let (sender, heard) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            url: Mutex::default(),
            heard: sender,
            acs: Mutex::default(),
            refusals: Mutex::default(),
            registration: Mutex::default(),
        });
        let router = Router::new()
            .route("/", post(api))
            .route("/acs/ws", get(open_acs))
            .route("/tcs/ws", get(open_tcs))
            .with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        shared.url.lock().expect("not poisoned").clone_from(&url);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, heard, aside: VecDeque::new(), shared }
    }

    /// Waits until something is heard that `pick` wants; what it does not want is kept for others.
    pub async fn hear<T>(&mut self, pick: impl Fn(&Heard) -> Option<T>) -> T {
        if let Some(index) = self.aside.iter().position(|heard| pick(heard).is_some()) {
            let heard = self.aside.remove(index).expect("the index was just found");
            return pick(&heard).expect("it was wanted before");
        }
        loop {
            let next = tokio::time::timeout(Duration::from_secs(20), self.heard.recv()).await;
            let Ok(Some(heard)) = next else {
                panic!("nothing of the kind was heard, but {:?}", self.aside)
            };
            match pick(&heard) {
                Some(found) => return found,
                None => self.aside.push_back(heard),
            }
        }
    }

    /// The next report, as it came.
    pub async fn report(&mut self) -> Value {
        self.hear(|heard| match heard {
            Heard::Reported(report) => Some(report.clone()),
            _ => None,
        })
        .await
    }

    pub async fn registered(&mut self) -> Value {
        self.hear(|heard| match heard {
            Heard::Registered(request) => Some(request.clone()),
            _ => None,
        })
        .await
    }

    pub async fn opened(&mut self) -> PollParameters {
        self.hear(|heard| match heard {
            Heard::Opened(parameters) => Some(parameters.clone()),
            _ => None,
        })
        .await
    }

    pub async fn acs<T>(&mut self, pick: impl Fn(&acs::Up) -> Option<T>) -> T {
        self.hear(|heard| match heard {
            Heard::Acs(message) => pick(message),
            _ => None,
        })
        .await
    }

    pub async fn acked(&mut self, message_id: &str) {
        self.acs(|up| {
            matches!(up, acs::Up::Ack(ack) if ack.message_id == message_id).then_some(())
        })
        .await;
    }

    pub async fn health(&mut self) -> tcs::PublishHealthRequest {
        self.hear(|heard| match heard {
            Heard::Tcs(tcs::Up::PublishHealth(health)) => Some(health.clone()),
            _ => None,
        })
        .await
    }

    pub fn say(&self, say: Say) {
        let acs = self.shared.acs.lock().expect("not poisoned");
        acs.as_ref().expect("a session is open").send(say).expect("the session is open");
    }

    pub fn tell(&self, message: Down) {
        self.say(Say::Text(message.to_frame()));
    }

    pub fn send_task(&self, message_id: &str, seq_num: i64, task: payload::Task) {
        self.tell(Down::Payload(PayloadMessage {
            message_id: message_id.into(),
            cluster_arn: CLUSTER.into(),
            container_instance_arn: INSTANCE.into(),
            tasks: vec![task],
            seq_num,
            ..PayloadMessage::default()
        }));
    }

    pub fn refuse_reports(&self, refusals: &[(StatusCode, &'static str)]) {
        self.shared.refusals.lock().expect("not poisoned").extend(refusals);
    }

    pub fn refuse_registration(&self, status: StatusCode, name: &'static str) {
        *self.shared.registration.lock().expect("not poisoned") = Some((status, name));
    }
}

/// Whether the headers carry a true signature of ours.
fn is_signed(headers: &[(&str, &[u8])], parts: (&str, &str, &str), body: &[u8]) -> bool {
    let (method, path, query) = parts;
    let request = RequestParts { method, path, query, headers };
    let key = KeyRecord { secret_access_key: SECRET, session_token: None, expires_at_ms: None };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now_ms = now.expect("after 1970").as_millis() as i64;
    let endpoint = Endpoint::new("us-east-1", "ecs");
    sigv4::parse(&request).is_ok_and(|claim| {
        claim.verify(&request, PayloadHash::of(body), &key, &endpoint, now_ms).is_ok()
    })
}

fn pairs(headers: &HeaderMap) -> Vec<(&str, &[u8])> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
}

async fn api(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    assert!(is_signed(&pairs(&headers), ("POST", "/", ""), &body), "a call is not signed");
    let target = headers["x-amz-target"].to_str().expect("it is ASCII").to_owned();
    let input: Value = serde_json::from_slice(&body).expect("the body is JSON");
    let refuse = |(status, name): (StatusCode, &str)| {
        (status, json!({ "__type": name, "message": "no" }).to_string()).into_response()
    };
    match target.rsplit('.').next().unwrap_or_default() {
        "RegisterContainerInstance" => {
            if let Some(refusal) = *shared.registration.lock().expect("not poisoned") {
                return refuse(refusal);
            }
            shared.heard.send(Heard::Registered(input)).expect("the test listens");
            json!({ "containerInstance": { "containerInstanceArn": INSTANCE } })
                .to_string()
                .into_response()
        }
        "DiscoverPollEndpoint" => {
            let url = shared.url.lock().expect("not poisoned").clone();
            json!({ "endpoint": format!("{url}/acs/"), "telemetryEndpoint": format!("{url}/tcs") })
                .to_string()
                .into_response()
        }
        "SubmitTaskStateChange" => {
            let refusal = shared.refusals.lock().expect("not poisoned").pop_front();
            if let Some(refusal) = refusal {
                return refuse(refusal);
            }
            shared.heard.send(Heard::Reported(input)).expect("the test listens");
            "{}".into_response()
        }
        "ListTagsForResource" if input["resourceArn"] == INSTANCE => {
            refuse((StatusCode::BAD_REQUEST, "AccessDeniedException"))
        }
        "ListTagsForResource" => {
            let tag = json!({ "key": "of", "value": input["resourceArn"] });
            json!({ "tags": [tag] }).to_string().into_response()
        }
        "UpdateTaskProtection" => {
            let header = headers["authorization"].to_str().expect("it is ASCII");
            let key = header.split(['=', '/']).nth(1).unwrap_or_default().to_owned();
            let protected = json!({
                "taskArn": input["tasks"][0], "protectionEnabled": input["protectionEnabled"],
                "expirationDate": 1_795_564_800,
            });
            let heard = Heard::Protection { key, input };
            shared.heard.send(heard).expect("the test listens");
            json!({ "protectedTasks": [protected], "failures": [] }).to_string().into_response()
        }
        other => refuse((StatusCode::BAD_REQUEST, other)),
    }
}

async fn open_acs(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let query = query.unwrap_or_default();
    assert!(is_signed(&pairs(&headers), ("GET", "/acs/ws", &query), b""), "ACS is not signed");
    let parameters = PollParameters::from_query(&query).expect("ACS parameters");
    upgrade.on_upgrade(async move |mut socket| {
        let (sender, mut says) = mpsc::unbounded_channel();
        *shared.acs.lock().expect("not poisoned") = Some(sender);
        let _ = shared.heard.send(Heard::Opened(parameters));
        loop {
            tokio::select! {
                say = says.recv() => {
                    let Some(say) = say else { return };
                    let message = match say {
                        Say::Text(text) => Message::text(text),
                        Say::Close(code) => {
                            Message::Close(Some(CloseFrame { code, reason: "".into() }))
                        }
                    };
                    if socket.send(message).await.is_err() {
                        return;
                    }
                }
                frame = socket.recv() => {
                    let Some(Ok(frame)) = frame else { return };
                    if let Message::Text(text) = frame {
                        let message = acs::Up::from_frame(&text).expect("an ACS message");
                        let _ = shared.heard.send(Heard::Acs(message));
                    }
                }
            }
        }
    })
}

async fn open_tcs(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let query = query.unwrap_or_default();
    assert!(is_signed(&pairs(&headers), ("GET", "/tcs/ws", &query), b""), "TCS is not signed");
    TelemetryParameters::from_query(&query).expect("TCS parameters");
    upgrade.on_upgrade(async move |mut socket: WebSocket| {
        while let Some(Ok(frame)) = socket.recv().await {
            let Message::Text(text) = frame else { continue };
            let frame = SignedFrame::parse(&text).expect("a signed frame");
            let headers: Vec<_> =
                frame.headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
            let signed = is_signed(&headers, ("GET", "/tcs/ws", &query), frame.body.as_bytes());
            assert!(signed, "a frame is not signed");
            let message = tcs::Up::from_frame(frame.body).expect("a TCS message");
            let _ = shared.heard.send(Heard::Tcs(message));
            let ack = tcs::TextMessage { message: "ok".into() };
            let answer = tcs::Down::AckPublishMetric(ack).to_frame();
            if socket.send(Message::text(answer)).await.is_err() {
                return;
            }
        }
    })
}

/// An agent at work.
pub struct Running {
    shutdown: CancellationToken,
    pub ended: JoinHandle<Result<(), AgentError>>,
}

impl Running {
    pub async fn stop(self) {
        self.shutdown.cancel();
        let ended = self.ended.await.expect("the agent does not panic");
        ended.expect("the agent ends in order");
    }
}

pub fn config(plane: &Plane, data_dir: impl Into<PathBuf>) -> Config {
    let credentials = Credentials {
        access_key_id: "AKID".into(),
        secret_access_key: SECRET.into(),
        session_token: None,
    };
    let mut config = Config::new(plane.url.clone(), "demo", data_dir, credentials);
    config.zone = Some("us-east-1b".into());
    config
}

pub fn start(config: Config, runtime: &FakeRuntime) -> Running {
    start_on(config, Arc::new(runtime.clone()))
}

pub fn start_on(config: Config, runtime: Arc<dyn ContainerRuntime>) -> Running {
    let shutdown = CancellationToken::new();
    let agent = Agent::run(config, runtime, shutdown.clone(), Arc::default());
    Running { shutdown, ended: tokio::spawn(agent) }
}

/// A runtime with a local image `app` that runs until it is stopped.
pub fn fake_runtime() -> FakeRuntime {
    let mut engine = FakeEngine::new(7, 1_000_000);
    engine.add_local_image("app", Script::default());
    FakeRuntime::new(engine)
}

pub fn arn(id: u32) -> String {
    format!("arn:aws:ecs:us-east-1:123456789012:task/demo/{id:032x}")
}

pub fn task(id: u32) -> payload::Task {
    payload::Task {
        arn: arn(id),
        task_cluster_arn: CLUSTER.into(),
        family: "web".into(),
        version: "1".into(),
        desired_status: "RUNNING".into(),
        containers: vec![payload::Container {
            name: "app".into(),
            image: "app".into(),
            memory: 64,
            essential: true,
            docker_config: payload::DockerConfig {
                config: "{}".into(),
                host_config: r#"{"NetworkMode":"bridge"}"#.into(),
                ..payload::DockerConfig::default()
            },
            ..payload::Container::default()
        }],
        ..payload::Task::default()
    }
}

pub fn stop(id: u32) -> payload::Task {
    payload::Task { arn: arn(id), desired_status: "STOPPED".into(), ..payload::Task::default() }
}
