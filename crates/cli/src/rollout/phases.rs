//! How the phases of tasks are told to people.

use wire::longshore::phase::{Tally, TaskPhase};

/// The phases of tasks that are not STOPPED, the best first.
pub const ORDER: [TaskPhase; 5] = [
    TaskPhase::Healthy,
    TaskPhase::Warming,
    TaskPhase::Pending,
    TaskPhase::Unhealthy,
    TaskPhase::Stopping,
];

/// How many tasks there are of each phase that has any, as `told` has it; `none` where there is none.
pub fn in_words(tally: Tally, separator: &str, told: impl Fn(u32, TaskPhase) -> String) -> String {
    let counts = ORDER.iter().map(|phase| (tally.of(*phase), *phase));
    let some: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, phase)| told(count, phase)).collect();
    if some.is_empty() { "none".into() } else { some.join(separator) }
}

/// A phase in a word.
pub fn name(phase: TaskPhase) -> &'static str {
    match phase {
        TaskPhase::Healthy => "healthy",
        TaskPhase::Warming => "warming",
        TaskPhase::Pending => "pending",
        TaskPhase::Unhealthy => "unhealthy",
        TaskPhase::Stopping => "stopping",
        TaskPhase::Stopped => "stopped",
    }
}
