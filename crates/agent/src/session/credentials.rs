//! New credentials of a task's role.

use session_wire::acs::{RoleCredentialsAckRequest, RoleCredentialsMessage, Up};

use super::End;
use super::acs::Responder;
use crate::credentials::Role;

/// Has the credentials kept in memory and acknowledges them; those of a task that is not here, or has
/// stopped, are of no use and not acknowledged.
pub async fn answer(
    responder: &Responder<'_>,
    message: RoleCredentialsMessage,
) -> Result<Vec<Up>, End> {
    let parts = Role::parse(&message.role_type).zip(message.role_credentials);
    let Some((role, credentials)) = parts else {
        tracing::warn!(task = message.task_arn, "credentials without use are skipped");
        return Ok(Vec::new());
    };
    let ack = RoleCredentialsAckRequest {
        message_id: message.message_id,
        credentials_id: credentials.credentials_id.clone(),
        expiration: credentials.expiration.clone(),
    };
    if responder.keep(message.task_arn.clone(), role, credentials).await? {
        return Ok(vec![Up::RoleCredentialsAck(ack)]);
    }
    tracing::warn!(task = message.task_arn, "credentials of a task that does not run are skipped");
    Ok(Vec::new())
}
