//! The rules about words that do not belong in finished code.

use super::tree::{File, Line};
use super::{Finding, Tree};

/// Macros that stand for code to come or code to go.
const UNFINISHED: [&str; 3] = ["todo!(", "unimplemented!(", "dbg!("];
/// Notes to oneself; an issue is where others find them.
const NOTES: [&str; 2] = ["FIXME", "XXX"];

/// Files whose tests may sleep, each with its reason.
const SLEEPERS: [(&str, &str); 1] = [(
    "crates/e2e/src/wait.rs",
    "the one place that asks other programs again and again: Docker and the aws CLI tell nobody",
)];

/// Unfinished work is an issue, not a comment.
pub fn no_marks_of_unfinished_work(tree: &Tree) -> Vec<Finding> {
    let scripts = tree.files.iter().filter(|file| file.path.starts_with("scripts/"));
    let files = tree.rust_but_the_rules().chain(scripts);
    let marks = |text: &str| {
        let macros = UNFINISHED.into_iter().filter(|mark| text.contains(mark)).collect::<Vec<_>>();
        let notes = NOTES.into_iter().filter(|note| has_word(text, note));
        macros.into_iter().chain(notes).next()
    };
    files
        .flat_map(|file| {
            let lines = file.text.lines().enumerate();
            lines.filter_map(move |(index, text)| {
                let mark = marks(text)?;
                Some(Finding::at(
                    &file.path,
                    index + 1,
                    format!("`{mark}`: finish it or file an issue"),
                ))
            })
        })
        .collect()
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.match_indices(word).any(|(start, _)| {
        let bytes = text.as_bytes();
        !is_part(bytes[..start].last()) && !is_part(bytes.get(start + word.len()))
    })
}

/// A test that does not run proves nothing and looks as if it did.
pub fn no_ignored_tests(tree: &Tree) -> Vec<Finding> {
    let message =
        "no test is ignored: mend it, or switch it by a variable and print why it is skipped";
    on_lines(tree.rust_but_the_rules(), |line| {
        let text = line.text.trim_start();
        let is_ignored = text.starts_with("#[ignore")
            || text.starts_with("#[cfg_attr") && text.contains(", ignore");
        is_ignored.then(|| message.to_owned())
    })
}

/// A sleep is too long on most days and too short on the one that counts.
pub fn tests_do_not_sleep(tree: &Tree) -> Vec<Finding> {
    let may_sleep = |file: &&File| SLEEPERS.iter().any(|(path, _)| *path == file.path);
    on_lines(tree.rust_but_the_rules().filter(|file| !may_sleep(file)), |line| {
        let calls = ["sleep(", "sleep_until(", "sleep_ms("];
        let sleeps = calls.iter().any(|call| has_call(line.text, call));
        (line.is_test && !line.is_comment() && sleeps)
            .then(|| "a test waits for what it needs, it does not sleep".to_owned())
    })
}

/// Whether `call` is there as a name of its own: `thread::sleep(`, not `asleep(`.
fn has_call(text: &str, call: &str) -> bool {
    text.match_indices(call).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// A program may panic only when it is itself wrong, and says then what it took for granted.
pub fn expect_is_for_invariants(tree: &Tree) -> Vec<Finding> {
    let message =
        "return an error; or, if only a mistake of ours leads here, begin with \"invariant:\"";
    tree.rust_but_the_rules()
        .flat_map(|file| {
            let lines = file.lines();
            let numbers: Vec<usize> = lines
                .iter()
                .enumerate()
                .filter(|(_, line)| !line.is_test && !line.is_comment())
                .filter(|(index, _)| is_plain_expect(&lines[*index..]))
                .map(|(_, line)| line.number)
                .collect();
            numbers.into_iter().map(|number| Finding::at(&file.path, number, message))
        })
        .collect()
}

/// Whether the first of these lines holds an `expect` whose text, there or on the next line, does not
/// name an invariant.
fn is_plain_expect(lines: &[Line]) -> bool {
    lines[0].text.match_indices(".expect(").any(|(start, call)| {
        let rest = lines[0].text[start + call.len()..].trim();
        let next = lines.get(1).map(|line| line.text.trim()).unwrap_or_default();
        let argument = if rest.is_empty() { next } else { rest };
        let text = argument.trim_start_matches("&format!(");
        text.starts_with('"') && !text.starts_with("\"invariant:")
    })
}

fn on_lines<'a>(
    files: impl Iterator<Item = &'a File>,
    rule: impl Fn(&Line) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for line in file.lines() {
            findings
                .extend(rule(&line).map(|message| Finding::at(&file.path, line.number, message)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `rule` finds something in a file of this path and text.
    fn places(rule: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&Tree::of(&[(path, text)])).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn marks_of_unfinished_work_are_found_as_words() {
        let text = "todo!()\n// FIXME: later\nmktemp /tmp/a.XXXXXX\n// XXX\nlet x = dbg!(y);\n";
        assert_eq!(places(no_marks_of_unfinished_work, "crates/a/src/a.rs", text), [1, 2, 4, 5]);
        assert_eq!(places(no_marks_of_unfinished_work, "scripts/setup", "# FIXME\n"), [1]);
        assert_eq!(places(no_marks_of_unfinished_work, "notes.md", "FIXME\n"), [] as [usize; 0]);
    }

    #[test]
    fn an_ignored_test_is_found_with_and_without_a_reason() {
        let text = "#[test]\n#[ignore]\nfn a() {}\n    #[ignore = \"slow\"]\n\
                    #[cfg_attr(ci, ignore)]\n// #[ignore] is refused\n";
        assert_eq!(places(no_ignored_tests, "crates/a/tests/a.rs", text), [2, 4, 5]);
    }

    #[test]
    fn a_sleep_is_found_in_tests_alone() {
        let text = "fn tick() { sleep(a).await }\n#[cfg(test)]\nmod tests {\n    \
                    std::thread::sleep(b);\n    asleep(c);\n    // sleep(d)\n}\n";
        assert_eq!(places(tests_do_not_sleep, "crates/a/src/a.rs", text), [4]);
        let text = "tokio::time::sleep_until(a).await;\n";
        assert_eq!(places(tests_do_not_sleep, "crates/e2e/src/a.rs", text), [1]);
    }

    #[test]
    fn an_expect_without_its_invariant_is_found() {
        let text = "a.expect(\"invariant: a is there\");\na.expect(\"a\");\na.expect(\n    \"a\",\n);\n\
                    a.expect(\n    \"invariant: a\",\n);\na.expect(&format!(\"{a}\"));\n\
                    parser.expect(Token::End);\n/// a.expect(\"a\")\n#[cfg(test)]\n\
                    fn b() {\n    a.expect(\"a\");\n}\n";
        assert_eq!(places(expect_is_for_invariants, "crates/a/src/a.rs", text), [2, 3, 9]);
        assert_eq!(places(expect_is_for_invariants, "crates/a/tests/a.rs", text), [] as [usize; 0]);
    }
}
