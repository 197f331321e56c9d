//! The rules that keep the documents true to the code.

use std::collections::BTreeSet;

use super::{Finding, Tree};
use crate::docs;

const MANIFEST: &str = "Cargo.toml";
const DEPENDENCIES: &str = "docs/dependencies.md";

/// Whoever adds a dependency says what it is for; whoever drops it drops the line.
pub fn dependencies_are_explained(tree: &Tree) -> Vec<Finding> {
    let text = |path| tree.file(path).map(|file| file.text.as_str()).unwrap_or_default();
    let mut named: BTreeSet<&str> = foreign_dependencies(text(MANIFEST));
    named.extend(tree.packages.iter().flat_map(|package| &package.foreign).map(String::as_str));
    let explained: BTreeSet<&str> = text(DEPENDENCIES).lines().filter_map(first_cell).collect();
    let unexplained = named.difference(&explained);
    let unused = explained.difference(&named);
    unexplained
        .map(|name| {
            Finding::of_file(DEPENDENCIES, format!("`{name}` wants a line: what for, why this one"))
        })
        .chain(
            unused.map(|name| Finding::of_file(DEPENDENCIES, format!("`{name}` is no dependency"))),
        )
        .collect()
}

/// The names under `[workspace.dependencies]` that are not crates of ours.
fn foreign_dependencies(manifest: &str) -> BTreeSet<&str> {
    let section = manifest
        .lines()
        .skip_while(|line| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    section
        .filter_map(|line| line.split_once('='))
        .filter(|(name, value)| !name.starts_with(['#', ' ']) && !value.contains("path ="))
        .map(|(name, _)| name.trim())
        .collect()
}

/// The word in the first cell of a table's row, which is written as code.
fn first_cell(row: &str) -> Option<&str> {
    row.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name)
}

/// What users read about an operation is what the dispatch tables do with it.
pub fn operations_are_listed(tree: &Tree) -> Vec<Finding> {
    let text = |path: &str| {
        let file = tree.file(path).ok_or_else(|| format!("{path} is not there"))?;
        Ok(file.text.clone())
    };
    let compared =
        docs::tables(text).and_then(|tables| Ok(differences(&tables, &text(docs::COMPATIBILITY)?)));
    compared.unwrap_or_else(|error| vec![Finding::of_file(docs::COMPATIBILITY, error)])
}

fn differences(table: &str, document: &str) -> Vec<Finding> {
    let rows = |text| -> BTreeSet<&str> {
        str::lines(text).filter(|row| first_cell(row).is_some()).collect()
    };
    let (wanted, present) = (rows(table), rows(document));
    let stale = wanted.symmetric_difference(&present).filter_map(|row| first_cell(row));
    let names: BTreeSet<&str> = stale.collect();
    names
        .into_iter()
        .map(|name| {
            let message = format!("the row of {name} is stale: run `cargo xtask docs`");
            Finding::of_file(docs::COMPATIBILITY, message)
        })
        .collect()
}

/// A link to a file of ours leads to a file that is there.
pub fn markdown_links_lead_somewhere(tree: &Tree) -> Vec<Finding> {
    let documents = tree.files.iter().filter(|file| file.extension() == "md");
    let mut findings = Vec::new();
    for file in documents {
        for (index, line) in file.text.lines().enumerate() {
            for link in links(line).filter(|link| !leads_somewhere(tree, &file.path, link)) {
                let message = format!("`{link}` is not there");
                findings.push(Finding::at(&file.path, index + 1, message));
            }
        }
    }
    findings
}

/// The targets of the links on a line that name a file here, without their anchors.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter_map(|target| target.split('#').next())
        .filter(|path| !path.is_empty())
}

fn leads_somewhere(tree: &Tree, from: &str, link: &str) -> bool {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    let path = path.join("/");
    let inside = format!("{path}/");
    tree.files.iter().any(|file| file.path == path || file.path.starts_with(&inside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services;
    use crate::tidy::tree::Package;

    fn messages(findings: &[Finding]) -> Vec<String> {
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_dependency_without_a_line_is_found_and_a_line_without_a_dependency() {
        let manifest = "[workspace]\nmembers = []\n\n[workspace.dependencies]\n\
                        arn = { path = \"crates/arn\" }\n# a comment = 1\nbytes = \"1\"\n\
                        serde = { version = \"1\" }\n\n[profile.dev]\ndebug = 1\n";
        let document =
            "| `serde` | shapes | the usual one | MIT |\n| `redb` | gone | fast | MIT |\n";
        let mut tree = Tree::of(&[(MANIFEST, manifest), (DEPENDENCIES, document)]);
        let foreign = vec!["insta".to_owned()];
        tree.packages.push(Package { name: "query".into(), foreign, ..Package::default() });
        assert_eq!(
            messages(&dependencies_are_explained(&tree)),
            [
                "docs/dependencies.md: `bytes` wants a line: what for, why this one",
                "docs/dependencies.md: `insta` wants a line: what for, why this one",
                "docs/dependencies.md: `redb` is no dependency",
            ]
        );
    }

    #[test]
    fn a_row_that_says_something_else_than_the_dispatch_table_is_found() {
        let model = r#"{"operations": {"RunTask": {"errors": []}, "StopTask": {"errors": []},
            "ExecuteCommand": {"errors": []}}}"#;
        let dispatch =
            "operations! {\n    write RunTask => run_task;\n    write StopTask => stop;\n}\n";
        let paths = services::ALL.each_ref().map(|it| (it.model_path(), it.dispatch));
        let mut files = Vec::new();
        for (path, table) in &paths {
            files.extend([(path.as_str(), model), (*table, dispatch)]);
        }
        let text = |path: &str| {
            let file = files.iter().find(|(name, _)| *name == path);
            file.map(|(_, text)| (*text).to_owned()).ok_or_else(|| path.to_owned())
        };
        let table = docs::tables(text).expect("whole models");
        let fresh = |document: &str| {
            let files = [&files[..], &[(docs::COMPATIBILITY, document)]].concat();
            messages(&operations_are_listed(&Tree::of(&files)))
        };
        assert_eq!(fresh(&table), [] as [String; 0]);
        let stale = table.replace("| `RunTask` | served |", "| `RunTask` | not served |");
        let stale = stale.replace("`ExecuteCommand`", "`ExecuteCommands`");
        let message = |name| {
            format!("docs/compatibility.md: the row of {name} is stale: run `cargo xtask docs`")
        };
        assert_eq!(fresh(&stale), ["ExecuteCommand", "ExecuteCommands", "RunTask"].map(message));
    }

    #[test]
    fn a_moved_model_is_found() {
        let finding =
            format!("{}: {} is not there", docs::COMPATIBILITY, services::ALL[0].model_path());
        assert_eq!(messages(&operations_are_listed(&Tree::of(&[]))), [finding]);
    }

    #[test]
    fn a_link_to_nowhere_is_found() {
        let text =
            "[a](../README.md) [b](b.md#part) [c](../crates/) [d](https://e.org/d.md) [e](#e)\n";
        let tree = Tree::of(&[("README.md", ""), ("docs/a.md", text), ("crates/a/src/lib.rs", "")]);
        assert_eq!(
            messages(&markdown_links_lead_somewhere(&tree)),
            ["docs/a.md:1: `b.md` is not there"]
        );
    }
}
