//! The credentials of tasks' roles: in memory only, by their id, never on disk and never in a log.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use session_wire::acs::RoleCredentials;

/// The credentials of all tasks here. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct TaskCredentials {
    by_id: Arc<Mutex<BTreeMap<String, Entry>>>,
}

#[derive(Clone, Debug)]
struct Entry {
    task: String,
    credentials: RoleCredentials,
}

impl TaskCredentials {
    /// Keeps credentials of a task, in place of older ones of the same id.
    pub fn keep(&self, task: &str, credentials: RoleCredentials) {
        let id = credentials.credentials_id.clone();
        let entry = Entry { task: task.to_owned(), credentials };
        self.lock().insert(id, entry);
    }

    /// Forgets those of tasks that are gone.
    pub fn retain(&self, is_there: impl Fn(&str) -> bool) {
        self.lock().retain(|_, entry| is_there(&entry.task));
    }

    /// The credentials of an id.
    #[cfg_attr(not(test), expect(dead_code, reason = "the credentials endpoint will serve them"))]
    pub fn get(&self, id: &str) -> Option<RoleCredentials> {
        self.lock().get(id).map(|entry| entry.credentials.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Entry>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::TaskCredentials;
    use session_wire::acs::RoleCredentials;

    #[test]
    fn a_refresh_replaces_and_a_gone_task_is_forgotten() {
        let kept = TaskCredentials::default();
        let with = |key: &str| RoleCredentials {
            credentials_id: "c-1".into(),
            access_key_id: key.into(),
            ..RoleCredentials::default()
        };
        kept.keep("task", with("old"));
        kept.keep("task", with("new"));
        assert_eq!(kept.get("c-1").map(|c| c.access_key_id), Some("new".into()));
        kept.retain(|task| task != "task");
        assert_eq!(kept.get("c-1"), None);
    }
}
