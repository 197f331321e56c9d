//! DescribeTasks.

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Describes tasks by id or ARN, STOPPED ones for as long as they are kept.
pub fn describe_tasks(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeTasksRequest,
) -> Result<ecs::DescribeTasksResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?;
    let named = input.tasks.unwrap_or_default();
    if named.is_empty() {
        return Err(Error::invalid_parameter("Tasks cannot be empty."));
    }
    check_count("tasks", named.len(), limits::DESCRIBE_COUNT_MAX)?;
    let with_tags = input.include.is_some_and(|i| i.contains(&ecs::TaskField::Tags));
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let id = lookup::task_id(cx, &cluster.name, text)?;
        match state.tasks().get(&(cluster.name.clone(), id)) {
            Some(task) => tasks.push(render::task(cx, task, with_tags)),
            None => failures.push(failure::missing(&cx.home().task_arn(&cluster.name, id))),
        }
    }
    Ok(ecs::DescribeTasksResponse { tasks: Some(tasks), failures: Some(failures) })
}
