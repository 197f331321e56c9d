//! The rule about functions: one fits on a screen.

use super::tree::Line;
use super::{Finding, Tree};

/// We aim at 70; from here on it is refused.
const LINES_MAX: usize = 80;

/// A long function does several things. Tests are read from top to bottom and may be longer.
pub fn functions_fit_on_a_screen(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| !file.is_generated()) {
        let lines = file.lines();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| begins_function(line)) {
            let count = length(&lines[index..]);
            if count > LINES_MAX && !line.is_test {
                let message = format!("a function of {count} lines, at most {LINES_MAX}");
                findings.push(Finding::at(&file.path, line.number, message));
            }
        }
    }
    findings
}

fn begins_function(line: &Line) -> bool {
    let before = line.text.split("fn ").next().unwrap_or_default();
    let qualifiers = ["const", "async", "unsafe", "pub", "pub(crate)", "pub(super)"];
    before.len() < line.text.len()
        && before.split_whitespace().all(|word| qualifiers.contains(&word))
}

/// The number of lines to the end of the function, which rustfmt puts where its indentation is: a
/// brace, or the semicolon of a declaration.
fn length(lines: &[Line]) -> usize {
    let indentation = |line: &Line| line.text.len() - line.text.trim_start().len();
    let first = indentation(&lines[0]);
    let ends = |line: &Line| indentation(line) == first && line.text.ends_with(['}', ';']);
    lines.iter().position(ends).map_or(lines.len(), |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[(path, text)]);
        functions_fit_on_a_screen(&tree).iter().map(ToString::to_string).collect()
    }

    fn function(head: &str, lines: usize) -> String {
        format!("{head} {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_is_found_where_it_begins() {
        let text = function("fn short()", 80) + &function("pub(crate) async fn long()", 81);
        assert_eq!(
            found("crates/a/src/a.rs", &text),
            ["crates/a/src/a.rs:81: a function of 81 lines, at most 80"]
        );
        assert_eq!(found("crates/a/tests/a.rs", &text), [] as [String; 0]);
    }

    #[test]
    fn a_declaration_ends_with_its_semicolon() {
        let text = format!("trait A {{\n    fn a(&self);\n{}}}\n", "    // b\n".repeat(100));
        assert_eq!(found("crates/a/src/a.rs", &text), [] as [String; 0]);
    }
}
