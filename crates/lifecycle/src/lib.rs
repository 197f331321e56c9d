//! The life of tasks and containers, as decisions without I/O or clock, shared by both sides.
//!
//! - [`task`]: what the control plane makes of reports, stop requests and health;
//! - [`order`]: `dependsOn`: which container may start, which may stop, and what can never start;
//! - [`restart`]: whether a container that ended is started again in place;
//! - [`health`]: a task's health from that of its containers.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod health;
pub mod order;
pub mod restart;
pub mod task;
