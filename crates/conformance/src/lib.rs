//! What real clients see of the API: boto3 and the aws CLI against a control plane in memory.
//!
//! The checks are scripts in `python/`, one for each part of the API; `suite.py` says how they are
//! written. Container instances are agents that run nothing (`agent.py`), so none of it needs a
//! container engine. A script by hand, against anything that speaks the API:
//!
//! ```sh
//! eval "$(longshore env)"
//! python3 crates/conformance/python/clusters.py
//! ```

use std::{path::PathBuf, process::Command};

use e2e::World;

/// Runs all checks of one script against a control plane of its own.
///
/// # Panics
/// If a check fails, with what it said; if the script breaks off or has no check.
#[track_caller]
pub fn run(script: &str) {
    let world = World::new();
    let server = world.server(&["--store", "memory", "--settle", "0s"]);
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/python")).join(script);
    let done = Command::new("python3")
        .arg(path)
        .envs(server.environment.iter().cloned())
        .output()
        .expect("python3 runs");
    let output = String::from_utf8_lossy(&done.stdout);
    let failed: Vec<_> = output.lines().filter(|line| line.starts_with("FAIL ")).collect();
    assert!(failed.is_empty(), "{script}:\n{}", failed.join("\n"));
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{script} broke off:\n{output}{error}");
    assert!(output.lines().any(|line| line.starts_with("ok ")), "{script} has no check");
}
