//! New credentials of a task's role.

use session_wire::acs::{RoleCredentialsAckRequest, RoleCredentialsMessage, Up};

use super::acs::Responder;

/// Keeps the credentials in memory and acknowledges them.
pub fn answer(responder: &Responder<'_>, message: RoleCredentialsMessage) -> Vec<Up> {
    let known_role = matches!(message.role_type.as_str(), "TaskApplication" | "TaskExecution");
    let Some(credentials) = message.role_credentials.filter(|_| known_role) else {
        tracing::warn!(task = message.task_arn, "credentials without use are skipped");
        return Vec::new();
    };
    let ack = RoleCredentialsAckRequest {
        message_id: message.message_id,
        credentials_id: credentials.credentials_id.clone(),
        expiration: credentials.expiration.clone(),
    };
    responder.credentials.keep(&message.task_arn, credentials);
    vec![Up::RoleCredentialsAck(ack)]
}
