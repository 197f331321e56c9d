//! The envelope of every message: `{"type": "<name of the shape>", "message": {…}}`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A frame that is no message. Amazon's agent logs such a frame and goes on.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The text is not `{"type": …, "message": {…}}`.
    #[error("the frame is not a message in its envelope: {0}")]
    Envelope(serde_json::Error),
    /// A member of the message has the wrong type.
    #[error("the {kind} cannot be read: {error}")]
    Message {
        /// The type that the envelope names.
        kind: String,
        /// Where and why.
        error: serde_json::Error,
    },
    /// The header block before a TCS frame is damaged.
    #[error("the frame's header block is damaged: {0}")]
    Headers(&'static str),
}

#[derive(Serialize)]
pub(crate) struct Outgoing<'a, T> {
    pub(crate) r#type: &'a str,
    pub(crate) message: &'a T,
}

#[derive(Deserialize)]
pub(crate) struct Incoming {
    pub(crate) r#type: String,
    #[serde(default)]
    pub(crate) message: Value,
}

pub(crate) fn write<T: Serialize>(kind: &str, message: &T) -> String {
    serde_json::to_string(&Outgoing { r#type: kind, message })
        .expect("invariant: the protocol's shapes have text keys and finite numbers")
}

pub(crate) fn open(frame: &str) -> Result<Incoming, FrameError> {
    let mut incoming: Incoming = serde_json::from_str(frame).map_err(FrameError::Envelope)?;
    drop_nulls(&mut incoming.message);
    if incoming.message.is_null() {
        incoming.message = Value::Object(serde_json::Map::new());
    }
    Ok(incoming)
}

pub(crate) fn read<T: DeserializeOwned>(kind: &str, message: Value) -> Result<T, FrameError> {
    serde_json::from_value(message)
        .map_err(|error| FrameError::Message { kind: kind.to_owned(), error })
}

/// To the protocol, a member that is `null` is absent.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(elements) => elements.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Declares the messages of one direction: variant, name on the wire, shape.
macro_rules! messages {
    (
        $(#[$doc:meta])*
        $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $kind:literal => $shape:ty, )* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $( $(#[$variant_doc])* $variant($shape), )*
            /// A type that this version does not know; to be logged and skipped.
            Unknown {
                /// The name of the type.
                kind: String,
                /// The message as it came.
                message: serde_json::Value,
            },
        }

        impl $name {
            /// The name of the type on the wire.
            pub fn kind(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $kind, )*
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// The message in its envelope.
            pub fn to_frame(&self) -> String {
                match self {
                    $( Self::$variant(message) => crate::envelope::write($kind, message), )*
                    Self::Unknown { kind, message } => crate::envelope::write(kind, message),
                }
            }

            /// Reads a message in its envelope.
            pub fn from_frame(frame: &str) -> Result<Self, crate::FrameError> {
                let incoming = crate::envelope::open(frame)?;
                let kind = incoming.r#type;
                Ok(match kind.as_str() {
                    $( $kind => Self::$variant(crate::envelope::read($kind, incoming.message)?), )*
                    _ => Self::Unknown { kind, message: incoming.message },
                })
            }
        }
    };
}
pub(crate) use messages;
