//! The body of an upgrade that was refused.

use serde_json::{Map, Value};

use crate::acs::TextMessage;
use crate::envelope;

/// An exception by name, for example `InactiveInstanceException`, after which Amazon's agent waits
/// an hour before it tries again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {message}")]
pub struct Refusal {
    /// The name of the exception.
    pub name: String,
    /// Why.
    pub message: String,
}

impl Refusal {
    /// The body of the HTTP answer, in the envelope.
    pub fn to_body(&self) -> String {
        envelope::write(&self.name, &TextMessage { message: self.message.clone() })
    }

    /// Reads a body: an envelope, an object that maps the exception's name to a text, or the
    /// error of an AWS API (`__type` and `message`).
    pub fn from_body(body: &str) -> Option<Self> {
        let object: Map<String, Value> = serde_json::from_str(body).ok()?;
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        if let Some(kind) = object.get("__type").and_then(text) {
            let name = kind.rsplit('#').next().unwrap_or(&kind).to_owned();
            let message = object.get("message").or_else(|| object.get("Message")).and_then(text);
            return Some(Self { name, message: message.unwrap_or_default() });
        }
        if let Some(name) = object.get("type").and_then(text) {
            let message = object.get("message").and_then(|m| m.get("message")).and_then(text);
            return Some(Self { name, message: message.unwrap_or_default() });
        }
        let (name, message) = object.iter().next()?;
        Some(Self { name: name.clone(), message: text(message)? })
    }
}
