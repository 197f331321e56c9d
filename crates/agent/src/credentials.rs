//! The credentials of tasks' roles: in memory only, by their id, never on disk and never in a log.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use session_wire::acs::RoleCredentials;

/// Whose credentials they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The task role: what the task's own code works with, while it runs.
    Task,
    /// The execution role: what the agent works with for the task, until it is cleaned up.
    Execution,
}

impl Role {
    /// Reads the word of an ACS message.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "TaskApplication" => Some(Self::Task),
            "TaskExecution" => Some(Self::Execution),
            _ => None,
        }
    }
}

/// The credentials of all tasks here. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct TaskCredentials {
    by_id: Arc<Mutex<BTreeMap<String, Entry>>>,
}

#[derive(Clone, Debug)]
struct Entry {
    task: String,
    role: Role,
    credentials: RoleCredentials,
}

impl TaskCredentials {
    /// Keeps credentials of a task, in place of older ones of the same id.
    pub fn keep(&self, task: &str, role: Role, credentials: RoleCredentials) {
        let id = credentials.credentials_id.clone();
        self.lock().insert(id, Entry { task: task.to_owned(), role, credentials });
    }

    /// Forgets those of a task's own role: it has stopped.
    pub fn forget_task_role(&self, task: &str) {
        self.lock().retain(|_, entry| entry.task != task || entry.role != Role::Task);
    }

    /// Forgets all of a task: it is cleaned up.
    pub fn forget(&self, task: &str) {
        self.lock().retain(|_, entry| entry.task != task);
    }

    /// The credentials of a task role.
    pub fn of_task_role(&self, id: &str) -> Option<RoleCredentials> {
        let kept = self.lock();
        let entry = kept.get(id).filter(|entry| entry.role == Role::Task)?;
        Some(entry.credentials.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Entry>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, TaskCredentials};
    use session_wire::acs::RoleCredentials;

    fn credentials(id: &str, key: &str) -> RoleCredentials {
        RoleCredentials {
            credentials_id: id.into(),
            access_key_id: key.into(),
            ..RoleCredentials::default()
        }
    }

    #[test]
    fn a_refresh_replaces_and_a_stopped_task_has_none() {
        let kept = TaskCredentials::default();
        let key = |id| kept.of_task_role(id).map(|c| c.access_key_id);
        kept.keep("task", Role::Task, credentials("c-1", "old"));
        kept.keep("task", Role::Task, credentials("c-1", "new"));
        kept.keep("other", Role::Task, credentials("c-2", "another"));
        assert_eq!(key("c-1"), Some("new".into()));
        kept.forget_task_role("task");
        assert_eq!((key("c-1"), key("c-2")), (None, Some("another".into())));
        kept.forget("other");
        assert_eq!(key("c-2"), None);
    }

    #[test]
    fn nobody_gets_those_of_an_execution_role() {
        let kept = TaskCredentials::default();
        kept.keep("task", Role::Execution, credentials("c-1", "key"));
        assert_eq!(kept.of_task_role("c-1"), None);
    }
}
