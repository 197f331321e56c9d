//! The tables: what the state is made of, and the closed set of changes.

use crate::index::{Indexes, TaskIndexes};
use crate::key::{Key as _, KeyBytes};
use crate::usage::Usages;
use crate::{Error, Record, Revision, Row, Table, engine, error, record};
use arn::{
    ClusterName, DeploymentId, Family, InstanceId, ServiceDeploymentId, ServiceName, TaskId,
};
use model::{
    AccountSetting, Alarm, Cluster, ContainerInstance, Host, JoinToken, Service, ServiceDeployment,
    ServiceEvent, ServiceRevision, Task, Timestamp, iam,
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::Arc;

/// A family of task definitions. It stays when its last revision is deleted: numbers never return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRow {
    /// The family.
    pub family: Family,
    /// The newest revision ever registered.
    pub latest_revision: u32,
}

/// A revision of a task definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskDefinitionRow {
    /// What decides.
    pub facts: model::TaskDefinition,
    /// What is shown: the document as registered.
    pub document: wire::ecs::TaskDefinition,
}

/// What a request with a client token did, so that the same request again does nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyToken {
    /// The operation, for example `RunTask`.
    pub operation: String,
    /// Within what the token is unique, for example the cluster's name.
    pub scope: String,
    /// The caller's token.
    pub token: String,
    /// A digest of the request: another request under the same token is a conflict.
    pub fingerprint: String,
    /// The ARNs of what was made.
    pub resources: Vec<String>,
    /// When; a token is forgotten after a time.
    pub created_at: Timestamp,
}

/// A change of one record by one transaction.
#[derive(Debug, PartialEq)]
pub struct Changed<R: Record> {
    /// Its key.
    pub key: R::Key,
    /// What it was; absent when it was made.
    pub old: Option<Arc<R>>,
    /// What it is; absent when it was deleted.
    pub new: Option<Arc<R>>,
}

impl<R: Record> Clone for Changed<R> {
    fn clone(&self) -> Self {
        Changed { key: self.key.clone(), old: self.old.clone(), new: self.new.clone() }
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $number:literal $field:ident: $variant:ident($record:ty),
        key($key:ty) = |$row:ident| $make_key:expr $(, index($index:path))?;)+) => {
        /// Every table at one revision, with its indexes. Cloning it is cheap.
        #[derive(Clone, Default, PartialEq)]
        pub struct State {
            pub(crate) revision: Revision,
            $(pub(crate) $field: Table<$record>,)+
            pub(crate) indexes: Indexes,
        }

        impl State {
            $($(#[$doc])* pub fn $field(&self) -> &Table<$record> {
                &self.$field
            })+

            /// Applies a row as an engine keeps it.
            fn load_row(&mut self, write: &engine::Write) -> Result<(), Error> {
                match write.table {
                    $($number => record::load::<$record>(self, write),)+
                    table => Err(error::damaged(format!("a row of unknown table {table}"))),
                }
            }

            /// Every row as an engine keeps it.
            pub(crate) fn rows(&self) -> Vec<engine::Write> {
                let mut all = Vec::new();
                $(for (key, row) in &self.$field.rows {
                    let value = record::encode(row.revision, &*row.value);
                    all.push(engine::Write::put($number, key.clone(), value));
                })+
                all
            }
        }

        /// A change of one record by one transaction.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Change {
            $($(#[$doc])* $variant(Changed<$record>),)+
        }

        impl Change {
            /// Makes the change again in a state that does not have it.
            pub(crate) fn redo(&self, state: &mut State, revision: Revision) {
                match self {
                    $(Change::$variant(Changed { key, new, .. }) => {
                        let row = new.clone().map(|value| Row { revision, value });
                        record::set(state, &key.bytes().into(), row);
                    })+
                }
            }

            /// The change that takes this one back.
            pub(crate) fn reversed(self) -> Change {
                match self {
                    $(Change::$variant(Changed { key, old, new }) => {
                        Change::$variant(Changed { key, old: new, new: old })
                    })+
                }
            }

            /// The change as the engine keeps it.
            pub(crate) fn to_write(&self, revision: Revision, key: KeyBytes) -> engine::Write {
                match self {
                    $(Change::$variant(changed) => {
                        let value = changed.new.as_deref();
                        let value = value.map(|value| record::encode(revision, value).into());
                        engine::Write { table: $number, key, value }
                    })+
                }
            }
        }

        $(impl Record for $record {
            type Key = $key;
            const TABLE: u8 = $number;
            const NAME: &'static str = stringify!($field);
            fn key(&self) -> $key {
                let $row = self;
                $make_key
            }
            fn table(state: &State) -> &Table<Self> {
                &state.$field
            }
            fn table_mut(state: &mut State) -> &mut Table<Self> {
                &mut state.$field
            }
            $(fn reindex(state: &mut State, key: &KeyBytes, old: Option<&Self>, new: Option<&Self>) {
                $index(state, key, old, new);
            })?
            fn change(changed: Changed<Self>) -> Change {
                Change::$variant(changed)
            }
            fn changed(change: Change) -> Changed<Self> {
                match change {
                    Change::$variant(changed) => changed,
                    _ => unreachable!("invariant: a table has changes of its own kind"),
                }
            }
        })+
    };
}

tables! {
    /// Clusters.
    1 clusters: Cluster(Cluster), key(ClusterName) = |row| row.name.clone();
    /// Families of task definitions.
    2 families: Family(FamilyRow), key(Family) = |row| row.family.clone();
    /// Task definitions, each family's in the order of their revisions.
    3 task_definitions: TaskDefinition(TaskDefinitionRow),
        key((Family, u32)) = |row| (row.facts.id.family.clone(), row.facts.id.revision);
    /// Services.
    4 services: Service(Service), key((ClusterName, ServiceName)) =
        |row| (row.cluster.clone(), row.name.clone()), index(Indexes::service);
    /// Events of services, each service's in the order of their numbers.
    5 service_events: ServiceEvent(ServiceEvent), key((ClusterName, ServiceName, u64)) =
        |row| (row.cluster.clone(), row.service.clone(), row.seq);
    /// Tasks.
    6 tasks: Task(Task), key((ClusterName, TaskId)) =
        |row| (row.cluster.clone(), row.id), index(Indexes::task);
    /// Container instances.
    7 container_instances: ContainerInstance(ContainerInstance),
        key((ClusterName, InstanceId)) = |row| (row.cluster.clone(), row.id);
    /// Account settings, by principal.
    8 account_settings: AccountSetting(AccountSetting),
        key((String, String)) = |row| (row.principal.clone(), row.name.clone());
    /// Client tokens of requests, by operation and scope.
    9 idempotency_tokens: IdempotencyToken(IdempotencyToken),
        key((String, String, String)) =
        |row| (row.operation.clone(), row.scope.clone(), row.token.clone()),
        index(Indexes::token);
    /// What services were to be.
    10 service_revisions: ServiceRevision(ServiceRevision),
        key((ClusterName, ServiceName, DeploymentId)) =
        |row| (row.cluster.clone(), row.service.clone(), row.id.clone());
    /// The service deployments that a newer one came after; the newest is in its service.
    11 service_deployments: ServiceDeployment(ServiceDeployment),
        key((ClusterName, ServiceName, ServiceDeploymentId)) =
        |row| (row.cluster.clone(), row.service.clone(), row.id.clone()),
        index(Indexes::service_deployment);
    /// Alarms.
    12 alarms: Alarm(Alarm), key(String) = |row| row.name.clone();
    /// What IAM knows of the account.
    13 accounts: Account(iam::Account), key(String) = |row| row.id.clone();
    /// IAM's users, by [`iam::key_of`] their name.
    14 users: User(iam::User), key(String) = |row| iam::key_of(&row.name), index(Indexes::user);
    /// Access keys of users.
    15 access_keys: AccessKey(iam::AccessKey), key(String) = |row| row.id.clone(),
        index(Indexes::access_key);
    /// IAM's roles, by [`iam::key_of`] their name.
    16 roles: Role(iam::Role), key(String) = |row| iam::key_of(&row.name), index(Indexes::role);
    /// Managed policies of the account, by [`iam::key_of`] their name.
    17 policies: Policy(iam::ManagedPolicy), key(String) = |row| iam::key_of(&row.name);
    /// Instance profiles, by [`iam::key_of`] their name.
    18 instance_profiles: InstanceProfile(iam::InstanceProfile),
        key(String) = |row| iam::key_of(&row.name), index(Indexes::instance_profile);
    /// The keys that session tokens are sealed under.
    19 session_keys: SessionKey(iam::SessionKey), key(u32) = |row| row.number;
    /// Tokens by which hosts join.
    20 join_tokens: JoinToken(JoinToken), key(String) = |row| row.id.clone();
    /// Hosts, by the public half of their key.
    21 hosts: Host(Host), key(String) = |row| row.id.clone();
}

impl State {
    /// The newest revision that is in it.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The state that an engine's rows make.
    pub fn from_image(image: &engine::Image) -> Result<State, Error> {
        let mut state = State { revision: image.revision, ..State::default() };
        for row in &image.rows {
            state.load_row(row)?;
        }
        Ok(state)
    }

    /// Brings the state forward by a batch, which must be the next one.
    pub fn follow(&mut self, batch: &engine::Batch) -> Result<(), Error> {
        if batch.revision <= self.revision {
            return Err(Error::OutOfOrder { offered: batch.revision, newest: self.revision });
        }
        for write in &batch.writes {
            self.load_row(write)?;
        }
        self.revision = batch.revision;
        Ok(())
    }

    /// Whether the indexes say what the rows say; what they should be is built anew, so this takes
    /// time. For tests and the simulator.
    pub fn is_indexed_rightly(&self) -> bool {
        let image = engine::Image { revision: self.revision, rows: self.rows() };
        State::from_image(&image).is_ok_and(|built| built == *self)
    }

    pub(crate) fn task_indexes(&self) -> &TaskIndexes {
        &self.indexes.tasks
    }

    pub(crate) fn usages(&self) -> &Usages {
        &self.indexes.usages
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "State at revision {}", self.revision)
    }
}

/// The state at one revision, for as long as it is held. Cloning it is cheap.
#[derive(Clone, Debug, Default)]
pub struct Snapshot(pub(crate) Arc<State>);

impl Deref for Snapshot {
    type Target = State;
    fn deref(&self) -> &State {
        &self.0
    }
}
