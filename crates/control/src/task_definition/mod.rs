//! From a RegisterTaskDefinition request to what is kept: the facts that decide, and the document that
//! is shown again.

mod containers;
mod deletion;
mod normalise;
mod parse;
mod requires;
pub mod size;
#[cfg(test)]
mod tests;

pub use deletion::forget_unused;
pub use parse::parse;
pub use requires::secret_source;
