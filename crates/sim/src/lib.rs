//! The deterministic simulator: the production control plane (handlers, reconcilers, outboxes, store)
//! and the production task engine of several agents, on fake container engines, under one virtual
//! clock, with everything that can go wrong going wrong.
//!
//! One seed is one history. [`World::run`] plays it: users create, scale, roll, protect and delete;
//! agents, container engines, hosts and the server crash; sockets break; messages are lost or come
//! twice. After every event the invariants must hold; at the end, with the faults over, every service
//! must be what its user asked for, and no container may be left that nobody owns.
//!
//! [`World::quiet`] is a world in which nothing happens by itself: [`World::update_quietly`] rolls a
//! service in it. [`play`] plays many seeds, [`step`] one event by event, for whoever reads along.

mod agenda;
mod agents;
mod checks;
mod containers;
mod dice;
mod drift;
mod event;
mod faults;
mod frames;
mod host;
mod joining;
mod moves;
mod plane;
pub mod play;
mod quiet;
mod reports;
mod rollouts;
mod sessions;
mod settings;
mod show;
mod steering;
pub mod step;
mod strays;
mod task_sets;
#[cfg(test)]
mod tests;
mod unsettled;
mod wishes;
mod world;

pub use event::{Broken, Event, Failure, Summary};
pub use host::Flaw;
pub use quiet::{Course, Frame, Update};
pub use rollouts::Rollouts;
pub use world::World;
