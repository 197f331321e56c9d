//! Why a document was refused: where in it, and what rule it breaks.

use alloc::{format, string::String};
use core::fmt;

/// A refused document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The element, such as `Statement[1].Condition.StringLikes`; `line 3, column 7` in a text that
    /// is not JSON; empty for the document as a whole.
    pub place: String,
    /// Element, value and rule, in one line.
    pub message: String,
}

impl Malformed {
    /// Of whatever the caller says it is in, by [`Malformed::within`].
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Malformed { place: String::new(), message: message.into() }
    }

    /// The same, one element further out.
    pub(crate) fn within(mut self, element: &str) -> Self {
        let joint = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        self.place = format!("{element}{joint}{}", self.place);
        self
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.message)
    }
}

impl core::error::Error for Malformed {}
