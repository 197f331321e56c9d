//! Requests and answers as bytes: the AWS JSON 1.1 protocol, for the side that serves and the
//! side that calls.
//!
//! A request is `POST /` with the operation in the header [`TARGET`] and its input as a JSON
//! object in the body. An answer has status 200 and the output as a JSON object, or the status of
//! an [`ErrorCode`] and an object with `__type`, `message` and what else the error has.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Error, ErrorCode, Op, Operation, validate};

/// The content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
/// The request header that names the operation.
pub const TARGET: &str = "x-amz-target";
/// What stands before the operation's name in [`TARGET`], followed by a full stop.
pub const TARGET_PREFIX: &str = "AmazonEC2ContainerServiceV20141113";
/// The answer header with the id of the request.
pub const REQUEST_ID: &str = "x-amzn-requestid";
/// The answer header with the name of the error.
pub const ERROR_TYPE: &str = "x-amzn-errortype";

/// The longest body that we take: 1 MiB, where a task definition may have 64 KiB.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// The operation that the header [`TARGET`] names.
///
/// # Errors
/// `UnknownOperationException` if there is no such header, or no such operation.
pub fn operation(target: Option<&str>) -> Result<Operation, Error> {
    let Some(target) = target else {
        return Err(Error::unknown_operation("The request has no X-Amz-Target header"));
    };
    target
        .strip_prefix(TARGET_PREFIX)
        .and_then(|rest| rest.strip_prefix('.'))
        .and_then(Operation::from_name)
        .ok_or_else(|| Error::unknown_operation(format!("There is no operation '{target}'")))
}

/// The value of the header [`TARGET`] for an operation.
pub fn target(operation: Operation) -> String {
    format!("{TARGET_PREFIX}.{}", operation.name())
}

/// Reads and validates the input of an operation.
///
/// # Errors
/// `RequestEntityTooLargeException` for more than [`MAX_BODY_BYTES`]; `SerializationException` for
/// what is not JSON, is nested more than 127 deep, or has a value of a wrong type;
/// `InvalidParameterException` for what breaks a constraint of the model.
pub fn decode_input<O: Op>(body: &[u8]) -> Result<O::Input, Error> {
    check_length(body)?;
    // An operation without members may come without a body.
    let mut input = if body.is_empty() { Value::Object(Map::new()) } else { parse(body)? };
    if !(input.is_object() || input.is_array()) {
        return Err(Error::serialization("The body is not a JSON object"));
    }
    validate::validate(&mut input, O::input_schema())?;
    typed(input)
}

/// Reads the output of an operation, on the side that called it.
///
/// # Errors
/// `SerializationException` for what is not the operation's output.
pub fn decode_output<O: Op>(body: &[u8]) -> Result<O::Output, Error> {
    typed(parse(body)?)
}

/// The bytes of an input or output.
pub fn encode(shape: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(shape).expect("invariant: the generated shapes are JSON")
}

/// The body of an answer that is an error; the status is [`ErrorCode::status`].
pub fn encode_error(error: &Error) -> Vec<u8> {
    let mut body = error.extra.clone().unwrap_or_default();
    body.insert("__type".to_owned(), error.code.name().into());
    body.insert("message".to_owned(), error.message.as_str().into());
    Value::Object(body).to_string().into_bytes()
}

/// Reads an answer that is an error, on the side that called. An error that we do not know becomes
/// `InternalFailure` and keeps its name in the message.
pub fn decode_error(body: &[u8]) -> Error {
    let mut members = match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let mut text = |name: &str| match members.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let kind = text("__type").unwrap_or_default();
    let message = text("message").or_else(|| text("Message")).unwrap_or_default();
    // AWS itself may write `com.amazonaws.ecs#ClusterNotFoundException`.
    let name = kind.rsplit('#').next().unwrap_or_default();
    let mut error = match ErrorCode::from_name(name) {
        Some(code) => Error::new(code, message),
        None => Error::internal(format!("{kind}: {message}")),
    };
    error.extra = (!members.is_empty()).then_some(members);
    error
}

/// Refuses a body that is longer than we take.
pub(crate) fn check_length(body: &[u8]) -> Result<(), Error> {
    let length = body.len();
    if length > MAX_BODY_BYTES {
        return Err(Error::request_too_large(format!(
            "The body has {length} bytes; at most {MAX_BODY_BYTES} are taken"
        )));
    }
    Ok(())
}

fn parse(body: &[u8]) -> Result<Value, Error> {
    let unreadable = |error| Error::serialization(format!("The body is not JSON: {error}"));
    serde_json::from_slice(body).map_err(unreadable)
}

/// A value that was validated, as its type.
pub(crate) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| Error::serialization(error.to_string()))
}
