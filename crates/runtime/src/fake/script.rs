//! What the containers of an image do, and how the engine takes them.

use crate::{HealthStatus, LogLine, RuntimeError};

/// The behaviour of one image and of every container made from it. Times count from the start of
/// the container (each start anew), in milliseconds. The default runs until it is stopped, and
/// ends with 143 as soon as it is asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// How long a pull takes.
    pub pull_ms: u64,
    /// Every pull fails so, after `pull_ms`.
    pub pull_error: Option<RuntimeError>,
    /// The only credentials that the registry takes, as user and password.
    pub registry_login: Option<(String, String)>,
    /// Every create fails so.
    pub create_error: Option<RuntimeError>,
    /// Every start fails so; the container stays as it was, with the message as its error.
    pub start_error: Option<RuntimeError>,
    /// The end it comes to by itself.
    pub exit: Option<Exit>,
    /// The verdicts of its health check and when they come, in order of time. Heard only by
    /// containers whose `Config` has a `Healthcheck`; those start as `Starting`.
    pub health: Vec<(u64, HealthStatus)>,
    /// What its health check writes.
    pub health_output: String,
    /// Whether it waits for SIGKILL.
    pub ignores_stop_signal: bool,
    /// How long it takes to end after the stop signal.
    pub stop_ms: u64,
    /// The exit code after the stop signal.
    pub stop_exit_code: i64,
    /// What it writes, all of it at its start.
    pub logs: Vec<LogLine>,
    /// The CPU it uses while it runs, in thousandths of one.
    pub cpu_millis: u64,
    /// The memory it uses while it runs, in bytes.
    pub memory_bytes: u64,
    /// The environment of the image, as `KEY=value`.
    pub image_env: Vec<String>,
}

/// An end that a container comes to by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// How long it runs.
    pub after_ms: u64,
    /// The exit code.
    pub code: i64,
    /// Whether the kernel kills it for memory.
    pub oom_killed: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            pull_ms: 0,
            pull_error: None,
            registry_login: None,
            create_error: None,
            start_error: None,
            exit: None,
            health: Vec::new(),
            health_output: String::new(),
            ignores_stop_signal: false,
            stop_ms: 0,
            stop_exit_code: 143,
            logs: Vec::new(),
            cpu_millis: 0,
            memory_bytes: 0,
            image_env: Vec::new(),
        }
    }
}

impl Script {
    /// Runs for `after_ms` and exits with `code`.
    pub fn exits(after_ms: u64, code: i64) -> Self {
        let exit = Some(Exit { after_ms, code, oom_killed: false });
        Self { exit, ..Self::default() }
    }

    /// Runs for `after_ms` and is killed for memory: code 137.
    pub fn runs_out_of_memory(after_ms: u64) -> Self {
        let exit = Some(Exit { after_ms, code: 137, oom_killed: true });
        Self { exit, ..Self::default() }
    }

    /// Runs, and its health check comes to this verdict after `after_ms`.
    pub fn becomes(status: HealthStatus, after_ms: u64) -> Self {
        Self { health: vec![(after_ms, status)], ..Self::default() }
    }
}
