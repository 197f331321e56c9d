//! DeregisterTaskDefinition.

use model::TaskDefinitionStatus;
use store::Tx;
use wire::{Error, ecs};

use super::{lookup, render};
use crate::Cx;

/// Makes a revision INACTIVE: what runs it goes on, nothing new can begin with it.
pub fn deregister_task_definition(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::DeregisterTaskDefinitionRequest,
) -> Result<ecs::DeregisterTaskDefinitionResponse, Error> {
    let text = input.task_definition.unwrap_or_default();
    let reference = lookup::task_definition_ref(cx, &text)?;
    if reference.revision.is_none() {
        return Err(Error::client("Revision is missing."));
    }
    let mut row = match lookup::find_task_definition(tx, &reference) {
        Some(row) => (**row).clone(),
        None => return Err(Error::client("The specified task definition does not exist.")),
    };
    if row.facts.status == TaskDefinitionStatus::Active {
        row.facts.status = TaskDefinitionStatus::Inactive;
        row.facts.deregistered_at = Some(cx.now);
    }
    let answer = render::task_definition(cx, &row);
    tx.put(row);
    Ok(ecs::DeregisterTaskDefinitionResponse { task_definition: Some(answer) })
}
