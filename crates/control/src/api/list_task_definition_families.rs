//! ListTaskDefinitionFamilies.

use arn::Family;
use model::TaskDefinitionStatus;
use store::State;
use wire::{Error, ecs};

use super::page::Page;
use crate::Cx;

/// Lists families by name: those with an ACTIVE revision, those without, or all.
pub fn list_task_definition_families(
    state: &State,
    _cx: &mut Cx,
    input: ecs::ListTaskDefinitionFamiliesRequest,
) -> Result<ecs::ListTaskDefinitionFamiliesResponse, Error> {
    let page =
        Page::of("ListTaskDefinitionFamilies", input.max_results, input.next_token.as_deref())?;
    let after: Option<Family> = page.after()?;
    let prefix = input.family_prefix.unwrap_or_default();
    let is_active = |family: &Family| {
        let mut rows = state.task_definitions().scan(family);
        rows.any(|row| row.facts.status == TaskDefinitionStatus::Active)
    };
    // The name of a family outlives its revisions, but is not shown without any.
    let wanted = |family: &Family| match input.status {
        _ if state.task_definitions().scan(family).next().is_none() => false,
        None | Some(ecs::TaskDefinitionFamilyStatus::All) => true,
        Some(ecs::TaskDefinitionFamilyStatus::Active) => is_active(family),
        Some(ecs::TaskDefinitionFamilyStatus::Inactive) => !is_active(family),
    };
    let families = state
        .families()
        .iter()
        .map(|row| &row.family)
        .filter(|f| after.as_ref().is_none_or(|last| *f > last))
        .filter(|f| f.as_str().starts_with(&prefix) && wanted(f));
    let (families, next_token) = page.take(families, ToString::to_string);
    Ok(ecs::ListTaskDefinitionFamiliesResponse {
        families: Some(families.into_iter().map(ToString::to_string).collect()),
        next_token,
    })
}
