//! What requests are signed with.

use std::{
    sync::{PoisonError, RwLock},
    time::{SystemTime, UNIX_EPOCH},
};

use sigv4::{Credentials, PayloadHash, RequestParts, Scope, SignedHeaders};

/// Signs requests for one service of one region, at the time of the host.
#[derive(Debug)]
pub struct Signer {
    credentials: RwLock<Credentials>,
    region: String,
    service: &'static str,
}

impl Signer {
    /// A signer for ECS with these credentials.
    pub fn new(credentials: Credentials, region: String) -> Self {
        Self::of(credentials, region, "ecs")
    }

    /// A signer for another service.
    pub(crate) fn of(credentials: Credentials, region: String, service: &'static str) -> Self {
        Self { credentials: RwLock::new(credentials), region, service }
    }

    /// Signs with other credentials from now on.
    pub fn renew(&self, credentials: Credentials) {
        *self.credentials.write().unwrap_or_else(PoisonError::into_inner) = credentials;
    }

    /// The headers of a `GET` of this URL's path and query, with `host` signed and this payload.
    pub fn sign_get(&self, host: &str, path: &str, query: &str, payload: &[u8]) -> SignedHeaders {
        let headers = [("host", host.as_bytes())];
        let parts = RequestParts { method: "GET", path, query, headers: &headers };
        self.sign(&parts, payload)
    }

    /// The headers to add to a request with this payload.
    pub fn sign(&self, parts: &RequestParts<'_>, payload: &[u8]) -> SignedHeaders {
        let scope = Scope { region: &self.region, service: self.service };
        let credentials = self.credentials.read().unwrap_or_else(PoisonError::into_inner);
        sigv4::sign(parts, PayloadHash::of(payload), &credentials, scope, now_ms())
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
