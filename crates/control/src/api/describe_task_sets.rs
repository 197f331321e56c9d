//! DescribeTaskSets.

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, render, task_sets};
use crate::{Cx, limits};

/// Describes task sets of a service by id or ARN, all of them when none is named.
pub fn describe_task_sets(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeTaskSetsRequest,
) -> Result<ecs::DescribeTaskSetsResponse, Error> {
    let service =
        task_sets::service(state, cx, input.cluster.as_deref(), input.service.as_deref())?;
    let named = input.task_sets.unwrap_or_default();
    check_count("taskSets", named.len(), limits::DESCRIBE_COUNT_MAX)?;
    let with_tags = input.include.is_some_and(|i| i.contains(&ecs::TaskSetField::Tags));
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    if named.is_empty() {
        found.extend(&service.task_sets);
    }
    for text in &named {
        let id = task_sets::task_set_id(cx, &service, text)?;
        if let Some(set) = service.task_sets.iter().find(|set| set.id == id) {
            found.push(set);
        } else {
            let arn = cx.home().task_set_arn(&service.cluster, &service.name, &id);
            failures.push(failure::missing(&arn));
        }
    }
    let shown = found.into_iter().map(|set| render::task_set(state, cx, &service, set, with_tags));
    let task_sets = Some(shown.collect());
    Ok(ecs::DescribeTaskSetsResponse { task_sets, failures: Some(failures) })
}
