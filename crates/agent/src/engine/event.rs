//! What goes into the engine and what comes out.

use runtime::ContainerState;
use session_wire::payload;

use super::{Call, Identified, Outcome, Report};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A task of a payload. Its credentials are kept elsewhere.
    Payload {
        /// The task, to run or to stop.
        task: Box<payload::Task>,
        /// The number of the payload.
        seq_num: i64,
    },
    /// A call has come to its end.
    Done {
        /// Of the call.
        id: u64,
        /// What became of it.
        outcome: Outcome,
    },
    /// The container runtime tells something of a container.
    Runtime(
        /// What it tells.
        runtime::Event,
    ),
    /// All containers that carry our label: the answer to [`Effect::List`], and due whenever the
    /// stream of runtime events was opened (again). Before the first one, nothing is started.
    Listed(
        /// In any order.
        Vec<ContainerState>,
    ),
    /// The stream of runtime events has ended.
    RuntimeLost,
    /// The control plane has taken the oldest report of a task, or will never take it.
    Submitted {
        /// The task.
        task: String,
        /// The number of the report.
        number: u64,
    },
    /// What the control plane believes to be here. Answered by [`Effect::VerifyStops`].
    Manifest {
        /// Its number.
        timeline: i64,
        /// To be given back.
        message_id: String,
        /// Everything that is to run here.
        tasks: Vec<Identified>,
    },
    /// The stop candidates that must indeed stop.
    StopsVerified {
        /// Of the manifest.
        message_id: String,
        /// By ARN.
        tasks: Vec<String>,
    },
    /// The moment of [`Engine::next_due`](super::Engine::next_due) has come.
    Tick,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write [`Engine::task`](super::Engine::task) to disk, durably, before the next effect.
    Save(
        /// The task's ARN.
        String,
    ),
    /// Remove the task from the disk.
    Forget(
        /// The task's ARN.
        String,
    ),
    /// Write [`Engine::watermark`](super::Engine::watermark) and
    /// [`Engine::pulled_images`](super::Engine::pulled_images) to disk.
    SaveInstance,
    /// Make a call.
    Call(
        /// The call.
        Call,
    ),
    /// List the containers that carry our label.
    List,
    /// Bring a report to the control plane, however long it takes; then [`Event::Submitted`]. There
    /// is one at a time for each task.
    Submit(
        /// The report.
        Box<Report>,
    ),
    /// The health of a container of this task has changed.
    HealthChanged(
        /// The task's ARN.
        String,
    ),
    /// A manifest was taken; these tasks run here and are not in it. To be acknowledged in any
    /// case, and asked about when there are any. A manifest without this effect was too old.
    VerifyStops {
        /// Of the manifest.
        message_id: String,
        /// By ARN.
        candidates: Vec<String>,
    },
}
