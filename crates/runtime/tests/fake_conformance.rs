//! The fake passes what Docker Engine has to pass.

use std::future::{Ready, ready};
use std::sync::Arc;

use runtime::conformance::{Bench, Program};
use runtime::fake::{FakeEngine, FakeRuntime, Script};
use runtime::{ContainerSpec, ErrorKind, HealthStatus, LogLine, LogStream, RuntimeError};
use serde_json::json;

const PROGRAMS: [Program; 7] = [
    Program::RunsUntilStopped,
    Program::IgnoresStop,
    Program::ExitsWith7,
    Program::CannotStart,
    Program::RunsOutOfMemory,
    Program::BecomesHealthy,
    Program::BecomesUnhealthy,
];

fn bench() -> Ready<((), Bench)> {
    let mut engine = FakeEngine::new(1, 1_795_564_507_000);
    for program in PROGRAMS {
        engine.add_local_image(&image(program), script(program));
    }
    ready(((), Bench::new(Arc::new(FakeRuntime::leaping(engine)), "fake", spec)))
}

fn image(program: Program) -> String {
    format!("programs/{}:1", format!("{program:?}").to_lowercase())
}

fn spec(program: Program) -> ContainerSpec {
    let mut spec = ContainerSpec::new("", image(program));
    if matches!(program, Program::BecomesHealthy | Program::BecomesUnhealthy) {
        spec.config.insert("Healthcheck".into(), json!({ "Test": ["CMD", "check"] }));
    }
    spec
}

fn script(program: Program) -> Script {
    let lines = |texts: &[&str]| -> Vec<LogLine> {
        let line = |text: &&str| LogLine { stream: LogStream::Stdout, text: (*text).to_owned() };
        texts.iter().map(line).collect()
    };
    match program {
        Program::RunsUntilStopped => {
            Script { stop_exit_code: 3, logs: lines(&["ready"]), ..Script::default() }
        }
        Program::IgnoresStop => {
            Script { ignores_stop_signal: true, logs: lines(&["ready"]), ..Script::default() }
        }
        Program::ExitsWith7 => {
            Script { logs: lines(&["one", "two", "three"]), ..Script::exits(20, 7) }
        }
        Program::CannotStart => {
            let message = "OCI runtime create failed: stat /nonexistent: no such file or directory";
            let error = RuntimeError::lasting(ErrorKind::CannotStartContainer, message);
            Script { start_error: Some(error), ..Script::default() }
        }
        Program::RunsOutOfMemory => Script::runs_out_of_memory(50),
        Program::BecomesHealthy => Script::becomes(HealthStatus::Healthy, 1000),
        Program::BecomesUnhealthy => Script {
            health_output: "no good".into(),
            ..Script::becomes(HealthStatus::Unhealthy, 2000)
        },
    }
}

runtime::conformance_suite!(bench);
