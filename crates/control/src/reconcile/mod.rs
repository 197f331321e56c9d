//! Reconcilers: each brings one thing to what is wanted of it, in a transaction of its own.
//!
//! They are woken by keys without data: by what a commit touched, or by an instant that one of them
//! asked for. A run reads the newest state, decides by pure functions, and writes only to the store;
//! a second run changes nothing. [`Queue`] says what is to be run; the server and the simulator ask it.

mod driver;
mod queue;
mod reaper;
pub mod service;

pub use driver::drive;
pub use queue::{Blocked, Queue};

use arn::{ClusterName, ServiceName};
use model::Timestamp;
use store::{State, Tx};

use crate::Cx;

/// What a reconciler is run for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The tasks and deployments of a service.
    Service(ClusterName, ServiceName),
    /// What is kept for a time and then forgotten.
    Reaper,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is as it should be, until something changes.
    Settled,
    /// Time alone changes something at this instant.
    Requeue(Timestamp),
    /// Something is wanted that cannot be done now.
    Blocked {
        /// Why, for people.
        explanation: String,
        /// When to try again at the latest, if time alone can help.
        retry_at: Option<Timestamp>,
    },
}

/// The outcome for a key that has nothing to write on this state, so that no transaction is needed.
pub fn look(state: &State, cx: &Cx, key: &Key) -> Option<Outcome> {
    match key {
        Key::Service(cluster, name) => service::look(state, cx, cluster, name),
        Key::Reaper => reaper::look(state, cx),
    }
}

/// Runs the reconciler of a key.
pub fn run(tx: &mut Tx, cx: &mut Cx, key: &Key) -> Outcome {
    match key {
        Key::Service(cluster, name) => service::run(tx, cx, cluster, name),
        Key::Reaper => reaper::run(tx, cx),
    }
}
