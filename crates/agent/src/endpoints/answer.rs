//! A request as the endpoints see it, and what comes back.

use std::net::IpAddr;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde::Serialize;

/// What is asked, and from where.
#[derive(Clone, Debug)]
pub struct Question {
    /// `GET` and the like.
    pub method: Method,
    /// The path without its query.
    pub path: String,
    /// The query, without the question mark.
    pub query: String,
    /// The body.
    pub body: Bytes,
    /// The address of whoever asks.
    pub source: IpAddr,
}

impl Question {
    /// The first value of a name in the query.
    pub fn value(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value);
        let decoded = percent_encoding::percent_decode_str(values.next()?).decode_utf8_lossy();
        Some(decoded.into_owned())
    }
}

/// What comes back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// A document.
    pub fn json(status: StatusCode, document: &impl Serialize) -> Self {
        let body = serde_json::to_vec(document);
        let body = body.expect("invariant: our documents have text keys and finite numbers");
        Self { status, content_type: "application/json", body: body.into() }
    }

    /// A document that was asked for.
    pub fn ok(document: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, document)
    }
}

/// Whether the id in the path is known here.
#[derive(Clone, Debug)]
pub enum Reply {
    /// It is, or there is none in it: this is the answer.
    Here(Answer),
    /// It is not: this is the answer unless another process of the host knows it.
    Unknown(Answer),
}
