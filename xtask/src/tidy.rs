//! `cargo xtask tidy`: the project's own rules, so that no review has to repeat them.
//!
//! A rule is a function from the [`Tree`] to what it found. It has a test on a made-up tree that
//! shows that it can fail, and `tests/tidy.rs` holds the repository to all of them.

use std::fmt;
use std::path::Path;

mod documents;
mod files;
mod functions;
mod rings;
mod tree;
mod words;

pub use tree::Tree;

/// Something that a rule refuses.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    /// From 1; 0 when the whole file is meant.
    line: usize,
    message: String,
}

impl Finding {
    fn of_file(path: &str, message: impl Into<String>) -> Self {
        Finding::at(path, 0, message)
    }

    fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Finding { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(formatter, "{}: {}", self.path, self.message),
            line => write!(formatter, "{}:{line}: {}", self.path, self.message),
        }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 17] = [
    rings::every_crate_has_its_ring,
    rings::edges_lead_to_lower_rings,
    rings::no_cycle_by_tests,
    rings::decisions_are_no_std,
    files::modules_say_what_they_are_about,
    files::names_say_what_is_inside,
    files::files_are_short,
    files::lines_end_where_their_text_ends,
    files::no_big_files,
    functions::functions_fit_on_a_screen,
    words::no_marks_of_unfinished_work,
    words::no_ignored_tests,
    words::tests_do_not_sleep,
    words::expect_is_for_invariants,
    documents::dependencies_are_explained,
    documents::operations_are_listed,
    documents::markdown_links_lead_somewhere,
];

/// What all rules find in `tree`, in the order of the paths.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort();
    findings
}

/// Checks the repository.
pub fn run() -> Result<String, String> {
    run_on(&crate::root())
}

/// Checks the repository at `root`; an error lists what was found, one line each.
pub fn run_on(root: &Path) -> Result<String, String> {
    let tree = Tree::load(root)?;
    let findings = check(&tree);
    if findings.is_empty() {
        return Ok(format!("{} files, and all is tidy", tree.files.len()));
    }
    let mut lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    lines.push(format!("{} findings", findings.len()));
    Err(lines.join("\n"))
}
