//! A process that is killed at any moment: everything that it acknowledged is there.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use model::AccountSetting;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use store::Store;
use store::engine::{Bounds, Embedded};

const DIRECTORY: &str = "LONGSHORE_TEST_COMMIT_IN";

fn open(directory: &Path) -> Store {
    // Little history, so that a kill also meets the folding of batches into rows.
    let bounds = Bounds { batches_max: 32, bytes_max: 20_000, fold_bytes: 5_000 };
    Store::open(Box::new(Embedded::open(directory, bounds).unwrap())).unwrap()
}

fn key(number: u64) -> (String, String) {
    ("default".into(), format!("{number:020}"))
}

/// Commits for ever, and says what was acknowledged.
fn commit_until_killed(directory: &Path) -> ! {
    let store = open(directory);
    let first = store.snapshot().account_settings().len() as u64;
    for number in first.. {
        let (principal, name) = key(number);
        let value = number.to_string().repeat(20);
        let put = AccountSetting { principal, name, value };
        let updated = store.update_blocking(move |tx| {
            tx.put(put);
            Ok::<_, ()>(())
        });
        updated.unwrap();
        println!("\nacknowledged {number}");
    }
    unreachable!("numbers do not end")
}

#[test]
fn everything_acknowledged_survives_a_kill() {
    if let Some(directory) = std::env::var_os(DIRECTORY) {
        commit_until_killed(directory.as_ref());
    }
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = None;
    // The child goes on while it is being killed, so the moment is any moment.
    for lines in [1, 40, 3, 100, 17, 0, 64] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "everything_acknowledged_survives_a_kill", "--nocapture"])
            .env(DIRECTORY, dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut numbers = output.filter_map(|line| {
            line.unwrap().strip_prefix("acknowledged ").map(|number| number.parse::<u64>().unwrap())
        });
        let seen = numbers.by_ref().take(lines).last();
        child.kill().unwrap();
        let last = numbers.last().or(seen);
        assert!(!child.wait().unwrap().success());
        assert!(lines == 0 || last.is_some(), "the child acknowledged nothing");
        acknowledged = last.or(acknowledged);

        let snapshot = open(dir.path()).snapshot();
        for number in 0..=acknowledged.unwrap() {
            let found = snapshot.account_settings().get(&key(number));
            assert_eq!(found.unwrap().value, number.to_string().repeat(20));
        }
        assert!(snapshot.is_indexed_rightly());
    }
}
