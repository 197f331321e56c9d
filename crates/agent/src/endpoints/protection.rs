//! Task protection by the agent's API: `GET` and `PUT` of `$ECS_AGENT_URI/task-protection/v1/state`.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html>
//!
//! The call that it makes is the task's own: it is signed with the credentials of the task role.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use session_wire::acs::RoleCredentials;
use wire::{ErrorCode, ecs, op};

use super::agents::{Agents, LocalAgent};
use super::answer::{Answer, Question, Reply};
use super::{describe, who};
use crate::api::{CallError, Client, Signer};
use crate::driver::Look;

/// The body of a `PUT`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Wanted {
    protection_enabled: Option<bool>,
    expires_in_minutes: Option<i32>,
}

/// Answers for the task of the container of this id.
pub async fn answer(agents: &Agents, question: &Question, id: &str) -> Reply {
    let Some((agent, seen)) = agents.find(&Look::Container(id.to_owned())).await else {
        let why = "Failed to find a task for the request";
        let not_found = StatusCode::NOT_FOUND;
        return Reply::Unknown(refusal(not_found, None, ErrorCode::ResourceNotFound, why));
    };
    let task = &seen.task.arn;
    let wanted = match wanted(question, task) {
        Ok(wanted) => wanted,
        Err(answer) => return Reply::Here(answer),
    };
    let theirs = match agent.states(&seen.task).await {
        Ok(states) => who::is_one_of(&states, question.source),
        Err(error) => {
            tracing::warn!(task, %error, "the container runtime does not say whose address this is");
            false
        }
    };
    let credentials = seen.task.role_credentials_id().filter(|_| theirs);
    let Some(credentials) = credentials.and_then(|id| agent.credentials.of_task_role(id)) else {
        let why = "Invalid Request: no task IAM role credentials available for task";
        return Reply::Here(refusal(
            StatusCode::FORBIDDEN,
            Some(task),
            ErrorCode::AccessDenied,
            why,
        ));
    };
    Reply::Here(match ask(&agent, credentials, task, wanted).await {
        Ok(outcome) => shown(outcome, task),
        Err(CallError::Api(error)) => {
            let status = StatusCode::from_u16(error.code.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            refusal(status, Some(task), error.code, &error.message)
        }
        Err(CallError::Transport(why)) => {
            tracing::warn!(task, why, "task protection is not known");
            let document = json!({ "error": {
                "Arn": task,
                "Code": "RequestCanceled",
                "Message": "Timed out calling ECS Task Protection API",
            } });
            Answer::json(StatusCode::GATEWAY_TIMEOUT, &document)
        }
    })
}

/// Nothing for a question how things are; what to change otherwise.
fn wanted(question: &Question, task: &str) -> Result<Option<Wanted>, Answer> {
    let bad =
        |arn, why: &str| refusal(StatusCode::BAD_REQUEST, arn, ErrorCode::InvalidParameter, why);
    if question.method == Method::GET {
        return Ok(None);
    }
    if question.method != Method::PUT {
        let why = json!(format!("{} is not allowed here", question.method));
        return Err(Answer::json(StatusCode::METHOD_NOT_ALLOWED, &why));
    }
    let wanted: Wanted = serde_json::from_slice(&question.body)
        .map_err(|_| bad(None, "UpdateTaskProtection: failed to decode request"))?;
    if wanted.protection_enabled.is_none() {
        let why = "Invalid request: does not contain 'ProtectionEnabled' field";
        return Err(bad(Some(task), why));
    }
    Ok(Some(wanted))
}

/// What the control plane said: protected tasks and failures.
type Outcome = (Vec<ecs::ProtectedTask>, Vec<ecs::Failure>);

async fn ask(
    agent: &LocalAgent,
    credentials: RoleCredentials,
    task: &str,
    wanted: Option<Wanted>,
) -> Result<Outcome, CallError> {
    let credentials = sigv4::Credentials {
        access_key_id: credentials.access_key_id,
        secret_access_key: credentials.secret_access_key,
        session_token: Some(credentials.session_token).filter(|token| !token.is_empty()),
    };
    let signer = Signer::new(credentials, agent.region.clone());
    let client = Client::new(&agent.server_url, signer, crate::api::USER_AGENT)
        .map_err(|error| CallError::Transport(error.to_string()))?;
    let (cluster, tasks) = (Some(agent.cluster.clone()), Some(vec![task.to_owned()]));
    let (protected, failures) = match wanted {
        None => {
            let input = ecs::GetTaskProtectionRequest { cluster, tasks };
            let answer = client.call::<op::GetTaskProtection>(&input).await?;
            (answer.protected_tasks, answer.failures)
        }
        Some(wanted) => {
            let input = ecs::UpdateTaskProtectionRequest {
                cluster,
                tasks,
                protection_enabled: wanted.protection_enabled,
                expires_in_minutes: wanted.expires_in_minutes,
            };
            let answer = client.call::<op::UpdateTaskProtection>(&input).await?;
            (answer.protected_tasks, answer.failures)
        }
    };
    Ok((protected.unwrap_or_default(), failures.unwrap_or_default()))
}

fn shown((protected, failures): Outcome, task: &str) -> Answer {
    if let Some(failure) = failures.into_iter().next() {
        return Answer::ok(&json!({ "failure": {
            "Arn": failure.arn, "Detail": failure.detail, "Reason": failure.reason,
        } }));
    }
    let Some(protection) = protected.into_iter().next() else {
        let why = "Unexpected error occurred";
        let internal = StatusCode::INTERNAL_SERVER_ERROR;
        return refusal(internal, Some(task), ErrorCode::Server, why);
    };
    let until = protection.expiration_date.map(|at| describe::moment(at.0));
    Answer::ok(&json!({ "protection": {
        "ExpirationDate": until,
        "ProtectionEnabled": protection.protection_enabled,
        "TaskArn": protection.task_arn,
    } }))
}

fn refusal(status: StatusCode, task: Option<&str>, code: ErrorCode, why: &str) -> Answer {
    let mut error = json!({ "Code": code.name(), "Message": why });
    if let Some(task) = task {
        error["Arn"] = Value::from(task);
    }
    Answer::json(status, &json!({ "error": error }))
}
