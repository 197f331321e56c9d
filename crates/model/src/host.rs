//! Hosts: how a machine joins, and who it is from then on.

use alloc::string::String;
use arn::{ClusterName, InstanceId};
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What a machine can be given so that it joins: it trades it once for a host key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinToken {
    /// Its public half.
    pub id: String,
    /// The SHA-256 of its secret half, in hexadecimal; the secret itself is not kept.
    pub secret_sha256: String,
    /// The name of the role that hosts get.
    pub role: String,
    /// The one cluster that they can join; any, if absent.
    pub cluster: Option<ClusterName>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no good.
    pub expires_at: Timestamp,
    /// How many hosts can still join by it.
    pub uses_left: u32,
}

/// A machine that has joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// The public half of its key, `AKIA…`, which is also what it is called.
    pub id: String,
    /// The secret half, sealed.
    pub secret: String,
    /// The name of its instance role.
    pub role: String,
    /// The one cluster that it can be in; any, if absent.
    pub cluster: Option<ClusterName>,
    /// When it joined.
    pub joined_at: Timestamp,
    /// The container instance that it registered last.
    pub container_instance: Option<(ClusterName, InstanceId)>,
    /// When its key was taken back; it can do nothing from then on.
    pub revoked_at: Option<Timestamp>,
}
