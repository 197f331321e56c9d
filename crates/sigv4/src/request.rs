//! What a signature covers, as seen by client and server alike.

use sha2::{Digest, Sha256};

/// The parts of an HTTP request that a signature covers, borrowed from whatever HTTP library holds
/// them. The caller passes them as they travel: path and query keep their percent-encoding.
#[derive(Clone, Copy)]
pub struct RequestParts<'a> {
    /// The method in capitals, such as `POST`.
    pub method: &'a str,
    /// The path up to the `?`, still encoded; empty means `/`.
    pub path: &'a str,
    /// What follows the `?`, still encoded; empty when there is none.
    pub query: &'a str,
    /// Every header in the order of arrival, names in any case. Over HTTP/2 the caller adds
    /// `:authority` as `host`.
    pub headers: &'a [(&'a str, &'a [u8])],
}

impl<'a> RequestParts<'a> {
    /// The values of a header, in order; `name` is in lower case.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.headers
            .iter()
            .filter(move |(candidate, _)| candidate.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }
}

/// What is known of the body when a signature is made or checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadHash {
    /// The SHA-256 of the whole body.
    Sha256([u8; 32]),
    /// The body has not been read. A verified signature then says nothing about the body: the
    /// caller must hold it to [`Claim::payload`](crate::Claim::payload) while reading it.
    Deferred,
}

impl PayloadHash {
    /// The hash of a body that is in memory.
    pub fn of(body: &[u8]) -> Self {
        Self::Sha256(Sha256::digest(body).into())
    }
}

/// Where a client's signature is valid: `us-east-1` and `ecs`, for example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The region.
    pub region: &'a str,
    /// The signing name of the service.
    pub service: &'a str,
}
