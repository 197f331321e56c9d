//! The canonical form of a request, over which both sides compute the signature.
//!
//! Rules: IAM User Guide, "Create a signed AWS API request", "Create a canonical request".

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::key::sha256_hex;
use crate::request::RequestParts;

/// The query parameter that carries the signature, and so cannot be covered by it.
pub(crate) const SIGNATURE_PARAMETER: &str = "X-Amz-Signature";

/// The canonical request. `signed_headers` are lower case, sorted and all present in the request.
pub(crate) fn canonical_request(
    request: &RequestParts,
    service: &str,
    signed_headers: &[String],
    payload: &str,
) -> Vec<u8> {
    let mut text = Vec::with_capacity(512);
    text.extend_from_slice(request.method.as_bytes());
    text.push(b'\n');
    text.extend_from_slice(canonical_path(request.path, service).as_bytes());
    text.push(b'\n');
    text.extend_from_slice(canonical_query(request.query).as_bytes());
    text.push(b'\n');
    for name in signed_headers {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        for (at, value) in request.values(name).enumerate() {
            if at > 0 {
                text.push(b',');
            }
            fold(value, &mut text);
        }
        text.push(b'\n');
    }
    text.push(b'\n');
    text.extend_from_slice(signed_headers.join(";").as_bytes());
    text.push(b'\n');
    text.extend_from_slice(payload.as_bytes());
    text
}

/// The string to sign of a whole request. `timestamp` is `YYYYMMDDTHHMMSSZ`.
pub(crate) fn string_to_sign(timestamp: &str, scope: &str, canonical_request: &[u8]) -> String {
    format!("{}\n{timestamp}\n{scope}\n{}", crate::key::ALGORITHM, sha256_hex(canonical_request))
}

/// The credential scope, `YYYYMMDD/region/service/aws4_request`.
pub(crate) fn scope_text(date: &str, region: &str, service: &str) -> String {
    format!("{date}/{region}/{service}/aws4_request")
}

/// S3 signs each path byte encoded once and keeps empty and dot segments, because they are part of
/// object keys. Every other service removes those segments and encodes the encoded path again.
fn canonical_path(path: &str, service: &str) -> String {
    let mut text = String::with_capacity(path.len() + 1);
    if service == "s3" {
        if !path.starts_with('/') {
            text.push('/');
        }
        encode(&decode(path, false), true, &mut text);
        return text;
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            named => segments.push(named),
        }
    }
    for segment in &segments {
        text.push('/');
        encode(segment.as_bytes(), false, &mut text);
    }
    let names_a_folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    if segments.is_empty() || names_a_folder {
        text.push('/');
    }
    text
}

/// Every parameter decoded, encoded anew by RFC 3986 and sorted by encoded name, then value.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = parameters(query)
        .filter(|(name, _)| name != SIGNATURE_PARAMETER.as_bytes())
        .map(|(name, value)| (encoded(&name), encoded(&value)))
        .collect();
    pairs.sort_unstable();
    let mut text = String::with_capacity(query.len());
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&name);
        text.push('=');
        text.push_str(&value);
    }
    text
}

/// The decoded parameters of a query string, in order. A parameter without `=` has an empty value.
pub(crate) fn parameters(query: &str) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name, true), decode(value, true))
    })
}

/// Removes percent-encoding. A `%` that begins no valid escape stands for itself. In queries a `+`
/// is a space, as in the SDKs' own parsers: they sign `%20` for it.
fn decode(text: &str, plus_is_space: bool) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = match bytes[at..] {
            [b'%', high, low, ..] => nibble(high).zip(nibble(low)),
            _ => None,
        };
        match (bytes[at], escape) {
            (_, Some((high, low))) => {
                decoded.push(high << 4 | low);
                at += 3;
                continue;
            }
            (b'+', None) if plus_is_space => decoded.push(b' '),
            (byte, None) => decoded.push(byte),
        }
        at += 1;
    }
    decoded
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Percent-encodes every byte but RFC 3986's unreserved ones.
pub(crate) fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    encode(bytes, false, &mut text);
    text
}

fn encode(bytes: &[u8], keep_slash: bool, text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(*byte));
            }
            b'/' if keep_slash => text.push('/'),
            _ => {
                text.push('%');
                text.push(char::from(DIGITS[usize::from(byte >> 4)]));
                text.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}

/// Appends a header value without the space around it and with runs of spaces made one.
fn fold(value: &[u8], text: &mut Vec<u8>) {
    let mut after_space = false;
    for byte in value.trim_ascii() {
        if !(after_space && *byte == b' ') {
            text.push(*byte);
        }
        after_space = *byte == b' ';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_empty_and_dot_segments_and_are_encoded_twice() {
        for (path, canonical) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/./", "/"),
            ("/./example", "/example"),
            ("//example//", "/example/"),
            ("/example/..", "/"),
            ("/example1/example2/../..", "/"),
            ("/../../up", "/up"),
            ("/a/b/..", "/a/"),
            ("/a/b/.", "/a/b/"),
            ("/example space/", "/example%20space/"),
            ("/ሴ", "/%E1%88%B4"),
            ("/test/@connections/JBDvjfGEIAMCERw%3D", "/test/%40connections/JBDvjfGEIAMCERw%253D"),
        ] {
            assert_eq!(canonical_path(path, "ecs"), canonical, "{path}");
        }
    }

    #[test]
    fn s3_paths_keep_their_segments_and_are_encoded_once() {
        for (path, canonical) in [
            ("", "/"),
            ("//a/../b/", "//a/../b/"),
            ("/a%20b%2Fc", "/a%20b/c"),
            ("/caf\u{e9}", "/caf%C3%A9"),
        ] {
            assert_eq!(canonical_path(path, "s3"), canonical, "{path}");
        }
    }

    #[test]
    fn queries_are_sorted_by_encoded_name_then_value() {
        for (query, canonical) in [
            ("", ""),
            ("&&", ""),
            ("b&a", "a=&b="),
            ("a=2&a=1&A=3", "A=3&a=1&a=2"),
            (
                "Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
                "%E1%88%B4=Value1&Param=Value2&Param-3=Value3",
            ),
            ("a=b=c", "a=b%3Dc"),
            ("a=x+y&b=x%2By", "a=x%20y&b=x%2By"),
            ("a=100%&b=%zz", "a=100%25&b=%25zz"),
            ("X-Amz-Signature=00&a=%7e", "a=~"),
        ] {
            assert_eq!(canonical_query(query), canonical, "{query}");
        }
    }

    #[test]
    fn header_values_are_folded() {
        let mut text = Vec::new();
        fold(b"  \t a   \"b   c\" \t", &mut text);
        assert_eq!(text, b"a \"b c\"");
    }
}
