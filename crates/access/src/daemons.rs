//! Managed daemons, which this control plane neither serves nor keeps: their tags, and the size and the
//! roles of their task definitions, are not known.

use wire::ecs;

use crate::{Call, guarded, keys, roles::Taker, subject::Subject};

guarded! {
    CreateDaemon(input, call) {
        let cluster = call.cluster_name(input.cluster_arn.as_deref());
        let name = input.daemon_name.as_deref().unwrap_or_default();
        let path = cluster.map(|cluster| format!("{cluster}/{name}"));
        let daemon = path.and_then(|path| call.unkept("daemon", &path));
        let daemon = Subject::arn_or_any(daemon);
        let tags = input.tags.as_deref();
        let providers = input.capacity_provider_arns.iter().flatten().map(String::as_str);
        let definition = input.daemon_task_definition_arn.as_deref().unwrap_or_default();
        let in_cluster = daemon.with_some(
            keys::CLUSTER,
            call.cluster_arn(input.cluster_arn.as_deref()),
        );
        call.on(in_cluster
            .clone()
            .with_request_tags(tags)
            .with_all(keys::CAPACITY_PROVIDER, call.capacity_provider_arns(providers))
            .with_some(
                keys::DAEMON_TASK_DEFINITION,
                call.unkept("daemon-task-definition", definition),
            )
            .with_some(keys::PROPAGATE_TAGS, propagation(input.propagate_tags))
            .with_flag(
                keys::ENABLE_ECS_MANAGED_TAGS,
                Some(input.enable_ecs_managed_tags.unwrap_or_default()),
            )
            .with_flag(
                keys::ENABLE_EXECUTE_COMMAND,
                Some(input.enable_execute_command.unwrap_or_default()),
            ));
        call.tags_on_creation(in_cluster, tags);
    }

    UpdateDaemon(input, call) {
        let daemon = daemon(call, input.daemon_arn.as_deref());
        let providers = input.capacity_provider_arns.iter().flatten().map(String::as_str);
        let definition = input.daemon_task_definition_arn.as_deref().unwrap_or_default();
        call.on(daemon
            .with_all(keys::CAPACITY_PROVIDER, call.capacity_provider_arns(providers))
            .with_some(
                keys::DAEMON_TASK_DEFINITION,
                call.unkept("daemon-task-definition", definition),
            )
            .with_some(keys::PROPAGATE_TAGS, propagation(input.propagate_tags))
            .with_flag(keys::ENABLE_ECS_MANAGED_TAGS, input.enable_ecs_managed_tags)
            .with_flag(keys::ENABLE_EXECUTE_COMMAND, input.enable_execute_command));
    }

    DescribeDaemon(input, call) { call.on(daemon(call, input.daemon_arn.as_deref())); }

    DeleteDaemon(input, call) { call.on(daemon(call, input.daemon_arn.as_deref())); }

    ListDaemons(input, call) { call.on(call.any_in(input.cluster_arn.as_deref())); }

    ListDaemonDeployments(input, call) { call.on(daemon(call, input.daemon_arn.as_deref())); }

    DescribeDaemonDeployments(input, call) {
        for arn in call.named(input.daemon_deployment_arns.as_deref()) {
            on_part(call, "daemon-deployment", arn);
        }
    }

    DescribeDaemonRevisions(input, call) {
        for arn in call.named(input.daemon_revision_arns.as_deref()) {
            on_part(call, "daemon-revision", arn);
        }
    }

    RegisterDaemonTaskDefinition(input, call) {
        let family = input.family.as_deref().unwrap_or_default().parse::<arn::Family>().ok();
        let arn = family.map(|family| call.arn("daemon-task-definition", &format!("{family}:*")));
        let new = Subject::arn_or_any(arn);
        let tags = input.tags.as_deref();
        let containers = input.container_definitions.as_deref().unwrap_or_default();
        let is_privileged = containers.iter().any(|it| it.privileged == Some(true));
        call.on(new
            .clone()
            .with_request_tags(tags)
            .with_flag(keys::PRIVILEGED, Some(is_privileged))
            .with_written_size(input.cpu.as_deref(), input.memory.as_deref()));
        call.tags_on_creation(new, tags);
        call.pass(input.task_role_arn.as_deref(), Taker::Tasks);
        call.pass(input.execution_role_arn.as_deref(), Taker::Tasks);
    }

    DescribeDaemonTaskDefinition(input, call) {
        call.on(definition(call, input.daemon_task_definition.as_deref()));
    }

    DeleteDaemonTaskDefinition(input, call) {
        call.on(definition(call, input.daemon_task_definition.as_deref()));
    }

    ListDaemonTaskDefinitions(_input, _call) {}
}

fn propagation(tags: Option<ecs::DaemonPropagateTags>) -> Option<&'static str> {
    tags.map(ecs::DaemonPropagateTags::as_str)
}

fn definition(call: &Call<'_>, text: Option<&str>) -> Subject {
    Subject::arn_or_any(call.unkept("daemon-task-definition", text.unwrap_or_default()))
}

/// A daemon by its ARN, `daemon/CLUSTER/NAME`.
pub(crate) fn daemon(call: &Call<'_>, arn: Option<&str>) -> Subject {
    let (kind, text) = ("daemon", arn.unwrap_or_default());
    let Some([cluster, name]) = path(call, kind, text) else { return Subject::any() };
    Subject::arn(call.arn(kind, &format!("{cluster}/{name}")))
        .with_some(keys::CLUSTER, call.cluster_arn(Some(cluster)))
}

/// A daemon and its deployment or revision, by the ARN of the latter.
fn on_part(call: &mut Call<'_>, kind: &str, arn: &str) {
    let Some([cluster, name, id]) = path(call, kind, arn) else { return call.on(Subject::any()) };
    let daemon = call.arn("daemon", &format!("{cluster}/{name}"));
    let cluster_arn = call.cluster_arn(Some(cluster));
    call.on(Subject::arn(&daemon).with_some(keys::CLUSTER, cluster_arn.clone()));
    call.on(Subject::arn(call.arn(kind, &format!("{cluster}/{name}/{id}")))
        .with_some(keys::CLUSTER, cluster_arn)
        .with(keys::DAEMON, daemon));
}

/// The parts of an ARN's path, each of them a name.
fn path<'t, const N: usize>(call: &Call<'_>, kind: &str, arn: &'t str) -> Option<[&'t str; N]> {
    let path = arn.strip_prefix(&call.arn(kind, ""))?;
    let parts: Vec<&str> = path.split('/').collect();
    let are_names = parts.iter().all(|part| part.parse::<arn::ServiceName>().is_ok());
    parts.try_into().ok().filter(|_| are_names)
}
