//! The shapes of the ECS API and the AWS JSON 1.1 envelope: bytes and shapes, and nothing about
//! what an operation means.
//!
//! - [`ecs`]: every structure and enumeration of the API, under the names that AWS gives them;
//! - [`Operation`] and [`op`]: every operation, with the types of its input and output;
//! - [`Error`] and [`ErrorCode`]: the errors that an operation answers;
//! - [`awsjson`]: requests and answers as bytes;
//! - [`longshore`]: what Longshore's own paths answer;
//! - [`schema`] and [`validate`]: what an input must look like, and the messages when it does not.

pub mod awsjson;
mod blob;
mod error;
mod generate;
#[allow(clippy::wildcard_imports, reason = "the shapes use most of the enumerations")]
mod generated;
pub mod longshore;
mod operation;
pub mod schema;
mod timestamp;
pub mod validate;

pub use blob::Blob;
pub use error::Error;
pub use generate::UnknownValue;
pub use generated::errors::ErrorCode;
pub use generated::operations::{Operation, op};
pub use operation::{Op, WithOp};
pub use timestamp::Timestamp;

/// The structures and enumerations of the ECS API, called as in AWS's model and described in
/// [AWS's API reference](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/).
///
/// Every member is optional, as on the wire: an absent member and `null` are the same, and an
/// empty list is not an absent one. [`validate`] has refused inputs without a required member
/// before a handler sees them.
pub mod ecs {
    pub use crate::generated::enumerations::*;
    pub use crate::generated::structures::*;
}
