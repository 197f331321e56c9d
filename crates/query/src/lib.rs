//! The cluster query language: expressions that select container instances, as `memberOf`
//! constraints and the filter of ListContainerInstances use them.
//!
//! ```text
//! attribute:ecs.instance-type =~ g2.* and not(task:group == database)
//! ```
//!
//! The language is the one of
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html>.
//! Where that page is silent: `not` binds tighter than `and`, `and` tighter than `or`; a literal may
//! be quoted with `'` or `"`; a pattern must match the whole value, as Java's `matches` does.
//! [`Expression::matches`] says how each subject is compared.
//!
//! ```
//! use query::Expression;
//!
//! let expression = Expression::parse("attribute:stack==prod && !(runningTasksCount > 3)")?;
//! assert_eq!(
//!     expression.to_string(),
//!     "attribute:stack == prod and not(runningTasksCount > 3)"
//! );
//! # Ok::<(), query::Error>(())
//! ```
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod error;
mod evaluate;
mod expression;
mod parse;
mod pattern;
mod print;
#[cfg(test)]
mod tests;
mod value;
mod view;

pub use error::Error;
pub use evaluate::{Explanation, Finding};
pub use expression::{Argument, Expression, Operator, Predicate, Subject};
pub use pattern::Pattern;
pub use value::{Version, parse_date};
pub use view::InstanceView;

/// The longest expression, in characters; the limit of ECS's PlacementConstraint.
pub const EXPRESSION_CHARS_MAX: usize = 2000;

/// How deep parentheses and `not` may be nested. Ours: it bounds the stack that an expression needs.
pub const NESTING_MAX: usize = 64;

/// The entry for a fuzzer: whatever the bytes are, parsing never panics, and what parses prints as
/// something that parses to the same expression.
pub fn fuzz(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(expression) = Expression::parse(text) else { return };
    let printed = alloc::string::ToString::to_string(&expression);
    // Printing spells operators with spaces around them, so it may pass the limit on length.
    if printed.chars().count() <= EXPRESSION_CHARS_MAX {
        assert_eq!(Expression::parse(&printed).as_ref(), Ok(&expression), "{printed}");
    }
}
