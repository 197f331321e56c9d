//! Requests and answers as bytes: AWS's query protocol, for the side that serves.
//!
//! A request is `POST /` with a form: the operation in `Action`, the API's version in `Version`, and
//! the input's members beside them, where what is nested has a path (`Tags.member.1.Key`). An answer
//! is XML; an error has the name and status of [`ErrorCode::query_name`](crate::ErrorCode::query_name).
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::awsjson::{check_length, typed};
use crate::schema::Shape;
use crate::{Error, Op, Service, WithOp, iam, sts, validate, xml};

/// The content type of requests.
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";
/// The content type of answers.
pub const ANSWER_TYPE: &str = "text/xml";

/// An operation of a service that speaks this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// One of IAM.
    Iam(iam::Operation),
    /// One of STS.
    Sts(sts::Operation),
}

impl Operation {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Iam(operation) => operation.name(),
            Self::Sts(operation) => operation.name(),
        }
    }

    /// The service that it belongs to.
    pub fn service(self) -> Service {
        match self {
            Self::Iam(_) => iam::SERVICE,
            Self::Sts(_) => sts::SERVICE,
        }
    }

    /// Runs code that is generic over the operation.
    pub fn with<W: WithOp>(self, code: W) -> W::Answer {
        match self {
            Self::Iam(operation) => operation.with(code),
            Self::Sts(operation) => operation.with(code),
        }
    }

    /// Whether the operation only reads.
    pub fn is_read_only(self) -> bool {
        match self {
            Self::Iam(operation) => operation.is_read_only(),
            Self::Sts(operation) => operation.is_read_only(),
        }
    }
}

/// An operation whose output is written in this protocol.
pub trait QueryOp: Op {
    /// What the output looks like, or `None` where an answer only says that it is done.
    fn output_schema() -> Option<&'static Shape>;
}

/// A request's form: the value of each path, sorted by path.
#[derive(Debug)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a body. A path that comes twice has the last of its values.
    ///
    /// # Errors
    /// `RequestEntityTooLarge` for more than [`MAX_BODY_BYTES`](crate::awsjson::MAX_BODY_BYTES).
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        check_length(body)?;
        Ok(Self(form_urlencoded::parse(body).into_owned().collect()))
    }

    /// The value at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The operation that the form asks for.
    ///
    /// # Errors
    /// `InvalidAction` if there is none of this name in this version.
    pub fn operation(&self) -> Result<Operation, Error> {
        let Some(action) = self.get("Action") else {
            return Err(Error::unknown_operation("The request has no Action"));
        };
        let version = self.get("Version").unwrap_or("NO_VERSION_SPECIFIED");
        let operation = match version {
            version if version == iam::SERVICE.version => {
                iam::Operation::from_name(action).map(Operation::Iam)
            }
            version if version == sts::SERVICE.version => {
                sts::Operation::from_name(action).map(Operation::Sts)
            }
            _ => None,
        };
        let missing = || format!("Could not find operation {action} for version {version}");
        operation.ok_or_else(|| Error::unknown_operation(missing()))
    }

    /// The value of a shape at a path, if there is one. What is not of the shape's type stays text:
    /// the validation says so.
    fn value(&self, path: &str, shape: &Shape) -> Option<Value> {
        match shape {
            Shape::Structure(members) => {
                let members = members.iter().filter_map(|member| {
                    let value = self.value(&join(path, member.name), member.shape)?;
                    Some((member.name.to_owned(), value))
                });
                let members: Map<_, _> = members.collect();
                (!members.is_empty()).then_some(Value::Object(members))
            }
            Shape::List { element, .. } => {
                // An element that is there without a member that we know may lack a required one.
                let nothing = || Value::Object(Map::new());
                let value = |path: String| self.value(&path, element).unwrap_or_else(nothing);
                let elements = self.collection(path, "member");
                elements.map(|paths| paths.map(value).collect()).or_else(|| self.text(path))
            }
            Shape::Map { key, value, .. } => {
                let entry = |path: String| {
                    let Some(Value::String(key)) = self.value(&join(&path, "key"), key) else {
                        return None;
                    };
                    Some((key, self.value(&join(&path, "value"), value)?))
                };
                let entries = self.collection(path, "entry");
                let object = entries.map(|paths| paths.filter_map(entry).collect());
                object.map(Value::Object).or_else(|| self.text(path))
            }
            _ => self.get(path).map(|text| scalar(text, shape)),
        }
    }

    fn text(&self, path: &str) -> Option<Value> {
        self.get(path).map(Value::from)
    }

    /// The paths of a list's elements or a map's entries, in their order, or `None` where there is
    /// no such collection. `Tags=` is an empty one.
    fn collection(&self, path: &str, kind: &str) -> Option<impl Iterator<Item = String>> {
        let parts = format!("{path}.{kind}.");
        let numbers: BTreeSet<u32> = self
            .0
            .range(parts.clone()..)
            .map_while(|(path, _)| path.strip_prefix(&parts))
            .filter_map(|rest| rest.split('.').next()?.parse().ok())
            .collect();
        let present = !numbers.is_empty() || self.get(path) == Some("");
        present.then(|| numbers.into_iter().map(move |number| format!("{parts}{number}")))
    }
}

/// Reads and validates the input of an operation.
///
/// # Errors
/// `MalformedInput` for a value of a wrong type; `ValidationError` for what breaks a constraint of
/// the model.
pub fn decode_input<O: Op>(form: &Form) -> Result<O::Input, Error> {
    let empty = || Value::Object(Map::new());
    let mut input = form.value("", O::input_schema()).unwrap_or_else(empty);
    validate::validate(&mut input, O::input_schema())?;
    typed(input)
}

/// The body of an answer with status 200.
pub fn encode_output<O: QueryOp>(output: &O::Output, request_id: &str) -> Vec<u8> {
    let value = serde_json::to_value(output).expect("invariant: the generated shapes are JSON");
    let result = O::output_schema().map(|shape| (&value, shape));
    xml::answer(O::NAME, &namespace(O::SERVICE), result, request_id)
}

/// The body of an answer that is an error; the status is
/// [`ErrorCode::query_status`](crate::ErrorCode::query_status).
pub fn encode_error(error: &Error, service: Service, request_id: &str) -> Vec<u8> {
    xml::error(error, &namespace(service), request_id)
}

fn namespace(Service { id, version, .. }: Service) -> String {
    format!("https://{id}.amazonaws.com/doc/{version}/")
}

fn join<'a>(path: &str, step: &'a str) -> Cow<'a, str> {
    if path.is_empty() { Cow::Borrowed(step) } else { Cow::Owned(format!("{path}.{step}")) }
}

/// The value that a text stands for.
fn scalar(text: &str, shape: &Shape) -> Value {
    let number = match shape {
        Shape::Boolean => text.parse().ok().map(Value::Bool),
        Shape::Integer { .. } | Shape::Long { .. } => text.parse::<i64>().ok().map(Value::from),
        Shape::Double { .. } => text.parse::<f64>().ok().map(Value::from),
        Shape::Timestamp => OffsetDateTime::parse(text, &Rfc3339).ok().map(|instant| {
            let ms = instant.unix_timestamp_nanos().div_euclid(1_000_000);
            Value::from(ms as f64 / 1000.0)
        }),
        _ => None,
    };
    number.unwrap_or_else(|| Value::from(text))
}
