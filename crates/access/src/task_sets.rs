//! Task sets: the resource is the task set, with `ecs:cluster` and `ecs:service`.

use arn::{ClusterName, DeploymentId, Resource, ServiceName};
use model::TaskSet;

use crate::{Call, clusters::strategy, guarded, keys, subject::Subject};

guarded! {
    /// The id of the new task set is not known yet: the resource is `task-set/CLUSTER/SERVICE/*`.
    CreateTaskSet(input, call) {
        let of = Of::named(call, input.cluster.as_deref(), input.service.as_deref());
        let new = of.all(call);
        let tags = input.tags.as_deref();
        let definition = call.task_definition(input.task_definition.as_deref());
        let providers = strategy(input.capacity_provider_strategy.as_deref());
        let subject = of.keys(call, new.clone());
        call.on(subject
            .with_request_tags(tags)
            .with_some(keys::TASK_DEFINITION, definition.arn.clone())
            .with_all(keys::CAPACITY_PROVIDER, call.capacity_provider_arns(providers)));
        call.tags_on_creation(new, tags);
        call.pass_task_roles(definition.found, None);
    }

    /// Each task set that is named; when none is, those that are there, or `*` in place of an id.
    DescribeTaskSets(input, call) {
        let of = Of::named(call, input.cluster.as_deref(), input.service.as_deref());
        for text in call.named(input.task_sets.as_deref()) {
            call.on(of.keys(call, of.one(call, Some(text))));
        }
        if input.task_sets.as_ref().is_none_or(Vec::is_empty) {
            let present = of.present(call);
            for set in present {
                call.on(of.keys(call, of.with_id(call, &set.id)));
            }
            if present.is_empty() {
                call.on(of.keys(call, of.all(call)));
            }
        }
    }

    UpdateTaskSet(input, call) {
        let of = Of::named(call, input.cluster.as_deref(), input.service.as_deref());
        call.on(of.keys(call, of.one(call, input.task_set.as_deref())));
    }

    DeleteTaskSet(input, call) {
        let of = Of::named(call, input.cluster.as_deref(), input.service.as_deref());
        call.on(of.keys(call, of.one(call, input.task_set.as_deref())));
    }
}

/// The cluster and the service of task sets, as far as the request names them.
struct Of {
    cluster: Option<ClusterName>,
    service: Option<ServiceName>,
}

impl Of {
    fn named(call: &Call<'_>, cluster: Option<&str>, service: Option<&str>) -> Self {
        let cluster = call.cluster_name(cluster);
        let service = cluster
            .as_ref()
            .and_then(|cluster| call.home.service(service.unwrap_or_default(), cluster).ok());
        Of { cluster, service }
    }

    fn names(&self) -> Option<(&ClusterName, &ServiceName)> {
        Some((self.cluster.as_ref()?, self.service.as_ref()?))
    }

    /// Adds both keys.
    fn keys(&self, call: &Call<'_>, subject: Subject) -> Subject {
        let cluster = self.cluster.as_ref().map(|it| call.home.cluster_arn(it));
        let service = self.names().map(|(cluster, it)| call.home.service_arn(cluster, it));
        subject.with_some(keys::CLUSTER, cluster).with_some(keys::SERVICE, service)
    }

    /// All task sets, or the one that has no id yet.
    fn all(&self, call: &Call<'_>) -> Subject {
        let path = self.names().map(|(cluster, service)| format!("{cluster}/{service}/*"));
        Subject::arn_or_any(path.map(|path| call.arn("task-set", &path)))
    }

    /// Those that are there.
    fn present<'a>(&self, call: &Call<'a>) -> &'a [TaskSet] {
        let service = self.names().and_then(|(cluster, name)| call.facts.service(cluster, name));
        service.map_or(&[], |service| &service.task_sets)
    }

    /// A task set by id or ARN, which must be of this service.
    fn one(&self, call: &Call<'_>, text: Option<&str>) -> Subject {
        let text = text.unwrap_or_default();
        let id = match call.home.parse(text) {
            Ok(Resource::TaskSet(cluster, service, id)) => {
                (self.names() == Some((&cluster, &service))).then_some(id)
            }
            Ok(_) => None,
            Err(_) => text.parse().ok(),
        };
        id.map_or_else(Subject::any, |id| self.with_id(call, &id))
    }

    fn with_id(&self, call: &Call<'_>, id: &DeploymentId) -> Subject {
        let Some((cluster, service)) = self.names() else { return Subject::any() };
        call.thing(Some(Resource::TaskSet(cluster.clone(), service.clone(), id.clone())))
    }
}
