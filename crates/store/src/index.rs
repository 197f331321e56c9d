//! Secondary indexes: kept on every put and delete from the old and the new record, and read here.

use crate::key::{Key, KeyBytes};
use crate::record;
use crate::usage::Usages;
use crate::{IdempotencyToken, State};
use arn::{ClusterName, Family, InstanceId, ServiceName};
use model::{Service, ServiceDeployment, Task, Timestamp, Usage, iam};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Keys of rows, under what they are found by: the entry is that, followed by the row's key.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Index(imbl::OrdMap<KeyBytes, KeyBytes>);

impl Index {
    fn remove(&mut self, found_by: &[u8], key: &KeyBytes) {
        self.0.remove([found_by, key].concat().as_slice());
    }

    fn insert(&mut self, found_by: &[u8], key: &KeyBytes) {
        self.0.insert([found_by, key].concat().into(), key.clone());
    }

    /// Brings the entry of one row from `old` to `new`.
    fn change<K: Key>(&mut self, key: &KeyBytes, old: Option<K>, new: Option<K>) {
        if old == new {
            return;
        }
        if let Some(gone) = old {
            self.remove(&gone.bytes(), key);
        }
        if let Some(come) = new {
            self.insert(&come.bytes(), key);
        }
    }

    /// Brings the entries of one row, which is found by many things, from those of `old` to those of
    /// `new`.
    fn change_all<R>(
        &mut self,
        key: &KeyBytes,
        old: Option<&R>,
        new: Option<&R>,
        found_by: impl Fn(&R) -> BTreeSet<Vec<u8>>,
    ) {
        let old = old.map(&found_by).unwrap_or_default();
        let new = new.map(&found_by).unwrap_or_default();
        old.difference(&new).for_each(|gone| self.remove(gone, key));
        new.difference(&old).for_each(|come| self.insert(come, key));
    }

    fn scan(&self, found_by: Vec<u8>) -> impl Iterator<Item = &KeyBytes> {
        record::scan(&self.0, found_by).map(|(_, key)| key)
    }

    fn before(&self, at: Timestamp) -> impl Iterator<Item = &KeyBytes> {
        let end: KeyBytes = at.bytes().into();
        self.0.range(..end).map(|(_, key)| key)
    }
}

/// The indexes of tasks.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct TaskIndexes {
    live_by_instance: Index,
    live_by_service: Index,
    by_service: Index,
    by_family: Index,
    by_started_by: Index,
    by_stopped_at: Index,
}

/// All indexes.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Indexes {
    pub(crate) tasks: TaskIndexes,
    pub(crate) usages: Usages,
    services_by_task_definition: Index,
    services_by_watched_alarm: Index,
    tokens_by_created_at: Index,
    service_deployments_by_created_at: Index,
    access_keys_by_user: Index,
    users_by_policy: Index,
    roles_by_policy: Index,
    instance_profiles_by_role: Index,
}

/// How a managed policy is used by a user or a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyUse {
    /// It is attached, and says what they may.
    Attached,
    /// It is their permissions boundary.
    Boundary,
}

impl PolicyUse {
    fn found_by(self, arn: &str) -> (String, u32) {
        (arn.to_owned(), self as u32)
    }
}

fn service_of(task: &Task) -> Option<(ClusterName, ServiceName)> {
    Some((task.cluster.clone(), task.owner.as_ref()?.service.clone()))
}

/// The container instance whose resources a task holds.
pub(crate) fn instance_of(task: &Task) -> Option<(ClusterName, InstanceId)> {
    let instance = task.container_instance.filter(|_| task.is_live())?;
    Some((task.cluster.clone(), instance))
}

fn family_of(task: &Task) -> (ClusterName, Family) {
    (task.cluster.clone(), task.task_definition.family.clone())
}

fn starter_of(task: &Task) -> Option<(ClusterName, String)> {
    Some((task.cluster.clone(), task.started_by.clone()?))
}

fn stopped_at(task: &Task) -> Option<Timestamp> {
    task.stopped_at.filter(|_| !task.is_live())
}

/// The task definitions of a service's deployments and task sets, each once.
fn task_definitions_of(service: &Service) -> BTreeSet<Vec<u8>> {
    let ids = service.task_definitions();
    ids.map(|id| (id.family.clone(), id.revision).bytes()).collect()
}

/// The alarms that may give the newest deployment of a service up, each once.
fn watched_alarms_of(service: &Service) -> BTreeSet<Vec<u8>> {
    let newest = service.service_deployment.iter().filter(|it| it.watches_alarms());
    newest.flat_map(|it| &it.configuration.alarms.names).map(Key::bytes).collect()
}

/// The managed policies that are used, each once for each way.
fn policies_of(permissions: &iam::Permissions) -> BTreeSet<Vec<u8>> {
    let attached = permissions.attached.iter().map(|arn| PolicyUse::Attached.found_by(arn));
    let boundary = permissions.boundary.iter().map(|arn| PolicyUse::Boundary.found_by(arn));
    attached.chain(boundary).map(|found_by| found_by.bytes()).collect()
}

impl TaskIndexes {
    fn change(&mut self, key: &KeyBytes, old: Option<&Task>, new: Option<&Task>) {
        let live_of = |task: &Task| service_of(task).filter(|_| task.is_live());
        let (before, after) = (old.and_then(instance_of), new.and_then(instance_of));
        self.live_by_instance.change(key, before, after);
        self.live_by_service.change(key, old.and_then(live_of), new.and_then(live_of));
        self.by_service.change(key, old.and_then(service_of), new.and_then(service_of));
        self.by_family.change(key, old.map(family_of), new.map(family_of));
        self.by_started_by.change(key, old.and_then(starter_of), new.and_then(starter_of));
        self.by_stopped_at.change(key, old.and_then(stopped_at), new.and_then(stopped_at));
    }
}

impl Indexes {
    pub(crate) fn task(state: &mut State, key: &KeyBytes, old: Option<&Task>, new: Option<&Task>) {
        state.indexes.tasks.change(key, old, new);
        Usages::task(state, old, new);
    }

    pub(crate) fn service(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&Service>,
        new: Option<&Service>,
    ) {
        let indexes = &mut state.indexes;
        indexes.services_by_task_definition.change_all(key, old, new, task_definitions_of);
        indexes.services_by_watched_alarm.change_all(key, old, new, watched_alarms_of);
    }

    pub(crate) fn token(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&IdempotencyToken>,
        new: Option<&IdempotencyToken>,
    ) {
        let made = |token: &IdempotencyToken| token.created_at;
        state.indexes.tokens_by_created_at.change(key, old.map(made), new.map(made));
    }

    pub(crate) fn service_deployment(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&ServiceDeployment>,
        new: Option<&ServiceDeployment>,
    ) {
        let made = |deployment: &ServiceDeployment| deployment.created_at;
        let index = &mut state.indexes.service_deployments_by_created_at;
        index.change(key, old.map(made), new.map(made));
    }

    pub(crate) fn user(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&iam::User>,
        new: Option<&iam::User>,
    ) {
        let used = |user: &iam::User| policies_of(&user.permissions);
        state.indexes.users_by_policy.change_all(key, old, new, used);
    }

    pub(crate) fn role(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&iam::Role>,
        new: Option<&iam::Role>,
    ) {
        let used = |role: &iam::Role| policies_of(&role.permissions);
        state.indexes.roles_by_policy.change_all(key, old, new, used);
    }

    pub(crate) fn access_key(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&iam::AccessKey>,
        new: Option<&iam::AccessKey>,
    ) {
        let user = |key: &iam::AccessKey| iam::key_of(&key.user);
        state.indexes.access_keys_by_user.change(key, old.map(user), new.map(user));
    }

    pub(crate) fn instance_profile(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&iam::InstanceProfile>,
        new: Option<&iam::InstanceProfile>,
    ) {
        let role = |profile: &iam::InstanceProfile| profile.role.as_deref().map(iam::key_of);
        let index = &mut state.indexes.instance_profiles_by_role;
        index.change(key, old.and_then(role), new.and_then(role));
    }
}

/// Reads by index. Each lists in the order of the rows' keys unless said otherwise.
impl State {
    fn tasks_at<'a>(
        &'a self,
        keys: impl Iterator<Item = &'a KeyBytes>,
    ) -> impl Iterator<Item = &'a Arc<Task>> {
        keys.filter_map(|key| self.tasks.rows.get(&**key)).map(|row| &row.value)
    }

    /// The tasks on a container instance that are not STOPPED.
    pub fn live_tasks_on(
        &self,
        cluster: &ClusterName,
        instance: InstanceId,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        self.tasks_at(
            self.task_indexes().live_by_instance.scan((cluster.clone(), instance).bytes()),
        )
    }

    /// The tasks of a service (of any life of it) that are not STOPPED.
    pub fn live_tasks_of(
        &self,
        cluster: &ClusterName,
        service: &ServiceName,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        self.tasks_at(
            self.task_indexes().live_by_service.scan((cluster.clone(), service.clone()).bytes()),
        )
    }

    /// The tasks of a service in its present life that are not STOPPED.
    pub fn live_tasks_of_service(&self, service: &Service) -> impl Iterator<Item = &Task> {
        let id = service.id;
        let is_own = move |task: &&Task| task.owner.as_ref().is_some_and(|o| o.service_id == id);
        self.live_tasks_of(&service.cluster, &service.name).map(|task| &**task).filter(is_own)
    }

    /// The tasks of a service (of any life of it) that are not forgotten yet.
    pub fn tasks_of(
        &self,
        cluster: &ClusterName,
        service: &ServiceName,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        self.tasks_at(
            self.task_indexes().by_service.scan((cluster.clone(), service.clone()).bytes()),
        )
    }

    /// The tasks of a family in a cluster.
    pub fn tasks_of_family(
        &self,
        cluster: &ClusterName,
        family: &Family,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        self.tasks_at(self.task_indexes().by_family.scan((cluster.clone(), family.clone()).bytes()))
    }

    /// The tasks in a cluster with this `startedBy`.
    pub fn tasks_started_by(
        &self,
        cluster: &ClusterName,
        started_by: &str,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        let found_by = (cluster.clone(), started_by.to_owned());
        self.tasks_at(self.task_indexes().by_started_by.scan(found_by.bytes()))
    }

    /// The tasks of all clusters that were STOPPED before `at`, the earliest first.
    pub fn tasks_stopped_before(
        &self,
        at: Timestamp,
    ) -> impl Iterator<Item = &Arc<Task>> + use<'_> {
        self.tasks_at(self.task_indexes().by_stopped_at.before(at))
    }

    /// The services, of all clusters, with a deployment of this task definition.
    pub fn services_with(
        &self,
        task_definition: &arn::TaskDefinitionId,
    ) -> impl Iterator<Item = &Arc<Service>> + use<'_> {
        let found_by = (task_definition.family.clone(), task_definition.revision);
        let keys = self.indexes.services_by_task_definition.scan(found_by.bytes());
        keys.filter_map(|key| self.services.rows.get(&**key)).map(|row| &row.value)
    }

    /// The services, of all clusters, whose newest deployment is under way and watches this alarm.
    pub fn services_watching(&self, alarm: &str) -> impl Iterator<Item = &Arc<Service>> + use<'_> {
        let keys = self.indexes.services_by_watched_alarm.scan(alarm.to_owned().bytes());
        keys.filter_map(|key| self.services.rows.get(&**key)).map(|row| &row.value)
    }

    /// The idempotency tokens made before `at`, the earliest first.
    pub fn tokens_before(&self, at: Timestamp) -> impl Iterator<Item = &Arc<IdempotencyToken>> {
        let keys = self.indexes.tokens_by_created_at.before(at);
        keys.filter_map(|key| self.idempotency_tokens.rows.get(&**key)).map(|row| &row.value)
    }

    /// The superseded service deployments made before `at`, the earliest first.
    pub fn service_deployments_before(
        &self,
        at: Timestamp,
    ) -> impl Iterator<Item = &Arc<ServiceDeployment>> {
        let keys = self.indexes.service_deployments_by_created_at.before(at);
        keys.filter_map(|key| self.service_deployments.rows.get(&**key)).map(|row| &row.value)
    }

    /// The access keys of a user, by their ids.
    pub fn access_keys_of(
        &self,
        user: &str,
    ) -> impl Iterator<Item = &Arc<iam::AccessKey>> + use<'_> {
        let keys = self.indexes.access_keys_by_user.scan(iam::key_of(user).bytes());
        keys.filter_map(|key| self.access_keys.rows.get(&**key)).map(|row| &row.value)
    }

    /// The users that use a managed policy so.
    pub fn users_with_policy(
        &self,
        arn: &str,
        used: PolicyUse,
    ) -> impl Iterator<Item = &Arc<iam::User>> + use<'_> {
        let keys = self.indexes.users_by_policy.scan(used.found_by(arn).bytes());
        keys.filter_map(|key| self.users.rows.get(&**key)).map(|row| &row.value)
    }

    /// The roles that use a managed policy so.
    pub fn roles_with_policy(
        &self,
        arn: &str,
        used: PolicyUse,
    ) -> impl Iterator<Item = &Arc<iam::Role>> + use<'_> {
        let keys = self.indexes.roles_by_policy.scan(used.found_by(arn).bytes());
        keys.filter_map(|key| self.roles.rows.get(&**key)).map(|row| &row.value)
    }

    /// The instance profiles of a role.
    pub fn instance_profiles_of(
        &self,
        role: &str,
    ) -> impl Iterator<Item = &Arc<iam::InstanceProfile>> + use<'_> {
        let keys = self.indexes.instance_profiles_by_role.scan(iam::key_of(role).bytes());
        keys.filter_map(|key| self.instance_profiles.rows.get(&**key)).map(|row| &row.value)
    }

    /// What the live tasks of a container instance hold; nothing when it has none.
    pub fn usage(&self, cluster: &ClusterName, instance: InstanceId) -> &Usage {
        self.usages().get(cluster, instance)
    }
}
