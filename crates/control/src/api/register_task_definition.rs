//! RegisterTaskDefinition.

use arn::Family;
use store::{FamilyRow, Tx};
use wire::{Error, ecs};

use super::render;
use crate::{Cx, task_definition};

/// Registers a new revision of a family.
pub fn register_task_definition(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::RegisterTaskDefinitionRequest,
) -> Result<ecs::RegisterTaskDefinitionResponse, Error> {
    let newest = |family: Family| tx.families().get(&family).map_or(0, |row| row.latest_revision);
    let revision = input.family.as_deref().and_then(|f| f.parse().ok()).map_or(0, newest) + 1;
    let row = task_definition::parse(input, revision, cx.now, &cx.principal.arn)?;
    tx.put(FamilyRow { family: row.facts.id.family.clone(), latest_revision: revision });
    let answer = ecs::RegisterTaskDefinitionResponse {
        task_definition: Some(render::task_definition(cx, &row)),
        tags: Some(render::tags(&row.facts.tags)),
    };
    tx.put(row);
    Ok(answer)
}
