//! DeleteTaskDefinitions.

use model::TaskDefinitionStatus;
use store::Tx;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Deletes INACTIVE revisions: they become DELETE_IN_PROGRESS until nothing uses them.
pub fn delete_task_definitions(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeleteTaskDefinitionsRequest,
) -> Result<ecs::DeleteTaskDefinitionsResponse, Error> {
    let named = input.task_definitions.unwrap_or_default();
    check_count("taskDefinitions", named.len(), limits::DELETE_TASK_DEFINITIONS_COUNT_MAX)?;
    let (mut deleted, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let reference =
            cx.home().task_definition(text).map_err(|e| Error::client(e.to_string()))?;
        if reference.revision.is_none() {
            return Err(Error::client(format!(
                "taskDefinitions: '{text}' has no revision; revisions must be named, as family:revision or ARN."
            )));
        }
        let Ok(row) = lookup::task_definition(tx, cx, text) else {
            failures.push(failure::missing(text));
            continue;
        };
        let arn = cx.home().task_definition_arn(&row.facts.id);
        if row.facts.status == TaskDefinitionStatus::Active {
            failures.push(ecs::Failure {
                detail: Some("A task definition must be deregistered before it is deleted.".into()),
                ..failure::failure(&arn, "The specified task definition is still in ACTIVE status. Please deregister the target and try again.")
            });
            continue;
        }
        let mut row = (*row).clone();
        row.facts.status = TaskDefinitionStatus::DeleteInProgress;
        row.facts.delete_requested_at.get_or_insert(cx.now);
        deleted.push(render::task_definition(cx, &row));
        tx.put(row);
    }
    Ok(ecs::DeleteTaskDefinitionsResponse {
        task_definitions: Some(deleted),
        failures: Some(failures),
    })
}
