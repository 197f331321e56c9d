//! The one binary: it reads the command line and starts what was asked for.

mod agent;
mod args;
mod control_plane;
mod env;
mod server;
mod signals;
mod sim;
mod up;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use args::{Cli, Command};
use clap::Parser;
use mimalloc::MiMalloc;
use tracing_subscriber::EnvFilter;

/// The control plane is a place of many small rows that come and go: see docs/performance.md, "Tasks
/// placed a second, end to end".
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter =
        EnvFilter::try_from_env("LONGSHORE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(io::stderr(), "longshore: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> io::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match command {
        Command::Up(args) => runtime.block_on(up::run(args)),
        Command::Agent(args) => runtime.block_on(agent::run(args)),
        Command::Server(args) => runtime.block_on(server::run(args)),
        Command::Sim(args) => sim::run(&args),
        Command::Env(args) => {
            env::lines(&args)?.iter().try_for_each(|line| writeln!(io::stdout(), "{line}"))
        }
        Command::Client(command) => {
            let code = runtime.block_on(cli::run(command, env::root_key));
            return Ok(code.unwrap_or_else(|error| {
                let _ = writeln!(io::stderr(), "longshore: {error}");
                // 1 is for answers that are no error, such as a failed deployment.
                ExitCode::from(2)
            }));
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Says on standard output that clients are served. It is the first line there.
fn ready(url: &str) {
    // Whoever closed standard output does not want to know.
    let _ = writeln!(io::stdout(), "ready {url}");
    let _ = io::stdout().flush();
}
