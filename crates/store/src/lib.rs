//! State: one writer, snapshots, a change feed, over an engine with three verbs.
//!
//! Memory is the truth for reads. A [`State`] holds every table in persistent ordered maps with
//! their indexes, so a [`Snapshot`] costs one reference count. All change goes through one writer:
//! it runs each transaction as a synchronous closure over the newest state, makes all that wait
//! durable in one commit of the engine, and only then publishes the new state, tells the feeds and
//! releases the answers. What was acknowledged is durable; what failed has left no trace.
//!
//! * [`Core`] is the writer without thread or clock: the simulator drives it.
//! * [`Store`] is the same behind a bounded queue and a thread: the control plane uses it.
//! * [`engine`] keeps batches of rows: in memory, or on disk in one file.

pub mod engine;
pub mod limits;

mod companion;
mod core;
mod error;
mod feed;
mod index;
mod key;
mod record;
mod schema;
mod tx;
mod usage;
mod writer;

pub use crate::core::{Core, Transaction};
pub use companion::Companion;
pub use engine::Revision;
pub use error::{Error, UpdateError};
pub use feed::{Commit, Feed, Lagged};
pub use index::PolicyUse;
pub use key::{Key, PrefixOf};
pub use record::{Record, Row, Scan, Table};
pub use schema::{
    Change, Changed, FamilyRow, IdempotencyToken, Snapshot, State, TaskDefinitionRow,
};
pub use tx::Tx;
pub use writer::Store;
