//! Regular expressions of `=~` and `!~`: linear in time, limited in size, matched against the whole
//! value.

use alloc::{
    format,
    string::{String, ToString},
    vec,
};
use core::fmt;
use regex_automata::meta::Regex;
use regex_syntax::{
    ast::{self, Ast},
    hir::{Hir, Look, translate::TranslatorBuilder},
};

/// The most memory that one compiled pattern may take; `(a{1000}){1000}` is refused by it.
const COMPILED_BYTES_MAX: usize = 256 * 1024;

/// How deep groups may be nested in a pattern.
const GROUP_NESTING_MAX: u32 = 50;

/// A compiled pattern. Two are equal when their texts are.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern in the common part of Java's and Rust's syntax. Classes such as `\d` are
    /// those of ASCII, as in Java. What needs backtracking (look-around, back-references, possessive
    /// quantifiers) is refused, with the reason as the error.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let parsed =
            ast::parse::ParserBuilder::new().nest_limit(GROUP_NESTING_MAX).build().parse(source);
        let tree = parsed.map_err(|error| error.kind().to_string())?;
        ast::visit(&tree, RefuseStacked)?;
        let mut translator = TranslatorBuilder::new().unicode(false).utf8(false).build();
        let body = translator.translate(source, &tree).map_err(|error| error.kind().to_string())?;
        // Anchored as a tree: wrapping the text would give meaning to `a)|(b`.
        let whole = Hir::concat(vec![Hir::look(Look::Start), body, Hir::look(Look::End)]);
        let limits = Regex::config().nfa_size_limit(Some(COMPILED_BYTES_MAX)).utf8_empty(false);
        let regex = Regex::builder()
            .configure(limits)
            .build_from_hir(&whole)
            .map_err(|_| format!("it compiles to more than {} KiB", COMPILED_BYTES_MAX / 1024))?;
        Ok(Pattern { source: source.to_string(), regex })
    }

    /// The text of the pattern.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether the whole of `value` matches.
    pub fn is_match(&self, value: &str) -> bool {
        self.regex.is_match(value)
    }
}

/// Java reads `b*+` as a quantifier that never gives back, and refuses `b**`; Rust would read both as
/// a repetition of a repetition and match something else.
struct RefuseStacked;

impl ast::Visitor for RefuseStacked {
    type Output = ();
    type Err = String;

    fn finish(self) -> Result<(), String> {
        Ok(())
    }

    fn visit_pre(&mut self, tree: &Ast) -> Result<(), String> {
        match tree {
            Ast::Repetition(outer) if matches!(*outer.ast, Ast::Repetition(_)) => {
                Err("a quantifier cannot follow a quantifier".to_string())
            }
            _ => Ok(()),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}
