//! A task set as DescribeTaskSets shows it.

use model::{Service, TaskSet};
use store::State;
use wire::ecs;

use super::{service::counts, tags, timestamp, word};
use crate::Cx;

/// A task set of a service; its tags are shown when asked for.
pub fn task_set(
    state: &State,
    cx: &Cx,
    service: &Service,
    set: &TaskSet,
    with_tags: bool,
) -> ecs::TaskSet {
    let home = cx.home();
    let tasks = state.live_tasks_of_service(service);
    let (running, pending) = counts(tasks.filter(|task| task.is_of(&set.id)));
    ecs::TaskSet {
        id: Some(set.id.to_string()),
        task_set_arn: Some(home.task_set_arn(&service.cluster, &service.name, &set.id)),
        service_arn: Some(home.service_arn(&service.cluster, &service.name)),
        cluster_arn: Some(home.cluster_arn(&service.cluster)),
        external_id: set.external_id.clone(),
        status: Some(set.status.to_string()),
        task_definition: Some(home.task_definition_arn(&set.task_definition)),
        computed_desired_count: Some(set.computed_desired_count(service.desired_count) as i32),
        running_count: Some(running),
        pending_count: Some(pending),
        created_at: Some(timestamp(set.created_at)),
        updated_at: Some(timestamp(set.updated_at)),
        launch_type: word(set.launch_type.as_str()),
        load_balancers: Some(Vec::new()),
        service_registries: Some(Vec::new()),
        scale: Some(ecs::Scale {
            value: Some(set.scale.percent()),
            unit: Some(ecs::ScaleUnit::Percent),
        }),
        stability_status: word(set.stability.as_str()),
        stability_status_at: Some(timestamp(set.stability_at)),
        tags: Some(if with_tags { tags(&set.tags) } else { Vec::new() }),
        ..ecs::TaskSet::default()
    }
}
