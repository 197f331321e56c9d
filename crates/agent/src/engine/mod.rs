//! The task engine: takes tasks from the control plane to running and to stopped, one runtime call
//! after the other, without I/O, clock or randomness of its own.
//!
//! [`Engine::apply`] takes one [`Event`] and returns [`Effect`]s, to be carried out in their order:
//! saves come first, so that whatever is told to the outside is on disk. [`Engine::next_due`] says
//! when to come back with [`Event::Tick`] if nothing else happens. A container has at most one
//! runtime call under way; its result comes back as [`Event::Done`].
//!
//! Nothing is decided from an event of the container runtime alone: it makes the engine look, and
//! the inspected state decides. So lost and repeated runtime events do no harm, and a restart of
//! the agent or of the runtime is the same as a lost event: list, look, go on.

mod adopt;
mod advance;
mod call;
mod cleanup;
mod container;
mod context;
mod core;
mod event;
mod image;
mod manifest;
mod naming;
mod outcome;
mod payload;
mod report;
mod resources;
mod settings;
mod spec;
mod task;
mod volume;

#[cfg(feature = "simulation")]
pub mod on_fake;

pub use call::{Call, Outcome, Target, Verb};
pub use container::{Binding, Container, Stage};
pub use core::Engine;
pub use event::{Effect, Event};
pub use manifest::Identified;
pub use naming::label;
pub use report::{ContainerChange, Report};
pub use settings::{PullBehavior, Settings};
pub use task::Task;
