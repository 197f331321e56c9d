//! `longshore waiting`: which services wait, and for what.

use std::{io::Write, process::ExitCode};

use clap::Args;
use client::Client;
use serde::Deserialize;

use crate::{ConnectArgs, Error};

/// `longshore waiting`
#[derive(Clone, Debug, Args)]
pub struct WaitingArgs {
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

#[derive(Deserialize)]
struct Answer {
    waiting: Vec<Waiting>,
}

#[derive(Deserialize)]
struct Waiting {
    cluster: Option<String>,
    service: Option<String>,
    why: String,
}

/// Prints one line for each service that waits.
pub async fn run(client: &Client, out: &mut impl Write) -> Result<ExitCode, Error> {
    let answer = client.get("/longshore/v1/waiting", &[]).await?;
    let answer: Answer = serde_json::from_slice(&answer)?;
    if answer.waiting.is_empty() {
        writeln!(out, "nothing waits")?;
    }
    for Waiting { cluster, service, why } in answer.waiting {
        match (cluster, service) {
            (Some(cluster), Some(service)) => writeln!(out, "{cluster}/{service}: {why}")?,
            _ => writeln!(out, "the control plane: {why}")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}
