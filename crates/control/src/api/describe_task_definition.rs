//! DescribeTaskDefinition.

use store::State;
use wire::{Error, ecs};

use super::{lookup, render};
use crate::Cx;

/// Describes one revision; without a number the newest ACTIVE one.
pub fn describe_task_definition(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeTaskDefinitionRequest,
) -> Result<ecs::DescribeTaskDefinitionResponse, Error> {
    let text = input.task_definition.unwrap_or_default();
    let row = lookup::task_definition(state, cx, &text)?;
    let with_tags = input.include.is_some_and(|i| i.contains(&ecs::TaskDefinitionField::Tags));
    Ok(ecs::DescribeTaskDefinitionResponse {
        task_definition: Some(render::task_definition(cx, &row)),
        tags: Some(if with_tags { render::tags(&row.facts.tags) } else { Vec::new() }),
    })
}
