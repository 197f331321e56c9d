//! Simulations on a cluster as the aws CLI describes it: three instances that take tasks, in two
//! zones, and one that drains.

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

use super::{SimulateArgs, run};

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    args: SimulateArgs,
}

/// Runs a command line on all documents; what it prints, and its exit code.
fn simulate(options: &[&str]) -> (String, ExitCode) {
    let files = ["services.json", "tasks.json", "definitions.json", "instances.json"];
    simulate_on(&files, options)
}

fn simulate_on(files: &[&str], options: &[&str]) -> (String, ExitCode) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let files: Vec<String> =
        files.iter().map(|file| folder.join(file).display().to_string()).collect();
    let files = files.iter().map(String::as_str);
    let line = ["simulate"].into_iter().chain(files).chain(options.iter().copied());
    let mut out = Vec::new();
    let code = run(&Line::try_parse_from(line).expect("a command line").args, &mut out);
    (String::from_utf8(out).expect("text"), code.expect("it runs"))
}

fn refused(options: &[&str]) -> String {
    let line = ["simulate", "a.json"].into_iter().chain(options.iter().copied());
    Line::try_parse_from(line).expect_err("it is refused").to_string()
}

#[test]
fn a_new_service_spreads_and_takes_its_fixed_port_once_on_each_instance() {
    let (told, code) = simulate(&["--place", "web:3=3"]);
    insta::assert_snapshot!(told);
    assert_eq!(code, ExitCode::FAILURE);
}

#[test]
fn another_service_is_packed_where_the_least_is_left() {
    let (told, code) = simulate(&[
        "--place",
        "db:1=4",
        "--group",
        "service:other",
        "--strategy",
        "binpack:memory",
    ]);
    insta::assert_snapshot!(told);
    assert_eq!(code, ExitCode::SUCCESS);
}

#[test]
fn constraints_of_the_command_line_bind() {
    let member = "memberOf:attribute:stack == prod and not(task:group == service:db)";
    let (told, _) = simulate(&[
        "--place",
        "db:1=2",
        "--constraint",
        member,
        "--constraint",
        "distinctInstance",
    ]);
    insta::assert_snapshot!(told);
}

#[test]
fn scaling_up_follows_the_services_own_strategies_and_constraints() {
    let (told, code) = simulate(&["--scale", "db=5"]);
    insta::assert_snapshot!(told);
    assert_eq!(code, ExitCode::SUCCESS);
}

#[test]
fn scaling_down_gives_up_what_the_strategies_say_and_frees_what_it_held() {
    let (told, code) = simulate(&[
        "--scale", "db=1", "--scale", "web=0", "--place", "web:3=1", "--group", "family:x",
    ]);
    insta::assert_snapshot!(told);
    assert_eq!(code, ExitCode::SUCCESS);
}

#[test]
fn tasks_that_no_document_tells_of_still_hold_what_their_instance_counts() {
    let (told, code) =
        simulate_on(&["instances.json", "definitions.json"], &["--place", "web:3=1"]);
    assert_eq!(code, ExitCode::SUCCESS);
    let line = "  2 tasks that no document tells of: CPU 512, memory 1024 MiB\n";
    assert!(told.contains(line) && told.contains("CPU 1536 of 2048 free"), "{told}");
}

#[test]
fn what_cannot_be_tried_is_said_with_the_exit_code_2() {
    for options in
        [&[][..], &["--place", "api:7=1"], &["--place", "web=1"], &["--scale", "nobody=1"]]
    {
        assert_eq!(simulate(options), (String::new(), ExitCode::from(2)), "{options:?}");
    }
}

#[test]
fn what_is_malformed_is_refused_before_anything_is_read() {
    assert!(refused(&["--place", "web:3"]).contains("expected NAME=COUNT, such as web:3=6"));
    assert!(refused(&["--strategy", "spread"]).contains("expected random, spread:FIELD"));
    assert!(refused(&["--strategy", "binpack:disk"]).contains("binpack takes cpu or memory"));
    let told = refused(&["--constraint", "memberOf:attribute:stack = prod"]);
    assert!(told.contains("at character 17") && told.contains("attribute:stack = prod"), "{told}");
}
