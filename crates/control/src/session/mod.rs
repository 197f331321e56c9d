//! Sessions with agents: the sockets of the agent protocol.
//!
//! Sessions are level-triggered. What an agent should know is read from the state whenever something
//! of its container instance changed; a socket that breaks loses nothing, since the next one begins
//! with everything again.

pub mod acs;
mod hub;
pub mod outbox;
pub mod payload;
pub mod presence;
pub mod tcs;
pub(crate) mod upgrade;

use std::time::Duration;

use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

pub use hub::{Hub, InstanceKey, touched};

/// A tick every so many milliseconds, the first after one period.
fn every(ms: u64) -> Interval {
    let period = Duration::from_millis(ms);
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
