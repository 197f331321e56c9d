//! The commands of `longshore` that talk to a running control plane as any client does.
//!
//! A command is a file of its own: its arguments, which flatten [`ConnectArgs`], and a `run` that gets
//! the [`Client`] and where to write. To add one, write that file and name it in [`Command`] and
//! [`run`].

mod connect;
mod error;
mod waiting;

use std::{io, path::Path, process::ExitCode};

use clap::Subcommand;
use client::Credentials;

pub use connect::ConnectArgs;
pub use error::Error;

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say which services wait, and for what.
    Waiting(waiting::WaitingArgs),
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
    };
    match ended {
        // Whoever closed standard output has seen enough.
        Err(Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        ended => ended,
    }
}
