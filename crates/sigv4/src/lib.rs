//! AWS Signature Version 4, signing and verifying, without I/O.
//!
//! A server calls [`parse`], looks the claimed access key up, and proves the claim with
//! [`Claim::verify`]. A client calls [`sign`], or [`presign`] for a URL. Both work on
//! [`RequestParts`], which borrow from any HTTP library, and take the time as milliseconds since
//! the epoch.
//!
//! ```
//! use sigv4::{Credentials, Endpoint, KeyRecord, PayloadHash, RequestParts, Scope};
//!
//! let credentials = Credentials {
//!     access_key_id: "AKIDEXAMPLE".into(),
//!     secret_access_key: "secret".into(),
//!     session_token: None,
//! };
//! let (now_ms, payload) = (1_440_938_160_000, PayloadHash::of(b"{}"));
//! let host = [("host", &b"localhost:4510"[..])];
//! let request = RequestParts { method: "POST", path: "/", query: "", headers: &host };
//! let scope = Scope { region: "us-east-1", service: "ecs" };
//! let signed = sigv4::sign(&request, payload, &credentials, scope, now_ms);
//!
//! let mut headers = host.to_vec();
//! headers.extend(signed.iter().map(|(name, value)| (name, value.as_bytes())));
//! let request = RequestParts { headers: &headers, ..request };
//! let claim = sigv4::parse(&request)?;
//! assert_eq!(claim.access_key_id, "AKIDEXAMPLE");
//! let key = KeyRecord { secret_access_key: "secret", session_token: None, expires_at_ms: None };
//! claim.verify(&request, payload, &key, &Endpoint::new("us-east-1", "ecs"), now_ms)?;
//! # Ok::<(), sigv4::Error>(())
//! ```
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod canonical;
mod chunked;
mod claim;
mod date;
mod error;
mod key;
mod request;
mod sign;
mod verify;

pub use chunked::{ChunkedForm, ChunkedVerifier};
pub use claim::{Claim, CredentialScope, DeclaredPayload, Form, parse};
pub use error::Error;
pub use request::{PayloadHash, RequestParts, Scope};
pub use sign::{Credentials, SignedHeaders, presign, sign};
pub use verify::{Endpoint, KeyRecord, MAX_SKEW_MIN};
