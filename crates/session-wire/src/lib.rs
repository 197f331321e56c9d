//! The session protocol of Amazon's ECS agent as bytes and shapes: what travels over its two
//! websockets, in both directions, so that a control plane and an agent can each be replaced.
//!
//! - [`acs`]: the Agent Communication Service, by which a control plane says what should run;
//! - [`payload`]: the task, container and volume shapes inside an ACS payload;
//! - [`tcs`]: the Telemetry Communication Service, by which an agent tells metrics and health;
//! - [`PollParameters`], [`TelemetryParameters`]: the query strings of the two upgrades;
//! - [`metadata`]: the documents by which an agent tells a task about itself;
//! - [`SignedFrame`]: the header block before each frame that an agent sends to TCS;
//! - [`Refusal`]: the body of an upgrade that was refused.
//!
//! An unknown type of message is read as `Unknown` and an unknown member is skipped, as Amazon's
//! agent does, so that either side may be newer than the other. A member that is `null` is absent.
//! A text that is absent is the empty text, and the empty text is not written; the same goes for
//! lists and maps, save those that are an `Option`.

pub mod acs;
mod connect;
mod envelope;
pub mod metadata;
pub mod payload;
mod refusal;
mod shape;
mod signed_frame;
pub mod tcs;

pub use connect::{PollParameters, QueryError, TelemetryParameters};
pub use envelope::FrameError;
pub use refusal::Refusal;
pub use signed_frame::SignedFrame;
