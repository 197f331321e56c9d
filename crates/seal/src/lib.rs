//! Secrets that only this control plane can read: sealed at rest, or sealed into a token that somebody
//! else carries. Authenticated encryption: XChaCha20-Poly1305.
//!
//! A sealed text is bound to its *label*, which says what it is and whose: a row's secret cannot be moved
//! to another row, and a token of one kind is none of another.
//!
//! Randomness is the caller's: 24 bytes that must never repeat under one key. Nonces of this length may be
//! drawn at random (<https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha-03>, section 3.1).

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The length of a nonce, in bytes.
pub const NONCE_BYTES: usize = 24;

/// The first byte of everything sealed: the form that this version writes, and the only one it reads.
const FORM: u8 = 1;

/// A text that was not sealed here under this key and label, or was changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOurs;

impl fmt::Display for NotOurs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not sealed by this control plane")
    }
}

impl std::error::Error for NotOurs {}

/// A key that seals. Clones are the same key; it never shows itself.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; 32],
    cipher: XChaCha20Poly1305,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The key of these bytes, which must be random.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key { bytes, cipher: XChaCha20Poly1305::new(&bytes.into()) }
    }

    /// A number that is always the same for a text, and that nobody without the key can tell.
    pub fn number(&self, text: &str) -> u128 {
        let mac = Hmac::<Sha256>::new_from_slice(&self.bytes);
        let mut mac = mac.expect("invariant: HMAC takes keys of any length");
        mac.update(text.as_bytes());
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        u128::from_be_bytes(*bytes.first_chunk().expect("invariant: 32 bytes begin with 16"))
    }

    /// Seals a secret for its place.
    pub fn seal(&self, label: &str, secret: &[u8], nonce: [u8; NONCE_BYTES]) -> String {
        let payload = Payload { msg: secret, aad: label.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.expect("invariant: no secret is longer than the cipher's 256 GiB");
        URL_SAFE_NO_PAD.encode([&[FORM][..], &nonce, &sealed].concat())
    }

    /// Opens what was sealed under this key and label.
    pub fn open(&self, label: &str, sealed: &str) -> Result<Vec<u8>, NotOurs> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| NotOurs)?;
        let (form, rest) = bytes.split_first().ok_or(NotOurs)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(NotOurs)?;
        if *form != FORM {
            return Err(NotOurs);
        }
        let payload = Payload { msg: text, aad: label.as_bytes() };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| NotOurs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Key, NotOurs};

    proptest! {
        #[test]
        fn what_was_sealed_opens_only_under_its_key_and_label(
            secret: Vec<u8>, label: String, other: String, bytes: [u8; 32], nonce: [u8; 24],
        ) {
            let key = Key::new(bytes);
            let sealed = key.seal(&label, &secret, nonce);
            prop_assert_eq!(key.open(&label, &sealed), Ok(secret));
            let another = Key::new(bytes.map(|byte| !byte));
            prop_assert_eq!(another.open(&label, &sealed), Err(NotOurs));
            if other != label {
                prop_assert_eq!(key.open(&other, &sealed), Err(NotOurs));
            }
        }

        #[test]
        fn a_changed_text_does_not_open(
            secret: Vec<u8>, at: prop::sample::Index, letter in "[A-Za-z0-9_-]",
        ) {
            let key = Key::new([7; 32]);
            let mut sealed = key.seal("label", &secret, [9; 24]);
            let at = at.index(sealed.len());
            prop_assume!(sealed[at..=at] != letter);
            sealed.replace_range(at..=at, &letter);
            // The last letter may carry bits that belong to no byte; those are refused too.
            prop_assert_eq!(key.open("label", &sealed), Err(NotOurs));
        }

        #[test]
        fn any_text_is_refused_quietly(text: String) {
            prop_assert_eq!(Key::new([7; 32]).open("label", &text), Err(NotOurs));
        }
    }

    #[test]
    fn numbers_depend_on_key_and_text_and_a_key_never_shows() {
        let key = Key::new([1; 32]);
        assert_eq!(key.number("a"), Key::new([1; 32]).number("a"));
        assert_ne!(key.number("a"), key.number("b"));
        assert_ne!(key.number("a"), Key::new([2; 32]).number("a"));
        assert_eq!(format!("{key:?}"), "Key");
    }
}
