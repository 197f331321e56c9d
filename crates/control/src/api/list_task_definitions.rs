//! ListTaskDefinitions.

use arn::TaskDefinitionId;
use store::State;
use wire::{Error, ecs};

use super::page::Page;
use crate::Cx;

/// Lists the ARNs of revisions, by family and revision, upwards or downwards.
pub fn list_task_definitions(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListTaskDefinitionsRequest,
) -> Result<ecs::ListTaskDefinitionsResponse, Error> {
    let page = Page::of("ListTaskDefinitions", input.max_results, input.next_token.as_deref())?;
    let after: Option<TaskDefinitionId> = page.after()?;
    let status = input.status.unwrap_or(ecs::TaskDefinitionStatus::Active);
    let descending = input.sort == Some(ecs::SortOrder::Desc);
    let family = input.family_prefix.unwrap_or_default();
    // ECS's familyPrefix is the whole name of a family, whatever it is called.
    let rows = state.task_definitions().iter().map(|row| &row.facts).filter(|facts| {
        facts.status.as_str() == status.as_str()
            && (family.is_empty() || facts.id.family.as_str() == family)
            && after
                .as_ref()
                .is_none_or(|last| if descending { facts.id < *last } else { facts.id > *last })
    });
    let mut ids: Vec<&TaskDefinitionId> = rows.map(|facts| &facts.id).collect();
    if descending {
        ids.reverse();
    }
    let (ids, next_token) = page.take(ids.into_iter(), ToString::to_string);
    let arns = ids.into_iter().map(|id| cx.home().task_definition_arn(id)).collect();
    Ok(ecs::ListTaskDefinitionsResponse { task_definition_arns: Some(arns), next_token })
}
