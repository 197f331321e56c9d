//! Sessions with agents: the sockets of the agent protocol.
//!
//! Sessions are level-triggered. What an agent should know is read from the state whenever something
//! of its container instance changed; a socket that breaks loses nothing, since the next one begins
//! with everything again.

pub mod acs;
mod hub;
pub mod outbox;
pub mod payload;
pub mod presence;
pub mod tcs;
pub(crate) mod upgrade;

pub use hub::{Hub, InstanceKey};
