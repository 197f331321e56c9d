//! The rings: a crate is built only from crates of lower rings, and decisions know no outside world.

use std::collections::BTreeMap;

use super::{Finding, Tree};
use crate::tidy::tree::Package;

/// From the inside out; `ARCHITECTURE.md` says what belongs in each.
const RINGS: [&[&str]; 7] = [
    &["arn", "model"],
    &["query", "placement", "rollout", "lifecycle", "iam", "sigv4"],
    &["wire", "session-wire"],
    &[
        "store",
        "store-etcd",
        "runtime",
        "runtime-docker",
        "seal",
        "telemetry",
        "client",
        "access",
        "audit",
    ],
    &["control", "agent", "console", "cli"],
    &["sim"],
    &["longshore"],
];

/// May be built from anything, and no program is built from them.
const BESIDE: [&str; 4] = ["conformance", "e2e", "testkit", "xtask"];

/// The edges inside a ring, each with its reason.
const WITHIN_A_RING: [(&str, &str); 3] = [
    ("model", "arn"),              // the nouns carry the names
    ("placement", "query"),        // memberOf is an expression of the query language
    ("runtime-docker", "runtime"), // an implementation of that trait
];

/// The rings whose crates have neither I/O nor clock.
const PURE_RINGS: usize = 2;

const RULES: &str = "xtask/src/tidy/rings.rs";

fn ring(name: &str) -> Option<usize> {
    RINGS.iter().position(|ring| ring.contains(&name))
}

fn manifest(name: &str) -> String {
    if name == "xtask" { "xtask/Cargo.toml".into() } else { format!("crates/{name}/Cargo.toml") }
}

/// A new crate says where it belongs before anything is built on it.
pub fn every_crate_has_its_ring(tree: &Tree) -> Vec<Finding> {
    let strangers = tree.packages.iter().map(|package| package.name.as_str());
    strangers
        .filter(|name| ring(name).is_none() && !BESIDE.contains(name))
        .map(|name| Finding::of_file(&manifest(name), format!("in no ring: name it in {RULES}")))
        .collect()
}

/// The one-way street that the whole design stands on.
pub fn edges_lead_to_lower_rings(tree: &Tree) -> Vec<Finding> {
    tree.packages
        .iter()
        .flat_map(|package| {
            package.normal.iter().map(|other| (package.name.as_str(), other.as_str()))
        })
        .filter_map(|(from, to)| {
            refusal(from, to).map(|message| Finding::of_file(&manifest(from), message))
        })
        .collect()
}

fn refusal(from: &str, to: &str) -> Option<String> {
    if BESIDE.contains(&from) {
        return None;
    }
    if BESIDE.contains(&to) {
        return Some(format!("`{to}` is for tests and tools: no program is built from it"));
    }
    let (from_ring, to_ring) = (ring(from)?, ring(to)?);
    if to_ring < from_ring || WITHIN_A_RING.contains(&(from, to)) {
        return None;
    }
    Some(format!("ring {from_ring} may not be built from `{to}` of ring {to_ring}"))
}

/// Cargo allows a crate whose tests use a crate that is built from it, but then its types exist
/// twice, and nobody finds a place to start reading.
pub fn no_cycle_by_tests(tree: &Tree) -> Vec<Finding> {
    let packages: BTreeMap<&str, &Package> =
        tree.packages.iter().map(|package| (package.name.as_str(), package)).collect();
    let mut findings = Vec::new();
    for package in packages.values() {
        for used in &package.dev {
            if let Some(way) = way(&packages, used, &package.name) {
                let message =
                    format!("the tests make a cycle: {} -> {}", package.name, way.join(" -> "));
                findings.push(Finding::of_file(&manifest(&package.name), message));
            }
        }
    }
    findings
}

/// A way from one crate to another along dependencies of any kind.
fn way<'a>(
    packages: &BTreeMap<&str, &'a Package>,
    from: &'a str,
    to: &str,
) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(way) = ways.pop() {
        let last = *way.last().expect("invariant: a way has a start");
        if last == to {
            return Some(way);
        }
        let Some(package) = packages.get(last) else { continue };
        for next in package.normal.iter().chain(&package.dev) {
            if !seen.contains(&next.as_str()) {
                seen.push(next);
                ways.push(way.iter().copied().chain([next.as_str()]).collect());
            }
        }
    }
    None
}

/// Without `std` the compiler refuses I/O, clocks and random hash-map order in a decision.
pub fn decisions_are_no_std(tree: &Tree) -> Vec<Finding> {
    let pure = RINGS[..PURE_RINGS].concat();
    let roots = pure.iter().filter_map(|name| tree.file(&format!("crates/{name}/src/lib.rs")));
    roots
        .filter(|file| !file.text.lines().any(|line| line == "#![no_std]"))
        .map(|file| Finding::of_file(&file.path, "rings 0 and 1 are `#![no_std]`"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(edges: &[(&str, &[&str], &[&str])]) -> Tree {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let packages = edges
            .iter()
            .map(|(name, normal, dev)| Package {
                name: (*name).to_owned(),
                normal: names(normal),
                dev: names(dev),
                foreign: Vec::new(),
            })
            .collect();
        Tree { files: Vec::new(), packages }
    }

    fn messages(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_crate_in_no_ring_is_found() {
        let tree = tree(&[("arn", &[], &[]), ("xtask", &[], &[]), ("misc", &[], &[])]);
        assert_eq!(
            messages(&every_crate_has_its_ring(&tree)),
            ["crates/misc/Cargo.toml: in no ring: name it in xtask/src/tidy/rings.rs"]
        );
    }

    #[test]
    fn an_edge_to_a_higher_ring_or_the_same_is_found() {
        let tree = tree(&[
            ("store", &["model", "wire"], &[]),
            ("placement", &["query", "rollout", "store"], &[]),
            ("agent", &["control"], &[]),
        ]);
        assert_eq!(
            messages(&edges_lead_to_lower_rings(&tree)),
            [
                "crates/placement/Cargo.toml: ring 1 may not be built from `rollout` of ring 1",
                "crates/placement/Cargo.toml: ring 1 may not be built from `store` of ring 3",
                "crates/agent/Cargo.toml: ring 4 may not be built from `control` of ring 4",
            ]
        );
    }

    #[test]
    fn tests_may_use_what_a_program_may_not() {
        let tree = tree(&[
            ("longshore", &["e2e"], &[]),
            ("control", &[], &["e2e"]),
            ("e2e", &["control"], &[]),
        ]);
        assert_eq!(
            messages(&edges_lead_to_lower_rings(&tree)),
            [
                "crates/longshore/Cargo.toml: `e2e` is for tests and tools: no program is built from it"
            ]
        );
    }

    #[test]
    fn a_cycle_by_tests_is_found_with_its_way() {
        let tree = tree(&[
            ("model", &["arn"], &["testkit"]),
            ("testkit", &["store"], &[]),
            ("store", &["model"], &["arn"]),
            ("arn", &[], &[]),
        ]);
        assert_eq!(
            messages(&no_cycle_by_tests(&tree)),
            ["crates/model/Cargo.toml: the tests make a cycle: model -> testkit -> store -> model"]
        );
    }

    #[test]
    fn a_decision_with_std_is_found() {
        let tree = Tree::of(&[
            ("crates/arn/src/lib.rs", "//! a\n#![no_std]\n"),
            ("crates/rollout/src/lib.rs", "//! r, without #![no_std]\n"),
            ("crates/store/src/lib.rs", "//! s\n"),
        ]);
        assert_eq!(
            messages(&decisions_are_no_std(&tree)),
            ["crates/rollout/src/lib.rs: rings 0 and 1 are `#![no_std]`"]
        );
    }
}
