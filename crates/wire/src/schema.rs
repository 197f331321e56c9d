//! What an input must look like: the types and constraints of the service model.

use std::sync::OnceLock;

use regex::Regex;

/// A shape of the model with its constraints. Bounds include their ends.
#[derive(Debug)]
pub enum Shape {
    /// Base64 in a string.
    Blob,
    /// `true` or `false`.
    Boolean,
    /// Any JSON.
    Document,
    /// A number.
    Double {
        /// Least value.
        min: Option<f64>,
        /// Greatest value.
        max: Option<f64>,
    },
    /// One of these strings.
    Enumeration(&'static [&'static str]),
    /// A whole number of 32 bits.
    Integer {
        /// Least value.
        min: Option<i32>,
        /// Greatest value.
        max: Option<i32>,
    },
    /// A list.
    List {
        /// What each element must look like.
        element: &'static Shape,
        /// Least number of elements.
        min: Option<usize>,
        /// Greatest number of elements.
        max: Option<usize>,
    },
    /// A whole number of 64 bits.
    Long {
        /// Least value.
        min: Option<i64>,
        /// Greatest value.
        max: Option<i64>,
    },
    /// A JSON object whose keys are data.
    Map {
        /// What each key must look like.
        key: &'static Shape,
        /// What each value must look like.
        value: &'static Shape,
        /// Least number of entries.
        min: Option<usize>,
        /// Greatest number of entries.
        max: Option<usize>,
    },
    /// Text.
    String {
        /// Least number of characters.
        min: Option<usize>,
        /// Greatest number of characters.
        max: Option<usize>,
        /// A pattern that the whole text must match.
        pattern: Option<&'static Pattern>,
    },
    /// A JSON object with named members, sorted by name.
    Structure(&'static [Member]),
    /// Seconds since 1970.
    Timestamp,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: &'static Shape,
    /// Whether it must be there, and not be `null`.
    pub required: bool,
}

/// A regular expression of the model, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    expression: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    pub(crate) const fn new(source: &'static str) -> Self {
        Self::translated(source, source)
    }

    /// A pattern that this crate's regular expressions have to say in other words.
    pub(crate) const fn translated(source: &'static str, expression: &'static str) -> Self {
        Self { source, expression, compiled: OnceLock::new() }
    }

    /// The pattern as the model has it.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let compile = || {
            Regex::new(&format!("^(?:{})$", self.expression))
                .expect("invariant: a test compiles every pattern of the model")
        };
        self.compiled.get_or_init(compile).is_match(text)
    }
}

/// A member that must be there.
pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, shape, required: true }
}

/// A member that may be absent.
pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, shape, required: false }
}
