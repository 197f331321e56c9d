//! Fault injection, which no agent here has: whoever asks is told so.

use http::StatusCode;
use serde_json::json;

use super::agents::Agents;
use super::answer::{Answer, Reply};
use crate::driver::Look;

/// Refuses, in the words of Amazon's agent for a task that may not inject faults.
pub async fn answer(agents: &Agents, id: &str) -> Reply {
    let refuse = |status, why: String| Answer::json(status, &json!({ "Error": why }));
    let Some((_, seen)) = agents.find(&Look::Container(id.to_owned())).await else {
        let why = format!("unable to lookup container: {id}");
        return Reply::Unknown(refuse(StatusCode::NOT_FOUND, why));
    };
    let why = format!("enableFaultInjection is not enabled for task: {}", seen.task.arn);
    Reply::Here(refuse(StatusCode::BAD_REQUEST, why))
}
