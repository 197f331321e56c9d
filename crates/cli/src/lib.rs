//! The commands of `longshore` that talk to a running control plane as any client does, and those
//! that work on what a control plane said.
//!
//! A command is a file of its own: its arguments, which flatten [`ConnectArgs`], and a `run` that gets
//! the [`Client`] and where to write. To add one, write that file and name it in [`Command`] and
//! [`run`].

mod audit;
mod bench;
mod connect;
mod documents;
mod error;
mod explain;
mod hosts;
mod iam;
mod map;
mod query;
mod rollout;
mod simulate;
mod waiting;

use std::{io, path::Path, process::ExitCode};

use clap::Subcommand;
use client::Credentials;

pub use connect::ConnectArgs;
pub use documents::Unreadable;
pub use error::Error;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say which services wait, and for what.
    Waiting(waiting::WaitingArgs),
    /// Say where the next task of a service would go, or why a task is where it is.
    Explain(explain::ExplainArgs),
    /// Say which container instances an expression of the cluster query language selects, and why.
    Query(query::QueryArgs),
    /// Try placements and scaling on what `aws ecs describe-...` printed, without touching anything.
    Simulate(simulate::SimulateArgs),
    /// Say who called what, and whether they were allowed to.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Say what IAM would say to a request, and to whom it would say yes.
    Iam(iam::IamArgs),
    /// Make, list and take back the tokens by which hosts join.
    Token(hosts::TokenArgs),
    /// List the hosts that have joined, and take the key of one back.
    Host(hosts::HostArgs),
    /// Measure this machine.
    Bench(bench::BenchArgs),
    /// Watch a service move from one revision to the next, or plan it.
    #[command(subcommand)]
    Rollout(rollout::RolloutCommand),
}

/// Runs a command; its exit code. `root_key` reads the root key of a data directory, or of the default
/// one.
pub async fn run(
    command: Command,
    root_key: impl Fn(Option<&Path>) -> io::Result<Credentials>,
) -> Result<ExitCode, Error> {
    let mut out = io::stdout();
    let ended = match command {
        Command::Waiting(args) => waiting::run(&args.connect.connect(root_key)?, &mut out).await,
        Command::Explain(args) => {
            explain::run(&args.connect.connect(root_key)?, &args, &mut out).await
        }
        Command::Query(args) => {
            query::run(&args, || args.connect.connect(root_key), &mut out).await
        }
        Command::Simulate(args) => simulate::run(&args, &mut out),
        Command::Audit(command) => {
            audit::run(&command, &command.connect().connect(root_key)?, &mut out).await
        }
        Command::Iam(args) => iam::run(&args.connect().connect(root_key)?, &args, &mut out).await,
        Command::Token(args) => {
            hosts::token(&args.connect().connect(root_key)?, &args, &mut out).await
        }
        Command::Host(args) => {
            hosts::host(&args.connect().connect(root_key)?, &args, &mut out).await
        }
        Command::Bench(args) => bench::run(&args, &mut out),
        Command::Rollout(command) => {
            let client = command.connect().connect(root_key)?;
            rollout::run(command, &client, &mut out).await
        }
    };
    match ended {
        // Whoever closed standard output has seen enough.
        Err(Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        ended => ended,
    }
}
