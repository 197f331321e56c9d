//! Measures the writer: how fast tasks are placed, in memory and durably, and how fast a start is.
//!
//! `cargo run --release -p store --example writer [-- TASKS [DIR]]`
//!
//! Each transaction places 10 tasks (two containers each) on one of 1,000 container instances, as
//! RunTask may; 100 transactions wait for each durable commit. Then each task is stopped.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use arn::{InstanceId, TaskId};
use model::{Resources, Task, TaskStatus, Timestamp};
use std::time::Instant;
use store::engine::{Backend, Bounds, Embedded, Memory};
use store::{Core, Error, Transaction, Tx};

const TASKS_A_TRANSACTION: u128 = 10;
const TRANSACTIONS_A_COMMIT: usize = 100;

/// Numbers spread over all ids, as random ones are.
fn spread(number: u128) -> u128 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

struct Place(u128, Task);

impl Transaction for Place {
    fn run(&mut self, tx: &mut Tx) -> bool {
        let container = &self.1.containers[0];
        for number in self.0..self.0 + TASKS_A_TRANSACTION {
            let id = spread(number);
            let instance = InstanceId(spread(number / TASKS_A_TRANSACTION % 1_000));
            let used = tx.usage(&"default".parse().unwrap(), instance).held.cpu_units;
            assert!(used >= 0);
            tx.put(Task {
                container_instance: Some(instance),
                reserved: Resources::new(256, 512),
                containers: vec![container.clone(), container.clone()],
                id: TaskId(id),
                ..self.1.clone()
            });
        }
        true
    }
    fn fail(&mut self, error: Error) {
        panic!("{error}");
    }
}

struct Stop(u128);

impl Transaction for Stop {
    fn run(&mut self, tx: &mut Tx) -> bool {
        for number in self.0..self.0 + TASKS_A_TRANSACTION {
            let key = ("default".parse().unwrap(), TaskId(spread(number)));
            assert!(tx.edit::<Task>(&key, |task| {
                task.last_status = TaskStatus::Stopped;
                task.stopped_at = Some(Timestamp(number as i64));
            }));
        }
        true
    }
    fn fail(&mut self, error: Error) {
        panic!("{error}");
    }
}

/// Tasks a second.
fn run<T: Transaction>(core: &mut Core, tasks: u128, transaction: fn(u128) -> T) -> f64 {
    let mut all: Vec<T> =
        (0..tasks).step_by(TASKS_A_TRANSACTION as usize).map(transaction).collect();
    let at = Instant::now();
    for group in all.chunks_mut(TRANSACTIONS_A_COMMIT) {
        let mut group: Vec<_> = group.iter_mut().map(|one| one as &mut dyn Transaction).collect();
        core.apply(&mut group);
    }
    tasks as f64 / at.elapsed().as_secs_f64()
}

fn measure(name: &str, tasks: u128, open: &dyn Fn() -> Box<dyn Backend>) {
    let mut core = Core::open(open()).unwrap();
    let placed = run(&mut core, tasks, |first| Place(first, fixture::task("default", 0)));
    let stopped = run(&mut core, tasks, Stop);
    drop(core);
    let at = Instant::now();
    let core = Core::open(open()).unwrap();
    let opened = at.elapsed().as_millis();
    assert_eq!(core.snapshot().tasks().len() as u128, tasks);
    println!("{name:<9} {placed:>8.0} placed/s {stopped:>8.0} stopped/s {opened:>6} ms to open");
}

fn main() {
    let mut args = std::env::args().skip(1);
    let tasks: u128 = args.next().map_or(100_000, |text| text.parse().unwrap());
    let parent = args.next().unwrap_or_else(|| ".".into());
    let memory = Memory::new();
    measure("memory", tasks, &|| Box::new(memory.clone()));
    let dir = tempfile::tempdir_in(parent).unwrap();
    let open = || Embedded::open(dir.path(), Bounds::default()).unwrap();
    measure("embedded", tasks, &|| Box::new(open()));
}
