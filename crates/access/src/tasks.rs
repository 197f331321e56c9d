//! Tasks. What starts one is asked on its task definition, with the cluster in `ecs:cluster`; the
//! rest on the task.

use wire::ecs;

use arn::Resource;

use crate::{Call, clusters::strategy, guarded, keys, roles::Taker};

guarded! {
    RunTask(input, call) {
        let (cluster, tags) = (input.cluster.as_deref(), input.tags.as_deref());
        let definition = call.task_definition(input.task_definition.as_deref());
        let providers = strategy(input.capacity_provider_strategy.as_deref());
        let volumes = input.volume_configurations.as_deref().unwrap_or_default();
        call.on(definition
            .subject()
            .with_request_tags(tags)
            .with_some(keys::CLUSTER, call.cluster_arn(cluster))
            .with_all(keys::CAPACITY_PROVIDER, call.capacity_provider_arns(providers))
            .with_flag(keys::ENABLE_EBS_VOLUMES, Some(has_ebs(volumes)))
            .with_flag(
                keys::ENABLE_EXECUTE_COMMAND,
                Some(input.enable_execute_command.unwrap_or_default()),
            ));
        call.tags_on_creation(call.all_in(cluster, "task"), tags);
        call.pass_task_roles(definition.found, input.overrides.as_ref());
        pass_infrastructure_roles(call, volumes);
    }

    StartTask(input, call) {
        let (cluster, tags) = (input.cluster.as_deref(), input.tags.as_deref());
        let definition = call.task_definition(input.task_definition.as_deref());
        let instances = input.container_instances.iter().flatten();
        let instances = instances.map(|text| call.container_instance_arn(cluster, text));
        let volumes = input.volume_configurations.as_deref().unwrap_or_default();
        call.on(definition
            .subject()
            .with_request_tags(tags)
            .with_some(keys::CLUSTER, call.cluster_arn(cluster))
            .with_all(keys::CONTAINER_INSTANCES, instances)
            .with_flag(keys::ENABLE_EBS_VOLUMES, Some(has_ebs(volumes)))
            .with_flag(
                keys::ENABLE_EXECUTE_COMMAND,
                Some(input.enable_execute_command.unwrap_or_default()),
            ));
        call.tags_on_creation(call.all_in(cluster, "task"), tags);
        call.pass_task_roles(definition.found, input.overrides.as_ref());
        pass_infrastructure_roles(call, volumes);
    }

    StopTask(input, call) {
        call.on(call.task(input.cluster.as_deref(), input.task.as_deref()));
    }

    DescribeTasks(input, call) {
        for task in call.named(input.tasks.as_deref()) {
            call.on(call.task(input.cluster.as_deref(), Some(task)));
        }
    }

    /// The resource is the container instance, so that without one it is `*`, as AWS's denials show:
    /// <https://github.com/cdklabs/construct-hub/pull/1207>.
    ListTasks(input, call) {
        let cluster = input.cluster.as_deref();
        call.on(match input.container_instance.as_deref() {
            Some(instance) => call.container_instance(cluster, Some(instance)),
            None => call.any_in(cluster),
        });
    }

    /// Each task that is named; `task/CLUSTER/*` when none is.
    GetTaskProtection(input, call) {
        let cluster = input.cluster.as_deref();
        if input.tasks.as_ref().is_none_or(Vec::is_empty) {
            let all = call.all_in(cluster, "task");
            call.on(all.with_some(keys::CLUSTER, call.cluster_arn(cluster)));
        }
        for task in call.named(input.tasks.as_deref()) {
            call.on(call.task(cluster, Some(task)));
        }
    }

    UpdateTaskProtection(input, call) {
        for task in call.named(input.tasks.as_deref()) {
            call.on(call.task(input.cluster.as_deref(), Some(task)));
        }
    }

    /// Asked on the cluster and on the task, each with all four keys.
    ExecuteCommand(input, call) {
        let (cluster, task) = (input.cluster.as_deref(), input.task.as_deref());
        let container = input.container.clone().or_else(|| only_container(call, cluster, task));
        let task = call.task(cluster, task);
        let arn = (task.resource != "*").then(|| task.resource.clone());
        let on_cluster = call.cluster(cluster);
        for subject in [on_cluster, task] {
            call.on(subject
                .with_some(keys::CLUSTER, call.cluster_arn(cluster))
                .with_some(keys::CONTAINER_NAME, container.clone())
                .with_some(keys::TASK, arn.clone()));
        }
    }
}

/// The container that is meant when none is named: a denial by its name must not be got round by
/// leaving the name out.
fn only_container(call: &Call<'_>, cluster: Option<&str>, task: Option<&str>) -> Option<String> {
    let cluster = call.cluster_name(cluster)?;
    let id = call.home.task(task?, &cluster).ok()?;
    match call.facts.task(&cluster, id)?.containers.as_slice() {
        [only] => Some(only.name.to_string()),
        _ => None,
    }
}

fn has_ebs(volumes: &[ecs::TaskVolumeConfiguration]) -> bool {
    volumes.iter().any(|volume| volume.managed_ebs_volume.is_some())
}

fn pass_infrastructure_roles(call: &mut Call<'_>, volumes: &[ecs::TaskVolumeConfiguration]) {
    for volume in volumes.iter().filter_map(|volume| volume.managed_ebs_volume.as_ref()) {
        call.pass(volume.role_arn.as_deref(), Taker::Ecs);
    }
}

impl Call<'_> {
    /// The ARN of a container instance; `*` where none can be made, which no statement about one
    /// container instance matches.
    fn container_instance_arn(&self, cluster: Option<&str>, text: &str) -> String {
        let arn = self.cluster_name(cluster).and_then(|cluster| {
            let id = self.home.container_instance(text, &cluster).ok()?;
            Some(self.arn_of(&Resource::ContainerInstance(Some(cluster), id)))
        });
        arn.unwrap_or_else(|| "*".into())
    }
}
