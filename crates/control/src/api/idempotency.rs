//! Client tokens: the same request again does nothing more, another under the same token is refused.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html>

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{IdempotencyToken, Tx};
use wire::Error;

use crate::Cx;

/// Refuses a token that is too long or has other characters than ASCII 33 to 126.
pub fn check_token(token: Option<&str>, len_max: usize) -> Result<(), Error> {
    let Some(token) = token else { return Ok(()) };
    if token.len() > len_max || !token.bytes().all(|b| (33..=126).contains(&b)) {
        return Err(Error::invalid_parameter(format!(
            "clientToken '{token}' is not valid: up to {len_max} ASCII characters in the range of 33 to 126 are allowed."
        )));
    }
    Ok(())
}

/// A digest of a request. Members are written in the order of the model, so equal requests have
/// equal digests.
pub fn fingerprint(input: &impl Serialize) -> String {
    let json = serde_json::to_vec(input).unwrap_or_default();
    let digest: [u8; 32] = Sha256::digest(&json).into();
    URL_SAFE_NO_PAD.encode(digest)
}

/// What the request with this token made before, if it is the same request.
pub fn recall(
    tx: &Tx,
    operation: &str,
    scope: &str,
    token: &str,
    fingerprint: &str,
) -> Result<Option<Vec<String>>, Error> {
    let key = (operation.to_owned(), scope.to_owned(), token.to_owned());
    let Some(known) = tx.idempotency_tokens().get(&key) else { return Ok(None) };
    if known.fingerprint == fingerprint {
        return Ok(Some(known.resources.clone()));
    }
    Err(Error::conflict(
        "The clientToken was used before with other parameters; use another token for another request.",
        known.resources.clone(),
    ))
}

/// Remembers what a request with a token made.
pub fn remember(
    tx: &mut Tx,
    cx: &Cx,
    operation: &str,
    scope: &str,
    token: &str,
    fingerprint: String,
    resources: Vec<String>,
) {
    tx.put(IdempotencyToken {
        operation: operation.into(),
        scope: scope.into(),
        token: token.into(),
        fingerprint,
        resources,
        created_at: cx.now,
    });
}
