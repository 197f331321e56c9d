//! The time of one decision, and of parsing a document, against the number of statements.
//!
//! `cargo bench -p iam` prints a table; `-- 10 250` names other numbers of statements.
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::{hint::black_box, time::Instant};

use iam::{Context, Grammar, Named, Policies, Policy, Principal, Request, decide};

const SIZES: [usize; 4] = [1, 10, 100, 250];
/// The smallest of so many short rounds is shown: what else runs only adds to a time.
const ROUNDS: usize = 2_000;
const DECISIONS: u32 = 100;

fn main() {
    let named: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>12}",
        "statements", "allowed", "last", "denied", "parse"
    );
    println!("{:>10} {:>12} {:>12} {:>12} {:>12}", "", "ns", "ns", "ns", "us");
    for size in sizes {
        measure(size.max(1));
    }
}

fn measure(size: usize) {
    let text = document(size);
    let policy = Policy::parse(&text, Grammar::Identity).expect("invariant: the document is whole");
    let identity = [Named { name: "role", policy: &policy }];
    let policies = Policies { identity: &identity, ..Policies::default() };
    let context = context();
    let time = |service: usize, action: &str| {
        let resource = format!("arn:aws:ecs:eu-west-1:111122223333:service/prod/web-{service}");
        let request = Request {
            principal: Principal::AssumedRole {
                role_arn: "arn:aws:iam::111122223333:role/web",
                session_arn: "arn:aws:sts::111122223333:assumed-role/web/s",
            },
            action,
            resource: &resource,
            context: &context,
        };
        let expected = action != "ecs:DeleteCluster";
        smallest(|| {
            let begun = Instant::now();
            for _ in 0..DECISIONS {
                let decision = decide(black_box(&request), black_box(&policies));
                assert_eq!(decision.is_allowed(), expected);
            }
            (begun.elapsed() / DECISIONS).as_nanos()
        })
    };
    let (first, last) = (time(0, "ecs:UpdateService"), time(size - 1, "ecs:UpdateService"));
    let denied = time(0, "ecs:DeleteCluster");
    let parse = smallest(|| {
        let begun = Instant::now();
        black_box(Policy::parse(black_box(&text), Grammar::Identity).is_ok());
        begun.elapsed().as_micros()
    });
    println!("{size:>10} {first:>12} {last:>12} {denied:>12} {parse:>12}");
}

fn smallest(measure: impl Fn() -> u128) -> u128 {
    (0..ROUNDS).map(|_| measure()).min().unwrap_or_default()
}

/// Statements about services of ECS with a wildcard, a variable and two conditions each.
fn document(size: usize) -> String {
    let statements: Vec<String> = (0..size)
        .map(|index| {
            format!(
                r#"{{"Sid": "Service{index}", "Effect": "Allow",
                    "Action": ["ecs:Describe*", "ecs:UpdateService", "s3:GetObject"],
                    "Resource": "arn:aws:ecs:*:111122223333:service/${{aws:PrincipalTag/stage}}/web-{index}",
                    "Condition": {{
                        "ArnLike": {{"ecs:cluster": "arn:aws:ecs:*:*:cluster/prod*"}},
                        "StringEquals": {{"aws:ResourceTag/team": ["red", "blue"]}}}}}}"#
            )
        })
        .collect();
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
}

/// About as many keys as a call has.
fn context() -> Context {
    Context::from_iter([
        ("aws:CurrentTime", "2026-11-25T10:00:00Z"),
        ("aws:EpochTime", "1795600800"),
        ("aws:PrincipalAccount", "111122223333"),
        ("aws:PrincipalArn", "arn:aws:iam::111122223333:role/web"),
        ("aws:PrincipalType", "AssumedRole"),
        ("aws:userid", "AROAEXAMPLE:s"),
        ("aws:SourceIp", "203.0.113.9"),
        ("aws:SecureTransport", "true"),
        ("aws:UserAgent", "aws-cli/2"),
        ("aws:RequestedRegion", "eu-west-1"),
        ("aws:PrincipalTag/stage", "prod"),
        ("aws:ResourceTag/team", "blue"),
        ("ecs:cluster", "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"),
        ("ecs:service", "arn:aws:ecs:eu-west-1:111122223333:service/prod/web-0"),
    ])
}
