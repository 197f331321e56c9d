//! The XML of the query protocol's answers.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::Writer;
use quick_xml::events::BytesText;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::schema::Shape;
use crate::{Error, Timestamp};

type Written = std::io::Result<()>;

/// The characters that RFC 3986 leaves as they are.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The answer to an operation, with its result where it has one.
pub fn answer(
    operation: &str,
    namespace: &str,
    result: Option<(&Value, &Shape)>,
    request_id: &str,
) -> Vec<u8> {
    document(&format!("{operation}Response"), namespace, |writer| {
        if let Some((value, shape)) = result {
            element(writer, &format!("{operation}Result"), value, shape)?;
        }
        let metadata = writer.create_element("ResponseMetadata");
        metadata.write_inner_content(|writer| text(writer, "RequestId", request_id))?;
        Ok(())
    })
}

/// An answer that is an error.
pub fn error(error: &Error, namespace: &str, request_id: &str) -> Vec<u8> {
    let fault = if error.code.query_status() < 500 { "Sender" } else { "Receiver" };
    document("ErrorResponse", namespace, |writer| {
        writer.create_element("Error").write_inner_content(|writer| {
            text(writer, "Type", fault)?;
            text(writer, "Code", error.code.query_name())?;
            text(writer, "Message", &error.message)
        })?;
        text(writer, "RequestId", request_id)
    })
}

fn document(
    name: &str,
    namespace: &str,
    content: impl FnOnce(&mut Writer<Vec<u8>>) -> Written,
) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let root = writer.create_element(name).with_attribute(("xmlns", namespace));
    root.write_inner_content(content).expect("invariant: a vector takes what is written to it");
    writer.into_inner()
}

/// Writes a value as the element called `name`.
fn element(writer: &mut Writer<Vec<u8>>, name: &str, value: &Value, shape: &Shape) -> Written {
    match (value, shape) {
        (Value::Object(members), Shape::Structure(shapes)) => {
            writer.create_element(name).write_inner_content(|writer| {
                for member in *shapes {
                    if let Some(value) = members.get(member.name) {
                        element(writer, member.name, value, member.shape)?;
                    }
                }
                Ok(())
            })?;
        }
        (Value::Array(elements), Shape::List { element: shape, .. }) => {
            writer.create_element(name).write_inner_content(|writer| {
                elements.iter().try_for_each(|value| element(writer, "member", value, shape))
            })?;
        }
        (Value::Object(entries), Shape::Map { value: shape, .. }) => {
            writer.create_element(name).write_inner_content(|writer| {
                entries.iter().try_for_each(|(key, value)| {
                    writer.create_element("entry").write_inner_content(|writer| {
                        text(writer, "key", key)?;
                        element(writer, "value", value, shape)
                    })?;
                    Ok(())
                })
            })?;
        }
        (value, Shape::Timestamp) => text(writer, name, &instant(value))?,
        (Value::String(value), shape) if is_policy_document(shape) => {
            text(writer, name, &utf8_percent_encode(value, UNRESERVED).to_string())?;
        }
        (Value::String(value), _) => text(writer, name, value)?,
        (value, _) => text(writer, name, &value.to_string())?,
    }
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> Written {
    let text = allowed(text);
    writer.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

/// The text without the characters that XML cannot say, not even escaped.
fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden = |character: char| matches!(character, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// IAM answers policy documents URL-encoded, as RFC 3986 says.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
fn is_policy_document(shape: &Shape) -> bool {
    std::ptr::eq(shape, &raw const crate::generated::iam::schema::POLICY_DOCUMENT_TYPE)
}

/// A time as ISO 8601 has it.
fn instant(seconds: &Value) -> String {
    let Timestamp(ms) = serde_json::from_value(seconds.clone()).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .ok()
        .and_then(|instant| instant.format(&Rfc3339).ok())
        .unwrap_or_default()
}
