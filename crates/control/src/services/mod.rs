//! The APIs beside ECS's own that are served on the same address: one folder for each service, with
//! its table of operations in `dispatch.rs`.

mod asks;
mod dispatch;
pub(crate) mod http;
pub(crate) mod iam;
pub(crate) mod sts;

#[cfg(test)]
mod tests;

pub use dispatch::{Call, dispatch};
