//! The log on a real directory: rotation, ends that were torn, a disk that refuses, the end of the
//! process, and reading it all back.
#![allow(clippy::print_stdout, reason = "a process that a test starts tells it what it wrote")]

use std::{
    fs::OpenOptions,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use audit::{
    CallFacts, Check, Durability, Error, Filter, Log, Order, Outcome, Parameters, Record, Settings,
    UserIdentity, query,
};
use model::Timestamp;
use serde_json::Value;

/// 2026-11-25T15:41:59Z
const BEGIN: Timestamp = Timestamp(1_795_621_319_000);

/// The record of the call number `number`, a minute after the one before.
fn record(number: u32) -> Record<'static> {
    Record::of_call(CallFacts {
        at: BEGIN.plus_minutes(number),
        event_id: u128::from(number),
        request_id: "b7c8a9d0-0000-4000-8000-000000000001",
        service: "ecs",
        operation: "RunTask",
        region: "us-east-1",
        account: "111122223333",
        identity: UserIdentity::root("111122223333", "AKIAROOT"),
        source_ip: "192.0.2.7",
        user_agent: "aws-cli/2.9.8",
        request: Parameters::Json(br#"{"cluster":"default","taskDefinition":"web"}"#),
        outcome: Outcome::Answered(Parameters::None),
        checks: Vec::new(),
    })
}

fn small() -> Settings {
    Settings { file_bytes: 2000, files_kept: 100, ..Settings::default() }
}

fn open(directory: &Path, settings: Settings) -> Log {
    Log::open(directory, settings).expect("the log opens").0
}

async fn write(log: &Log, numbers: std::ops::Range<u32>) {
    for number in numbers {
        log.write(&record(number)).await.expect("it is written");
    }
}

fn number(line: &[u8]) -> u32 {
    let record: Value = serde_json::from_slice(line).expect("a record");
    let id = record["eventID"].as_str().expect("an id");
    u32::from_str_radix(&id.replace('-', ""), 16).expect("a number")
}

fn read(directory: &Path, filter: &Filter, order: Order) -> Vec<u32> {
    let lines = query(directory, filter, order, None).expect("the directory is read");
    lines.map(|line| number(&line.expect("a line"))).collect()
}

fn all(directory: &Path) -> Vec<u32> {
    read(directory, &Filter::default(), Order::OldestFirst)
}

fn files(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .filter(|name| name.starts_with("audit-"))
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn files_are_rotated_named_by_their_first_record_and_forgotten() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), Settings { files_kept: 3, ..small() });
    write(&log, 0..20).await;
    let names = files(directory.path());
    assert_eq!(names.len(), 3, "{names:?}");
    let kept = all(directory.path());
    assert_eq!(kept.last(), Some(&19));
    assert!(kept.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{kept:?}");
    let first = BEGIN.plus_minutes(kept[0]).to_string().replace(['-', ':'], "");
    assert!(names[0].ends_with(&format!("-{first}.jsonl")), "{names:?} {first}");
    let newest_first = read(directory.path(), &Filter::default(), Order::NewestFirst);
    assert_eq!(newest_first, kept.into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_log_goes_on_where_it_ended_and_belongs_to_one() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), small());
    write(&log, 0..3).await;
    let second = Log::open(directory.path(), small());
    assert!(matches!(second, Err(Error::Taken(_))));
    drop(log);
    write(&open(directory.path(), Settings::default()), 3..6).await;
    assert_eq!(all(directory.path()), [0, 1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_torn_end_is_cut_and_told() {
    for torn in [b"{\"eventVersion\":\"1.11\",\"eventTi".to_vec(), vec![0; 100_000]] {
        let directory = tempfile::tempdir().expect("a directory");
        write(&open(directory.path(), Settings::default()), 0..2).await;
        let newest = directory.path().join(&files(directory.path())[0]);
        let mut file = OpenOptions::new().append(true).open(&newest).expect("the file");
        file.write_all(&torn).expect("it is written");
        assert_eq!(all(directory.path()), [0, 1], "a reader passes it over");
        let (log, healed) = Log::open(directory.path(), Settings::default()).expect("it opens");
        let healed = healed.expect("it was torn");
        assert_eq!((healed.file, healed.cut_bytes), (newest, torn.len() as u64));
        write(&log, 2..3).await;
        assert_eq!(all(directory.path()), [0, 1, 2]);
    }
}

#[tokio::test]
async fn while_the_disk_refuses_callers_are_told_and_nothing_is_forgotten() {
    let parent = tempfile::tempdir().expect("a directory");
    let (directory, away) = (parent.path().join("log"), parent.path().join("away"));
    let log = open(&directory, Settings { file_bytes: 1, ..small() });
    write(&log, 0..1).await;
    log.check().await.expect("it can be written");
    std::fs::rename(&directory, &away).expect("it is renamed");
    let refused = log.write(&record(1)).await;
    assert!(matches!(refused, Err(Error::Disk { .. })), "{refused:?}");
    assert!(log.check().await.is_err());
    std::fs::rename(&away, &directory).expect("it is renamed");
    log.check().await.expect("it can be written again");
    write(&log, 2..3).await;
    assert_eq!(all(&directory), [0, 1, 2]);
}

#[tokio::test]
async fn many_callers_are_written_whole() {
    let directory = tempfile::tempdir().expect("a directory");
    let settings = Settings { durability: Durability::Synced, ..small() };
    let log = open(directory.path(), Settings { files_kept: 2000, ..settings });
    let calls = (0..2000).map(|number| {
        let log = log.clone();
        tokio::spawn(async move { log.write(&record(number)).await.expect("it is written") })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("it ends");
    }
    let mut numbers = all(directory.path());
    numbers.sort_unstable();
    assert_eq!(numbers, (0..2000).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_follower_goes_on_over_rotations() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), small());
    write(&log, 0..5).await;
    let mut follower = log.follow(log.position());
    let writer = log.clone();
    let writing = tokio::spawn(async move { write(&writer, 5..40).await });
    let mut seen = Vec::new();
    while seen.len() < 35 {
        assert!(follower.wait().await);
        let read = follower.read(&Filter::default()).expect("it is read");
        assert!(!read.has_gap);
        seen.extend(read.lines.split_inclusive(|byte| *byte == b'\n').map(number));
    }
    assert_eq!(seen, (5..40).collect::<Vec<_>>());
    writing.await.expect("it ends");
    drop(log);
    assert!(!follower.wait().await, "nothing will come");
}

#[tokio::test]
async fn a_follower_that_is_too_slow_is_told_so() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), Settings { files_kept: 2, ..small() });
    let mut follower = log.follow(log.position());
    write(&log, 0..20).await;
    let (mut has_gap, mut last) = (false, 0);
    while last < 19 {
        assert!(follower.wait().await);
        let read = follower.read(&Filter::default()).expect("it is read");
        has_gap |= read.has_gap;
        last = read
            .lines
            .split_inclusive(|byte| *byte == b'\n')
            .map(number)
            .next_back()
            .unwrap_or(last);
    }
    assert!(has_gap);
}

#[tokio::test]
async fn what_was_written_before_a_place_and_after_it_is_everything() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), small());
    write(&log, 0..7).await;
    let now = log.position();
    write(&log, 7..9).await;
    for order in [Order::OldestFirst, Order::NewestFirst] {
        let before = query(directory.path(), &Filter::default(), order, Some(now)).expect("read");
        let mut before: Vec<u32> = before.map(|line| number(&line.expect("a line"))).collect();
        before.sort_unstable();
        assert_eq!(before, [0, 1, 2, 3, 4, 5, 6]);
    }
}

#[tokio::test]
async fn filters_let_through_what_they_say() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), Settings::default());
    write(&log, 0..3).await;
    let db = "arn:aws:ecs:us-east-1:111122223333:service/default/db";
    let by_ann = UserIdentity::user(
        "111122223333",
        "arn:aws:iam::111122223333:user/ann",
        "AIDAANN",
        "ann",
        "AKIAANN",
    );
    let denied = Record::of_call(CallFacts {
        at: BEGIN.plus_minutes(3),
        event_id: 3,
        request_id: "r",
        service: "ecs",
        operation: "DeleteService",
        region: "us-east-1",
        account: "111122223333",
        identity: by_ann,
        source_ip: "192.0.2.8",
        user_agent: "aws-cli",
        request: Parameters::None,
        outcome: Outcome::Failed { code: "AccessDeniedException", message: "no" },
        checks: vec![Check::new("ecs:DeleteService", db, false)],
    });
    log.write(&denied).await.expect("it is written");
    let some = |text: &str| Some(text.to_owned());
    let none = Filter::default();
    let (at_1, at_2) = (Some(BEGIN.plus_minutes(1)), Some(BEGIN.plus_minutes(2)));
    for (filter, numbers) in [
        (Filter { since: at_2, ..none.clone() }, &[2, 3][..]),
        (Filter { since: at_1, until: at_2, ..none.clone() }, &[1]),
        (Filter { is_denied: true, ..none.clone() }, &[3]),
        (Filter { principal: some("ann"), ..none.clone() }, &[3]),
        (Filter { principal: some("arn:aws:iam::*:root"), ..none.clone() }, &[0, 1, 2]),
        (Filter { principal: some("an"), ..none.clone() }, &[]),
        (Filter { action: some("ecs:runtask"), ..none.clone() }, &[0, 1, 2]),
        (Filter { action: some("Delete*"), ..none.clone() }, &[3]),
        (Filter { action: some("iam:*"), ..none.clone() }, &[]),
        (Filter { resource: some("*/default/db"), ..none.clone() }, &[3]),
        (Filter { access_key_id: some("AKIAROOT"), ..none.clone() }, &[0, 1, 2]),
        (Filter { access_key_id: some("AKIAROOT"), is_denied: true, ..none }, &[]),
    ] {
        assert_eq!(read(directory.path(), &filter, Order::OldestFirst), numbers, "{filter:?}");
    }
}

#[tokio::test]
async fn files_of_other_times_are_not_opened() {
    let directory = tempfile::tempdir().expect("a directory");
    let log = open(directory.path(), small());
    write(&log, 0..60).await;
    let names = files(directory.path());
    // A file that cannot be read as one is an error for whoever opens it.
    let first = directory.path().join(&names[0]);
    std::fs::remove_file(&first).expect("it is removed");
    std::fs::create_dir(&first).expect("it is made");
    let late = Filter { since: Some(BEGIN.plus_minutes(50)), ..Filter::default() };
    let numbers = read(directory.path(), &late, Order::OldestFirst);
    assert_eq!(numbers, (50..60).collect::<Vec<_>>());
    let everything = query(directory.path(), &Filter::default(), Order::OldestFirst, None);
    assert!(everything.expect("it is listed").any(|line| line.is_err()));
}

/// Set for a process that a test starts of itself: the directory that it writes to.
const WRITES_TO: &str = "AUDIT_TEST_WRITES_TO";

/// Writes records to the directory until there is an error, if this is a process for that. It prints the
/// number of each record that it was told is written.
fn write_if_told() -> Option<Error> {
    let directory = std::env::var(WRITES_TO).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let log = open(Path::new(&directory), Settings { file_bytes: 20_000, ..small() });
    let written = |number| {
        let written = runtime.block_on(log.write(&record(number)));
        written.map(|()| println!("written {number}"))
    };
    Some((0..).find_map(|number| written(number).err()).expect("there are many numbers"))
}

/// The numbers that such a process printed.
fn acknowledged(line: &str) -> Option<u32> {
    line.rsplit_once("written ").and_then(|(_, number)| number.parse().ok())
}

#[test]
fn kill_9_loses_nothing_that_was_acknowledged() {
    write_if_told();
    let directory = tempfile::tempdir().expect("a directory");
    let mut writer = Command::new(std::env::current_exe().expect("a name"))
        .args(["--exact", "kill_9_loses_nothing_that_was_acknowledged", "--nocapture"])
        .env(WRITES_TO, directory.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let said = BufReader::new(writer.stdout.take().expect("a pipe"));
    let mut numbers = said.lines().filter_map(|line| acknowledged(&line.expect("text")));
    numbers.find(|number| *number == 500).expect("it goes on");
    writer.kill().expect("it is killed");
    writer.wait().expect("it ends");
    let last = numbers.last().unwrap_or(500);
    // Opened before it is read: what is torn is healed.
    drop(open(directory.path(), Settings::default()));
    let kept = all(directory.path());
    assert!(kept.len() as u32 > last, "{} {last}", kept.len());
    assert_eq!(kept, (0..kept.len() as u32).collect::<Vec<_>>());
}

#[test]
fn half_a_record_does_not_stay_when_the_disk_takes_no_more() {
    if let Some(error) = write_if_told() {
        assert!(matches!(error, Error::Disk { .. }), "{error:?}");
        return;
    }
    let directory = tempfile::tempdir().expect("a directory");
    // No file may be larger than 8 KiB: a write beyond is made in part, and then refused.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().expect("a name"))
        .args(["--exact", "half_a_record_does_not_stay_when_the_disk_takes_no_more"])
        .arg("--nocapture")
        .env(WRITES_TO, directory.path())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u32> = said.lines().filter_map(acknowledged).collect();
    assert!(!numbers.is_empty());
    assert_eq!(all(directory.path()), numbers);
    let (_, healed) = Log::open(directory.path(), Settings::default()).expect("it opens");
    assert_eq!(healed, None, "the process itself has cut the half");
}
