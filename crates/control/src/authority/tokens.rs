//! Session tokens: what temporary credentials say, sealed, so that no table of sessions has to be kept.
//!
//! A token is `NUMBER.SEALED`: the number of the key that it is sealed under. Those keys are rows,
//! themselves sealed under the control plane's own key, made anew each day and deleted when no token
//! under them can be valid any more.

use std::sync::Arc;

use iam::{Grammar, Policy};
use model::{
    Timestamp,
    iam::{SessionClaims, SessionCredentials, SessionKey, SessionOf},
};
use serde::{Deserialize, Serialize};
use store::{State, Tx};

use super::caller::{self, Session};
use crate::{Cx, limits};

/// What is in a token.
#[derive(Serialize, Deserialize)]
struct Sealed {
    access_key_id: String,
    secret_access_key: String,
    claims: SessionClaims,
}

/// When the newest key is to be followed by another; `None` while there is none.
pub fn rotation_due(state: &State) -> Option<Timestamp> {
    state.session_keys().iter().last().map(|key| followed_at(key))
}

fn followed_at(key: &SessionKey) -> Timestamp {
    key.created_at.plus_ms(limits::SESSION_KEY_PERIOD_MS)
}

/// Makes a new key for tokens when it is time, and deletes those that no valid token is sealed under.
pub fn rotate(tx: &mut Tx, cx: &mut Cx) {
    let is_over =
        |key: &&Arc<SessionKey>| cx.now > followed_at(key).plus_ms(limits::SESSION_MAX_S * 1000);
    let over: Vec<u32> = tx.session_keys().iter().filter(is_over).map(|key| key.number).collect();
    let newest = tx.session_keys().iter().last().map_or(0, |key| key.number);
    if rotation_due(tx).is_none_or(|due| due <= cx.now) {
        let (bytes, nonce) = (cx.random_bytes::<32>(), cx.random_bytes());
        let sealed = cx.settings.vault.seal(&label(newest + 1), &bytes, nonce);
        tx.put(SessionKey { number: newest + 1, sealed, created_at: cx.now });
    }
    for number in over {
        tx.delete::<SessionKey>(&number);
    }
}

fn label(number: u32) -> String {
    format!("session key {number}")
}

fn key(state: &State, vault: &seal::Key, number: u32) -> Option<seal::Key> {
    let row = state.session_keys().get(&number)?;
    let bytes = vault.open(&label(number), &row.sealed).ok()?;
    bytes.try_into().ok().map(seal::Key::new)
}

/// Makes the credentials of a session; `None` while there is no key to seal them under.
pub fn mint(state: &State, cx: &mut Cx, claims: SessionClaims) -> Option<SessionCredentials> {
    let number = state.session_keys().iter().last()?.number;
    let key = key(state, &cx.settings.vault, number)?;
    let access_key_id = cx.access_key_id("ASIA");
    let secret_access_key = cx.secret_access_key();
    let expires_at = claims.expires_at;
    let holder_id = holder_id(state, &claims.of);
    let claims = SessionClaims { holder_id, ..claims };
    let sealed = Sealed { access_key_id, secret_access_key, claims };
    let text = serde_json::to_vec(&sealed).expect("invariant: claims are JSON");
    let token = key.seal(&sealed.access_key_id, &text, cx.random_bytes());
    let Sealed { access_key_id, secret_access_key, .. } = sealed;
    let session_token = format!("{number}.{token}");
    Some(SessionCredentials { access_key_id, secret_access_key, session_token, expires_at })
}

/// The unique id of whose a session is; none of the root user, or of nobody.
pub fn holder_id(state: &State, of: &SessionOf) -> Option<String> {
    match of {
        SessionOf::Root => None,
        SessionOf::User { user } => caller::user(state, user).map(|user| user.id.clone()),
        SessionOf::Role { role, .. } => caller::role(state, role).map(|role| role.id.clone()),
    }
}

/// Opens the token that came with an access key; `None` if it was not made here, is of another key, or
/// was changed. Whether the session is over is not looked at.
pub fn open(state: &State, vault: &seal::Key, access_key_id: &str, token: &str) -> Option<Session> {
    let (number, text) = token.split_once('.')?;
    let key = key(state, vault, number.parse().ok()?)?;
    let text = key.open(access_key_id, text).ok()?;
    let sealed: Sealed = serde_json::from_slice(&text).ok()?;
    let policies = session_policies(state, &sealed.claims)?;
    Some(Session {
        token: token.to_owned(),
        secret_access_key: sealed.secret_access_key,
        claims: Arc::new(sealed.claims),
        policies,
    })
}

/// The session's policies; managed ones as they are when its token is opened.
fn session_policies(state: &State, claims: &SessionClaims) -> Option<Vec<(String, Policy)>> {
    let inline = claims.policies.iter().map(|document| {
        let policy = Policy::parse(document, Grammar::Identity).ok()?;
        Some(("session policy".to_owned(), policy))
    });
    let managed = claims.policy_arns.iter().map(|arn| {
        let policy = super::policies::document(state, arn)?;
        Some((arn.clone(), Policy::parse(&policy, Grammar::Identity).ok()?))
    });
    inline.chain(managed).collect()
}
