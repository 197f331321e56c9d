//! The keyed hashes: deriving the signing key, signing a string, and hexadecimal text.

use alloc::format;
use alloc::string::String;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The only algorithm: SigV4 with HMAC-SHA256.
pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The key of one secret for one day, region and service. Not the secret itself, but as powerful
/// within that scope, so it is never shown.
#[derive(Clone)]
pub(crate) struct SigningKey([u8; 32]);

impl SigningKey {
    /// `date` is the `YYYYMMDD` of the credential scope.
    pub(crate) fn derive(secret: &str, date: &str, region: &str, service: &str) -> Self {
        let of_date = hmac(format!("AWS4{secret}").as_bytes(), date.as_bytes());
        let of_region = hmac(&of_date, region.as_bytes());
        let of_service = hmac(&of_region, service.as_bytes());
        Self(hmac(&of_service, b"aws4_request"))
    }

    /// The signature of a string to sign, in lower-case hexadecimal.
    pub(crate) fn sign(&self, string_to_sign: &str) -> String {
        hex(&hmac(&self.0, string_to_sign.as_bytes()))
    }
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).expect("invariant: HMAC takes any key length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
