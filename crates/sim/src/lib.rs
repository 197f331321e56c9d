//! The deterministic simulator: the production control plane (handlers, reconcilers, outboxes, store)
//! and the production task engine of several agents, on fake container engines, under one virtual
//! clock, with everything that can go wrong going wrong.
//!
//! One seed gives one history. [`World::run`] plays it: users create, scale, roll and delete; agents,
//! container engines and the server crash; sockets break; reports are lost or come twice. After every
//! step the invariants must hold; at the end, with the faults over, every service must be what its
//! user asked for, and no container may be left that nobody owns.
//!
//! A failing seed says how to play it again:
//! `SIM_SEED=42 cargo test -p sim one_seed -- --nocapture`.

mod agenda;
mod agents;
mod checks;
mod dice;
mod faults;
mod host;
mod plane;
mod reports;
mod sessions;
#[cfg(test)]
mod tests;
mod wishes;
mod world;

pub use world::{Failure, World};
