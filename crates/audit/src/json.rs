//! JSON that came from outside, made fit for a line of the log: whole, on one line, not too deep and not
//! too large.

use std::borrow::Cow;

use serde_json::value::{RawValue, to_raw_value};

/// Bytes of `requestParameters`, and of `responseElements`: CloudTrail's limit.
pub(crate) const BYTES_MAX: usize = 100 * 1024;
/// A reader of the log is not asked to go deeper than serde_json does.
const DEPTH_MAX: usize = 100;

/// The document, or in its place what CloudTrail writes for one that is too large. `member` is its name
/// in the record. Nothing for what is not JSON.
pub(crate) fn fit<'a>(member: &str, bytes: &'a [u8]) -> Option<Cow<'a, RawValue>> {
    if bytes.len() > BYTES_MAX {
        return Some(omitted(&format!("{member} too large"), bytes.len()));
    }
    let json: &RawValue = serde_json::from_slice(bytes).ok()?;
    let look = look(json.get().as_bytes());
    if look.depth > DEPTH_MAX {
        return Some(omitted(&format!("{member} too deep"), bytes.len()));
    }
    if !look.has_line_end {
        return Some(Cow::Borrowed(json));
    }
    // Between tokens one white space is as good as another, and within strings JSON has no line ends.
    let line = json.get().replace(['\n', '\r'], " ");
    RawValue::from_string(line).ok().map(Cow::Owned)
}

fn omitted(reason: &str, size: usize) -> Cow<'static, RawValue> {
    let said = serde_json::json!({"reason": reason, "omitted": true, "originalSize": size});
    Cow::Owned(to_raw_value(&said).expect("invariant: a value is JSON"))
}

struct Look {
    depth: usize,
    has_line_end: bool,
}

fn look(json: &[u8]) -> Look {
    let mut look = Look { depth: 0, has_line_end: false };
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        if in_string {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                look.depth = look.depth.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' | b'\r' => look.has_line_end = true,
            _ => {}
        }
    }
    look
}

/// Cuts a text that is too long, between two characters.
pub(crate) fn cut(text: &mut Cow<'_, str>, bytes_max: usize) {
    if text.len() > bytes_max {
        let end = text.floor_char_boundary(bytes_max);
        *text = Cow::Owned(text[..end].to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(text: &str) -> String {
        fit("requestParameters", text.as_bytes()).map_or("nothing".into(), |json| json.get().into())
    }

    #[test]
    fn a_document_of_many_lines_is_one_line() {
        assert_eq!(
            fitted("{\n\t\"a\": \"x\\ny\",\r\n \"b\": [1]}\n"),
            "{ \t\"a\": \"x\\ny\",   \"b\": [1]}"
        );
        assert_eq!(fitted(r#"{"a":"[[["}"#), r#"{"a":"[[["}"#);
    }

    #[test]
    fn what_is_not_json_cannot_make_a_line_of_its_own() {
        for text in
            ["", "{", "{}\n{}", "{\"a\":1}}\n{\"eventName\":\"Forged\"", "\"a\nb\"", "\u{0}"]
        {
            assert_eq!(fitted(text), "nothing", "{text:?}");
        }
    }

    #[test]
    fn what_is_too_large_or_too_deep_leaves_its_size() {
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(BYTES_MAX));
        assert_eq!(
            fitted(&large),
            format!(
                r#"{{"omitted":true,"originalSize":{},"reason":"requestParameters too large"}}"#,
                large.len()
            )
        );
        let deep = format!("{}{}", "[".repeat(101), "]".repeat(101));
        assert_eq!(
            fitted(&deep),
            r#"{"omitted":true,"originalSize":202,"reason":"requestParameters too deep"}"#
        );
        let fits = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(fitted(&fits), fits);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        let mut text = Cow::Borrowed("aüb");
        cut(&mut text, 2);
        assert_eq!(text, "a");
    }
}
