//! The paths of the task endpoint.

use http::StatusCode;
use serde_json::json;

use super::agents::Agents;
use super::answer::{Answer, Question, Reply};
use super::metadata::{self, Version};
use super::{credentials, fault, protection};

/// Answers a question of a container.
pub async fn answer(agents: &Agents, question: &Question) -> Reply {
    let path: Vec<&str> = question.path.split('/').filter(|part| !part.is_empty()).collect();
    match path.as_slice() {
        ["v1", "credentials"] => {
            let id = question.value("id").unwrap_or_default();
            credentials::answer(agents, question, 1, &id).await
        }
        ["v2", "credentials"] => credentials::answer(agents, question, 2, "").await,
        ["v2", "credentials", id] => credentials::answer(agents, question, 2, id).await,
        ["v2", "metadata" | "metadataWithTags" | "stats", ..] => Reply::Here(version_2(question)),
        ["v3", id, what @ ..] => metadata::answer(agents, Version::V3, id, what).await,
        ["v4", id, what @ ..] => metadata::answer(agents, Version::V4, id, what).await,
        ["api", id, "task-protection", "v1", "state"] => {
            protection::answer(agents, question, id).await
        }
        ["api", id, "fault", "v1", _, _] => fault::answer(agents, id).await,
        _ => Reply::Here(nothing()),
    }
}

/// Amazon's agent finds a task by its address alone only where the task has a network interface of its
/// own, and refuses all others in this way.
fn version_2(question: &Question) -> Answer {
    let why = format!(
        "V2 task metadata handler: unable to get task arn from request: the task at {} has no \
         network interface of its own; ask at $ECS_CONTAINER_METADATA_URI_V4",
        question.source
    );
    Answer::json(StatusCode::BAD_REQUEST, &why)
}

/// There is nothing at this path.
pub fn nothing() -> Answer {
    Answer::json(StatusCode::NOT_FOUND, &json!("404 page not found"))
}
