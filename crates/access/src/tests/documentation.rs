//! The table of docs/iam.md, which says for people what the calls ask.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use wire::Operation;

use super::{calls::example, reference::kind};
use crate::{Ask, keys};

const BEGIN: &str = "<!-- What each call asks: written by a test of crates/access -->\n";
const END: &str = "<!-- end -->\n";

/// Rows of the calls that ask about a resource or with a key; below them the others.
fn table() -> String {
    let mut table = String::from("| call | on | keys | and |\n|---|---|---|---|\n");
    let mut plain = Vec::new();
    for operation in Operation::ALL {
        let name = operation.name();
        let asks = example(*operation);
        let is_own = |ask: &&Ask| ask.action.strip_prefix("ecs:") == Some(name);
        let (own, others): (Vec<&Ask>, Vec<&Ask>) = asks.iter().partition(is_own);
        let kinds = once(own.iter().map(|ask| kind(&ask.resource)));
        let keys = once(own.iter().flat_map(|ask| ask.context.iter()).filter_map(|it| key(it.0)));
        if kinds == ["-"] && keys.is_empty() && others.is_empty() {
            plain.push(format!("`{name}`"));
            continue;
        }
        let others = once(others.into_iter().map(also));
        let row = [&kinds, &keys, &others].map(|cell| cell.join(", "));
        writeln!(table, "| `{name}` | {} | {} | {} |", row[0], row[1], row[2])
            .expect("a string takes all");
    }
    writeln!(table, "\nOn no resource and without keys: {}.", plain.join(", "))
        .expect("a string takes all");
    table
}

/// Each once, in the order of their first.
fn once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(word.clone())).collect()
}

/// A key as the table has it. The tags of resources go without saying.
fn key(key: &str) -> Option<String> {
    if key.starts_with(keys::RESOURCE_TAG) || key.starts_with(keys::ECS_RESOURCE_TAG) {
        return None;
    }
    if key.starts_with(keys::REQUEST_TAG) {
        return Some("`aws:RequestTag`".into());
    }
    Some(format!("`{key}`"))
}

fn also(ask: &Ask) -> String {
    match (ask.context.single(keys::PASSED_TO_SERVICE), kind(&ask.resource).as_str()) {
        (Some(service), _) => format!("`{}` to {service}", ask.action),
        (None, "-") => format!("`{}`", ask.action),
        (None, kind) => format!("`{}` on {kind}", ask.action),
    }
}

#[test]
fn the_table_of_the_documentation_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/iam.md");
    let page = std::fs::read_to_string(path).expect("docs/iam.md");
    let (before, rest) = page.split_once(BEGIN).expect("the beginning of the table");
    let (found, after) = rest.split_once(END).expect("the end of the table");
    let table = table();
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).expect("docs/iam.md");
        return;
    }
    assert_eq!(found, table, "run: WRITE_DOCS=1 cargo test -p access documentation");
}
