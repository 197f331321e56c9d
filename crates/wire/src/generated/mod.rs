//! The API models as Rust.
//! `cargo xtask codegen` writes this file; edit the generator instead.

pub mod ecs;
pub mod errors;
pub mod iam;
pub mod sts;
