//! ListTasks: each filter is answered from the index that fits it best, the others narrow it down.

use std::sync::Arc;

use arn::{ClusterName, TaskId};
use model::Task;
use store::State;
use wire::{Error, ecs};

use super::{lookup, page::Page};
use crate::Cx;

/// Lists the ARNs of tasks, by default of those that are to run.
pub fn list_tasks(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListTasksRequest,
) -> Result<ecs::ListTasksResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let page = Page::of("ListTasks", input.max_results, input.next_token.as_deref())?;
    if input.daemon_name.is_some() {
        return Err(Error::unsupported_feature("daemonName: managed daemons are not supported."));
    }
    let after: Option<TaskId> = page.after()?;
    let desired = input.desired_status.unwrap_or(ecs::DesiredStatus::Running);
    let wanted = |task: &&Arc<Task>| {
        task.desired_status.as_str() == desired.as_str()
            && input.launch_type.is_none_or(|l| l.as_str() == task.launch_type.as_str())
    };
    let rows = candidates(state, cx, &cluster, &input, after)?;
    let rows = rows.filter(|task| after.is_none_or(|last| task.id > last)).filter(wanted);
    let (tasks, next_token) = page.take(rows, |task| task.id.to_string());
    let arns = tasks.into_iter().map(|t| cx.home().task_arn(&cluster, t.id)).collect();
    Ok(ecs::ListTasksResponse { task_arns: Some(arns), next_token })
}

type Tasks<'a> = Box<dyn Iterator<Item = &'a Arc<Task>> + 'a>;

fn candidates<'a>(
    state: &'a State,
    cx: &Cx,
    cluster: &ClusterName,
    input: &'a ecs::ListTasksRequest,
    after: Option<TaskId>,
) -> Result<Tasks<'a>, Error> {
    let others = [&input.container_instance, &input.family, &input.service_name];
    if let Some(started_by) = &input.started_by {
        if others.iter().any(|filter| filter.is_some()) {
            return Err(Error::invalid_parameter(
                "startedBy must be the only filter that is used in a ListTasks request.",
            ));
        }
        return Ok(Box::new(state.tasks_started_by(cluster, started_by)));
    }
    let service = match &input.service_name {
        Some(text) => Some(lookup::service(state, cx, cluster, text)?.name.clone()),
        None => None,
    };
    let instance = match &input.container_instance {
        Some(text) => Some(lookup::container_instance(state, cx, cluster, text)?.id),
        None => None,
    };
    let family =
        input.family.as_deref().map(|text| text.parse().map_err(lookup::invalid)).transpose()?;
    let rows: Tasks<'a> = match (&service, &family) {
        (Some(service), _) => Box::new(state.tasks_of(cluster, service)),
        (None, Some(family)) => Box::new(state.tasks_of_family(cluster, family)),
        (None, None) => {
            let after = after.map(|last| (cluster.clone(), last));
            Box::new(state.tasks().scan_after(cluster, after.as_ref()))
        }
    };
    Ok(Box::new(rows.filter(move |task| {
        instance.is_none_or(|id| task.container_instance == Some(id))
            && family.as_ref().is_none_or(|f| *f == task.task_definition.family)
    })))
}
