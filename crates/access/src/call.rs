//! One call: who is at home, what is so, and what has been asked for so far.

use arn::{ClusterName, DEFAULT_CLUSTER, Home, Resource, TaskDefinitionRef};
use model::{Service, Tag, TaskDefinition};
use wire::ecs;

use crate::{Ask, Facts, keys, roles, subject::Subject};

/// How many things a call may name, and how many asks it may come to. Handlers allow no call more than
/// 100; a longer list is not looked at, so that the refusal of it costs nothing.
const COUNT_MAX: usize = 1_000;

/// A call whose asks are being put down.
///
/// It makes a [`Subject`] of what the strings of a request name, with the keys that the reference
/// gives to resources of that type, and takes subjects down as asks.
pub struct Call<'a> {
    action: &'static str,
    pub(crate) facts: &'a dyn Facts,
    pub(crate) home: &'a Home,
    asks: Vec<Ask>,
}

/// What a request names as its task definition.
pub(crate) struct Definition<'a> {
    /// Of the revision that is meant; `FAMILY:*` where there is none.
    pub arn: Option<String>,
    /// The revision, if it is there.
    pub found: Option<&'a TaskDefinition>,
}

impl Definition<'_> {
    /// As a resource.
    pub fn subject(&self) -> Subject {
        let tags = self.found.map_or(&[][..], |found| &found.tags);
        Subject::arn_or_any(self.arn.clone()).with_tags(tags)
    }
}

/// How a call takes its asks down.
impl<'a> Call<'a> {
    pub(crate) fn new(action: &'static str, facts: &'a dyn Facts, home: &'a Home) -> Self {
        Call { action, facts, home, asks: Vec::new() }
    }

    /// All that was put down. A call that named nothing asks about everything: it must not be allowed
    /// because there was nothing to refuse. So does one that named too much.
    pub(crate) fn finish(mut self) -> Vec<Ask> {
        if self.asks.len() > COUNT_MAX {
            self.asks.clear();
        }
        if self.asks.is_empty() {
            self.on(Subject::any());
        }
        self.asks
    }

    /// What a request names in a list. A list that is too long is asked about as everything.
    pub(crate) fn named<'t, T>(&mut self, list: Option<&'t [T]>) -> &'t [T] {
        let list = list.unwrap_or_default();
        if list.len() > COUNT_MAX {
            self.on(Subject::any());
            return &[];
        }
        list
    }

    /// The call's own action on a resource.
    pub(crate) fn on(&mut self, subject: Subject) {
        self.also(self.action, subject);
    }

    /// Another action that the call comes to.
    pub(crate) fn also(&mut self, action: &'static str, subject: Subject) {
        let Subject { resource, context } = subject;
        self.asks.push(Ask { action, resource, context });
    }

    /// `ecs:TagResource` for what the call creates, where it carries tags.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html>
    pub(crate) fn tags_on_creation(&mut self, created: Subject, tags: Option<&[ecs::Tag]>) {
        if tags.is_none_or(<[_]>::is_empty) || !self.facts.authorises_tags() {
            return;
        }
        let name = self.action.split(':').next_back().unwrap_or_default();
        let created = created.with_request_tags(tags).with(keys::CREATE_ACTION, name);
        self.also("ecs:TagResource", created);
    }

    /// `iam:PassRole` for a role that the call hands to a service. An empty name is no role.
    pub(crate) fn pass(&mut self, role: Option<&str>, to: roles::Taker) {
        if let Some(role) = role.filter(|role| !role.is_empty()) {
            let role = Subject::arn(roles::role_arn(self.home, role));
            self.also("iam:PassRole", role.with(keys::PASSED_TO_SERVICE, to.principal()));
        }
    }
}

/// What the strings of a request name.
impl<'a> Call<'a> {
    /// The cluster that a request means.
    pub(crate) fn cluster_name(&self, text: Option<&str>) -> Option<ClusterName> {
        // An empty name is none: some calls take it so, the others refuse it.
        self.home.cluster(text.filter(|text| !text.is_empty()).unwrap_or(DEFAULT_CLUSTER)).ok()
    }

    /// The ARN of the cluster that a request means.
    pub(crate) fn cluster_arn(&self, text: Option<&str>) -> Option<String> {
        self.cluster_name(text).map(|cluster| self.home.cluster_arn(&cluster))
    }

    /// A cluster as a resource.
    pub(crate) fn cluster(&self, text: Option<&str>) -> Subject {
        self.thing(self.cluster_name(text).map(Resource::Cluster))
    }

    /// No resource but a cluster in `ecs:cluster`.
    pub(crate) fn any_in(&self, cluster: Option<&str>) -> Subject {
        Subject::any().with_some(keys::CLUSTER, self.cluster_arn(cluster))
    }

    /// A service as a resource, with `ecs:cluster`.
    pub(crate) fn service(&self, cluster: Option<&str>, text: Option<&str>) -> Subject {
        self.service_alone(cluster, text).with_some(keys::CLUSTER, self.cluster_arn(cluster))
    }

    /// A service as a resource.
    pub(crate) fn service_alone(&self, cluster: Option<&str>, text: Option<&str>) -> Subject {
        self.thing(self.cluster_name(cluster).and_then(|cluster| {
            let service = self.home.service(text.unwrap_or_default(), &cluster).ok()?;
            Some(Resource::Service(Some(cluster), service))
        }))
    }

    /// A service that is there.
    pub(crate) fn present_service(
        &self,
        cluster: Option<&str>,
        text: Option<&str>,
    ) -> Option<&'a Service> {
        let cluster = self.cluster_name(cluster)?;
        let name = self.home.service(text.unwrap_or_default(), &cluster).ok()?;
        self.facts.service(&cluster, &name)
    }

    /// A task as a resource, with `ecs:cluster`.
    pub(crate) fn task(&self, cluster: Option<&str>, text: Option<&str>) -> Subject {
        let task = self.cluster_name(cluster).and_then(|cluster| {
            let task = self.home.task(text.unwrap_or_default(), &cluster).ok()?;
            Some(Resource::Task(Some(cluster), task))
        });
        self.thing(task).with_some(keys::CLUSTER, self.cluster_arn(cluster))
    }

    /// A container instance as a resource, with `ecs:cluster`.
    pub(crate) fn container_instance(&self, cluster: Option<&str>, text: Option<&str>) -> Subject {
        let instance = self.cluster_name(cluster).and_then(|cluster| {
            let id = self.home.container_instance(text.unwrap_or_default(), &cluster).ok()?;
            Some(Resource::ContainerInstance(Some(cluster), id))
        });
        self.thing(instance).with_some(keys::CLUSTER, self.cluster_arn(cluster))
    }

    /// All of one type in a cluster, or the one of it that has no id yet: `task/CLUSTER/*`.
    pub(crate) fn all_in(&self, cluster: Option<&str>, kind: &str) -> Subject {
        let name = self.cluster_name(cluster);
        Subject::arn_or_any(name.map(|name| self.arn(kind, &format!("{name}/*"))))
    }

    /// A task definition by family, `family:revision` or ARN.
    pub(crate) fn task_definition(&self, text: Option<&str>) -> Definition<'a> {
        let Ok(reference) = self.home.task_definition(text.unwrap_or_default()) else {
            return Definition { arn: None, found: None };
        };
        let found = self.facts.task_definition(&reference);
        let meant = match found {
            Some(TaskDefinition { id, .. }) => {
                TaskDefinitionRef { family: id.family.clone(), revision: Some(id.revision) }
            }
            None => reference,
        };
        Definition { arn: Some(self.arn_of(&Resource::TaskDefinition(meant))), found }
    }

    /// The ARNs of capacity providers, as a key has them.
    pub(crate) fn capacity_provider_arns<'s>(
        &self,
        names: impl IntoIterator<Item = &'s str>,
    ) -> Vec<String> {
        names.into_iter().filter_map(|name| self.unkept("capacity-provider", name)).collect()
    }

    /// The ARN of a resource of a type that is not kept, from its name or its ARN.
    pub(crate) fn unkept(&self, kind: &str, text: &str) -> Option<String> {
        let path = match text.strip_prefix(&self.arn(kind, "")) {
            Some(path) => path,
            None if text.starts_with("arn:") => return None,
            None => text,
        };
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_/:".contains(c);
        let is_path = !path.is_empty() && path.chars().all(is_allowed);
        is_path.then(|| self.arn(kind, path))
    }

    /// A resource with its tags; any, where there is none.
    pub(crate) fn thing(&self, resource: Option<Resource>) -> Subject {
        match resource {
            Some(it) => Subject::arn(self.arn_of(&it)).with_tags(self.tags(&it)),
            None => Subject::any(),
        }
    }

    /// An ARN of ECS here.
    pub(crate) fn arn(&self, kind: &str, path: &str) -> String {
        let Home { region, account } = self.home;
        format!("arn:aws:ecs:{region}:{account}:{kind}/{path}")
    }

    /// The ARN of a resource, in the long format.
    pub(crate) fn arn_of(&self, resource: &Resource) -> String {
        match resource {
            Resource::Cluster(cluster) => self.home.cluster_arn(cluster),
            Resource::Service(Some(cluster), service) => self.home.service_arn(cluster, service),
            Resource::Task(Some(cluster), task) => self.home.task_arn(cluster, *task),
            Resource::ContainerInstance(Some(cluster), id) => {
                self.home.container_instance_arn(cluster, *id)
            }
            Resource::TaskDefinition(TaskDefinitionRef { family, revision }) => match revision {
                Some(revision) => self.arn("task-definition", &format!("{family}:{revision}")),
                None => self.arn("task-definition", &format!("{family}:*")),
            },
            Resource::ServiceDeployment(cluster, service, id) => {
                self.home.service_deployment_arn(cluster, service, id)
            }
            Resource::ServiceRevision(cluster, service, id) => {
                self.home.service_revision_arn(cluster, service, id)
            }
            Resource::TaskSet(cluster, service, id) => self.home.task_set_arn(cluster, service, id),
            Resource::Service(None, _)
            | Resource::Task(None, _)
            | Resource::ContainerInstance(None, _)
            | Resource::Other(_) => "*".into(),
        }
    }

    /// The tags of a resource; none where it is not there. Service deployments and revisions have
    /// those of their service.
    pub(crate) fn tags(&self, resource: &Resource) -> &'a [Tag] {
        let tags = match resource {
            Resource::Cluster(name) => self.facts.cluster(name).map(|it| &it.tags),
            Resource::Service(Some(cluster), service)
            | Resource::ServiceDeployment(cluster, service, _)
            | Resource::ServiceRevision(cluster, service, _) => {
                self.facts.service(cluster, service).map(|it| &it.tags)
            }
            Resource::Task(Some(cluster), id) => self.facts.task(cluster, *id).map(|it| &it.tags),
            Resource::ContainerInstance(Some(cluster), id) => {
                self.facts.container_instance(cluster, *id).map(|it| &it.tags)
            }
            Resource::TaskDefinition(reference) => {
                self.facts.task_definition(reference).map(|it| &it.tags)
            }
            Resource::TaskSet(cluster, service, id) => {
                let service = self.facts.service(cluster, service);
                let set = service.and_then(|it| it.task_sets.iter().find(|set| set.id == *id));
                set.map(|it| &it.tags)
            }
            Resource::Service(None, _)
            | Resource::Task(None, _)
            | Resource::ContainerInstance(None, _)
            | Resource::Other(_) => None,
        };
        tags.map_or(&[], Vec::as_slice)
    }
}
