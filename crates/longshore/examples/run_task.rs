//! Placed tasks a second from end to end: signed RunTask calls over HTTP, the embedded engine and
//! the audit log on disk, and
//! container instances whose agents hold their real ACS sockets and acknowledge every payload. Agents
//! run nothing and report nothing; they and the callers share the processor with the control plane.
//!
//! `cargo run --release -p longshore --example run_task -- [instances] [seconds] [connections] [tasks a call]`

#![allow(clippy::print_stdout)]

use std::{
    io,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use client::{Client, Credentials, Signer};
use control::{App, Settings, keys::Keys, server};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use session_wire::{
    PollParameters,
    acs::{AckRequest, Down, HeartbeatAckRequest, Up},
};
use store::{
    Store,
    engine::{Bounds, Embedded},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tokio_tungstenite::{
    client_async,
    tungstenite::{Message, handshake::client::generate_key, http::Request},
};
use tokio_util::sync::CancellationToken;
use wire::{Op, Operation, op};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REGION: &str = "us-east-1";

/// What all parts share.
struct Bench {
    address: SocketAddr,
    signer: Arc<Signer>,
    client: Client,
    /// Payloads that agents have acknowledged.
    told: AtomicUsize,
    /// When there is one more.
    heard: Notify,
}

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

fn number(at: usize, otherwise: usize) -> usize {
    std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

async fn run() -> io::Result<()> {
    let (instances, seconds) = (number(1, 5_000), number(2, 10));
    let (connections, count) = (number(3, 64), number(4, 10));
    let directory = tempfile::tempdir_in(".")?;
    let bench = start(directory.path()).await?;
    register(&bench, instances).await;
    println!("{instances} container instances are connected");
    let began = Instant::now();
    let end = began + Duration::from_secs(seconds as u64);
    let callers = (0..connections).map(|_| tokio::spawn(call_until(bench.clone(), end, count)));
    let mut latencies_us = Vec::new();
    for caller in callers.collect::<Vec<_>>() {
        latencies_us.extend(caller.await.expect("invariant: a caller does not panic"));
    }
    let took = began.elapsed();
    latencies_us.sort_unstable();
    let at = |percent: usize| {
        latencies_us.get(latencies_us.len() * percent / 100).copied().unwrap_or_default() / 1_000
    };
    let placed = latencies_us.len() * count;
    println!(
        "{placed} tasks placed in {:.1} s by {connections} connections, {count} in a call: {:.0} a second; \
         a call took {} ms (p50), {} ms (p99)",
        took.as_secs_f64(),
        placed as f64 / took.as_secs_f64(),
        at(50),
        at(99),
    );
    let all_told = async {
        while bench.told.load(Relaxed) < placed {
            bench.heard.notified().await;
        }
    };
    // What is not told by then is seen in the count.
    let _ = tokio::time::timeout(took * 3, all_told).await;
    println!(
        "{} payloads were acknowledged by agents {:.1} s after the first call",
        bench.told.load(Relaxed),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// A control plane in this process, and a client of it.
async fn start(directory: &Path) -> io::Result<Arc<Bench>> {
    let keys = Keys::make(control::random);
    let engine = Embedded::open(&directory.join("state"), Bounds::default());
    let store = Store::open(Box::new(engine.map_err(io::Error::other)?));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let url = format!("http://{address}");
    let credentials = Credentials {
        access_key_id: keys.root.access_key_id.clone(),
        secret_access_key: keys.root.secret_access_key.clone(),
        session_token: None,
    };
    let audit = audit::Log::open(&directory.join("audit"), audit::Settings::default());
    let (audit, _) = audit.map_err(io::Error::other)?;
    let store = store.map_err(io::Error::other)?;
    let app = App::with_audit(store, keys, Settings::new(&url), audit);
    tokio::spawn(server::serve(app, listener, CancellationToken::new(), || {}));
    let signer = || Signer::new(credentials.clone(), REGION.into());
    let client = Client::new(&url, signer(), "bench").map_err(io::Error::other)?;
    let signer = Arc::new(signer());
    Ok(Arc::new(Bench { address, signer, client, told: AtomicUsize::new(0), heard: Notify::new() }))
}

async fn call<O: Op<Operation = Operation>>(client: &Client, input: Value) -> O::Output
where
    O::Input: serde::de::DeserializeOwned,
{
    let input = serde_json::from_value(input).expect("invariant: it is an input");
    client.call::<O>(&input).await.expect("the control plane answers")
}

/// Makes the cluster and the task definition, and connects the agents.
async fn register(bench: &Arc<Bench>, count: usize) {
    call::<op::CreateCluster>(&bench.client, json!({})).await;
    let container = json!({"name": "app", "image": "busybox", "cpu": 64, "memory": 128});
    let definition = json!({"family": "app", "containerDefinitions": [container]});
    call::<op::RegisterTaskDefinition>(&bench.client, definition).await;
    let joining = futures_util::stream::iter(0..count)
        .map(|number| join(bench.clone(), number))
        .buffer_unordered(64);
    joining.collect::<Vec<()>>().await;
}

/// Registers a container instance with the attributes that Amazon's agent has, opens its session, and
/// leaves it to a task of its own.
async fn join(bench: Arc<Bench>, number: usize) {
    let capability =
        |number: usize| json!({"name": format!("com.amazonaws.ecs.capability.c{number}")});
    let mut attributes: Vec<Value> = (0..25).map(capability).collect();
    attributes.push(json!({"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"}));
    let zone = format!("us-east-1{}", ["a", "b", "c"][number % 3]);
    attributes.push(json!({"name": "ecs.availability-zone", "value": zone}));
    // By memory there is room for 64 tasks.
    let integer = |name: &str| json!({"name": name, "type": "INTEGER", "integerValue": 8_192});
    let input = json!({
        "totalResources": [integer("CPU"), integer("MEMORY")],
        "attributes": attributes,
        "versionInfo": {"agentVersion": "1.105.1"},
    });
    let answer = call::<op::RegisterContainerInstance>(&bench.client, input).await;
    let arn = answer.container_instance.and_then(|instance| instance.container_instance_arn);
    let query = PollParameters {
        agent_hash: "bench".into(),
        agent_version: "1.105.1".into(),
        cluster: "default".into(),
        container_instance_arn: arn.expect("the answer has the ARN"),
        docker_version: "DockerVersion: 20.10.24".into(),
        protocol_version: 2,
        send_credentials: true,
        seq_num: 1,
    }
    .to_query();
    let host = bench.address.to_string();
    let tcp = TcpStream::connect(bench.address).await.expect("the server listens");
    let mut request = Request::get(format!("ws://{host}/acs/ws?{query}"))
        .header("host", &host)
        .header("connection", "Upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", generate_key());
    for (name, value) in bench.signer.sign_get(&host, "/acs/ws", &query, b"").iter() {
        request = request.header(name, value);
    }
    let request = request.body(()).expect("invariant: it is a request");
    let (mut socket, _) = client_async(request, tcp).await.expect("the session opens");
    let (connected, is_connected) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut connected = Some(connected);
        while let Some(Ok(message)) = socket.next().await {
            let Message::Text(text) = message else { continue };
            // The manifest is sent once the instance is noted as connected.
            connected.take().map(|connected| connected.send(()));
            let Some(up) = acknowledged(&bench, &text) else { continue };
            if socket.send(Message::text(up.to_frame())).await.is_err() {
                return;
            }
        }
    });
    let _ = is_connected.await;
}

/// What an agent answers at once.
fn acknowledged(bench: &Bench, frame: &str) -> Option<Up> {
    match Down::from_frame(frame).ok()? {
        Down::Heartbeat(beat) => {
            Some(Up::HeartbeatAck(HeartbeatAckRequest { message_id: beat.message_id }))
        }
        Down::Payload(payload) => {
            bench.told.fetch_add(payload.tasks.len(), Relaxed);
            bench.heard.notify_one();
            Some(Up::Ack(AckRequest {
                message_id: payload.message_id,
                cluster: payload.cluster_arn,
                container_instance: payload.container_instance_arn,
            }))
        }
        _ => None,
    }
}

/// Calls RunTask until the time is over; how long each call took.
async fn call_until(bench: Arc<Bench>, end: Instant, count: usize) -> Vec<u128> {
    let mut latencies_us = Vec::new();
    while Instant::now() < end {
        let began = Instant::now();
        let input = json!({"taskDefinition": "app", "count": count,
            "placementStrategy": [{"type": "spread", "field": "attribute:ecs.availability-zone"},
                {"type": "binpack", "field": "memory"}]});
        let answer = call::<op::RunTask>(&bench.client, input).await;
        assert_eq!(answer.tasks.map(|tasks| tasks.len()), Some(count), "{:?}", answer.failures);
        latencies_us.push(began.elapsed().as_micros());
    }
    latencies_us
}
