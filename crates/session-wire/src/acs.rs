//! The Agent Communication Service: the control plane says what should run; the agent acknowledges
//! what it has taken on. Observed state never travels here.
//!
//! ARNs are texts; a `generated_at` is milliseconds since 1970. Delivery is at least once: whatever
//! was not acknowledged is sent again after a reconnect.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::envelope::messages;
use crate::payload::{Attachment, ElasticNetworkInterface, Task};
use crate::shape::shapes;

messages! {
    /// From the control plane to the agent.
    Down {
        /// The session lives; answered at once.
        Heartbeat = "HeartbeatMessage" => HeartbeatMessage,
        /// Tasks to run or to stop.
        Payload = "PayloadMessage" => PayloadMessage,
        /// New credentials of a task's role.
        RoleCredentials = "IAMRoleCredentialsMessage" => RoleCredentialsMessage,
        /// Everything that the control plane believes this instance should run.
        TaskManifest = "TaskManifestMessage" => TaskManifestMessage,
        /// Which of the agent's stop candidates must indeed stop.
        TaskStopVerificationAck = "TaskStopVerificationAck" => TaskStopVerificationAck,
        /// A network interface for a task.
        AttachTaskNetworkInterfaces = "AttachTaskNetworkInterfacesMessage" => AttachTaskNetworkInterfacesMessage,
        /// A network interface for the instance.
        AttachInstanceNetworkInterfaces = "AttachInstanceNetworkInterfacesMessage" => AttachInstanceNetworkInterfacesMessage,
        /// A block device for a task.
        ConfirmAttachment = "ConfirmAttachmentMessage" => ConfirmAttachmentMessage,
        /// A newer agent to download.
        StageUpdate = "StageUpdateMessage" => UpdateMessage,
        /// The newer agent is to take over.
        PerformUpdate = "PerformUpdateMessage" => UpdateMessage,
        /// Logged only: to close, close the socket.
        Close = "CloseMessage" => TextMessage,
        /// Logged only.
        Error = "ErrorMessage" => TextMessage,
        /// The control plane failed.
        ServerException = "ServerException" => TextMessage,
        /// The agent sent what cannot be read.
        BadRequestException = "BadRequestException" => TextMessage,
        /// The cluster does not exist.
        InvalidClusterException = "InvalidClusterException" => TextMessage,
        /// The container instance does not exist.
        InvalidInstanceException = "InvalidInstanceException" => TextMessage,
        /// The principal may not hold this session.
        AccessDeniedException = "AccessDeniedException" => TextMessage,
        /// The container instance was deregistered.
        InactiveInstanceException = "InactiveInstanceException" => TextMessage,
    }
}

messages! {
    /// From the agent to the control plane.
    Up {
        /// Answers a heartbeat.
        HeartbeatAck = "HeartbeatAckRequest" => HeartbeatAckRequest,
        /// A payload, manifest or attachment was stored and taken on; not: is running.
        Ack = "AckRequest" => AckRequest,
        /// A message was refused.
        Nack = "NackRequest" => NackRequest,
        /// Credentials were stored.
        RoleCredentialsAck = "IAMRoleCredentialsAckRequest" => RoleCredentialsAckRequest,
        /// Tasks that run here and are not in the manifest.
        TaskStopVerification = "TaskStopVerificationMessage" => TaskStopVerificationMessage,
    }
}

shapes! {
    /// `HeartbeatMessage`
    HeartbeatMessage {
        /// To be echoed.
        message_id: String,
        /// Always true.
        healthy: bool,
    }

    /// `HeartbeatAckRequest`
    HeartbeatAckRequest {
        /// That of the heartbeat.
        message_id: String,
    }

    /// `PayloadMessage`. One task per message is safest: Amazon's agent acknowledges a message
    /// with a bad task never, though it runs the good ones.
    PayloadMessage {
        /// To be acknowledged.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// What to run or to stop.
        tasks: Vec<Task>,
        /// From the same counter of the instance as a manifest's `timeline`.
        seq_num: i64,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// Unused by agents.
        timeline: Option<i64>,
    }

    /// `AckRequest`
    AckRequest {
        /// As in the message that is acknowledged.
        cluster: String,
        /// As in the message that is acknowledged.
        container_instance: String,
        /// That of the message.
        message_id: String,
    }

    /// `NackRequest`
    NackRequest {
        /// As in the message that is refused.
        cluster: String,
        /// As in the message that is refused.
        container_instance: String,
        /// That of the message.
        message_id: String,
        /// Why.
        reason: String,
    }

    /// `IAMRoleCredentialsMessage`
    RoleCredentialsMessage {
        /// To be echoed.
        message_id: String,
        /// The task.
        task_arn: String,
        /// Its cluster.
        task_cluster_arn: String,
        /// `TaskApplication` or `TaskExecution`.
        role_type: String,
        /// The credentials; a refresh has the id of those it replaces.
        role_credentials: Option<RoleCredentials>,
    }

    /// `IAMRoleCredentialsAckRequest`. For the roles inside a payload, one each, with the payload's
    /// message id.
    RoleCredentialsAckRequest {
        /// That of the message.
        message_id: String,
        /// The id of the credentials.
        credentials_id: String,
        /// As in the credentials.
        expiration: String,
    }

    /// `TaskManifestMessage`
    TaskManifestMessage {
        /// To be acknowledged.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// Must be above every number that the agent has seen, or the manifest is dropped.
        timeline: i64,
        /// What the control plane believes to be here.
        tasks: Vec<TaskIdentifier>,
    }

    /// `TaskIdentifier`
    TaskIdentifier {
        /// The task.
        task_arn: String,
        /// Its cluster.
        task_cluster_arn: String,
        /// `RUNNING` or `STOPPED`.
        desired_status: String,
    }

    /// `TaskStopVerificationMessage`
    TaskStopVerificationMessage {
        /// That of the manifest.
        message_id: String,
        /// The tasks that the agent would stop.
        stop_candidates: Vec<TaskIdentifier>,
    }

    /// `TaskStopVerificationAck`
    TaskStopVerificationAck {
        /// That of the manifest.
        message_id: String,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// The tasks that must stop.
        stop_tasks: Vec<TaskIdentifier>,
    }

    /// `AttachTaskNetworkInterfacesMessage`
    AttachTaskNetworkInterfacesMessage {
        /// To be acknowledged.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// The task.
        task_arn: String,
        /// Its cluster.
        task_cluster_arn: String,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// How long the agent may wait for the interface to appear.
        wait_timeout_ms: i64,
        /// The interfaces.
        elastic_network_interfaces: Vec<ElasticNetworkInterface>,
    }

    /// `AttachInstanceNetworkInterfacesMessage`
    AttachInstanceNetworkInterfacesMessage {
        /// To be acknowledged.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// How long the agent may wait for the interface to appear.
        wait_timeout_ms: i64,
        /// The interfaces.
        elastic_network_interfaces: Vec<ElasticNetworkInterface>,
    }

    /// `ConfirmAttachmentMessage`
    ConfirmAttachmentMessage {
        /// To be acknowledged.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// The task.
        task_arn: String,
        /// Its cluster.
        task_cluster_arn: String,
        /// When it was made, milliseconds since 1970.
        generated_at: i64,
        /// How long the agent may wait for the device to appear.
        wait_timeout_ms: i64,
        /// The attachment.
        attachment: Option<Attachment>,
    }

    /// `StageUpdateMessage` and `PerformUpdateMessage`
    UpdateMessage {
        /// To be acknowledged or refused.
        message_id: String,
        /// The cluster.
        cluster_arn: String,
        /// The agent's container instance.
        container_instance_arn: String,
        /// Where the new agent is.
        update_info: Option<UpdateInfo>,
    }

    /// `UpdateInfo`
    UpdateInfo {
        /// A URL.
        location: String,
        /// The SHA-256 of what is there.
        signature: String,
    }

    /// A message that is one text: closes, errors, exceptions.
    TextMessage {
        /// The text.
        message: String,
    }
}

/// `IAMRoleCredentials`. `Debug` shows neither the secret nor the token.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RoleCredentials {
    /// Becomes part of the environment of the task's containers, so a refresh keeps it.
    pub credentials_id: String,
    /// The role.
    pub role_arn: String,
    /// The public half of the key.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token that goes with them.
    pub session_token: String,
    /// ISO 8601 in UTC.
    pub expiration: String,
    /// Unused by agents.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credential_scope: String,
}

impl fmt::Debug for RoleCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoleCredentials")
            .field("credentials_id", &self.credentials_id)
            .field("role_arn", &self.role_arn)
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}
