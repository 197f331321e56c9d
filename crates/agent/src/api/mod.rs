//! The ECS API as an agent calls it: signed AWS JSON over HTTP.

mod client;
mod submit;

pub use client::{CallError, Client, Signer};
pub use submit::submit;
