//! Tasks to run or to stop.

use session_wire::acs::{AckRequest, NackRequest, PayloadMessage, RoleCredentialsAckRequest, Up};

use super::End;
use super::acs::Responder;
use crate::engine::Event;

/// Hands every task to the engine, those to stop first, and acknowledges when all are on disk. A
/// task that makes no sense is taken on, too, and reported as STOPPED: that is the answer to it.
pub async fn answer(responder: &Responder<'_>, message: PayloadMessage) -> Result<Vec<Up>, End> {
    if message.message_id.is_empty() {
        tracing::warn!("a payload without a message id is skipped");
        return Ok(Vec::new());
    }
    let PayloadMessage { message_id, cluster_arn, container_instance_arn, .. } = message;
    let refuse = |reason: &str| {
        vec![Up::Nack(NackRequest {
            cluster: cluster_arn.clone(),
            container_instance: container_instance_arn.clone(),
            message_id: message_id.clone(),
            reason: reason.into(),
        })]
    };
    if cluster_arn.is_empty() || container_instance_arn.is_empty() {
        return Ok(refuse("clusterArn and containerInstanceArn are required"));
    }
    if message.tasks.iter().any(|task| task.arn.is_empty()) {
        return Ok(refuse("a task has no arn"));
    }
    let mut tasks = message.tasks;
    tasks.sort_by_key(|task| task.desired_status != "STOPPED");
    let mut answers = Vec::new();
    for task in tasks {
        for credentials in [&task.role_credentials, &task.execution_role_credentials] {
            let Some(credentials) = credentials else { continue };
            answers.push(Up::RoleCredentialsAck(RoleCredentialsAckRequest {
                message_id: message_id.clone(),
                credentials_id: credentials.credentials_id.clone(),
                expiration: credentials.expiration.clone(),
            }));
        }
        let event = Event::Payload { task: Box::new(task), seq_num: message.seq_num };
        responder.tell(event).await?;
    }
    answers.push(Up::Ack(AckRequest {
        cluster: cluster_arn,
        container_instance: container_instance_arn,
        message_id,
    }));
    Ok(answers)
}
