//! Regular expressions: from Java's dialect, in which AWS writes its models, to that of the crate
//! `regex`.
//!
//! In Java `\\w` and `\\d` are ASCII, in `regex` they are not; and `regex` looks nowhere ahead.

/// Patterns that look ahead, and what says the same without, given the bounds of the shape's length.
const LOOKING_AHEAD: [(&str, &str); 1] =
    [("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "[a-z0-9]+(-[a-z0-9]+)*")];

/// The pattern as `regex` wants it.
pub fn translate(pattern: &str) -> Result<String, String> {
    if pattern.contains("(?") {
        let known = LOOKING_AHEAD.iter().find(|(told, _)| *told == pattern);
        return known.map(|(_, expression)| (*expression).to_owned()).ok_or(format!(
            "the pattern {pattern} looks ahead; codegen/patterns.rs must say it in other words"
        ));
    }
    let mut expression = String::new();
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let escaped = if character == '\\' { characters.next() } else { None };
        match (character, escaped) {
            ('\\', Some('w')) if in_class => expression.push_str("0-9A-Za-z_"),
            ('\\', Some('d')) if in_class => expression.push_str("0-9"),
            ('\\', Some('w')) => expression.push_str("[0-9A-Za-z_]"),
            ('\\', Some('d')) => expression.push_str("[0-9]"),
            _ => {
                in_class = match character {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                expression.push(character);
                expression.extend(escaped);
            }
        }
    }
    Ok(expression)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits_are_ascii_as_in_java() {
        for (told, expression) in [
            (r"[\w+=,.@-]+", "[0-9A-Za-z_+=,.@-]+"),
            (r"\d{12}", "[0-9]{12}"),
            (r"\[\w\]", r"\[[0-9A-Za-z_]\]"),
            (r"[\p{L}_.\-@]*", r"[\p{L}_.\-@]*"),
            (r"\u002F[\u0021-\u007F]*", r"\u002F[\u0021-\u007F]*"),
        ] {
            assert_eq!(translate(told).unwrap(), expression);
        }
    }

    #[test]
    fn a_pattern_that_looks_ahead_must_be_known() {
        assert!(translate("^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$").is_ok());
        assert!(translate("a(?=b)").is_err());
    }
}
