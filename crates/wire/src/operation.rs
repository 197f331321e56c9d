//! The tie between an operation and the types of its input and output.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Operation;

/// One operation of the API as a type; [`op`](crate::op) has them all.
pub trait Op {
    /// The type of the request.
    type Input: Serialize + DeserializeOwned;
    /// The type of the answer.
    type Output: Serialize + DeserializeOwned;
    /// The operation as a value.
    const OPERATION: Operation;
}

/// Code that is generic over the operation; [`Operation::with`] runs it for a value of
/// [`Operation`].
pub trait WithOp {
    /// What the code gives back.
    type Answer;

    /// Runs the code for one operation.
    fn run<O: Op>(self) -> Self::Answer;
}
