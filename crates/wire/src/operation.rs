//! The tie between an operation, its service, and the types of its input and output.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::schema::Shape;

/// A service of AWS's whose API is spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name in signatures and before the colon of an action: `ecs`.
    pub id: &'static str,
    /// What people call it: `Amazon ECS`.
    pub title: &'static str,
    /// The version of its API: `2014-11-13`.
    pub version: &'static str,
}

/// One operation of an API as a type; [`op`](crate::op) has those of ECS, [`iam::op`](crate::iam::op)
/// those of IAM, [`sts::op`](crate::sts::op) those of STS.
pub trait Op {
    /// The type of the request.
    type Input: Serialize + DeserializeOwned;
    /// The type of the answer; `()` where the model has none.
    type Output: Serialize + DeserializeOwned;
    /// The operations of the service.
    type Operation: Copy + Debug + Eq;
    /// The operation as a value.
    const OPERATION: Self::Operation;
    /// Its name on the wire: `RunTask`.
    const NAME: &'static str;
    /// The action that policies call it by: `ecs:RunTask`.
    const ACTION: &'static str;
    /// The service that it belongs to.
    const SERVICE: Service;

    /// What the input must look like.
    fn input_schema() -> &'static Shape;
}

/// Code that is generic over the operation; [`Operation::with`](crate::Operation::with) runs it for
/// a value of [`Operation`](crate::Operation).
pub trait WithOp {
    /// What the code gives back.
    type Answer;

    /// Runs the code for one operation.
    fn run<O: Op>(self) -> Self::Answer;
}
