//! The agent: what runs on a container instance, holds its sessions with the control plane, and
//! runs tasks on a container runtime.
//!
//! [`engine`] decides, and does no I/O: what happened goes in as an event, what is to be done comes
//! out as effects. Everything around it carries those effects out and brings the next events.

pub mod engine;
