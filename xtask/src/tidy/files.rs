//! The rules about files as such: what they begin with, how they are called, how long they are.

use super::tree::File;
use super::{Finding, Tree};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] =
    ["utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"];

const LINES_MAX: usize = 600;
const TEST_LINES_MAX: usize = 1_000;
/// It has to be read in one sitting.
const ARCHITECTURE_LINES_MAX: usize = 300;

const SIZE_MAX: usize = 256 * 1024;

/// A reader learns from the first line whether a file is the one that is looked for.
pub fn modules_say_what_they_are_about(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| Finding::at(&file.path, 1, "begins with `//!` and what it is about"))
        .collect()
}

/// A file that may hold anything will.
pub fn names_say_what_is_inside(tree: &Tree) -> Vec<Finding> {
    let is_empty = |part: &str| EMPTY_NAMES.contains(&part.split('.').next().unwrap_or_default());
    tree.files
        .iter()
        .filter(|file| file.path.split('/').any(is_empty))
        .map(|file| Finding::of_file(&file.path, "the name does not say what is inside"))
        .collect()
}

/// A file is about one thing; one that is long is about several. Tests are read case by case and may
/// be longer, generated code is not read.
pub fn files_are_short(tree: &Tree) -> Vec<Finding> {
    tree.files
        .iter()
        .filter_map(|file| {
            let (lines, lines_max) = (file.text.lines().count(), lines_max(file)?);
            let message =
                format!("{lines} lines, at most {lines_max}: split it by what it is about");
            (lines > lines_max).then(|| Finding::of_file(&file.path, message))
        })
        .collect()
}

fn lines_max(file: &File) -> Option<usize> {
    if file.path == "ARCHITECTURE.md" {
        return Some(ARCHITECTURE_LINES_MAX);
    }
    let is_code =
        file.path.starts_with("scripts/") || ["rs", "ts", "tsx", "py"].contains(&file.extension());
    match is_code && !file.is_generated() {
        true if file.is_test() => Some(TEST_LINES_MAX),
        true => Some(LINES_MAX),
        false => None,
    }
}

/// White space at the end of a line shows in diffs and nowhere else. What tests read and record is
/// left as it is, and so is the model that we did not write.
pub fn lines_end_where_their_text_ends(tree: &Tree) -> Vec<Finding> {
    tree.files
        .iter()
        .filter(|file| {
            !file.path.starts_with("models/") && !["snap", "txt"].contains(&file.extension())
        })
        .flat_map(|file| {
            let lines = file.text.split('\n').enumerate();
            lines
                .filter(|(_, line)| line.ends_with(char::is_whitespace))
                .map(|(index, _)| Finding::at(&file.path, index + 1, "white space at the end"))
        })
        .collect()
}

/// What is once in the history is cloned for ever.
pub fn no_big_files(tree: &Tree) -> Vec<Finding> {
    tree.files
        .iter()
        .filter(|file| !file.path.starts_with("models/") && file.path != "Cargo.lock")
        .filter(|file| file.size > SIZE_MAX)
        .map(|file| {
            let message = format!("{} KiB, at most {}", file.size / 1024, SIZE_MAX / 1024);
            Finding::of_file(&file.path, message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
        rule(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_module_without_a_first_sentence_is_found() {
        let found = found(
            modules_say_what_they_are_about,
            &[("a.rs", "//! A.\n"), ("b.rs", "use x;\n//! B.\n"), ("c.md", "# C\n")],
        );
        assert_eq!(found, ["b.rs:1: begins with `//!` and what it is about"]);
    }

    #[test]
    fn an_empty_name_is_found_as_file_and_as_folder() {
        let paths = ["src/utils.rs", "src/common/a.rs", "src/task_manager.rs", "src/commonest.rs"];
        let found = found(names_say_what_is_inside, &paths.map(|path| (path, "")));
        let message = "the name does not say what is inside";
        assert_eq!(
            found,
            [format!("src/utils.rs: {message}"), format!("src/common/a.rs: {message}")]
        );
    }

    #[test]
    fn a_long_file_is_found_and_tests_may_be_longer() {
        let (lines_601, lines_1001) = ("a\n".repeat(601), "a\n".repeat(1001));
        let found = found(
            files_are_short,
            &[
                ("a/src/long.rs", &lines_601),
                ("a/src/whole.rs", &lines_601[2..]),
                ("a/src/generated/structures.rs", &lines_1001),
                ("a/tests/long.rs", &lines_601),
                ("a/tests/longest.rs", &lines_1001),
                ("ARCHITECTURE.md", &lines_601),
                ("CHANGELOG.md", &lines_601),
            ],
        );
        let message = "split it by what it is about";
        assert_eq!(
            found,
            [
                format!("a/src/long.rs: 601 lines, at most 600: {message}"),
                format!("a/tests/longest.rs: 1001 lines, at most 1000: {message}"),
                format!("ARCHITECTURE.md: 601 lines, at most 300: {message}"),
            ]
        );
    }

    #[test]
    fn white_space_at_the_end_is_found_on_any_line() {
        let found = found(
            lines_end_where_their_text_ends,
            &[
                ("a.md", "one \ntwo\nthree\t"),
                ("b.rs", "a\r\n"),
                ("c.snap", "a \n"),
                ("d.txt", "a \n"),
                ("e", "a\n"),
            ],
        );
        let places = ["a.md:1", "a.md:3", "b.rs:1"];
        assert_eq!(found, places.map(|place| format!("{place}: white space at the end")));
    }

    #[test]
    fn a_big_file_is_found_unless_it_is_the_model() {
        let big = "a".repeat(SIZE_MAX + 1);
        let paths = ["Cargo.lock", "models/ecs.json", "docs/film.gif"];
        assert_eq!(
            found(no_big_files, &paths.map(|path| (path, big.as_str()))),
            ["docs/film.gif: 256 KiB, at most 256"]
        );
    }
}
