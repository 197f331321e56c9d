//! Which container instances have a session, and how a change wakes the right one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use arn::{ClusterName, InstanceId};
use store::{Change, Commit, Store};
use tokio::sync::Notify;

/// What names a container instance.
pub type InstanceKey = (ClusterName, InstanceId);

/// The open sessions. Where an agent opens a second one, the newer is the one that counts.
#[derive(Debug, Default)]
pub struct Hub {
    sessions: Mutex<Sessions>,
}

#[derive(Debug, Default)]
struct Sessions {
    last: u64,
    open: BTreeMap<InstanceKey, Open>,
}

#[derive(Clone, Debug)]
struct Open {
    number: u64,
    wake: Arc<Notify>,
}

/// An open session's place in the hub.
#[derive(Clone, Debug)]
pub struct Seat {
    number: u64,
    /// Woken when something of the container instance changed.
    pub wake: Arc<Notify>,
}

impl Hub {
    fn sessions(&self) -> std::sync::MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the seat of a container instance; an older session of it is woken, to find itself
    /// replaced.
    pub fn sit(&self, key: &InstanceKey) -> Seat {
        let mut sessions = self.sessions();
        sessions.last += 1;
        let seat = Seat { number: sessions.last, wake: Arc::new(Notify::new()) };
        let open = Open { number: seat.number, wake: seat.wake.clone() };
        if let Some(older) = sessions.open.insert(key.clone(), open) {
            older.wake.notify_one();
        }
        seat
    }

    /// Whether a session is still the one that counts.
    pub fn is_seated(&self, key: &InstanceKey, seat: &Seat) -> bool {
        self.sessions().open.get(key).is_some_and(|open| open.number == seat.number)
    }

    /// Gives a seat back; whether it was the one that counted.
    pub fn leave(&self, key: &InstanceKey, seat: &Seat) -> bool {
        let mut sessions = self.sessions();
        let is_seated = sessions.open.get(key).is_some_and(|open| open.number == seat.number);
        if is_seated {
            sessions.open.remove(key);
        }
        is_seated
    }

    fn wake(&self, key: &InstanceKey) {
        if let Some(open) = self.sessions().open.get(key) {
            open.wake.notify_one();
        }
    }

    fn wake_all(&self) {
        self.sessions().open.values().for_each(|open| open.wake.notify_one());
    }

    /// Wakes sessions as the store changes, until it closes.
    pub async fn follow(&self, store: &Store) {
        let mut feed = store.subscribe();
        while let Some(commit) = feed.recv().await {
            let Ok(commit) = commit else {
                self.wake_all();
                continue;
            };
            touched(&commit).for_each(|key| self.wake(&key));
        }
    }
}

/// The container instances that a commit touched, by themselves or by their tasks.
pub fn touched(commit: &Commit) -> impl Iterator<Item = InstanceKey> {
    commit.changes.iter().filter_map(|change| match change {
        Change::Task(changed) => {
            let task = changed.new.as_ref().or(changed.old.as_ref())?;
            Some((task.cluster.clone(), task.container_instance?))
        }
        Change::ContainerInstance(changed) => Some(changed.key.clone()),
        _ => None,
    })
}
