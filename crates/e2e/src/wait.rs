//! The one place where a test waits.

use std::{
    thread,
    time::{Duration, Instant},
};

/// How long between two looks. An aws CLI call of ours takes about 30 ms.
const BETWEEN: Duration = Duration::from_millis(100);

/// So many seconds.
pub const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// Asks `probe` until it answers `Ok`, and gives that. Panics after `within`, with what `probe` saw
/// last: its `Err` describes what is there instead.
#[track_caller]
pub fn eventually<T>(
    what: &str,
    within: Duration,
    mut probe: impl FnMut() -> Result<T, String>,
) -> T {
    let deadline = Instant::now() + within;
    loop {
        match probe() {
            Ok(seen) => return seen,
            Err(seen) if Instant::now() >= deadline => {
                panic!("after {} s still not: {what}; instead: {seen}", within.as_secs())
            }
            Err(_) => thread::sleep(BETWEEN),
        }
    }
}
