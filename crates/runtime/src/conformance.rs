//! The behavioural checks that every runtime has to pass.
//!
//! A runtime's tests make a [`Bench`] and call [`conformance_suite!`](crate::conformance_suite),
//! which turns every check into a test. No check sleeps: each waits for an event, or asks until
//! the answer is there; [`LIMIT`] ends a check that waits in vain.

mod container_checks;
mod health_checks;
mod image_checks;
mod network_checks;
mod refusal_checks;
mod volume_checks;

pub use container_checks::*;
pub use health_checks::*;
pub use image_checks::*;
pub use network_checks::*;
pub use refusal_checks::*;
pub use volume_checks::*;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt;

use crate::{
    ContainerId, ContainerRuntime, ContainerSpec, ContainerState, Event, EventKind, EventStream,
    LabelFilter,
};

/// How long a check may take.
pub const LIMIT: Duration = Duration::from_mins(1);

/// The label that everything a bench makes carries; its value is the bench's own.
pub const LABEL: &str = "longshore.conformance";

/// What a container of a check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Writes `ready`, runs until the stop signal, then ends with 3.
    RunsUntilStopped,
    /// Writes `ready`, runs, and takes no notice of the stop signal.
    IgnoresStop,
    /// Writes `one`, `two` and `three` and ends with 7.
    ExitsWith7,
    /// Its command does not exist in the image.
    CannotStart,
    /// Uses more memory than it may.
    RunsOutOfMemory,
    /// Runs, with a health check that passes.
    BecomesHealthy,
    /// Runs, with a health check that writes `no good` and fails.
    BecomesUnhealthy,
}

/// A runtime to check and what the checks need around it.
pub struct Bench {
    runtime: Arc<dyn ContainerRuntime>,
    label: String,
    spec: Box<dyn Fn(Program) -> ContainerSpec + Send + Sync>,
    next: AtomicU32,
}

impl Bench {
    /// A bench that marks what it makes with this value of [`LABEL`]. `spec` says how a container
    /// of the runtime comes to behave so; its image is one that no registry knows.
    pub fn new(
        runtime: Arc<dyn ContainerRuntime>,
        label: impl Into<String>,
        spec: impl Fn(Program) -> ContainerSpec + Send + Sync + 'static,
    ) -> Self {
        Self { runtime, label: label.into(), spec: Box::new(spec), next: AtomicU32::new(0) }
    }

    /// The runtime.
    pub fn runtime(&self) -> &dyn ContainerRuntime {
        &*self.runtime
    }

    /// What this bench made.
    pub fn filter(&self) -> LabelFilter {
        LabelFilter::equals(LABEL, &self.label)
    }

    /// A name that nothing else has.
    pub fn name(&self) -> String {
        format!("{}-{}", self.label, self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// A container to create.
    pub fn spec(&self, program: Program) -> ContainerSpec {
        let mut spec = (self.spec)(program);
        spec.name = self.name();
        spec.set_label(LABEL, &self.label);
        spec
    }

    async fn created(&self, program: Program) -> ContainerId {
        self.runtime.create(&self.spec(program)).await.expect("create")
    }

    async fn started(&self, program: Program) -> ContainerId {
        let id = self.created(program).await;
        self.runtime.start(&id).await.expect("start");
        id
    }

    /// Waits until the program has written `ready`: before that it hears no signal.
    async fn ready(&self, id: &ContainerId) {
        loop {
            let lines = self.runtime.logs(id, 1).await.expect("logs");
            if lines.iter().any(|line| line.text == "ready") {
                return;
            }
        }
    }

    async fn state(&self, id: &ContainerId) -> ContainerState {
        self.runtime.inspect(id).await.expect("inspect")
    }

    async fn events(&self) -> EventStream {
        self.runtime.events(None, &self.filter()).await.expect("events")
    }
}

/// The next event of this container of which `wanted` is true.
async fn next_event(
    events: &mut EventStream,
    id: &ContainerId,
    wanted: impl Fn(EventKind) -> bool,
) -> Event {
    loop {
        let event = events.next().await.expect("the stream goes on").expect("an event");
        if event.container_id == *id && wanted(event.kind) {
            return event;
        }
    }
}

/// Starts a container and waits for its end.
async fn run_to_end(bench: &Bench, events: &mut EventStream, id: &ContainerId) -> Event {
    bench.runtime.start(id).await.expect("start");
    next_event(events, id, |kind| matches!(kind, EventKind::Died { .. })).await
}

/// Turns every check into a test. `$bench` is an `async` function without arguments that gives
/// something to hold on to during the test and a [`Bench`](crate::conformance::Bench). The crate
/// that calls this depends on `tokio`.
#[macro_export]
macro_rules! conformance_suite {
    ($bench:path) => {
        $crate::conformance_suite!(@tests $bench;
            a_container_is_created_started_stopped_and_removed,
            a_container_can_be_started_again,
            the_exit_code_and_the_times_are_kept,
            the_stop_signal_is_heard,
            who_ignores_the_stop_signal_is_killed_after_the_timeout,
            a_kill_ends_with_137,
            a_repeated_verb_is_no_error,
            containers_are_listed_by_label_oldest_first,
            the_last_lines_are_kept,
            a_running_container_has_stats,
            a_container_killed_for_memory_says_so,
            events_of_the_past_are_told_again,
            events_are_filtered_by_label,
            a_health_check_that_passes_is_told,
            a_health_check_that_fails_is_told,
            no_health_check_means_no_health,
            a_local_image_has_an_id_and_no_digest,
            an_image_takes_another_name,
            the_engine_chooses_a_free_port,
            a_taken_port_is_refused_until_it_is_free,
            bridge_gives_an_address_and_host_gives_none,
            an_unknown_container_is_named_so,
            an_unknown_image_is_named_so,
            a_taken_name_is_refused,
            a_command_that_does_not_exist_is_refused_at_the_start,
            a_registry_that_does_not_answer_fails_the_pull,
            volumes_are_created_once_found_by_label_and_removed,
            a_volume_in_use_stays,
        );
    };
    (@tests $bench:path; $($check:ident,)+) => {
        $(
            #[tokio::test]
            async fn $check() {
                let (_hold, bench) = $bench().await;
                let check = $crate::conformance::$check(&bench);
                tokio::time::timeout($crate::conformance::LIMIT, check)
                    .await
                    .expect("the check ends in time");
            }
        )+
    };
}
