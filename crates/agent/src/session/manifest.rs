//! Full synchronisation: the list of what should be here, and the second word on what must go.

use session_wire::acs::{
    AckRequest, TaskIdentifier, TaskManifestMessage, TaskStopVerificationAck,
    TaskStopVerificationMessage, Up,
};

use super::End;
use super::acs::Responder;
use crate::engine::{Event, Identified};

/// Acknowledges a manifest that is not too old, and asks about what is here and not in it.
pub async fn answer(
    responder: &mut Responder<'_>,
    message: TaskManifestMessage,
) -> Result<Vec<Up>, End> {
    let cluster_arn = message.cluster_arn;
    let identified = |task: TaskIdentifier| Identified {
        is_to_run: task.desired_status == "RUNNING",
        task: task.task_arn,
    };
    let event = Event::Manifest {
        timeline: message.timeline,
        message_id: message.message_id.clone(),
        tasks: message.tasks.into_iter().map(identified).collect(),
    };
    let Some(candidates) = responder.tell(event).await?.stop_candidates else {
        return Ok(Vec::new());
    };
    let mut answers = vec![Up::Ack(AckRequest {
        cluster: cluster_arn.clone(),
        container_instance: message.container_instance_arn,
        message_id: message.message_id.clone(),
    })];
    if !candidates.is_empty() {
        responder.unverified = Some(message.message_id.clone());
        let candidate = |arn: String| TaskIdentifier {
            task_arn: arn,
            task_cluster_arn: cluster_arn.clone(),
            desired_status: "STOPPED".into(),
        };
        answers.push(Up::TaskStopVerification(TaskStopVerificationMessage {
            message_id: message.message_id,
            stop_candidates: candidates.into_iter().map(candidate).collect(),
        }));
    }
    Ok(answers)
}

/// Stops what the control plane names again; an answer to another manifest is skipped.
pub async fn verified(
    responder: &mut Responder<'_>,
    message: TaskStopVerificationAck,
) -> Result<Vec<Up>, End> {
    if responder.unverified.as_ref() != Some(&message.message_id) {
        tracing::warn!("a stop verification that nobody asked for is skipped");
        return Ok(Vec::new());
    }
    responder.unverified = None;
    let tasks = message.stop_tasks.into_iter().map(|task| task.task_arn).collect();
    responder.tell(Event::StopsVerified { message_id: message.message_id, tasks }).await?;
    Ok(Vec::new())
}
