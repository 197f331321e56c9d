//! The tags of a task and of its container instance, which the control plane knows.

use std::collections::BTreeMap;

use session_wire::metadata;
use wire::{ecs, op};

use super::agents::LocalAgent;
use super::metadata::Version;
use crate::api::CallError;

/// Adds the tags to the document, and in version 4 why some are missing.
pub async fn add(agent: &LocalAgent, document: &mut metadata::Task, version: Version) {
    let task = tags_of(agent, &document.task_arn).await;
    let instance = tags_of(agent, &agent.container_instance_arn).await;
    let mut errors = Vec::new();
    for (field, arn, tags, to) in [
        ("TaskTags", &document.task_arn, task, &mut document.task_tags),
        (
            "ContainerInstanceTags",
            &agent.container_instance_arn,
            instance,
            &mut document.container_instance_tags,
        ),
    ] {
        match tags {
            Ok(tags) => *to = tags,
            Err(error) => errors.push(tag_error(field, arn, &error)),
        }
    }
    if version == Version::V4 {
        document.errors = errors;
    }
}

async fn tags_of(agent: &LocalAgent, arn: &str) -> Result<BTreeMap<String, String>, CallError> {
    let input = ecs::ListTagsForResourceRequest { resource_arn: Some(arn.to_owned()) };
    let answer = agent.api.call::<op::ListTagsForResource>(&input).await?;
    let tags = answer.tags.into_iter().flatten();
    Ok(tags.filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default()))).collect())
}

fn tag_error(field: &str, arn: &str, error: &CallError) -> metadata::TagError {
    tracing::warn!(resource = arn, %error, "tags for task metadata are not known");
    let (error_code, error_message, status_code) = match error {
        CallError::Api(error) => {
            let status = Some(error.code.status());
            (Some(error.code.name().to_owned()), error.message.clone(), status)
        }
        CallError::Transport(why) => (None, why.clone(), None),
    };
    metadata::TagError {
        error_field: field.to_owned(),
        error_code,
        error_message,
        status_code,
        resource_arn: arn.to_owned(),
    }
}
