//! `longshore rollout`: how a service moves from one revision to the next.

mod draw;
mod outcome;
mod phases;
mod plain;
mod plan;
mod screen;
mod seen;
mod watch;

use std::{io::Write, process::ExitCode};

use clap::Subcommand;
use client::Client;

use crate::{ConnectArgs, Error};

/// `longshore rollout`
#[derive(Clone, Debug, Subcommand)]
pub enum RolloutCommand {
    /// Watch a service's rollout as it goes, until the service is steady or its deployment failed.
    Watch(watch::WatchArgs),
    /// Print the frames that a rollout would go through, without touching anything.
    Plan(plan::PlanArgs),
}

impl RolloutCommand {
    /// The control plane to talk to.
    pub fn connect(&self) -> &ConnectArgs {
        match self {
            RolloutCommand::Watch(args) => &args.connect,
            RolloutCommand::Plan(args) => &args.connect,
        }
    }
}

/// Runs the command; its exit code.
pub async fn run(
    command: RolloutCommand,
    client: &Client,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    match command {
        RolloutCommand::Watch(args) => watch::run(&args, client, out).await,
        RolloutCommand::Plan(args) => plan::run(&args, client, out).await,
    }
}
