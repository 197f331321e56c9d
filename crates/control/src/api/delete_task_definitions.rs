//! DeleteTaskDefinitions.

use std::sync::Arc;

use model::TaskDefinitionStatus;
use store::{State, TaskDefinitionRow, Tx};
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits, task_definition};

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
        match find(tx, cx, text) {
            Err(failure) => failures.push(failure),
            Ok(row) => {
                let mut row = (*row).clone();
                row.facts.status = TaskDefinitionStatus::DeleteInProgress;
                row.facts.delete_requested_at.get_or_insert(cx.now);
                deleted.push(render::task_definition(cx, &row));
                let id = row.facts.id.clone();
                tx.put(row);
                task_definition::forget_unused(tx, &id);
            }
        }
    }
    Ok(ecs::DeleteTaskDefinitionsResponse {
        task_definitions: Some(deleted),
        failures: Some(failures),
    })
}

/// The revision to delete, or why it cannot be.
fn find(state: &State, cx: &Cx, text: &str) -> Result<Arc<TaskDefinitionRow>, ecs::Failure> {
    let reference = cx.home().task_definition(text).ok().filter(|r| r.revision.is_some());
    let reference = reference.ok_or_else(|| {
        failure::failure(text, "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.")
    })?;
    let row = lookup::find_task_definition(state, &reference).ok_or_else(|| {
        failure::failure(text, "The specified task definition does not exist. Specify a valid account, family, revision and try again.")
    })?;
    if row.facts.status == TaskDefinitionStatus::Active {
        let arn = cx.home().task_definition_arn(&row.facts.id);
        return Err(failure::failure(
            &arn,
            "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
        ));
    }
    Ok(row.clone())
}
