//! What is to be reconciled: keys that a change touched, keys whose time has come, and keys that wait
//! for room. No threads, no clock; everything in it can be made anew from the state.

use std::collections::{BTreeMap, BTreeSet};

use arn::ClusterName;
use model::{ContainerInstance, SchedulingStrategy, ServiceStatus, Task, Timestamp};
use store::{Change, Commit, State};

use super::{Key, Outcome};

/// Why a key waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// For people.
    pub explanation: String,
}

/// The queue. A key is in it once, however often it was touched.
#[derive(Debug, Default)]
pub struct Queue {
    dirty: BTreeSet<Key>,
    due: BTreeMap<Key, Timestamp>,
    blocked: BTreeMap<Key, Blocked>,
}

impl Queue {
    /// Everything that the state holds, as after a start.
    pub fn all(state: &State) -> Queue {
        let services = state.services().iter().filter(|s| s.status != ServiceStatus::Inactive);
        let keys = services.map(|s| Key::Service(s.cluster.clone(), s.name.clone()));
        Queue { dirty: keys.chain([Key::Reaper]).collect(), ..Queue::default() }
    }

    /// Notes what a commit touched; `state` is as new as the commit or newer.
    pub fn note(&mut self, state: &State, commit: &Commit) {
        for change in &commit.changes {
            match change {
                Change::Service(changed) => {
                    self.dirty.insert(Key::Service(changed.key.0.clone(), changed.key.1.clone()));
                }
                Change::Task(changed) => {
                    self.note_task(changed.old.as_deref(), changed.new.as_deref());
                }
                Change::ContainerInstance(changed) => {
                    self.note_instance(state, changed.old.as_deref(), changed.new.as_deref());
                }
                Change::Alarm(changed) => {
                    let watching = state.services_watching(&changed.key);
                    self.dirty
                        .extend(watching.map(|s| Key::Service(s.cluster.clone(), s.name.clone())));
                }
                // It may have waited for a role that can be taken.
                Change::Role(_) => self.dirty.extend(self.blocked.keys().cloned()),
                Change::IdempotencyToken(_) | Change::ServiceDeployment(_) => {
                    self.dirty.insert(Key::Reaper);
                }
                Change::Account(_)
                | Change::User(_)
                | Change::AccessKey(_)
                | Change::Policy(_)
                | Change::InstanceProfile(_)
                | Change::SessionKey(_)
                | Change::JoinToken(_)
                | Change::Host(_)
                | Change::Cluster(_)
                | Change::Family(_)
                | Change::TaskDefinition(_)
                | Change::ServiceEvent(_)
                | Change::ServiceRevision(_)
                | Change::AccountSetting(_) => {}
            }
        }
    }

    fn note_task(&mut self, old: Option<&Task>, new: Option<&Task>) {
        let Some(task) = new.or(old) else { return };
        if let Some(owner) = &task.owner {
            self.dirty.insert(Key::Service(task.cluster.clone(), owner.service.clone()));
        }
        let holds = |task: Option<&Task>| task.is_some_and(Task::is_live);
        if holds(old) && !holds(new) {
            self.wake_blocked(&task.cluster);
            self.dirty.insert(Key::Reaper);
        }
    }

    fn note_instance(
        &mut self,
        state: &State,
        old: Option<&ContainerInstance>,
        new: Option<&ContainerInstance>,
    ) {
        let Some(instance) = new.or(old) else { return };
        if old.zip(new).is_some_and(|(old, new)| old.differs_only_in_numbers(new)) {
            return;
        }
        let cluster = &instance.cluster;
        for task in state.live_tasks_on(cluster, instance.id) {
            if let Some(owner) = &task.owner {
                self.dirty.insert(Key::Service(cluster.clone(), owner.service.clone()));
            }
        }
        for service in state.services().scan(cluster) {
            if service.scheduling_strategy == SchedulingStrategy::Daemon {
                self.dirty.insert(Key::Service(cluster.clone(), service.name.clone()));
            }
        }
        self.wake_blocked(cluster);
    }

    /// There may be room now for what waits in a cluster.
    fn wake_blocked(&mut self, cluster: &ClusterName) {
        let of_cluster = |key: &&Key| match key {
            Key::Service(c, _) => c == cluster,
            Key::Reaper => false,
        };
        self.dirty.extend(self.blocked.keys().filter(of_cluster).cloned());
    }

    /// Takes the keys that are to be run at `now`, up to `count_max`.
    pub fn take(&mut self, now: Timestamp, count_max: usize) -> Vec<Key> {
        let come = self.due.iter().filter(|(_, at)| **at <= now);
        let come: Vec<Key> = come.map(|(key, _)| key.clone()).collect();
        for key in come {
            self.due.remove(&key);
            self.dirty.insert(key);
        }
        let taken: Vec<Key> = self.dirty.iter().take(count_max).cloned().collect();
        for key in &taken {
            self.dirty.remove(key);
        }
        taken
    }

    /// Notes how a run ended.
    pub fn done(&mut self, key: Key, outcome: Outcome) {
        self.due.remove(&key);
        self.blocked.remove(&key);
        match outcome {
            Outcome::Settled => {}
            Outcome::Requeue(at) => {
                self.due.insert(key, at);
            }
            Outcome::Blocked { explanation, retry_at } => {
                if let Some(at) = retry_at {
                    self.due.insert(key.clone(), at);
                }
                self.blocked.insert(key, Blocked { explanation });
            }
        }
    }

    /// The instant of the next key whose time comes.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.values().min().copied()
    }

    /// Whether nothing is to be run before time passes or something changes.
    pub fn is_idle(&self) -> bool {
        self.dirty.is_empty()
    }

    /// Whether a key is to be run, has its time, or waits and says why.
    pub fn has(&self, key: &Key) -> bool {
        self.dirty.contains(key) || self.due.contains_key(key) || self.blocked.contains_key(key)
    }

    /// Why a key waits, if it does.
    pub fn why(&self, key: &Key) -> Option<String> {
        self.blocked.get(key).map(|blocked| blocked.explanation.clone())
    }

    /// The keys that wait, each with the reason and the instant of the next try.
    pub fn waiting(&self) -> impl Iterator<Item = (&Key, &Blocked, Option<Timestamp>)> {
        self.blocked.iter().map(|(key, why)| (key, why, self.due.get(key).copied()))
    }
}
