//! JSON as a policy needs it: elements in their order, none twice, and where statements stand in the
//! text.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::{Malformed, Position, Span};

/// A value. A number is kept as text, because policies allow either.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// serde_json bounds the nesting, so the stack is safe.
    pub(crate) fn parse(text: &str) -> Result<Json, Malformed> {
        serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            // An element that stands twice is JSON, but no policy.
            let kind = if error.is_data() { "" } else { "not JSON: " };
            Malformed { place, message: format!("{kind}{}", &message[..end]) }
        })
    }

    /// What it is, for a message.
    pub(crate) fn found(&self) -> String {
        match self {
            Json::Null => "null".to_string(),
            Json::Bool(value) => value.to_string(),
            Json::Number(value) => format!("the number {}", shorten(value)),
            Json::Text(value) => quote(value),
            Json::List(_) => "a list".to_string(),
            Json::Object(_) => "an object".to_string(),
        }
    }
}

/// A value from outside as messages show it.
pub(crate) fn quote(text: &str) -> String {
    format!("\"{}\"", shorten(text))
}

/// Messages stay readable whatever the document holds.
fn shorten(text: &str) -> String {
    const CHARS_MAX: usize = 100;
    let mut shown = String::new();
    for sign in text.chars().take(CHARS_MAX) {
        if sign.is_control() {
            shown.extend(sign.escape_default());
        } else {
            shown.push(sign);
        }
    }
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object: Vec<(String, Json)> = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some((key, value)) = entries.next_entry::<String, Json>()? {
            // A reader sees the first, a parser keeps the last: neither is safe to choose.
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("{} stands here twice", quote(&key))));
            }
            object.push((key, value));
        }
        Ok(Json::Object(object))
    }
}

/// Where each statement of a document stands. The text must be JSON.
pub(crate) fn statement_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut scan = Scan { bytes: text.bytes(), position: Position { line: 1, column: 0 } };
    // Objects and lists that are open, and whether the element `Statement` is being read.
    let (mut depth, mut in_statement, mut list_depth) = (0_usize, false, 1);
    let mut start = Position { line: 1, column: 1 };
    let mut last_key = String::new();
    while let Some(byte) = scan.next() {
        match byte {
            b'"' => {
                let word = scan.string();
                if depth == 1 {
                    last_key = word;
                }
            }
            b':' if depth == 1 => {
                in_statement = last_key == "Statement";
                list_depth = 1;
            }
            b',' if depth == 1 => in_statement = false,
            b'{' | b'[' => {
                if in_statement && byte == b'[' && depth == 1 {
                    list_depth = 2;
                }
                if in_statement && byte == b'{' && depth == list_depth {
                    start = scan.after();
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if in_statement && byte == b'}' && depth == list_depth {
                    spans.push(Span { start, end: scan.after() });
                }
            }
            _ => {}
        }
    }
    spans
}

struct Scan<'a> {
    bytes: core::str::Bytes<'a>,
    /// Of the byte that was read last.
    position: Position,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.next()?;
        match byte {
            b'\n' => self.position = Position { line: self.position.line + 1, column: 0 },
            // A character counts once, by its first byte.
            0x80..=0xBF => {}
            _ => self.position.column += 1,
        }
        Some(byte)
    }

    /// The place after the byte that was read last.
    fn after(&self) -> Position {
        Position { column: self.position.column + 1, ..self.position }
    }

    /// The rest of a string whose first quote was read.
    fn string(&mut self) -> String {
        let mut word = alloc::vec![b'"'];
        while let Some(byte) = self.next() {
            match byte {
                b'"' => {
                    word.push(byte);
                    break;
                }
                b'\\' => {
                    word.push(byte);
                    word.extend(self.next());
                }
                _ => word.push(byte),
            }
        }
        serde_json::from_slice(&word).unwrap_or_default()
    }
}
