//! The secret halves of access keys, sealed for their rows under the control plane's own key.

use crate::Cx;

/// Seals the secret half of an access key.
pub fn seal(cx: &mut Cx, access_key_id: &str, secret: &str) -> String {
    let nonce = cx.random_bytes();
    cx.settings.vault.seal(&label(access_key_id), secret.as_bytes(), nonce)
}

/// Opens the secret half of an access key; `None` if it was not sealed here for this key.
pub fn open(vault: &seal::Key, access_key_id: &str, sealed: &str) -> Option<String> {
    String::from_utf8(vault.open(&label(access_key_id), sealed).ok()?).ok()
}

fn label(access_key_id: &str) -> String {
    format!("secret of {access_key_id}")
}
