//! The control plane: the ECS API over the store, the reconcilers that bring what is to what is
//! wanted, and the sessions with the agents.
//!
//! * [`api`]: one file for each operation; a handler is a function of the state, a context and its
//!   input, so that the simulator calls the same ones.
//! * [`reconcile`]: what must become true is found out and written, transaction by transaction.
//! * [`session`]: the agents' sockets; what is wanted goes down, health comes up.
//! * [`services`]: the APIs beside ECS's own, IAM and STS.
//! * [`server`]: HTTP, signatures, and the loops that make the three run.

pub mod alarms;
pub mod api;
mod app;
pub mod audit;
pub mod auth;
pub mod authority;
pub mod context;
mod deployments;
pub mod events;
pub mod explain;
pub mod hosts;
pub mod invariants;
pub mod keys;
mod lambda;
pub mod launch;
pub mod limits;
pub mod place;
pub mod placer;
pub mod plan;
mod query_string;
pub mod reconcile;
mod record;
pub mod report;
pub mod server;
pub mod services;
pub mod session;
#[cfg(test)]
mod signed;
pub mod stop;
pub mod task_definition;
pub mod waiting;
pub mod watch;

pub use app::{App, random};
pub use context::{Cx, Principal, Settings};
