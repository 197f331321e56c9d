//! What the log costs a control plane: processor time for each call, and how long a call waits for its
//! record, by when a record counts as written.
//!
//! `cargo bench -p audit` prints a table. Calls come at a steady rate, each on a task of its own. The
//! first line of a rate has no log, and is what the calls themselves cost.
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use audit::{
    CallFacts, Check, Durability, Log, Outcome, Parameters, Record, Settings, UserIdentity,
};
use model::Timestamp;

const SECONDS: u32 = 5;
const RATES: [u32; 2] = [10_000, 20_000];
/// Calls come in so many groups a second.
const GROUPS: u32 = 1000;

const REQUEST: &[u8] = br#"{"cluster":"default","taskDefinition":"web:7","count":1,"group":"batch","startedBy":"deployer","overrides":{"containerOverrides":[{"name":"app","environment":[{"name":"JOB","value":"1742"}]}]}}"#;
const RESOURCE: &str = "arn:aws:ecs:us-east-1:111122223333:task-definition/web:7";

fn record(number: u32) -> Record<'static> {
    Record::of_call(CallFacts {
        at: Timestamp(1_795_621_319_000),
        event_id: u128::from(number),
        request_id: "b7c8a9d0-0000-4000-8000-000000000001",
        service: "ecs",
        operation: "RunTask",
        region: "us-east-1",
        account: "111122223333",
        identity: UserIdentity::user(
            "111122223333",
            "arn:aws:iam::111122223333:user/deployer",
            "AIDADEPLOYER",
            "deployer",
            "AKIADEPLOYER",
        ),
        source_ip: "192.0.2.7",
        user_agent: "Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.18 md/arch#x86_64 lang/python#3.11.2",
        request: Parameters::Json(REQUEST),
        outcome: Outcome::Answered(Parameters::None),
        checks: vec![Check {
            policy_type: Some("identity".into()),
            policy: Some("arn:aws:iam::111122223333:policy/Deploy".into()),
            statement: Some("RunTasks".into()),
            ..Check::new("ecs:RunTask", RESOURCE, true)
        }],
    })
}

/// Processor time of this process so far.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit_once(") ").expect("a name in brackets").1;
    let ticks: u64 = after_name
        .split(' ')
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("a number"))
        .sum();
    // Linux says it in hundredths of a second.
    Duration::from_millis(ticks * 10)
}

/// One line of the table.
async fn measure(name: &str, rate: u32, log: &Log) {
    let waits = Arc::new(Mutex::new(Vec::with_capacity((rate * SECONDS) as usize)));
    let (cpu, begun) = (processor_time(), Instant::now());
    let mut calls = tokio::task::JoinSet::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / GROUPS);
    for group in 0..SECONDS * GROUPS {
        pace.tick().await;
        for number in 0..rate / GROUPS {
            let (log, waits) = (log.clone(), waits.clone());
            calls.spawn(async move {
                let called = Instant::now();
                if log.directory().is_some() {
                    let record = record(group * rate / GROUPS + number);
                    log.write(&record).await.expect("it is written");
                }
                waits.lock().expect("nobody panicked").push(called.elapsed());
            });
        }
    }
    while calls.join_next().await.is_some() {}
    let (cpu, took) = (processor_time().saturating_sub(cpu), begun.elapsed());
    let mut waits = std::mem::take(&mut *waits.lock().expect("nobody panicked"));
    waits.sort_unstable();
    let percent = 100.0 * cpu.as_secs_f64() / took.as_secs_f64();
    let micros = cpu.as_secs_f64() * 1e6 / waits.len() as f64;
    let wait = |percent: usize| waits[(waits.len() - 1) * percent / 100].as_micros();
    println!(
        "{rate:>7} {:>9.0} {name:<8} {percent:>8.1} {micros:>9.2} {:>9} {:>9}",
        waits.len() as f64 / took.as_secs_f64(),
        wait(50),
        wait(99),
    );
}

fn main() {
    let begun = Instant::now();
    let bytes: usize =
        (0..200_000).map(|it| serde_json::to_vec(&record(it)).expect("JSON").len()).sum();
    let micros = begun.elapsed().as_secs_f64() * 1e6 / 200_000.0;
    println!("making a record of {} bytes: {micros:.2} us\n", bytes / 200_000);
    println!("calls/s  answered records  cpu in %  us a call  wait p50  wait p99 (us)");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        for rate in RATES {
            measure("none", rate, &Log::nowhere()).await;
            for durability in [Durability::Written, Durability::Synced] {
                let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"));
                let directory = directory.expect("a directory");
                let settings = Settings { durability, ..Settings::default() };
                let (log, _) = Log::open(directory.path(), settings).expect("the log opens");
                measure(&format!("{durability:?}").to_lowercase(), rate, &log).await;
            }
        }
    });
}
