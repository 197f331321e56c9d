//! Every number of the agent's edges; those of the engine stand where they are used.

use std::time::Duration;

/// Dialling and upgrading a session.
pub const DIAL: Duration = Duration::from_secs(30);
/// A session without a message from the control plane is closed after this, and up to as long
/// again at random.
pub const INACTIVITY: Duration = Duration::from_mins(1);
/// A session is renewed after this, so that control planes can be replaced.
pub const SESSION_AGE: Duration = Duration::from_mins(30);
/// Up to this long more, at random.
pub const SESSION_AGE_JITTER: Duration = Duration::from_mins(5);
/// How long to stay away after the control plane said that the instance is deregistered.
pub const INACTIVE_PAUSE: Duration = Duration::from_hours(1);
/// Health, metrics and status go out this often even when nothing changed.
pub const PUBLISH_PERIOD: Duration = Duration::from_secs(20);
/// Tasks in one telemetry message.
pub const TASKS_PER_PAGE: usize = 10;
/// Events that may wait for the engine.
pub const EVENT_QUEUE: usize = 1024;
/// Events that are taken in together, to share a write to disk.
pub const EVENTS_AT_ONCE: usize = 256;
/// Runtime calls at the same time, those that take long not counted.
pub const RUNTIME_CALLS: usize = 64;
/// Reports on their way at the same time.
pub const SUBMISSIONS: usize = 10;
/// The largest frame that is taken: a payload of many tasks.
pub const FRAME_BYTES: usize = 16 << 20;
/// Between two attempts to reach a container runtime that is away.
pub const RUNTIME_PAUSE: Duration = Duration::from_secs(1);
/// Connections that may wait to be taken by an endpoint.
pub const BACKLOG: u32 = 1024;
/// Before a connection is taken again, after that failed.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How long whoever asks an endpoint may take to say what.
pub const QUESTION: Duration = Duration::from_secs(5);
/// From a connection to an endpoint to the end of the answer.
pub const CONVERSATION: Duration = Duration::from_secs(30);
/// Requests of one address that are answered at the same time.
pub const QUESTIONS_OF_ONE: usize = 32;
/// The longest body of a request to an endpoint.
pub const QUESTION_BYTES: usize = 16 << 10;
/// The longest answer that another process of the host gives.
pub const ANSWER_BYTES: usize = 4 << 20;
/// Other processes of the host that are asked.
pub const PEERS: usize = 64;
