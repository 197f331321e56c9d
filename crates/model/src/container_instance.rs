//! Container instances: the hosts (or shares of a host) that registered with a cluster.

use alloc::{string::String, vec::Vec};
use arn::{ClusterName, InstanceId};
use serde::{Deserialize, Serialize};

use crate::{Attribute, ContainerInstanceStatus, Resources, Tag, Timestamp};

/// A container instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerInstance {
    /// The cluster that it registered with.
    pub cluster: ClusterName,
    /// Its id.
    pub id: InstanceId,
    /// The id of the machine in its cloud, from the identity document.
    pub ec2_instance_id: Option<String>,
    /// ACTIVE, DRAINING or INACTIVE.
    pub status: ContainerInstanceStatus,
    /// Whether its agent's session is up.
    pub agent_connected: bool,
    /// When `agent_connected` last changed.
    pub agent_connected_at: Timestamp,
    /// What it registered; ports are those already taken.
    pub registered: Resources,
    /// Built-in, capability and custom attributes, by name.
    pub attributes: Vec<Attribute>,
    /// Agent and engine versions.
    pub version_info: VersionInfo,
    /// When it registered first.
    pub registered_at: Timestamp,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// How many changes it has seen; the `version` of state change events.
    pub version: i64,
    /// The number of the last manifest for its agent: the revision of the state that noted it.
    pub seq_num: u64,
    /// How the container runtime last said it was.
    pub runtime_status: Option<RuntimeStatus>,
    /// The host whose it is, by the public half of the host's key; none if it was registered with other
    /// credentials than a host's.
    #[serde(default)]
    pub host: Option<String>,
}

/// What the agent says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionInfo {
    /// For example `1.105.1`.
    pub agent_version: Option<String>,
    /// A hash of the build.
    pub agent_hash: Option<String>,
    /// For example `DockerVersion: 20.10.24`.
    pub docker_version: Option<String>,
}

/// The health of the container runtime of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuntimeStatus {
    /// `OK`, `IMPAIRED`, `INSUFFICIENT_DATA` or `INITIALIZING`.
    pub status: String,
    /// When it was last told.
    pub last_updated: Timestamp,
    /// When it last changed.
    pub last_status_change: Timestamp,
}

impl ContainerInstance {
    /// The value of an attribute, empty when it is just a name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.name == name)?;
        Some(found.value.as_deref().unwrap_or(""))
    }

    /// Whether `other` is the same container instance in everything but the numbers that count messages
    /// and changes, so that nobody but its agent needs to hear of the difference.
    pub fn differs_only_in_numbers(&self, other: &Self) -> bool {
        let ContainerInstance {
            cluster,
            id,
            ec2_instance_id,
            status,
            agent_connected,
            agent_connected_at,
            registered,
            attributes,
            version_info,
            registered_at,
            tags,
            version: _,
            seq_num: _,
            runtime_status,
            host,
        } = self;
        *cluster == other.cluster
            && *id == other.id
            && *status == other.status
            && *agent_connected == other.agent_connected
            && *agent_connected_at == other.agent_connected_at
            && *registered_at == other.registered_at
            && *ec2_instance_id == other.ec2_instance_id
            && *registered == other.registered
            && *version_info == other.version_info
            && *runtime_status == other.runtime_status
            && *host == other.host
            && *attributes == other.attributes
            && *tags == other.tags
    }

    /// Whether new tasks may be placed here.
    pub fn accepts_tasks(&self) -> bool {
        self.status == ContainerInstanceStatus::Active && self.agent_connected
    }
}
