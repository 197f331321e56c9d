//! The audit log: who called what, from where, and whether they were allowed to, in CloudTrail's record
//! format, one record of JSON a line.
//!
//! - [`Record`] is a record; [`Record::of_call`] makes one of what is known of a call, [`CallFacts`].
//! - [`Log`] appends records to files in a directory; [`Log::append`] gives a [`Ticket`] that says when
//!   a record is safe.
//! - [`query`] reads a directory, and a [`Follower`] what is appended from now on.
//!
//! What the files hold can be read by whatever reads CloudTrail's records. What CloudTrail does not have,
//! the decision and who made it, stands in `additionalEventData`.
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

mod call;
mod check;
mod error;
mod files;
mod filter;
mod follow;
mod json;
mod lines;
mod log;
mod mask;
mod record;
mod writer;

pub use call::{CallFacts, Outcome, Parameters};
pub use check::{Authorization, Check};
pub use error::Error;
pub use files::Healed;
pub use filter::Filter;
pub use follow::{Follower, Read};
pub use lines::{Matches, Order, Position, query};
pub use log::{Durability, Log, Settings, Ticket};
pub use record::{Additional, Attributes, Issuer, Record, Resource, SessionContext, UserIdentity};
