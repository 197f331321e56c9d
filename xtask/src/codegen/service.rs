//! The service model as botocore writes it. A key that we do not know is an error: a new trait
//! wants a decision, not silence.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;

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
    pub output: Reference,
    pub errors: Vec<Reference>,
    #[serde(default)]
    pub readonly: bool,
    #[serde(rename = "http")]
    _http: IgnoredAny,
    /// Only some operations that are idempotent say so; nothing depends on it.
    #[serde(default, rename = "idempotent")]
    _idempotent: Option<IgnoredAny>,
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
            Kind::String | Kind::Structure => name.to_owned(),
        }
    }

    /// The names of all shapes that an operation's input can hold.
    pub fn input_shapes(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> =
            self.operations.values().map(|operation| operation.input.shape.as_str()).collect();
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
