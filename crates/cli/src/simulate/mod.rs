//! `longshore simulate`: what would happen if tasks were placed on a cluster, or a service scaled,
//! told from documents of the aws CLI. Nothing is touched.

mod given;
mod steps;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use self::{
    given::{Amount, constraint, strategy},
    steps::Outcome,
};
use crate::{Error, documents::Documents, map};

/// `longshore simulate`
#[derive(Clone, Debug, Args)]
#[command(after_help = "FILE holds what `aws ecs` describe-container-instances, describe-tasks, \
describe-task-definition and describe-services print, in any order.
The exit code is 0 when every task found a place, 1 when one did not, and 2 when nothing was tried.

Examples:
  longshore simulate cluster.json --place web:3=6 --strategy spread:attribute:ecs.availability-zone
  longshore simulate *.json --scale web=2
  longshore simulate *.json --place db:1=3 --constraint distinctInstance --constraint 'memberOf:attribute:disk == ssd'")]
pub struct SimulateArgs {
    /// The documents; - is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Place so many new tasks of a task definition; may be given more than once.
    #[arg(long = "place", value_name = "FAMILY:REVISION=COUNT")]
    pub places: Vec<Amount>,
    /// Bring a service to so many tasks, up or down; may be given more than once.
    #[arg(long = "scale", value_name = "SERVICE=COUNT")]
    pub scales: Vec<Amount>,
    /// The task group of what is placed. [default: service:FAMILY]
    #[arg(long)]
    pub group: Option<String>,
    /// random, spread:FIELD or binpack:FIELD, in order. [default: those of the service, else over zones,
    /// then over instances]
    #[arg(long = "strategy", value_name = "STRATEGY", value_parser = strategy)]
    pub strategies: Vec<model::PlacementStrategy>,
    /// distinctInstance or memberOf:EXPRESSION, besides those of the task definition. [default: those
    /// of the service]
    #[arg(long = "constraint", value_name = "CONSTRAINT", value_parser = constraint)]
    pub constraints: Vec<model::PlacementConstraint>,
    /// Decides among equally good instances.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
}

/// Does what was asked, in memory, and prints it with the map of what came of it.
pub fn run(args: &SimulateArgs, out: &mut impl Write) -> Result<ExitCode, Error> {
    let told = Documents::of_files(&args.files)
        .map_err(|error| error.to_string())
        .and_then(|mut documents| steps::all(args, &mut documents).map(|o| (documents, o)));
    let (documents, outcomes) = match told {
        Ok(told) => told,
        Err(message) => {
            writeln!(std::io::stderr(), "longshore: {message}")?;
            return Ok(ExitCode::from(2));
        }
    };
    for outcome in &outcomes {
        outcome.tell(&documents.cluster, out)?;
    }
    map::print(&documents.cluster, out)?;
    let all_placed = outcomes.iter().all(Outcome::is_whole);
    Ok(if all_placed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests;
