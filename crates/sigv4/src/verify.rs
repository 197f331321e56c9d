//! Proving a claim: time, scope, coverage and the signature itself.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use subtle::ConstantTimeEq as _;

use crate::canonical::{canonical_request, string_to_sign};
use crate::claim::{Claim, DeclaredPayload, Form};
use crate::date::format_basic;
use crate::error::Error;
use crate::key::{SigningKey, hex};
use crate::request::{PayloadHash, RequestParts};

/// The clock difference that [`Endpoint::new`] allows, in minutes.
pub const MAX_SKEW_MIN: i64 = 15;

/// Where the request arrived, and what is accepted there.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint<'a> {
    /// The only region in the credential scope that is right here.
    pub region: &'a str,
    /// The signing name of the service, such as `ecs`.
    pub service: &'a str,
    /// How far the client's clock may be off in either direction, in minutes. AWS says 15 for most
    /// services and 5 for some.
    pub max_skew_min: i64,
    /// Whether bodies may come unsigned or in chunks. On AWS only S3 takes them; every other
    /// service computes the hash of the body itself.
    pub takes_unsigned_payload: bool,
}

impl<'a> Endpoint<'a> {
    /// An endpoint with AWS's own rules.
    pub fn new(region: &'a str, service: &'a str) -> Self {
        Self {
            region,
            service,
            max_skew_min: MAX_SKEW_MIN,
            takes_unsigned_payload: service == "s3",
        }
    }
}

/// What the caller's records say about the claimed access key.
#[derive(Clone, Copy)]
pub struct KeyRecord<'a> {
    /// The secret half of the key.
    pub secret_access_key: &'a str,
    /// The token that must come along: `Some` exactly for temporary credentials.
    pub session_token: Option<&'a str>,
    /// The end of temporary credentials, in milliseconds since the epoch.
    pub expires_at_ms: Option<i64>,
}

impl Claim {
    /// Checks everything that the claim says. `request` is the one that was parsed; `now_ms` is the
    /// server's clock in milliseconds since the epoch.
    ///
    /// Nothing about the key (its token, its end) is told before the signature has proven that the
    /// client holds the secret. With [`PayloadHash::Deferred`] the body is not proven yet.
    ///
    /// # Errors
    /// Any but [`Error::MissingAuthenticationToken`] and [`Error::IncompleteSignature`].
    pub fn verify(
        &self,
        request: &RequestParts,
        payload: PayloadHash,
        key: &KeyRecord,
        endpoint: &Endpoint,
        now_ms: i64,
    ) -> Result<(), Error> {
        self.check_time(endpoint, now_ms)?;
        self.check_coverage(request)?;
        self.check_scope(endpoint)?;
        let payload = self.canonical_payload(payload, endpoint)?;

        let canonical =
            canonical_request(request, endpoint.service, &self.signed_headers, &payload);
        let text = string_to_sign(&self.timestamp(), &self.scope.to_string(), &canonical);
        let signature = self.signing_key(key.secret_access_key).sign(&text);
        if !bool::from(signature.as_bytes().ct_eq(self.signature.as_bytes())) {
            return Err(Error::SignatureMismatch);
        }

        match (key.session_token, &self.security_token) {
            (None, None) => {}
            (Some(expected), Some(token))
                if bool::from(expected.as_bytes().ct_eq(token.as_bytes())) => {}
            (Some(_), None) => return Err(Error::UnrecognizedClient),
            (_, Some(_)) => return Err(Error::InvalidSecurityToken),
        }
        match key.expires_at_ms {
            Some(end_ms) if end_ms <= now_ms => Err(Error::ExpiredToken),
            _ => Ok(()),
        }
    }

    /// The time of signing as it stands in the string to sign.
    pub(crate) fn timestamp(&self) -> String {
        format_basic(self.signed_at_ms)
    }

    pub(crate) fn signing_key(&self, secret: &str) -> SigningKey {
        SigningKey::derive(secret, &self.scope.date, &self.scope.region, &self.scope.service)
    }

    fn check_time(&self, endpoint: &Endpoint, now_ms: i64) -> Result<(), Error> {
        let skew_min = endpoint.max_skew_min;
        let latest_ms = now_ms + skew_min * 60_000;
        if self.signed_at_ms > latest_ms {
            return Err(Error::InvalidSignature(format!(
                "Signature not yet current: {} is still later than {} ({} + {skew_min} min.)",
                self.timestamp(),
                format_basic(latest_ms),
                format_basic(now_ms),
            )));
        }
        let (age_ms, age) = match self.form {
            Form::Query { expires_s: Some(seconds) } => {
                (i64::from(seconds) * 1000, format!("{seconds} sec."))
            }
            Form::Query { expires_s: None } | Form::Header => {
                (skew_min * 60_000, format!("{skew_min} min."))
            }
        };
        let earliest_ms = now_ms - age_ms;
        if self.signed_at_ms < earliest_ms {
            return Err(Error::InvalidSignature(format!(
                "Signature expired: {} is now earlier than {} ({} - {age})",
                self.timestamp(),
                format_basic(earliest_ms),
                format_basic(now_ms),
            )));
        }
        Ok(())
    }

    /// The host and every `x-amz-` header must be signed, or the request could be replayed
    /// elsewhere or turned into another operation (IAM User Guide, "Create a signed request").
    fn check_coverage(&self, request: &RequestParts) -> Result<(), Error> {
        let is_signed = |name: &str| self.signed_headers.iter().any(|signed| signed == name);
        if !is_signed("host") {
            return Err(Error::InvalidSignature(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
                    .to_owned(),
            ));
        }
        for (name, _) in request.headers {
            let lower = name.to_ascii_lowercase();
            // The SDKs leave these two out of presigned URLs, for whoever uses the URL to set.
            let is_free = matches!(self.form, Form::Query { .. })
                && matches!(lower.as_str(), "x-amz-user-agent" | "x-amz-checksum-mode");
            if lower.starts_with("x-amz-") && !is_free && !is_signed(&lower) {
                return Err(Error::InvalidSignature(format!(
                    "'{name}' must be a 'SignedHeader' in the AWS Authorization."
                )));
            }
        }
        // A signed header that was lost on the way cannot be told from one that was taken away.
        if self.signed_headers.iter().any(|name| request.values(name).next().is_none()) {
            return Err(Error::SignatureMismatch);
        }
        Ok(())
    }

    /// Everything that is wrong with the scope is told in one message.
    fn check_scope(&self, endpoint: &Endpoint) -> Result<(), Error> {
        let scope = &self.scope;
        let timestamp = self.timestamp();
        let day = &timestamp[..8];
        let complaints: Vec<String> = [
            (scope.region != endpoint.region)
                .then(|| "Credential should be scoped to a valid region. ".to_owned()),
            (scope.service != endpoint.service).then(|| {
                let service = endpoint.service;
                format!("Credential should be scoped to correct service: '{service}'. ")
            }),
            (scope.terminator != "aws4_request").then(|| {
                let terminator = &scope.terminator;
                format!(
                    "Credential should be scoped with a valid terminator: 'aws4_request', not \
                     '{terminator}'. "
                )
            }),
            (scope.date != day).then(|| {
                let date = &scope.date;
                format!(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of \
                     date from HTTP: '{date}' != '{day}', from '{timestamp}'."
                )
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if complaints.is_empty() {
            Ok(())
        } else {
            Err(Error::InvalidSignature(complaints.concat()))
        }
    }

    /// The last line of the canonical request, if the body may come like this.
    fn canonical_payload(
        &self,
        payload: PayloadHash,
        endpoint: &Endpoint,
    ) -> Result<String, Error> {
        let unsigned = endpoint.takes_unsigned_payload;
        let accepted = match (&self.payload, payload) {
            (None, PayloadHash::Sha256(_) | PayloadHash::Deferred)
                if unsigned && matches!(self.form, Form::Query { .. }) =>
            {
                DeclaredPayload::Unsigned.as_str().to_owned()
            }
            (None, PayloadHash::Sha256(hash)) => hex(&hash),
            (Some(DeclaredPayload::Sha256(declared)), PayloadHash::Sha256(hash))
                if *declared == hex(&hash) =>
            {
                declared.clone()
            }
            (Some(declared @ DeclaredPayload::Sha256(_)), PayloadHash::Deferred) => {
                declared.as_str().to_owned()
            }
            (Some(declared @ DeclaredPayload::Unsigned), _) if unsigned => {
                declared.as_str().to_owned()
            }
            // Only for a caller that has not taken the chunks' framing for the body.
            (Some(declared @ DeclaredPayload::Chunked(_)), PayloadHash::Deferred) if unsigned => {
                declared.as_str().to_owned()
            }
            _ => return Err(Error::SignatureMismatch),
        };
        Ok(accepted)
    }
}
