//! The query strings of Longshore's own paths.

use percent_encoding::percent_decode_str;

/// The members of a query string, in their order. One without `=` has an empty value.
pub fn members(query: &str) -> impl Iterator<Item = (&str, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name, percent_decode_str(value).decode_utf8_lossy().into_owned())
    })
}
