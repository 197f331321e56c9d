//! Pages: what `maxResults` and `nextToken` mean.
//!
//! A token is opaque to clients. Inside are the operation and the name of the last item of the page
//! before, so a list goes on in the right place whatever came or went meanwhile.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use wire::Error;

use crate::limits;

/// The page that a request asks for.
#[derive(Debug)]
pub struct Page {
    operation: &'static str,
    size: usize,
    after: Option<String>,
}

impl Page {
    /// Reads `maxResults` (1 to `size_max`) and `nextToken` of `operation`.
    pub fn parse(
        operation: &'static str,
        max_results: Option<i32>,
        next_token: Option<&str>,
        default: usize,
        size_max: usize,
    ) -> Result<Page, Error> {
        let size = match max_results {
            None => default,
            Some(n) => {
                usize::try_from(n).ok().filter(|n| (1..=size_max).contains(n)).ok_or_else(|| {
                    Error::invalid_parameter(format!(
                        "maxResults is {n}; it must be between 1 and {size_max}."
                    ))
                })?
            }
        };
        let after = match next_token.filter(|t| !t.is_empty()) {
            None => None,
            Some(token) => Some(decode(operation, token).ok_or_else(invalid_token)?),
        };
        Ok(Page { operation, size, after })
    }

    /// The usual page: up to 100 items, and that many unless `max_results` says otherwise.
    pub fn of(
        operation: &'static str,
        max_results: Option<i32>,
        next_token: Option<&str>,
    ) -> Result<Page, Error> {
        Page::parse(operation, max_results, next_token, limits::PAGE_SIZE, limits::PAGE_SIZE)
    }

    /// The last item of the page before, as what the list is ordered by.
    pub fn after<T: std::str::FromStr>(&self) -> Result<Option<T>, Error> {
        self.after.as_deref().map(str::parse).transpose().map_err(|_| invalid_token())
    }

    /// The items of this page, taken from those behind [`Page::after`], and the token of the next.
    pub fn take<T>(
        &self,
        items: impl Iterator<Item = T>,
        name: impl Fn(&T) -> String,
    ) -> (Vec<T>, Option<String>) {
        let mut items = items.peekable();
        let page: Vec<T> = items.by_ref().take(self.size).collect();
        let more = items.peek().is_some();
        let token = page.last().filter(|_| more).map(|last| encode(self.operation, &name(last)));
        (page, token)
    }
}

fn invalid_token() -> Error {
    Error::invalid_parameter("Invalid token. nextToken is not one that this operation gave.")
}

fn encode(operation: &str, name: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{operation}\n{name}"))
}

fn decode(operation: &str, token: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (of, name) = text.split_once('\n')?;
    (of == operation).then(|| name.to_owned())
}
