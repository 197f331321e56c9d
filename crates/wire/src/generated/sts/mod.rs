//! The API model of AWS STS as Rust.
//! `cargo xtask codegen` writes this file; edit the generator instead.

pub mod enumerations;
pub mod operations;
pub mod schema;
pub mod structures;
