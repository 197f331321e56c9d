//! How a host comes by what it signs with: it trades a token once for a host key, and the key, again and
//! again, for short-lived credentials of its instance role.

use std::time::Duration;

use client::{CallError, Client, Credentials, Signer};
use wire::longshore::hosts::{CREDENTIALS_PATH, HOSTS_PATH, HostCredentials, HostKey, Join};

use crate::api::USER_AGENT;
use crate::clock::BackOff;
use crate::config::{Config, Source};
use crate::error::AgentError;
use crate::state::StateDir;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What keeps an agent's credentials fresh.
#[derive(Debug)]
pub enum Keeper {
    /// They do not change.
    Fixed,
    /// They are those of a host's role.
    Host(Host),
}

/// A host that has joined.
#[derive(Debug)]
pub struct Host {
    /// Signs with the host key, and is for nothing but its credentials.
    own: Client,
}

/// Sees to it that `api` signs with what the agent was told to work with. Waits until the control plane
/// answers.
///
/// # Errors
/// [`AgentError::NotTakenIn`] for a token or a host key that is refused.
pub async fn enrol(api: &Client, config: &Config, state: &StateDir) -> Result<Keeper, AgentError> {
    let Source::Host { token } = &config.source else { return Ok(Keeper::Fixed) };
    let key = if let Some(key) = state.host_key()? {
        key
    } else {
        let token = token.as_deref().ok_or(AgentError::NoToken)?;
        let key = join(api, token).await?;
        state.keep_host_key(&key)?;
        key
    };
    let credentials = Credentials {
        access_key_id: key.access_key_id,
        secret_access_key: key.secret_access_key,
        session_token: None,
    };
    let signer = Signer::new(credentials, config.region.clone());
    let host = Host { own: Client::new(&config.server_url, signer, USER_AGENT)? };
    host.renew(api).await?;
    Ok(Keeper::Host(host))
}

/// Trades a token for a host key. What became of a call that broke off is not known, so it is made once
/// for each use of the token at most.
async fn join(api: &Client, token: &str) -> Result<HostKey, AgentError> {
    let join = Join { token: token.to_owned() };
    let body = serde_json::to_vec(&join).expect("invariant: a token is JSON");
    let answer = until_answered(|| api.post(HOSTS_PATH, body.clone())).await?;
    serde_json::from_slice(&answer).map_err(|_| AgentError::NoHostKey)
}

/// Makes a call until it is answered; what is refused is refused for good.
async fn until_answered<T, F: Future<Output = Result<T, CallError>>>(
    call: impl Fn() -> F,
) -> Result<T, AgentError> {
    let mut back_off = BackOff::new(FIRST_PAUSE, LONGEST_PAUSE);
    loop {
        match call().await {
            Ok(answer) => return Ok(answer),
            Err(CallError::Api(error)) if !CallError::Api(error.clone()).may_pass() => {
                return Err(AgentError::NotTakenIn(error));
            }
            Err(error) => {
                tracing::warn!(%error, "no credentials yet");
                tokio::time::sleep(back_off.pause()).await;
            }
        }
    }
}

impl Host {
    /// Has `api` sign with new credentials; how long they are good.
    async fn renew(&self, api: &Client) -> Result<Duration, AgentError> {
        let answer = until_answered(|| self.own.post(CREDENTIALS_PATH, Vec::new())).await?;
        let given: HostCredentials =
            serde_json::from_slice(&answer).map_err(|_| AgentError::NoHostKey)?;
        api.signer().renew(Credentials {
            access_key_id: given.access_key_id,
            secret_access_key: given.secret_access_key,
            session_token: Some(given.session_token),
        });
        Ok(Duration::from_secs(given.valid_seconds.into()))
    }
}

impl Keeper {
    /// Renews the credentials of `api` at half of their time, for ever.
    ///
    /// # Errors
    /// [`AgentError::NotTakenIn`] once the host key was taken back.
    pub async fn keep(&self, api: &Client) -> Result<(), AgentError> {
        let Keeper::Host(host) = self else { return std::future::pending().await };
        loop {
            let good = host.renew(api).await?;
            tokio::time::sleep(good / 2).await;
        }
    }
}
