//! Secondary indexes: kept on every put and delete from the old and the new record, and read here.

use crate::key::{Key, KeyBytes};
use crate::record;
use crate::usage::Usages;
use crate::{IdempotencyToken, State};
use arn::{ClusterName, Family, InstanceId, ServiceName};
use model::{Service, Task, Timestamp, Usage};
use std::sync::Arc;

/// Keys of rows, under what they are found by: the entry is that, followed by the row's key.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Index(imbl::OrdMap<KeyBytes, KeyBytes>);

impl Index {
    /// Brings the entries of one row from `old` to `new`.
    fn change(&mut self, key: &KeyBytes, old: &[Vec<u8>], new: &[Vec<u8>]) {
        let entry = |found_by: &[u8]| KeyBytes::from([found_by, key].concat());
        for gone in old.iter().filter(|by| !new.contains(by)) {
            self.0.remove(&*entry(gone));
        }
        for come in new.iter().filter(|by| !old.contains(by)) {
            self.0.insert(entry(come), key.clone());
        }
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
    tokens_by_created_at: Index,
}

/// What a record is found by in one index; empty when it is not in it.
type FoundBy<R> = fn(&R) -> Vec<Vec<u8>>;

fn one(key: Option<impl Key>) -> Vec<Vec<u8>> {
    key.iter().map(Key::bytes).collect()
}

fn service_of(task: &Task) -> Option<(ClusterName, ServiceName)> {
    Some((task.cluster.clone(), task.owner.as_ref()?.service.clone()))
}

/// The container instance whose resources a task holds.
pub(crate) fn instance_of(task: &Task) -> Option<(ClusterName, InstanceId)> {
    let instance = task.container_instance.filter(|_| task.is_live())?;
    Some((task.cluster.clone(), instance))
}

impl TaskIndexes {
    fn all(&mut self) -> [(&mut Index, FoundBy<Task>); 6] {
        [
            (&mut self.live_by_instance, |task| one(instance_of(task))),
            (&mut self.live_by_service, |task| one(service_of(task).filter(|_| task.is_live()))),
            (&mut self.by_service, |task| one(service_of(task))),
            (&mut self.by_family, |task| {
                one(Some((task.cluster.clone(), task.task_definition.family.clone())))
            }),
            (&mut self.by_started_by, |task| {
                one(task.started_by.clone().map(|by| (task.cluster.clone(), by)))
            }),
            (&mut self.by_stopped_at, |task| one(task.stopped_at.filter(|_| !task.is_live()))),
        ]
    }
}

fn change<R>(
    index: &mut Index,
    found_by: FoundBy<R>,
    key: &KeyBytes,
    old: Option<&R>,
    new: Option<&R>,
) {
    let found_by = |row: Option<&R>| row.map(found_by).unwrap_or_default();
    index.change(key, &found_by(old), &found_by(new));
}

impl Indexes {
    pub(crate) fn task(state: &mut State, key: &KeyBytes, old: Option<&Task>, new: Option<&Task>) {
        for (index, found_by) in state.indexes.tasks.all() {
            change(index, found_by, key, old, new);
        }
        Usages::task(state, old, new);
    }

    pub(crate) fn service(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&Service>,
        new: Option<&Service>,
    ) {
        let found_by: FoundBy<Service> = |service| {
            let mut ids: Vec<_> = service
                .deployments
                .iter()
                .map(|deployment| &deployment.task_definition)
                .map(|id| (id.family.clone(), id.revision).bytes())
                .collect();
            ids.sort();
            ids.dedup();
            ids
        };
        change(&mut state.indexes.services_by_task_definition, found_by, key, old, new);
    }

    pub(crate) fn token(
        state: &mut State,
        key: &KeyBytes,
        old: Option<&IdempotencyToken>,
        new: Option<&IdempotencyToken>,
    ) {
        let found_by: FoundBy<IdempotencyToken> = |token| one(Some(token.created_at));
        change(&mut state.indexes.tokens_by_created_at, found_by, key, old, new);
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

    /// The idempotency tokens made before `at`, the earliest first.
    pub fn tokens_before(&self, at: Timestamp) -> impl Iterator<Item = &Arc<IdempotencyToken>> {
        let keys = self.indexes.tokens_by_created_at.before(at);
        keys.filter_map(|key| self.idempotency_tokens.rows.get(&**key)).map(|row| &row.value)
    }

    /// What the live tasks of a container instance hold; nothing when it has none.
    pub fn usage(&self, cluster: &ClusterName, instance: InstanceId) -> &Usage {
        self.usages().get(cluster, instance)
    }
}
