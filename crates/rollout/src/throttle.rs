//! The back-off for tasks that stop before they ever ran.
//!
//! ECS says that the delay grows up to 27 minutes and that it never gives up; how it grows, it does
//! not say. Here it doubles from one second. Failures of tasks that were started together are one
//! step, however many they are.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html>

use model::{Throttle, Timestamp};

/// The delay after the first failure.
pub const BACK_OFF_FIRST_MS: i64 = 1_000;
/// The longest delay.
pub const BACK_OFF_MAX_MS: i64 = 27 * 60 * 1_000;
/// The step at which the service says so in an event.
const STEP_TOLD: u32 = 3;

/// Takes note of a task, started at `created_at`, that stopped without having run. True when this
/// is the moment to tell.
pub(crate) fn step(throttle: &mut Throttle, created_at: Timestamp, now: Timestamp) -> bool {
    if throttle.retry_at.is_some_and(|retry_at| created_at < retry_at) {
        return false;
    }
    throttle.failure_count = throttle.failure_count.saturating_add(1);
    let doublings = (throttle.failure_count - 1).min(20);
    let delay_ms = (BACK_OFF_FIRST_MS << doublings).min(BACK_OFF_MAX_MS);
    throttle.retry_at = Some(now.plus_ms(delay_ms));
    throttle.failure_count == STEP_TOLD
}
