//! Clusters and account settings.

use alloc::{string::String, vec::Vec};
use arn::ClusterName;
use serde::{Deserialize, Serialize};

use crate::{ClusterStatus, Tag, Timestamp};

/// An ECS cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its name.
    pub name: ClusterName,
    /// ACTIVE or INACTIVE (deleted).
    pub status: ClusterStatus,
    /// When it was created.
    pub created_at: Timestamp,
    /// For example `containerInsights` = `disabled`.
    pub settings: Vec<ClusterSetting>,
    /// The `configuration` member as JSON text, kept to be shown again.
    pub configuration: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// A setting of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterSetting {
    /// The setting.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A setting of the account or of one principal of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSetting {
    /// The ARN of the principal, or `default` for the account's default.
    pub principal: String,
    /// For example `taskLongArnFormat`.
    pub name: String,
    /// For example `enabled`.
    pub value: String,
}
