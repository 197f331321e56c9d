//! Why an expression was refused: where, what stood there, and what was expected.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt;

/// A refused expression. It prints as the message, the expression, and a caret under the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    expression: String,
    position: usize,
    message: String,
}

impl Error {
    pub(crate) fn new(expression: &str, byte_offset: usize, message: String) -> Self {
        let before = expression.get(..byte_offset).unwrap_or(expression);
        Error { expression: expression.to_string(), position: before.chars().count(), message }
    }

    /// How many characters stand before the place.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What was expected there, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Line breaks and tabs would move the caret away from its place.
        let line: String =
            self.expression.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let column = self.position + 1;
        writeln!(f, "at character {column}: {}", self.message)?;
        writeln!(f, "  {line}")?;
        write!(f, "  {:>column$}", "^")
    }
}

impl core::error::Error for Error {}

/// What the parser carries until it knows the whole expression: bytes left, and the message.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) bytes_left: usize,
    pub(crate) message: String,
}

impl Problem {
    /// "expected X, found Y" at what is left of the input.
    pub(crate) fn expected(what: &str, rest: &str) -> Self {
        Problem {
            bytes_left: rest.len(),
            message: format!("expected {what}, found {}", found(rest)),
        }
    }

    /// A message at what is left of the input.
    pub(crate) fn at(rest: &str, message: String) -> Self {
        Problem { bytes_left: rest.len(), message }
    }
}

/// Names what stands at the start of the rest: a word, a sign, or the end.
fn found(rest: &str) -> String {
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || "_-.:+/@".contains(*c))
        .take(40)
        .collect();
    match (word.is_empty(), rest.chars().next()) {
        (_, None) => "the end".to_string(),
        (false, _) => format!("'{word}'"),
        (true, Some(sign)) => format!("'{}'", sign.escape_debug()),
    }
}

impl<'i> winnow::error::ParserError<&'i str> for Problem {
    type Inner = Self;

    fn from_input(input: &&'i str) -> Self {
        Problem::expected("something else", input)
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}
