//! Signing requests: for the agent, the CLI, and tests that play a client.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::canonical::{
    SIGNATURE_PARAMETER, canonical_request, encoded, parameters, scope_text, string_to_sign,
};
use crate::date::format_basic;
use crate::key::{ALGORITHM, SigningKey, hex};
use crate::request::{PayloadHash, RequestParts, Scope};

/// An access key with its secret. `Debug` shows neither the secret nor the token.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The public half of the key.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token of temporary credentials.
    pub session_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// The headers to add to the request that was signed.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedHeaders {
    /// The value of `authorization`.
    pub authorization: String,
    /// The value of `x-amz-date`.
    pub x_amz_date: String,
    /// The value of `x-amz-security-token`, for temporary credentials.
    pub x_amz_security_token: Option<String>,
}

impl SignedHeaders {
    /// Name and value of each header to add.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            Some(("authorization", self.authorization.as_str())),
            Some(("x-amz-date", self.x_amz_date.as_str())),
            self.x_amz_security_token.as_deref().map(|token| ("x-amz-security-token", token)),
        ]
        .into_iter()
        .flatten()
    }
}

/// Signs a request in its headers.
///
/// `request.headers` must have `host`. All of them are signed but those that HTTP software changes
/// on the way; `x-amz-date` and `x-amz-security-token` are ours to add, so that the `host` header
/// alone gives the form that the ECS agent uses for websocket upgrades, with the hash of an empty
/// body, and for each frame to TCS, with the hash of the frame. `x-amz-content-sha256`, if it is
/// among the headers, stands for the payload in the signature.
pub fn sign(
    request: &RequestParts,
    payload: PayloadHash,
    credentials: &Credentials,
    scope: Scope,
    now_ms: i64,
) -> SignedHeaders {
    let timestamp = format_basic(now_ms);
    let mut headers = signable(request);
    headers.push(("x-amz-date", timestamp.as_bytes()));
    if let Some(token) = &credentials.session_token {
        headers.push(("x-amz-security-token", token.as_bytes()));
    }
    let request = RequestParts { headers: &headers, ..*request };
    let names = names(&headers);
    let signature = signature(&request, &names, payload, credentials, scope, &timestamp);
    let credential = credential(credentials, scope, &timestamp);
    SignedHeaders {
        authorization: format!(
            "{ALGORITHM} Credential={credential}, SignedHeaders={}, Signature={signature}",
            names.join(";")
        ),
        x_amz_security_token: credentials.session_token.clone(),
        x_amz_date: timestamp,
    }
}

/// Signs a request in its query string, for `expires_s` seconds from `now_ms` on (1 to 604800).
/// Answers the whole query string, the request's own parameters included.
///
/// `request.headers` must have `host`, and holds only what the user of the URL will send, too.
/// S3 takes any body with such a URL; elsewhere `payload` is the hash of the body to be sent.
pub fn presign(
    request: &RequestParts,
    payload: PayloadHash,
    credentials: &Credentials,
    scope: Scope,
    expires_s: u32,
    now_ms: i64,
) -> String {
    let timestamp = format_basic(now_ms);
    let headers = signable(request);
    let names = names(&headers);
    let payload = if scope.service == "s3" { PayloadHash::Deferred } else { payload };

    let mut pairs: Vec<(String, String)> =
        parameters(request.query).map(|(name, value)| (encoded(&name), encoded(&value))).collect();
    let mut add = |name: &str, value: &str| pairs.push((name.into(), encoded(value.as_bytes())));
    add("X-Amz-Algorithm", ALGORITHM);
    add("X-Amz-Credential", &credential(credentials, scope, &timestamp));
    add("X-Amz-Date", &timestamp);
    add("X-Amz-Expires", &format!("{expires_s}"));
    add("X-Amz-SignedHeaders", &names.join(";"));
    if let Some(token) = &credentials.session_token {
        add("X-Amz-Security-Token", token);
    }
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let query = pairs.join("&");

    let request = RequestParts { headers: &headers, query: &query, ..*request };
    let signature = signature(&request, &names, payload, credentials, scope, &timestamp);
    format!("{query}&{SIGNATURE_PARAMETER}={signature}")
}

/// The headers that reach the server as they were sent.
fn signable<'a>(request: &RequestParts<'a>) -> Vec<(&'a str, &'a [u8])> {
    const CHANGED_ON_THE_WAY: [&str; 9] = [
        "authorization",
        "connection",
        "expect",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amz-date",
        "x-amz-security-token",
    ];
    let is_signable = |name: &str| {
        let name = name.to_ascii_lowercase();
        !CHANGED_ON_THE_WAY.contains(&name.as_str())
            && !name.starts_with("sec-")
            && name != "x-amzn-trace-id"
    };
    request.headers.iter().filter(|(name, _)| is_signable(name)).copied().collect()
}

fn names(headers: &[(&str, &[u8])]) -> Vec<String> {
    let mut names: Vec<String> =
        headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn credential(credentials: &Credentials, scope: Scope, timestamp: &str) -> String {
    let scope = scope_text(&timestamp[..8], scope.region, scope.service);
    format!("{}/{scope}", credentials.access_key_id)
}

fn signature(
    request: &RequestParts,
    names: &[String],
    payload: PayloadHash,
    credentials: &Credentials,
    scope: Scope,
    timestamp: &str,
) -> String {
    let declared = request.values("x-amz-content-sha256").next();
    let payload = match (declared.and_then(|value| core::str::from_utf8(value).ok()), payload) {
        (Some(declared), _) => String::from(declared),
        (None, PayloadHash::Sha256(hash)) => hex(&hash),
        (None, PayloadHash::Deferred) => String::from("UNSIGNED-PAYLOAD"),
    };
    let canonical = canonical_request(request, scope.service, names, &payload);
    let date = &timestamp[..8];
    let text =
        string_to_sign(timestamp, &scope_text(date, scope.region, scope.service), &canonical);
    SigningKey::derive(&credentials.secret_access_key, date, scope.region, scope.service)
        .sign(&text)
}
