//! StartTask: the caller places; what does not fit is told instance by instance.

use model::{ContainerInstanceStatus, LaunchType};
use store::Tx;
use wire::{Error, ecs};

use super::{
    check_count, failure, lookup, render,
    run_task::{StandaloneInput, Wish},
    service_settings as settings,
};
use crate::{Cx, authority::task_role, launch, limits, place};

/// Starts one task on each of the container instances named.
pub fn start_task(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::StartTaskRequest,
) -> Result<ecs::StartTaskResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    settings::check_supported(&input)?;
    let named = input.container_instances.clone().unwrap_or_default();
    if named.is_empty() {
        return Err(Error::invalid_parameter("Container instances cannot be empty."));
    }
    check_count("containerInstances", named.len(), limits::RUN_TASK_COUNT_MAX)?;
    let text = input.task_definition.clone().unwrap_or_default();
    let definition = lookup::usable_task_definition(tx, cx, &text)?;
    let has_network_configuration = input.network_configuration.is_some();
    settings::check_fit(&definition, LaunchType::Ec2, has_network_configuration)?;
    let shared = StandaloneInput {
        group: input.group,
        started_by: input.started_by,
        started_by_len_max: limits::START_TASK_STARTED_BY_LEN_MAX,
        overrides: input.overrides,
        tags: input.tags,
        enable_ecs_managed_tags: input.enable_ecs_managed_tags.unwrap_or_default(),
        propagate_tags: input.propagate_tags,
    };
    let wish = Wish::parse(&cluster, definition, LaunchType::Ec2, shared)?;
    let launch = wish.launch();
    task_role::check(tx, cx, &launch).map_err(Error::client)?;
    let request = place::request(&launch, &[], &[]).map_err(settings::invalid)?;
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let id = lookup::instance_id(cx, &cluster, text)?;
        let arn = cx.home().container_instance_arn(&cluster, id);
        let Some(instance) = tx.container_instances().get(&(cluster.clone(), id)).cloned() else {
            failures.push(failure::missing(&arn));
            continue;
        };
        if instance.status == ContainerInstanceStatus::Inactive {
            failures.push(failure::failure(&arn, "INACTIVE"));
            continue;
        }
        match place::place_on(tx, &cluster, &request, instance.id) {
            Ok(place) => tasks.push(launch::launch(tx, cx, &launch, place)),
            Err(obstacle) => failures.push(failure::failure(&arn, obstacle.reason())),
        }
    }
    let tasks = tasks.iter().map(|t| render::task(cx, t, true)).collect();
    Ok(ecs::StartTaskResponse { tasks: Some(tasks), failures: Some(failures) })
}
