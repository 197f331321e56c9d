//! A task definition as DescribeTaskDefinition shows it: its document, and what changed since.

use model::TaskDefinition;
use store::TaskDefinitionRow;
use wire::ecs;

use super::{timestamp, word};
use crate::Cx;

/// A revision of a task definition.
pub fn task_definition(cx: &Cx, row: &TaskDefinitionRow) -> ecs::TaskDefinition {
    let facts: &TaskDefinition = &row.facts;
    ecs::TaskDefinition {
        task_definition_arn: Some(cx.home().task_definition_arn(&facts.id)),
        family: Some(facts.id.family.to_string()),
        revision: Some(facts.id.revision as i32),
        status: word(facts.status.as_str()),
        requires_attributes: Some(
            facts.requires_attributes.iter().map(|a| super::attribute(a, None)).collect(),
        ),
        compatibilities: Some(
            facts.compatibilities.iter().filter_map(|c| word(c.as_str())).collect(),
        ),
        registered_at: Some(timestamp(facts.registered_at)),
        deregistered_at: facts.deregistered_at.map(timestamp),
        delete_requested_at: facts.delete_requested_at.map(timestamp),
        registered_by: Some(facts.registered_by.clone()),
        ..row.document.clone()
    }
}
