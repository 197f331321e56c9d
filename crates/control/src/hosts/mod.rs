//! Hosts: tokens by which machines join, the keys that they trade them for, and the short-lived
//! credentials of their instance role that they work with. Longshore's own, not of ECS.
//!
//! A host can do what its role allows, on its own container instance and its own tasks: [`guard`].

pub mod guard;
pub(crate) mod http;
#[cfg(test)]
mod tests;

use arn::ClusterName;
use model::{
    Host, JoinToken, Timestamp,
    iam::{SessionClaims, SessionCredentials, SessionOf},
};
use sha2::{Digest, Sha256};
use store::{State, Tx};
use wire::{Error, ErrorCode};

use crate::{
    Cx,
    authority::{
        secrets, tokens,
        trust::{self, Service},
    },
    limits,
};

/// Where a token is taken back.
pub const TOKEN_PATH: &str = "/longshore/v1/tokens/{id}";
/// Where a host's key is taken back.
pub const HOST_PATH: &str = "/longshore/v1/hosts/{id}";

/// The role that container instances have unless another is named: the first start makes it, the agent key
/// acts as a session of it.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html>
pub const INSTANCE_ROLE: &str = "ecsInstanceRole";

/// What a token begins with, so that one is told from other secrets.
pub const TOKEN_PREFIX: &str = "lsj_";

/// What a token is to be.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The role that hosts get, by name or ARN.
    pub role: String,
    /// The one cluster that they can join.
    pub cluster: Option<ClusterName>,
    /// How long it is good.
    pub ttl_ms: i64,
    /// How many hosts can join by it.
    pub uses: u32,
}

/// Makes a token; the text is shown once and not kept.
///
/// # Errors
/// `InvalidParameterException` for a role that hosts cannot take.
pub fn create_token(tx: &mut Tx, cx: &mut Cx, terms: Terms) -> Result<(JoinToken, String), Error> {
    let role = trust::assumable(tx, cx.home(), &terms.role, Service::Hosts, cx.now)
        .map_err(Error::invalid_parameter)?;
    let id = hexadecimal(&cx.random_bytes::<8>());
    let secret = hexadecimal(&cx.random_bytes::<32>());
    let token = JoinToken {
        id: id.clone(),
        secret_sha256: digest(&secret),
        role: role.name.clone(),
        cluster: terms.cluster,
        created_at: cx.now,
        expires_at: cx.now.plus_ms(terms.ttl_ms),
        uses_left: terms.uses,
    };
    forget_tokens(tx, cx.now);
    tx.put(token.clone());
    Ok((token, format!("{TOKEN_PREFIX}{id}.{secret}")))
}

/// Forgets tokens that are no good any more.
fn forget_tokens(tx: &mut Tx, now: Timestamp) {
    let over = tx.join_tokens().iter().filter(|token| !is_good(token, now));
    let over: Vec<String> = over.map(|token| token.id.clone()).collect();
    for id in over {
        tx.delete::<JoinToken>(&id);
    }
}

fn is_good(token: &JoinToken, now: Timestamp) -> bool {
    token.uses_left > 0 && now < token.expires_at
}

/// Takes a machine in that brings a token; the host and the secret half of its key.
///
/// # Errors
/// `AccessDeniedException` for a token that is not good, without saying what is wrong with it.
pub fn take_in(tx: &mut Tx, cx: &mut Cx, token: &str) -> Result<(Host, String), Error> {
    let parts = token.trim().strip_prefix(TOKEN_PREFIX).and_then(|text| text.split_once('.'));
    let found = parts.and_then(|(id, secret)| {
        let token = tx.join_tokens().get(&id.to_owned())?;
        (is_good(token, cx.now) && token.secret_sha256 == digest(secret)).then(|| token.clone())
    });
    let Some(token) = found else {
        return Err(Error::new(
            ErrorCode::AccessDenied,
            "The token is not one of this control plane's, has been used or is over; make another with `longshore token create`.",
        ));
    };
    tx.put(JoinToken { uses_left: token.uses_left - 1, ..(*token).clone() });
    Ok(make_host(tx, cx, &token.role, token.cluster.clone()))
}

/// Makes a host with a key of its own.
pub fn make_host(
    tx: &mut Tx,
    cx: &mut Cx,
    role: &str,
    cluster: Option<ClusterName>,
) -> (Host, String) {
    let id = cx.access_key_id("AKIA");
    let secret = cx.secret_access_key();
    let host = Host {
        secret: secrets::seal(cx, &id, &secret),
        id,
        role: role.into(),
        cluster,
        joined_at: cx.now,
        container_instance: None,
        revoked_at: None,
    };
    tx.put(host.clone());
    (host, secret)
}

/// The secret half of a host's key, if the host may still use it.
pub fn secret_of(state: &State, vault: &seal::Key, id: &str) -> Option<String> {
    let host = state.hosts().get(&id.to_owned()).filter(|host| host.revoked_at.is_none())?;
    secrets::open(vault, &host.id, &host.secret)
}

/// Short-lived credentials of a host's role.
///
/// # Errors
/// `AccessDeniedException` if the role cannot be taken any more.
pub fn mint(state: &State, cx: &mut Cx, id: &str) -> Result<SessionCredentials, Error> {
    let denied = |why: String| Error::new(ErrorCode::AccessDenied, why);
    let host = state.hosts().get(&id.to_owned()).filter(|host| host.revoked_at.is_none());
    let host = host.ok_or_else(|| denied(format!("The key of host {id} was taken back.")))?;
    let role = trust::assumable(state, cx.home(), &host.role, Service::Hosts, cx.now);
    let role = role.map_err(denied)?;
    let of = SessionOf::Role { role: role.name.clone(), session_name: host.id.clone() };
    let expires_at = cx.now.plus_ms(limits::HOST_SESSION_MS);
    let claims =
        SessionClaims { host: Some(host.id.clone()), ..SessionClaims::new(of, cx.now, expires_at) };
    tokens::mint(state, cx, claims)
        .ok_or_else(|| Error::new(ErrorCode::Server, "There is no key for session tokens yet."))
}

/// Takes a host's key back: it can do nothing any more, and its session ends at once.
///
/// # Errors
/// `ResourceNotFoundException`
pub fn revoke(tx: &mut Tx, cx: &Cx, id: &str) -> Result<(), Error> {
    let host = tx.hosts().get(&id.to_owned()).cloned();
    let host = host.ok_or_else(|| {
        Error::new(ErrorCode::ResourceNotFound, format!("There is no host '{id}'."))
    })?;
    if host.revoked_at.is_none() {
        tx.put(Host { revoked_at: Some(cx.now), ..(*host).clone() });
    }
    // A change of its container instances wakes their sessions, which find the key gone. All are looked
    // at: a key is seldom taken back.
    let all = tx.container_instances().iter();
    let own = all.filter(|instance| guard::is_own_instance(instance, id)).cloned();
    for instance in own.collect::<Vec<_>>() {
        tx.put(model::ContainerInstance { version: instance.version + 1, ..(*instance).clone() });
    }
    Ok(())
}

fn digest(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
