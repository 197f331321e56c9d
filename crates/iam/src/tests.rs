//! What no table of decisions shows: messages of malformed documents, properties, simulations.

mod malformed;
mod properties;
mod simulations;

use crate::{Grammar, Policy};

/// A document of the current version with these statements.
fn policy(statements: &str, grammar: Grammar) -> Policy {
    let text = std::format!(r#"{{"Version": "2012-10-17", "Statement": {statements}}}"#);
    Policy::parse(&text, grammar).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
