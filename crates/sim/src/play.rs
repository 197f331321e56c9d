//! Many histories at once.

use std::{
    any::Any,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{Broken, Failure, Summary, World};

/// Plays the history of a seed. A panic is a failure like any other.
pub fn one(seed: u64) -> Result<Summary, Failure> {
    let mut world = World::new(seed);
    // After a panic the world is only asked how far it came.
    let played = catch_unwind(AssertUnwindSafe(|| world.run()));
    played.unwrap_or_else(|panic| Err(world.failure(Broken::new("nothing-panics", text(&*panic)))))
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Plays the seeds, on as many threads as are said, until so many rollouts are over; of several
/// failures, the one with the smallest seed is told.
pub fn many(seeds: Range<u64>, rollouts_max: u64, threads: usize) -> Result<Summary, Failure> {
    let (next, rollouts) = (AtomicU64::new(seeds.start), AtomicU64::new(0));
    let total = Mutex::new(Ok(Summary::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while rollouts.load(Ordering::Relaxed) < rollouts_max {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let played = one(seed);
                    let count = played.as_ref().map_or(u64::MAX / 2, |s| s.rollouts.count());
                    rollouts.fetch_add(count, Ordering::Relaxed);
                    note(&mut total.lock().unwrap_or_else(PoisonError::into_inner), played);
                }
            });
        }
    });
    total.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn note(total: &mut Result<Summary, Failure>, played: Result<Summary, Failure>) {
    match (total, played) {
        (Ok(total), Ok(summary)) => total.add(&summary),
        (total @ Ok(_), Err(failure)) => *total = Err(failure),
        (Err(first), Err(failure)) if failure.seed < first.seed => *first = failure,
        (Err(_), _) => {}
    }
}
