//! Task metadata, versions 3 and 4, by the id in the path, which a container finds in its environment.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html>

use std::collections::BTreeMap;

use futures_util::future::join_all;
use http::StatusCode;
use runtime::ContainerId;
use serde_json::{Value, json};

use super::agents::{Agents, LocalAgent};
use super::answer::{Answer, Reply};
use super::{describe, routes, tags};
use crate::driver::{Look, Seen};

/// The version of a document. The later one says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Version 3.
    V3,
    /// Version 4.
    V4,
}

/// Answers for the container of an id, or its task.
pub async fn answer(agents: &Agents, version: Version, id: &str, what: &[&str]) -> Reply {
    let Some((agent, seen)) = agents.find(&Look::Container(id.to_owned())).await else {
        let why = format!("{version:?} metadata handler: no container has the endpoint id {id}");
        return Reply::Unknown(Answer::json(StatusCode::NOT_FOUND, &why));
    };
    let answer = match what {
        [] => container(&agent, &seen, version).await,
        ["task"] => task(&agent, &seen, version, false).await,
        ["taskWithTags"] => task(&agent, &seen, version, true).await,
        ["stats"] => Ok(container_stats(agents, &agent, &seen, version).await),
        ["task", "stats"] => Ok(task_stats(agents, &agent, &seen, version).await),
        // Accelerators, of which agents here have none.
        ["associations", _] => Ok(Answer::ok(&json!({ "Associations": [] }))),
        _ => Ok(routes::nothing()),
    };
    Reply::Here(answer.unwrap_or_else(|error| {
        tracing::warn!(task = seen.task.arn, %error, "a task's metadata is not known");
        Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &"failed to get container metadata")
    }))
}

async fn container(agent: &LocalAgent, seen: &Seen, version: Version) -> runtime::Result<Answer> {
    let states = agent.states(&seen.task).await?;
    let state = states[seen.container].as_ref();
    Ok(Answer::ok(&describe::container(&seen.task, seen.container, state, version)))
}

async fn task(
    agent: &LocalAgent,
    seen: &Seen,
    version: Version,
    with_tags: bool,
) -> runtime::Result<Answer> {
    let states = agent.states(&seen.task).await?;
    let mut document = describe::task(agent, &seen.task, &states, version);
    if with_tags {
        tags::add(agent, &mut document, version).await;
    }
    Ok(Answer::ok(&document))
}

async fn container_stats(
    agents: &Agents,
    agent: &LocalAgent,
    seen: &Seen,
    version: Version,
) -> Answer {
    let id = seen.task.containers[seen.container].runtime_id.clone().unwrap_or_default();
    match agents.samples.take(&*agent.runtime, &ContainerId(id.clone()), version).await {
        Ok(stats) => Answer::ok(&stats),
        Err(error) => {
            tracing::debug!(task = seen.task.arn, %error, "a container has no stats");
            let why = format!("Unable to get container stats for: {id}");
            Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &why)
        }
    }
}

/// By Docker's id; nothing for a container that does not run.
async fn task_stats(agents: &Agents, agent: &LocalAgent, seen: &Seen, version: Version) -> Answer {
    let ids = seen.task.containers.iter().filter_map(|c| c.runtime_id.clone()).map(ContainerId);
    let samples = ids.map(|id| async move {
        let sample = agents.samples.take(&*agent.runtime, &id, version).await;
        (id.0, sample.unwrap_or(Value::Null))
    });
    let stats: BTreeMap<String, Value> = join_all(samples).await.into_iter().collect();
    Answer::ok(&stats)
}
