//! Which container instance takes a task, which task goes first, and why.
//!
//! ECS's process, in its order: the instance must be ACTIVE with its agent connected; have the CPU
//! units, memory, GPUs and host ports free; have the attributes that the task definition requires;
//! meet the constraints of the task definition and of the request. Among those left the strategies
//! choose, each breaking the ties of the one before; what is still tied is chosen by a seed.
//! Constraints bind, strategies are best effort.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html>
//!
//! [`needs_of`] says what a task holds, [`place`] chooses or explains why nothing fits,
//! [`choose_to_stop`] chooses what a service gives up. All are pure: the same cluster, request and
//! seed give the same answer, whatever the order in which instances are listed.
#![no_std]
extern crate alloc;

pub mod bench;
mod constraint;
mod explanation;
mod fit;
mod index;
mod needs;
mod overlay;
mod place;
mod request;
mod seed;
mod stop;
mod strategy;
mod view;

pub use constraint::{CONSTRAINTS_MAX, Constraint};
pub use explanation::{Explanation, Obstacle, RuledOut, Shortfall};
pub use fit::obstacle;
pub use index::Index;
pub use needs::needs_of;
pub use overlay::Overlay;
pub use place::{Outcome, Placement, Score, Survey, eligible, explain, place, place_on, survey};
pub use request::{Invalid, Peers, Request};
pub use stop::{Stopping, choose_to_stop};
pub use strategy::{BinpackField, STRATEGIES_MAX, SpreadField, Strategy};
pub use view::{Candidate, ClusterView, PeerCount};
