//! The signatures of others, verified by us, and ours, held to those of others.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking, in its functions too")]

mod chunked;
mod fixtures;
mod oracle;
mod refusals;
mod vectors;
