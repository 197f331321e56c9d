//! `/longshore/v1/tokens` and `/longshore/v1/hosts`: how hosts join, and who they are.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Where tokens are made and listed.
pub const TOKENS_PATH: &str = "/longshore/v1/tokens";
/// Where hosts are listed, and join.
pub const HOSTS_PATH: &str = "/longshore/v1/hosts";
/// Where a host gets the credentials of its role.
pub const CREDENTIALS_PATH: &str = "/longshore/v1/host-credentials";

/// What a token is asked to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateToken {
    /// The role that hosts get, by name or ARN.
    pub role: String,
    /// The one cluster that they can join; any, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// How long it is good, in seconds: 60 to 2,592,000, an hour if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u32>,
    /// How many hosts can join by it: 1 to 1,000, one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<u32>,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Its public half.
    pub id: String,
    /// The whole of it, when it was just made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The ARN of the role.
    pub role_arn: String,
    /// The one cluster that hosts can join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no good.
    pub expires_at: Timestamp,
    /// How many hosts can still join by it.
    pub uses_left: u32,
}

/// The tokens that are still good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tokens {
    /// By their ids.
    pub tokens: Vec<Token>,
}

/// What a machine brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// A token.
    pub token: String,
}

/// The key of a host that has joined.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostKey {
    /// The public half, by which the host is called.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
}

/// Short-lived credentials of a host's role.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HostCredentials {
    /// `ASIA…`
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token that goes with them.
    pub session_token: String,
    /// How long they are good from now on, in seconds.
    pub valid_seconds: u32,
}

/// A host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Host {
    /// The public half of its key.
    pub id: String,
    /// The ARN of its role.
    pub role_arn: String,
    /// The one cluster that it can be in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// When it joined.
    pub joined_at: Timestamp,
    /// The ARN of the container instance that it registered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container_instance_arn: Option<String>,
    /// When its key was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// All hosts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hosts {
    /// By their ids.
    pub hosts: Vec<Host>,
}
