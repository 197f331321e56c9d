//! The credentials of a task role, to the containers of that task alone.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>

use http::StatusCode;
use serde::Serialize;

use super::agents::Agents;
use super::answer::{Answer, Question, Reply};
use super::who;
use crate::driver::Look;

/// The document that SDKs read.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Credentials {
    role_arn: String,
    access_key_id: String,
    secret_access_key: String,
    token: String,
    expiration: String,
}

#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    message: String,
    #[serde(rename = "HTTPErrorCode")]
    status: u16,
}

/// Answers for the credentials of an id, in a version of the path.
pub async fn answer(agents: &Agents, question: &Question, version: u8, id: &str) -> Reply {
    let refuse = |status: StatusCode, code, why: &str| {
        let message = format!("CredentialsV{version}Request: {why}");
        Answer::json(status, &Refusal { code, message, status: status.as_u16() })
    };
    let not_found =
        || refuse(StatusCode::BAD_REQUEST, "InvalidIdInRequest", "Credentials not found");
    if id.is_empty() {
        let why = "No Credential ID in the request";
        return Reply::Here(refuse(StatusCode::BAD_REQUEST, "NoIdInRequest", why));
    }
    let Some((agent, seen)) = agents.find(&Look::Credentials(id.to_owned())).await else {
        return Reply::Unknown(not_found());
    };
    let (task, source) = (&seen.task.arn, question.source);
    Reply::Here(match agent.states(&seen.task).await {
        Err(error) => {
            tracing::warn!(task, %source, %error, "credentials are not given: the container runtime does not say whose address this is");
            refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                "Internal server error",
            )
        }
        // A stranger hears the same as one who guessed an id.
        Ok(states) if !who::is_one_of(&states, source) => {
            tracing::warn!(task, %source, "credentials are refused: the address is not that of a container of the task");
            not_found()
        }
        Ok(_) => match agent.credentials.of_task_role(id) {
            Some(kept) => {
                tracing::info!(task, %source, role = kept.role_arn, "credentials are given");
                Answer::ok(&Credentials {
                    role_arn: kept.role_arn,
                    access_key_id: kept.access_key_id,
                    secret_access_key: kept.secret_access_key,
                    token: kept.session_token,
                    expiration: kept.expiration,
                })
            }
            None if seen.task.is_stopped() => not_found(),
            // After a restart of the agent they are on their way.
            None => {
                let why = "Credentials uninitialized for ID";
                refuse(StatusCode::SERVICE_UNAVAILABLE, "CredentialsUninitialized", why)
            }
        },
    })
}
