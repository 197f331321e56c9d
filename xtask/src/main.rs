//! The project's own chores, one subcommand each: `cargo xtask tidy`, `docs`, `codegen`, `model`.
#![allow(clippy::print_stdout, reason = "a command-line tool talks to its user")]

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <chore>

  tidy                     hold the repository to the project's own rules
  docs                     write the table of operations in docs/compatibility.md
  codegen                  write crates/wire/src/generated/ from models/
  model ID SERVICE_2_JSON  write the model of the service ID (ecs, iam, sts) in models/ from
                           botocore's service-2.json[.gz]
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["tidy"] => xtask::tidy::run(),
        ["docs"] => xtask::docs::run(),
        ["codegen"] => xtask::codegen::run(),
        ["model", id, source] => xtask::services::find(id)
            .and_then(|service| xtask::model::run(service, source.as_ref())),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            println!("{message}");
            ExitCode::FAILURE
        }
    }
}
