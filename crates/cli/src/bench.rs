//! `longshore bench placement`: how many tasks a second this machine places.

use std::{io::Write, process::ExitCode, time::Instant};

use clap::{Args, Subcommand};
use placement::bench::{HEAD, Load, ROUNDS, SIZES};

use crate::Error;

/// `longshore bench`
#[derive(Clone, Debug, Args)]
pub struct BenchArgs {
    /// What to measure.
    #[command(subcommand)]
    pub what: What,
}

/// What can be measured.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// Placements a second, and the time of one, by strategy and number of container instances.
    Placement(PlacementArgs),
}

/// `longshore bench placement`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore bench placement
  longshore bench placement --instances 5000,100000 --load 'zone, binpack'")]
pub struct PlacementArgs {
    /// Numbers of container instances.
    #[arg(long, value_delimiter = ',', value_name = "COUNT,...", default_values_t = SIZES,
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub instances: Vec<u32>,
    /// Placements in each measurement.
    #[arg(long, default_value_t = ROUNDS as u32, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Only the load of this name.
    #[arg(long)]
    pub load: Option<String>,
}

/// Prints the table, a load's lines as soon as it is measured.
pub fn run(args: &BenchArgs, out: &mut impl Write) -> Result<ExitCode, Error> {
    let What::Placement(args) = &args.what;
    let begun = Instant::now();
    let wanted = |load: &Load| args.load.as_ref().is_none_or(|name| name == load.name);
    let loads: Vec<Load> = Load::all().into_iter().filter(wanted).collect();
    if loads.is_empty() {
        let names: Vec<&str> = Load::all().iter().map(|load| load.name).collect();
        writeln!(std::io::stderr(), "longshore: the loads are: {}", names.join("; "))?;
        return Ok(ExitCode::from(2));
    }
    if cfg!(debug_assertions) {
        writeln!(std::io::stderr(), "longshore: this is a debug build; its figures say little")?;
    }
    writeln!(out, "{HEAD}")?;
    for load in loads {
        let now_ns = || begun.elapsed().as_nanos() as u64;
        for figures in load.measure(&args.instances, args.rounds as usize, now_ns) {
            writeln!(out, "{figures}")?;
        }
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: BenchArgs,
    }

    fn bench(line: &[&str]) -> (String, ExitCode) {
        let args = Line::try_parse_from(line).expect("a command line").args;
        let mut out = Vec::new();
        let code = run(&args, &mut out).expect("it runs");
        (String::from_utf8(out).expect("text"), code)
    }

    #[test]
    fn every_load_gives_a_line_for_every_size() {
        let (told, code) =
            bench(&["bench", "placement", "--instances", "30,90", "--rounds", "100"]);
        assert_eq!(code, ExitCode::SUCCESS);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 1 + 2 * Load::all().len());
        assert!(lines.iter().all(|line| line.len() == HEAD.len()), "{told}");
    }

    #[test]
    fn a_load_that_is_not_there_is_refused() {
        let line = ["bench", "placement", "--load", "fastest"];
        assert_eq!(bench(&line), (String::new(), ExitCode::from(2)));
    }
}
