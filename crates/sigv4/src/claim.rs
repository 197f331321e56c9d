//! Reading a signed request: who it claims to come from, and how it was signed.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use crate::canonical::{SIGNATURE_PARAMETER, parameters, scope_text};
use crate::chunked::ChunkedForm;
use crate::date;
use crate::error::Error;
use crate::key::ALGORITHM;
use crate::request::RequestParts;

/// The scope that the client signed for. Nothing in it is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialScope {
    /// `YYYYMMDD`.
    pub date: String,
    /// The region, such as `us-east-1`.
    pub region: String,
    /// The service's signing name, such as `ecs`.
    pub service: String,
    /// Always `aws4_request` in a valid signature.
    pub terminator: String,
}

impl fmt::Display for CredentialScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&scope_text(&self.date, &self.region, &self.service))
    }
}

/// Where the signature came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The `Authorization` header.
    Header,
    /// The query string of a presigned URL.
    Query {
        /// `X-Amz-Expires`, the seconds for which the URL holds from its signing on.
        expires_s: Option<u32>,
    },
}

/// What the request says its body is (`x-amz-content-sha256`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredPayload {
    /// The body's SHA-256 in lower-case hexadecimal. Not checked here to look like one.
    Sha256(String),
    /// `UNSIGNED-PAYLOAD`.
    Unsigned,
    /// A body in signed or unsigned chunks, for [`Claim::chunked_verifier`].
    Chunked(ChunkedForm),
}

impl DeclaredPayload {
    fn of(text: String) -> Self {
        match text.as_str() {
            "UNSIGNED-PAYLOAD" => Self::Unsigned,
            chunked => match ChunkedForm::of(chunked) {
                Some(form) => Self::Chunked(form),
                None => Self::Sha256(text),
            },
        }
    }

    /// The text that the client put into the canonical request.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Sha256(hash) => hash,
            Self::Unsigned => "UNSIGNED-PAYLOAD",
            Self::Chunked(form) => form.as_str(),
        }
    }
}

/// What a request claims about its signer, to be proven by [`Claim::verify`] once the caller has
/// looked the access key up. `Debug` leaves the security token out.
#[derive(Clone)]
pub struct Claim {
    /// The access key that is to be looked up.
    pub access_key_id: String,
    /// The scope of the signature.
    pub scope: CredentialScope,
    /// The names of the signed headers, in lower case and sorted.
    pub signed_headers: Vec<String>,
    /// The token of temporary credentials.
    pub security_token: Option<String>,
    /// The time of signing in milliseconds since the epoch; whole seconds.
    pub signed_at_ms: i64,
    /// Whether the signature is in the header or in the query string.
    pub form: Form,
    /// What the body is said to be; `None` when the request does not say.
    pub payload: Option<DeclaredPayload>,
    /// The signature as it came.
    pub(crate) signature: String,
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("access_key_id", &self.access_key_id)
            .field("scope", &self.scope)
            .field("signed_headers", &self.signed_headers)
            .field("signed_at_ms", &self.signed_at_ms)
            .field("form", &self.form)
            .field("payload", &self.payload)
            .finish_non_exhaustive()
    }
}

/// Reads the signature of a request, from the `Authorization` header or the query string, without
/// trusting any of it.
///
/// # Errors
/// [`Error::MissingAuthenticationToken`] without a signature of version 4,
/// [`Error::IncompleteSignature`] for one that lacks a part or has it in a wrong form,
/// [`Error::InvalidSignature`] for a request that has two.
pub fn parse(request: &RequestParts) -> Result<Claim, Error> {
    let authorization = single(request, "authorization")?;
    let presigned = parameters(request.query).any(|(name, _)| name == b"X-Amz-Algorithm");
    match authorization {
        Some(_) if presigned => Err(Error::InvalidSignature(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP \
             header."
                .to_owned(),
        )),
        Some(authorization) if authorization.starts_with("AWS4-") => {
            parse_header(request, &authorization)
        }
        None if presigned => parse_query(request),
        _ => Err(Error::MissingAuthenticationToken),
    }
}

fn parse_header(request: &RequestParts, authorization: &str) -> Result<Claim, Error> {
    let (algorithm, rest) =
        authorization.split_once(char::is_whitespace).unwrap_or((authorization, ""));
    let [mut credential, mut signature, mut signed_headers] = [None; 3];
    let is_separator = |character: char| character == ',' || character.is_whitespace();
    for pair in rest.split(is_separator).filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(Error::IncompleteSignature(format!(
                "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with \
                 SHA-256 and encoded with Base64): '{}'.",
                fingerprint(authorization)
            )));
        };
        let slot = match name {
            "Credential" => &mut credential,
            "Signature" => &mut signature,
            "SignedHeaders" => &mut signed_headers,
            _ => continue,
        };
        if slot.replace(value).is_some() {
            return Err(Error::IncompleteSignature(format!(
                "Authorization header must have '{name}' parameter only once."
            )));
        }
    }

    let amz_date = single(request, "x-amz-date")?;
    let date = single(request, "date")?;
    let (Some(credential), Some(signature), Some(signed_headers), Some(stated_date)) =
        (credential, signature, signed_headers, amz_date.as_ref().or(date.as_ref()))
    else {
        let named = [
            ("Credential", credential),
            ("Signature", signature),
            ("SignedHeaders", signed_headers),
        ];
        let is_dated = amz_date.or(date).is_some();
        return Err(missing_in_header(&named, is_dated, authorization));
    };

    let (access_key_id, scope) = parse_credential(algorithm, credential)?;
    Ok(Claim {
        access_key_id,
        scope,
        signed_headers: parse_signed_headers(signed_headers),
        security_token: single(request, "x-amz-security-token")?,
        signed_at_ms: parse_date(stated_date)?,
        form: Form::Header,
        payload: single(request, "x-amz-content-sha256")?.map(DeclaredPayload::of),
        signature: signature.to_owned(),
    })
}

fn missing_in_header(named: &[(&str, Option<&str>)], is_dated: bool, authorization: &str) -> Error {
    let missing: Vec<String> = named
        .iter()
        .filter(|(_, found)| found.is_none())
        .map(|(name, _)| format!("Authorization header requires '{name}' parameter. "))
        .collect();
    let undated = if is_dated {
        ""
    } else {
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
    };
    Error::IncompleteSignature(format!(
        "{}{undated}(Hashed with SHA-256 and encoded with Base64) Authorization={}",
        missing.concat(),
        fingerprint(authorization)
    ))
}

fn parse_query(request: &RequestParts) -> Result<Claim, Error> {
    let algorithm = parameter(request, "X-Amz-Algorithm")?;
    let credential = parameter(request, "X-Amz-Credential")?;
    let signature = parameter(request, SIGNATURE_PARAMETER)?;
    let signed_headers = parameter(request, "X-Amz-SignedHeaders")?;
    let date = parameter(request, "X-Amz-Date")?;
    let missing: Vec<String> = [
        ("X-Amz-Algorithm", &algorithm),
        ("X-Amz-Credential", &credential),
        (SIGNATURE_PARAMETER, &signature),
        ("X-Amz-SignedHeaders", &signed_headers),
        ("X-Amz-Date", &date),
    ]
    .iter()
    .filter(|(_, found)| found.as_ref().is_none_or(String::is_empty))
    .map(|(name, _)| format!("AWS query-string parameters must include '{name}'. "))
    .collect();
    if !missing.is_empty() {
        return Err(Error::IncompleteSignature(
            missing.concat() + "Re-examine the query-string parameters.",
        ));
    }
    let [algorithm, credential, signature, signed_headers, date] =
        [algorithm, credential, signature, signed_headers, date].map(Option::unwrap_or_default);

    let (access_key_id, scope) = parse_credential(&algorithm, &credential)?;
    let security_token = match parameter(request, "X-Amz-Security-Token")? {
        Some(token) => Some(token),
        None => single(request, "x-amz-security-token")?,
    };
    let payload = match single(request, "x-amz-content-sha256")? {
        Some(payload) => Some(payload),
        None => parameter(request, "X-Amz-Content-Sha256")?,
    };
    Ok(Claim {
        access_key_id,
        scope,
        signed_headers: parse_signed_headers(&signed_headers),
        security_token,
        signed_at_ms: date::parse_basic(&date).ok_or_else(|| malformed_date(&date))?,
        form: Form::Query { expires_s: parse_expires(parameter(request, "X-Amz-Expires")?)? },
        payload: payload.map(DeclaredPayload::of),
        signature,
    })
}

/// The one value of a header, without the space around it. Two of them would leave open which one
/// is meant, so a header of the signature itself may come only once.
fn single(request: &RequestParts, name: &str) -> Result<Option<String>, Error> {
    let mut values = request.values(name);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Error::IncompleteSignature(format!("'{name}' header must come only once.")));
    }
    match core::str::from_utf8(value) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(_) => Err(Error::IncompleteSignature(format!("'{name}' header must be text."))),
    }
}

/// The one value of a query parameter.
fn parameter(request: &RequestParts, name: &str) -> Result<Option<String>, Error> {
    let mut values = parameters(request.query).filter(|(key, _)| key == name.as_bytes());
    let Some((_, value)) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Error::IncompleteSignature(format!(
            "'{name}' query-string parameter must come only once."
        )));
    }
    String::from_utf8(value).map(Some).map_err(|_| {
        Error::IncompleteSignature(format!("'{name}' query-string parameter must be text."))
    })
}

fn parse_credential(algorithm: &str, credential: &str) -> Result<(String, CredentialScope), Error> {
    if algorithm != ALGORITHM {
        return Err(Error::IncompleteSignature(format!(
            "Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). "
        )));
    }
    let parts: Vec<&str> = credential.split('/').collect();
    let [access_key_id, date, region, service, terminator] = parts[..] else {
        return Err(Error::IncompleteSignature(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. \
             keyid/date/region/service/term, got '{credential}'"
        )));
    };
    let scope = CredentialScope {
        date: date.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
        terminator: terminator.to_owned(),
    };
    Ok((access_key_id.to_owned(), scope))
}

fn parse_signed_headers(text: &str) -> Vec<String> {
    let mut names: Vec<String> =
        text.split(';').filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn parse_date(text: &str) -> Result<i64, Error> {
    date::parse_basic(text)
        .or_else(|| date::parse_http_date(text))
        .ok_or_else(|| malformed_date(text))
}

fn malformed_date(text: &str) -> Error {
    Error::IncompleteSignature(format!(
        "Date must be in ISO-8601 'basic format'. Got '{text}'. See \
         http://en.wikipedia.org/wiki/ISO_8601"
    ))
}

/// A presigned URL holds from one second to seven days (Amazon S3 API Reference, "Authenticating
/// Requests: Using Query Parameters").
fn parse_expires(text: Option<String>) -> Result<Option<u32>, Error> {
    let Some(text) = text else { return Ok(None) };
    match text.parse() {
        Ok(seconds) if (1..=604_800).contains(&seconds) => Ok(Some(seconds)),
        _ => Err(Error::IncompleteSignature(format!(
            "X-Amz-Expires must be a number of seconds from 1 to 604800, got '{text}'"
        ))),
    }
}

/// AWS repeats a header that it cannot read only as a hash: it may hold another system's secret.
fn fingerprint(header: &str) -> String {
    BASE64.encode(Sha256::digest(header.as_bytes()))
}
