//! From a RegisterTaskDefinition request to what is kept: the facts that decide, and the document that
//! is shown again.

mod containers;
mod normalise;
mod parse;
mod requires;

pub use parse::parse;
