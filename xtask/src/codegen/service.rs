//! The service model as botocore writes it. A key that we do not know is an error: a new trait
//! wants a decision, not silence.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::names;
use crate::services::{self, Protocol};

/// The whole model.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub operations: BTreeMap<String, Operation>,
    pub shapes: BTreeMap<String, Shape>,
    #[serde(rename = "metadata")]
    _metadata: IgnoredAny,
    #[serde(rename = "version")]
    _version: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    pub name: String,
    pub input: Reference,
    /// None where the answer says no more than that it is done.
    pub output: Option<Reference>,
    #[serde(default)]
    pub errors: Vec<Reference>,
    readonly: Option<bool>,
    #[serde(rename = "http")]
    _http: IgnoredAny,
    /// Only some operations that are idempotent say so; nothing depends on it.
    #[serde(default, rename = "idempotent")]
    _idempotent: Option<IgnoredAny>,
    #[serde(default, rename = "auth")]
    _auth: Option<IgnoredAny>,
}

/// How the name of an operation begins that only reads, in the models that do not say so. Making
/// credentials of a role is reading too: CloudTrail counts it so.
const READING: [&str; 4] = ["Assume", "Get", "List", "Simulate"];

impl Operation {
    /// Whether the operation only reads.
    pub fn is_readonly(&self, service: &services::Service) -> bool {
        match service.protocol {
            Protocol::Json => self.readonly.unwrap_or_default(),
            Protocol::Query => READING.iter().any(|verb| self.name.starts_with(verb)),
        }
    }
}

#[derive(Deserialize)]
pub struct Reference {
    pub shape: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub members: BTreeMap<String, Reference>,
    #[serde(default)]
    pub required: BTreeSet<String>,
    #[serde(default, rename = "enum")]
    pub values: Vec<String>,
    pub key: Option<Reference>,
    pub value: Option<Reference>,
    pub member: Option<Reference>,
    pub min: Option<serde_json::Number>,
    pub max: Option<serde_json::Number>,
    pub pattern: Option<String>,
    #[serde(default)]
    pub document: bool,
    #[serde(default)]
    pub exception: bool,
    /// An exception that is the service's fault (status 500), not the caller's (400).
    #[serde(default)]
    pub fault: bool,
    /// How the query protocol tells an exception.
    pub error: Option<QueryError>,
    /// Exactly one member should be set; botocore checks it, the service's handlers do too.
    #[serde(default, rename = "union")]
    _union: Option<IgnoredAny>,
    #[serde(default, rename = "box")]
    _boxed: Option<IgnoredAny>,
    #[serde(default, rename = "sensitive")]
    _sensitive: Option<IgnoredAny>,
    #[serde(default, rename = "deprecated")]
    _deprecated: Option<IgnoredAny>,
    #[serde(default, rename = "deprecatedSince")]
    _deprecated_since: Option<IgnoredAny>,
}

/// The name and status of an exception in the query protocol.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QueryError {
    pub code: String,
    pub http_status_code: u16,
    #[serde(default, rename = "senderFault")]
    _sender_fault: Option<IgnoredAny>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Blob,
    Boolean,
    Double,
    Integer,
    List,
    Long,
    Map,
    String,
    Structure,
    Timestamp,
}

impl Service {
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("the service model: {error}"))
    }

    pub fn shape(&self, name: &str) -> &Shape {
        &self.shapes[name]
    }

    /// The Rust type of a value of the shape called `name`.
    pub fn rust_type(&self, name: &str) -> String {
        let shape = self.shape(name);
        match shape.kind {
            Kind::Blob => "Blob".to_owned(),
            Kind::Boolean => "bool".to_owned(),
            Kind::Double => "f64".to_owned(),
            Kind::Integer => "i32".to_owned(),
            Kind::Long => "i64".to_owned(),
            Kind::Timestamp => "Timestamp".to_owned(),
            Kind::List => format!("Vec<{}>", self.rust_type(shape.element())),
            Kind::Map => {
                let (key, value) = shape.entry();
                format!("BTreeMap<{}, {}>", self.rust_type(key), self.rust_type(value))
            }
            Kind::String if shape.values.is_empty() => "String".to_owned(),
            Kind::Structure if shape.document => "Value".to_owned(),
            Kind::String | Kind::Structure => names::type_name(name),
        }
    }

    /// The names of all shapes that an operation's input can hold, and of those that its output
    /// can hold too where the protocol writes it by its shape.
    pub fn schema_shapes(&self, protocol: Protocol) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let inputs = self.operations.values().map(|operation| &operation.input);
        let outputs = self.operations.values().filter_map(|operation| operation.output.as_ref());
        let outputs = outputs.filter(|_| protocol == Protocol::Query);
        let mut open: Vec<&str> = inputs.chain(outputs).map(|part| part.shape.as_str()).collect();
        while let Some(name) = open.pop() {
            if found.insert(name) {
                let shape = self.shape(name);
                let parts = [&shape.key, &shape.value, &shape.member].into_iter().flatten();
                open.extend(shape.members.values().chain(parts).map(|part| part.shape.as_str()));
            }
        }
        found
    }
}

impl Shape {
    /// The shape of a list's elements.
    pub fn element(&self) -> &str {
        &self.member.as_ref().expect("invariant: a list has a member shape").shape
    }

    /// The shapes of a map's keys and values.
    pub fn entry(&self) -> (&str, &str) {
        let key = self.key.as_ref().expect("invariant: a map has a key shape");
        let value = self.value.as_ref().expect("invariant: a map has a value shape");
        (&key.shape, &value.shape)
    }
}
