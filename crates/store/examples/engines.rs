//! Measures embedded engines with the store's own kind of batch: which one to build on, and how.
//!
//! `cargo run --release -p store --features fjall --example engines [-- SECONDS [DIR]]`
//!
//! Each way commits batches of task-like rows (about 1 KB of JSON under random keys), every commit
//! durable before the next begins, half of the rows new and half overwritten, and keeps about
//! [`HISTORY_BYTES`] of the newest batches:
//! * `ours`: the store's engine, [`store::engine::Embedded`]: redb, the batch in one piece, and the
//!   oldest batches folded into the rows together (in the rate, and in the 99th percentile).
//! * `redb`: each batch goes to the rows and, in one piece, to the history.
//! * `fjall`: the same, as two keyspaces and one write batch.
//!
//! Bytes on disk are of the whole directory, history included, for each live row.
//!
//! Three seconds each on two cores and ext4, other work running (2026-11; compare, do not quote):
//!
//! | | 5 rows: commits/s, p50 | 100 rows: commits/s, p50, p99 | 2,000 rows: rows/s | bytes/row of 100 |
//! |---|---|---|---|---|
//! | ours, 2 MiB | 1,531, 0.6 ms | 271, 1.0 ms, 85 ms | 29,000 | 2,202 |
//! | redb | 921, 1.1 ms | 142, 7.3 ms, 11 ms | 25,000 | 2,832 |
//! | fjall | 2,704, 0.4 ms | 447, 1.9 ms, 4 ms | 66,000 | 2,391 |
//!
//! fjall sustains 1.6 to 2.2 times as much, and has no pauses. redb was taken all the same: its
//! storage is a trait, so the tests tear and refuse writes below the real engine and a file is
//! checked whole before it is written to; it is one file; it has no threads of its own.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use redb::{ReadableDatabase as _, ReadableTable as _, TableDefinition};
use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, Instant};
use store::engine::{Backend as _, Batch, Bounds, Embedded, Revision, Write};

const ROWS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("rows");
const HISTORY: TableDefinition<u64, &[u8]> = TableDefinition::new("history");
const HISTORY_BYTES: usize = 16 << 20;

type Rows = Vec<(Vec<u8>, Vec<u8>)>;

trait Way {
    fn commit(&mut self, revision: u64, rows: Rows);
    fn load(self: Box<Self>, dir: &Path) -> (usize, Duration);
}

struct RedbRows(redb::Database);
struct Ours(Embedded);
struct Fjall {
    db: fjall::Database,
    rows: fjall::Keyspace,
    history: fjall::Keyspace,
}

fn batch_bytes(rows: &Rows) -> Vec<u8> {
    let mut out = Vec::new();
    for (key, value) in rows {
        out.extend_from_slice(&(key.len() as u32).to_be_bytes());
        out.extend_from_slice(key);
        out.extend_from_slice(&(value.len() as u32).to_be_bytes());
        out.extend_from_slice(value);
    }
    out
}

impl Way for RedbRows {
    fn commit(&mut self, revision: u64, mut rows: Rows) {
        let batch = batch_bytes(&rows);
        let keep = (HISTORY_BYTES / batch.len()) as u64;
        rows.sort();
        let tx = self.0.begin_write().unwrap();
        {
            let mut table = tx.open_table(ROWS).unwrap();
            for (key, value) in &rows {
                table.insert(key.as_slice(), value.as_slice()).unwrap();
            }
            let mut history = tx.open_table(HISTORY).unwrap();
            history.insert(revision, batch.as_slice()).unwrap();
            history.remove(revision.saturating_sub(keep)).unwrap();
        }
        tx.commit().unwrap();
    }
    fn load(self: Box<Self>, dir: &Path) -> (usize, Duration) {
        drop(self);
        let at = Instant::now();
        let db = redb::Database::open(dir.join("redb")).unwrap();
        let tx = db.begin_read().unwrap();
        let rows = tx.open_table(ROWS).unwrap();
        let count = rows.iter().unwrap().map(|row| row.unwrap().1.value().len().min(1)).sum();
        (count, at.elapsed())
    }
}

impl Way for Ours {
    fn commit(&mut self, revision: u64, rows: Rows) {
        let writes = rows.into_iter().map(|(key, value)| Write::put(1, key, value)).collect();
        self.0.commit(&Batch { revision: Revision(revision), writes }).unwrap();
    }
    fn load(self: Box<Self>, dir: &Path) -> (usize, Duration) {
        drop(self);
        let at = Instant::now();
        let mut engine = Embedded::open(dir, Bounds::default()).unwrap();
        (engine.load(None).unwrap().rows.len(), at.elapsed())
    }
}

impl Way for Fjall {
    fn commit(&mut self, revision: u64, rows: Rows) {
        let mut batch = self.db.batch().durability(Some(fjall::PersistMode::SyncData));
        let bytes = batch_bytes(&rows);
        let keep = (HISTORY_BYTES / bytes.len()) as u64;
        batch.insert(&self.history, revision.to_be_bytes(), bytes);
        batch.remove(&self.history, revision.saturating_sub(keep).to_be_bytes());
        for (key, value) in rows {
            batch.insert(&self.rows, key, value);
        }
        batch.commit().unwrap();
    }
    fn load(self: Box<Self>, dir: &Path) -> (usize, Duration) {
        drop(self);
        let at = Instant::now();
        let db = fjall::Database::builder(dir.join("fjall")).open().unwrap();
        let rows = db.keyspace("rows", fjall::KeyspaceCreateOptions::default).unwrap();
        let count = rows.iter().map(|row| row.value().unwrap().len().min(1)).sum();
        (count, at.elapsed())
    }
}

fn open(name: &str, dir: &Path, fold_bytes: usize) -> Box<dyn Way> {
    match name {
        "ours" => {
            let bounds = Bounds { bytes_max: HISTORY_BYTES, fold_bytes, ..Bounds::default() };
            Box::new(Ours(Embedded::open(dir, bounds).unwrap()))
        }
        "redb" => Box::new(RedbRows(redb::Database::create(dir.join("redb")).unwrap())),
        _ => {
            let db = fjall::Database::builder(dir.join("fjall")).open().unwrap();
            let rows = db.keyspace("rows", fjall::KeyspaceCreateOptions::default).unwrap();
            let history = db.keyspace("history", fjall::KeyspaceCreateOptions::default).unwrap();
            Box::new(Fjall { db, rows, history })
        }
    }
}

/// A small generator of pseudo-random numbers (splitmix64): the bench needs no more.
struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn task_row(random: &mut Random, keys: &mut Vec<Vec<u8>>) -> (Vec<u8>, Vec<u8>) {
    let key = if !keys.is_empty() && random.next().is_multiple_of(2) {
        keys[random.next() as usize % keys.len()].clone()
    } else {
        let key =
            format!("\u{6}default\0{:016x}{:016x}", random.next(), random.next()).into_bytes();
        keys.push(key.clone());
        key
    };
    let mut value = String::new();
    while value.len() < 1000 {
        value.push_str("\"lastStatus\":\"RUNNING\",\"containerInstance\":\"");
        write!(value, "{:016x}{:016x}\",", random.next(), random.next()).unwrap();
    }
    (key, value.into_bytes())
}

fn disk_bytes(dir: &Path) -> u64 {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let is_dir = entry.file_type().unwrap().is_dir();
            if is_dir {
                disk_bytes(&entry.path())
            } else {
                entry.metadata().unwrap().blocks() * 512
            }
        })
        .sum()
}

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds: u64 = args.next().map_or(5, |text| text.parse().unwrap());
    let parent = args.next().unwrap_or_else(|| ".".into());
    println!(
        "way         batch  commits/s     rows/s   p50 µs   p99 µs   max µs  live rows  bytes/live row  load ms"
    );
    for batch in [5, 100, 2000] {
        for (name, fold_mib) in [("ours", 1), ("ours", 2), ("ours", 4), ("redb", 0), ("fjall", 0)] {
            let dir = tempfile::tempdir_in(&parent).unwrap();
            let mut way = open(name, dir.path(), fold_mib << 20);
            let (mut random, mut keys, mut took) = (Random(1), Vec::new(), Vec::new());
            let until = Instant::now() + Duration::from_secs(seconds);
            let mut busy = Duration::ZERO;
            for revision in 1.. {
                let rows = (0..batch).map(|_| task_row(&mut random, &mut keys)).collect();
                let at = Instant::now();
                way.commit(revision, rows);
                took.push(at.elapsed());
                busy += at.elapsed();
                if Instant::now() > until {
                    break;
                }
            }
            let commits = took.len() as f64 / busy.as_secs_f64();
            took.sort();
            let size = disk_bytes(dir.path());
            let (found, load) = way.load(dir.path());
            assert_eq!(found, keys.len());
            let name = if fold_mib == 0 { name.into() } else { format!("{name}, {fold_mib} MiB") };
            println!(
                "{name:<11} {batch:>5} {commits:>10.0} {:>10.0} {:>8} {:>8} {:>8} {:>10} {:>15} {:>8}",
                commits * f64::from(batch),
                took[took.len() / 2].as_micros(),
                took[took.len() * 99 / 100].as_micros(),
                took[took.len() - 1].as_micros(),
                keys.len(),
                size / keys.len() as u64,
                load.as_millis(),
            );
        }
    }
}
