//! The shapes of the APIs that are spoken here, and their two protocols: bytes and shapes, and
//! nothing about what an operation means.
//!
//! - [`ecs`], [`iam`], [`sts`]: every structure and enumeration of an API, under the names that AWS
//!   gives them, and its operations;
//! - [`Operation`] and [`op`]: every operation of ECS, with the types of its input and output;
//! - [`Error`] and [`ErrorCode`]: the errors that an operation answers;
//! - [`awsjson`]: requests and answers of ECS as bytes;
//! - [`query`]: requests and answers of IAM and STS as bytes;
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
pub mod query;
pub mod schema;
mod timestamp;
pub mod validate;
mod xml;

pub use blob::Blob;
pub use error::Error;
pub use generate::UnknownValue;
pub use generated::ecs::operations::{Operation, op};
pub use generated::errors::ErrorCode;
pub use operation::{Op, Service, WithOp};
pub use timestamp::Timestamp;

/// The Amazon ECS API, called as in AWS's model and described in
/// [AWS's API reference](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/).
///
/// Every member is optional, as on the wire: an absent member and `null` are the same, and an
/// empty list is not an absent one. [`validate`] has refused inputs without a required member
/// before a handler sees them.
pub mod ecs {
    pub use crate::generated::ecs::enumerations::*;
    pub use crate::generated::ecs::operations::SERVICE;
    pub use crate::generated::ecs::structures::*;
}

/// The part of the AWS IAM API that is served, called as in AWS's model and described in
/// [AWS's API reference](https://docs.aws.amazon.com/IAM/latest/APIReference/).
pub mod iam {
    pub use crate::generated::iam::enumerations::*;
    pub use crate::generated::iam::operations::{Operation, SERVICE, op};
    pub use crate::generated::iam::structures::*;
}

/// The part of the AWS STS API that is served, called as in AWS's model and described in
/// [AWS's API reference](https://docs.aws.amazon.com/STS/latest/APIReference/).
pub mod sts {
    pub use crate::generated::sts::operations::{Operation, SERVICE, op};
    pub use crate::generated::sts::structures::*;
}
