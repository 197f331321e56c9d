//! What runs here, for whoever is on the host: the introspection of Amazon's agent.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-introspection.html>
//!
//! Where a process has several agents, `/v1/metadata` tells of the first, and `/v1/tasks` of the tasks
//! of all. The first process of a host has the port.

use std::net::{Ipv4Addr, SocketAddrV4};

use http::StatusCode;
use serde_json::json;
use session_wire::metadata::{Agent, LocalTask};

use super::agents::{Agents, LocalAgent};
use super::answer::{Answer, Question};
use super::{describe, routes};
use crate::driver::{Look, Seen};

/// Amazon's agent listens on all addresses of the host, and leaves it to a firewall to guard them.
pub const ADDRESS: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 51678);

/// Docker's short ids have so many digits.
const SHORT_ID: usize = 12;
const VERSION: &str = concat!("Longshore Agent - v", env!("CARGO_PKG_VERSION"));
const LICENSE: &str = include_str!("../../../../LICENSE");

/// Answers whoever is on the host.
pub async fn answer(agents: &Agents, question: &Question) -> Answer {
    match question.path.trim_end_matches('/') {
        "" => {
            Answer::ok(&json!({ "AvailableCommands": ["/v1/metadata", "/v1/tasks", "/license"] }))
        }
        "/v1/metadata" => metadata(agents),
        "/v1/tasks" => tasks(agents, question).await,
        "/license" => Answer {
            status: StatusCode::OK,
            content_type: "text/plain",
            body: LICENSE.as_bytes().into(),
        },
        _ => routes::nothing(),
    }
}

fn metadata(agents: &Agents) -> Answer {
    let first = agents.all().into_iter().next();
    Answer::ok(&first.map(|agent| Agent {
        cluster: agent.cluster.clone(),
        container_instance_arn: agent.container_instance_arn.clone(),
        version: VERSION.into(),
    }))
}

async fn tasks(agents: &Agents, question: &Question) -> Answer {
    let (arn, docker_id) = (question.value("taskarn"), question.value("dockerid"));
    if arn.is_some() && docker_id.is_some() {
        return Answer::json(StatusCode::BAD_REQUEST, &LocalTask::default());
    }
    let is_wanted = |seen: &Seen| match (&arn, &docker_id) {
        (Some(arn), _) => seen.task.arn == *arn,
        (_, Some(id)) => {
            let mut own = seen.task.containers.iter().filter_map(|c| c.runtime_id.as_deref());
            own.any(|own| own == id || id.len() <= SHORT_ID && own.starts_with(id))
        }
        _ => true,
    };
    let mut found = Vec::new();
    for agent in agents.all() {
        for seen in agent.look(Look::All).await.iter().filter(|seen| is_wanted(seen)) {
            match document(&agent, seen).await {
                Ok(document) => found.push(document),
                Err(error) => {
                    tracing::warn!(task = seen.task.arn, %error, "a task cannot be told of");
                    let internal = StatusCode::INTERNAL_SERVER_ERROR;
                    return Answer::json(internal, &LocalTask::default());
                }
            }
        }
    }
    if arn.is_none() && docker_id.is_none() {
        return Answer::ok(&json!({ "Tasks": found }));
    }
    match (found.pop(), found.is_empty()) {
        (Some(document), true) => Answer::ok(&document),
        (Some(_), false) => Answer::json(StatusCode::BAD_REQUEST, &LocalTask::default()),
        (None, _) => Answer::json(StatusCode::NOT_FOUND, &LocalTask::default()),
    }
}

async fn document(agent: &LocalAgent, seen: &Seen) -> runtime::Result<LocalTask> {
    Ok(describe::local_task(&seen.task, &agent.states(&seen.task).await?))
}
