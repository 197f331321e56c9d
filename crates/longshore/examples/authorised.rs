//! Requests a second by a user whose policy has 10 statements, with 1,000 managed policies stored, over
//! those by the root key, which no policy is asked about. Turn by turn in one run, through HTTP and
//! signatures, with an audit log on disk; the median turn of each counts.
//!
//! `cargo run --release -p longshore --example authorised -- [turns] [seconds a turn] [connections]`

#![allow(clippy::print_stdout)]

use std::{
    collections::BTreeMap,
    io,
    time::{Duration, Instant},
};

use client::{Client, Credentials, Signer};
use control::{App, Settings, authority::secrets, keys::Keys, server};
use model::{
    Timestamp,
    iam::{AccessKey, ManagedPolicy, Permissions, PolicyVersion, User},
};
use store::{Store, engine::Memory};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wire::{ecs, op};

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REGION: &str = "us-east-1";
const POLICY_COUNT: usize = 1_000;
const STATEMENT_COUNT: usize = 10;

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run())
}

fn number(at: usize, otherwise: usize) -> usize {
    std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

async fn run() -> io::Result<()> {
    let (turns, seconds, connections) = (number(1, 5), number(2, 2), number(3, 32));
    let directory = tempfile::tempdir_in(".")?;
    let (log, _) = audit::Log::open(&directory.path().join("audit"), audit::Settings::default())
        .map_err(io::Error::other)?;
    let keys = Keys::make(control::random);
    let store = Store::open(Box::new(Memory::new())).map_err(io::Error::other)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let root = credentials(&keys.root.access_key_id, &keys.root.secret_access_key);
    let app = App::with_audit(store, keys, Settings::new(&url), log);
    let user = user(&app).await?;
    tokio::spawn(server::serve(app, listener, CancellationToken::new(), || {}));
    let client = |credentials| Client::new(&url, Signer::new(credentials, REGION.into()), "bench");
    let root = client(root).map_err(io::Error::other)?;
    let user = client(user).map_err(io::Error::other)?;
    root.call::<op::CreateCluster>(&ecs::CreateClusterRequest::default())
        .await
        .map_err(io::Error::other)?;
    let (mut of_root, mut of_user) = (Vec::new(), Vec::new());
    for turn in 0..=turns {
        let time = Duration::from_secs(seconds as u64);
        let (root, user) =
            (rate(&root, time, connections).await, rate(&user, time, connections).await);
        // The first turn warms up.
        if turn > 0 {
            of_root.push(root);
            of_user.push(user);
        }
    }
    let (root, user) = (median(of_root), median(of_user));
    println!(
        "{root} requests a second by the root key, {user} by a user with {STATEMENT_COUNT} statements and {POLICY_COUNT} policies stored: {:.2}",
        user as f64 / root as f64
    );
    Ok(())
}

fn median(mut rates: Vec<u64>) -> u64 {
    rates.sort_unstable();
    rates[rates.len() / 2]
}

fn credentials(access_key_id: &str, secret_access_key: &str) -> Credentials {
    Credentials {
        access_key_id: access_key_id.into(),
        secret_access_key: secret_access_key.into(),
        session_token: None,
    }
}

/// Makes the policies, and a user of whose statements the last allows.
async fn user(app: &App) -> io::Result<Credentials> {
    let mut cx = app.own_cx();
    let (id, secret) = (cx.access_key_id("AKIA"), cx.secret_access_key());
    let statement = |number: usize| {
        let action = if number + 1 == STATEMENT_COUNT { "ecs:Describe*" } else { "ecs:Update*" };
        format!(
            r#"{{"Effect":"Allow","Action":"{action}","Resource":"arn:aws:ecs:*:*:cluster/{}"}}"#,
            if number + 1 == STATEMENT_COUNT { "*".into() } else { format!("c{number}") }
        )
    };
    let statements: Vec<String> = (0..STATEMENT_COUNT).map(statement).collect();
    let document = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let key = AccessKey {
        id: id.clone(),
        user: "bench".into(),
        secret: secrets::seal(&mut cx, &id, &secret),
        is_active: true,
        created_at: Timestamp(0),
        last_used: None,
    };
    let inline = BTreeMap::from([("own".to_owned(), document.clone())]);
    let user = User {
        name: "bench".into(),
        path: "/".into(),
        id: "AIDABENCH".into(),
        created_at: Timestamp(0),
        tags: Vec::new(),
        permissions: Permissions { inline, ..Permissions::default() },
    };
    let stored = app.store.update(move |tx| {
        for number in 0..POLICY_COUNT {
            let version = PolicyVersion { document: document.clone(), created_at: Timestamp(0) };
            tx.put(ManagedPolicy {
                name: format!("policy-{number}"),
                path: "/".into(),
                id: format!("ANPA{number}"),
                description: None,
                created_at: Timestamp(0),
                updated_at: Timestamp(0),
                versions: BTreeMap::from([(1, version)]),
                default_version: 1,
                latest_version: 1,
                tags: Vec::new(),
            });
        }
        tx.put(key);
        tx.put(user);
        Ok::<(), ()>(())
    });
    stored.await.map_err(|_| io::Error::other("the store takes it"))?;
    Ok(credentials(&id, &secret))
}

/// Requests a second over several connections.
async fn rate(client: &Client, time: Duration, connections: usize) -> u64 {
    let (began, input) = (Instant::now(), ecs::DescribeClustersRequest::default());
    let callers = (0..connections).map(|_| {
        let (client, input) = (client.clone(), input.clone());
        tokio::spawn(async move {
            let mut count = 0_u64;
            while began.elapsed() < time {
                let answer = client.call::<op::DescribeClusters>(&input).await;
                answer.expect("the control plane answers");
                count += 1;
            }
            count
        })
    });
    let mut count = 0;
    for caller in callers.collect::<Vec<_>>() {
        count += caller.await.expect("invariant: a caller does not panic");
    }
    count * 1_000 / began.elapsed().as_millis().max(1) as u64
}
