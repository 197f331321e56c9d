//! The state machine: two statuses, six inputs, one total function.

use alloc::string::String;
use core::fmt::Write;

use model::{DesiredStatus, TaskStatus};

/// The two statuses of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// What is; it only rises.
    pub last: TaskStatus,
    /// What is wanted; it goes from RUNNING to STOPPED once.
    pub desired: DesiredStatus,
}

/// What can happen to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A container instance was found for it.
    Placed,
    /// Its agent reports PENDING.
    ReportedPending,
    /// Its agent reports RUNNING.
    ReportedRunning,
    /// Its agent reports STOPPED.
    ReportedStopped,
    /// Somebody wants it to stop, or an essential container of it has ended.
    StopRequested,
    /// Its agent will never report again: the instance is gone.
    Abandoned,
}

impl Input {
    /// Every input.
    pub const ALL: [Input; 6] = [
        Input::Placed,
        Input::ReportedPending,
        Input::ReportedRunning,
        Input::ReportedStopped,
        Input::StopRequested,
        Input::Abandoned,
    ];

    fn name(self) -> &'static str {
        match self {
            Input::Placed => "placed",
            Input::ReportedPending => "agent reports PENDING",
            Input::ReportedRunning => "agent reports RUNNING",
            Input::ReportedStopped => "agent reports STOPPED",
            Input::StopRequested => "stop requested",
            Input::Abandoned => "instance gone",
        }
    }
}

/// What a task's statuses become. Whatever is late or repeated changes nothing.
///
/// A task that no agent has can be stopped at once; one in PENDING waits for its agent to confirm;
/// one that runs is STOPPING until then.
pub fn step(state: State, input: Input) -> State {
    use TaskStatus::{Deactivating, Pending, Provisioning, Running, Stopped, Stopping};
    if state.last >= Stopped {
        return State { last: state.last, desired: DesiredStatus::Stopped };
    }
    let stopping = state.desired == DesiredStatus::Stopped;
    let (target, desired) = match input {
        Input::Placed | Input::ReportedPending => (Pending, state.desired),
        Input::ReportedRunning if stopping => (Stopping, state.desired),
        Input::ReportedRunning => (Running, state.desired),
        Input::ReportedStopped | Input::Abandoned => (Stopped, DesiredStatus::Stopped),
        Input::StopRequested if stopping => (state.last, state.desired),
        Input::StopRequested => {
            let target = match state.last {
                Provisioning => Stopped,
                Pending => Pending,
                Deactivating => Deactivating,
                _ => Stopping,
            };
            (target, DesiredStatus::Stopped)
        }
    };
    State { last: state.last.max(target), desired }
}

fn states() -> impl Iterator<Item = State> {
    let desired = [DesiredStatus::Running, DesiredStatus::Stopped];
    desired
        .into_iter()
        .flat_map(|desired| TaskStatus::ALL.iter().map(move |&last| State { last, desired }))
}

/// Every state with every input, one line each: the snapshot that a change must be seen in.
pub fn matrix() -> String {
    let mut text = String::new();
    for state in states() {
        for input in Input::ALL {
            let next = step(state, input);
            let same = if next == state { "  (no change)" } else { "" };
            writeln!(
                text,
                "{:<14} {:<8} | {:<21} -> {:<14} {:<8}{same}",
                state.last.as_str(),
                state.desired.as_str(),
                input.name(),
                next.last.as_str(),
                next.desired.as_str(),
            )
            .expect("invariant: a String takes what is written");
        }
    }
    text
}

/// The states that a task of a container instance goes through, with their names in the picture.
/// The remaining ones are for load balancers and network interfaces.
const DRAWN: [(State, &str); 6] = {
    use DesiredStatus::{Running as Run, Stopped as Stop};
    use TaskStatus::{Pending, Provisioning, Running, Stopped, Stopping};
    [
        (State { last: Provisioning, desired: Run }, "PROVISIONING"),
        (State { last: Pending, desired: Run }, "PENDING"),
        (State { last: Pending, desired: Stop }, "PENDING_to_stop"),
        (State { last: Running, desired: Run }, "RUNNING"),
        (State { last: Stopping, desired: Stop }, "STOPPING"),
        (State { last: Stopped, desired: Stop }, "STOPPED"),
    ]
};

/// The changes between these states, as a Mermaid diagram for the docs.
pub fn diagram() -> String {
    let mut text = String::from("stateDiagram-v2\n    [*] --> PROVISIONING\n");
    for (state, name) in DRAWN {
        for input in Input::ALL {
            let next = step(state, input);
            let drawn = DRAWN.iter().find(|(drawn, _)| *drawn == next && next != state);
            if let Some((_, next)) = drawn {
                writeln!(text, "    {name} --> {next}: {}", input.name())
                    .expect("invariant: a String takes what is written");
            }
        }
    }
    text.push_str("    STOPPED --> [*]\n");
    text
}
