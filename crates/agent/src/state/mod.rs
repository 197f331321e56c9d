//! What an agent keeps on disk: who it is, and its tasks with their unsent reports.
//!
//! One small JSON file each, replaced as a whole: written beside, flushed, renamed, and the rename
//! flushed. So a file is always the old one or the new one. What changes at the same time shares the
//! last flush. A file that cannot be read is never overwritten: the agent says so and ends.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::longshore::hosts::HostKey;

use crate::engine::Task;
use crate::error::AgentError;

/// The version of the files; one of a newer version is refused.
const FORMAT: u32 = 1;
const INSTANCE: &str = "instance.json";
const TASKS: &str = "tasks";
const HOST_KEY: &str = "host-key.json";

/// Who an agent is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// The ARN that it registered under; empty before the first time.
    pub container_instance_arn: String,
    /// The cluster that it belongs to.
    pub cluster: String,
    /// The highest number of a manifest or payload that it has taken.
    pub watermark: i64,
    /// The references of images that it has pulled.
    pub pulled_images: BTreeSet<String>,
    /// What the ids in the paths of the task endpoint are made with; containers were told them.
    #[serde(default)]
    pub endpoint_secret: String,
}

/// An agent's data directory, held for itself alone.
#[derive(Debug)]
pub struct StateDir {
    root: PathBuf,
    // Released by the kernel when the process ends, however it ends.
    _lock: File,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    content: T,
}

/// Whether there is a host key in a data directory.
pub fn has_host_key(root: &Path) -> bool {
    root.join(HOST_KEY).exists()
}

impl StateDir {
    /// Opens the directory, or makes it.
    pub fn open(root: &Path) -> Result<Self, AgentError> {
        let tasks = root.join(TASKS);
        file::make_dir(&tasks).map_err(failed("cannot make the data directory", &tasks))?;
        let path = root.join("lock");
        let lock = File::create(&path).map_err(failed("cannot make the lock file", &path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(AgentError::Locked(root.to_owned())),
            Err(fs::TryLockError::Error(error)) => {
                Err(failed("cannot lock the data directory", &path)(error))
            }
        }
    }

    /// Who the agent is; `None` before its first registration.
    pub fn instance(&self) -> Result<Option<Instance>, AgentError> {
        let path = self.instance_path();
        if path.exists() { load(&path).map(Some) } else { Ok(None) }
    }

    /// The host key; `None` before the host has joined.
    pub fn host_key(&self) -> Result<Option<HostKey>, AgentError> {
        let path = self.root.join(HOST_KEY);
        if path.exists() { load(&path).map(Some) } else { Ok(None) }
    }

    /// Keeps the host key.
    pub fn keep_host_key(&self, key: &HostKey) -> Result<(), AgentError> {
        let path = self.root.join(HOST_KEY);
        let files = BTreeMap::from([(path.clone(), Some(versioned(key)))]);
        file::put(&self.root, &files).map_err(failed("cannot keep the host key", &path))
    }

    /// Every task, in no particular order.
    pub fn tasks(&self) -> Result<Vec<Task>, AgentError> {
        let dir = self.root.join(TASKS);
        let entries = fs::read_dir(&dir).map_err(failed("cannot list the tasks", &dir))?;
        let mut tasks = Vec::new();
        for entry in entries {
            let path = entry.map_err(failed("cannot list the tasks", &dir))?.path();
            // What was written beside and never renamed is the rest of an interrupted save.
            if path.extension().is_some_and(|extension| extension == "json") {
                tasks.push(load(&path)?);
            }
        }
        Ok(tasks)
    }

    /// The beginning of changes that go to disk together.
    pub fn changes(&self) -> Changes {
        Changes { root: self.root.clone(), instance: None, tasks: BTreeMap::new() }
    }

    fn instance_path(&self) -> PathBuf {
        self.root.join(INSTANCE)
    }
}

/// Changes that go to disk together: a file that changed several times is written once.
#[derive(Debug)]
pub struct Changes {
    root: PathBuf,
    instance: Option<Vec<u8>>,
    tasks: BTreeMap<PathBuf, Option<Vec<u8>>>,
}

impl Changes {
    /// Keeps who the agent is.
    pub fn keep_instance(&mut self, instance: &Instance) {
        self.instance = Some(versioned(instance));
    }

    /// Keeps a task.
    pub fn keep_task(&mut self, task: &Task) {
        self.tasks.insert(self.task_path(&task.arn), Some(versioned(task)));
    }

    /// Forgets a task.
    pub fn forget_task(&mut self, arn: &str) {
        self.tasks.insert(self.task_path(arn), None);
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.instance.is_none() && self.tasks.is_empty()
    }

    /// When this returns, they are on disk: the tasks first, since what the instance has seen is in
    /// them. Takes as long as the disk does.
    pub fn write(self) -> Result<(), AgentError> {
        let tasks = self.tasks_dir();
        file::put(&tasks, &self.tasks).map_err(failed("cannot write the tasks", &tasks))?;
        let path = self.root.join(INSTANCE);
        let instance = self.instance.map(|bytes| (path.clone(), Some(bytes)));
        file::put(&self.root, &instance.into_iter().collect())
            .map_err(failed("cannot write the state", &path))
    }

    fn tasks_dir(&self) -> PathBuf {
        self.root.join(TASKS)
    }

    /// Named after the task's id; an id that is no plain word is named after its hash instead.
    fn task_path(&self, arn: &str) -> PathBuf {
        let id = arn.rsplit('/').next().unwrap_or(arn);
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let name = if (1..=64).contains(&id.len()) && id.bytes().all(plain) {
            id.to_owned()
        } else {
            let digest = Sha256::digest(arn.as_bytes());
            digest.iter().fold(String::from("sha256-"), |text, byte| format!("{text}{byte:02x}"))
        };
        self.tasks_dir().join(format!("{name}.json"))
    }
}

fn failed<'a>(
    what: &'static str,
    path: &'a Path,
) -> impl Fn(std::io::Error) -> AgentError + use<'a> {
    move |error| AgentError::State { what, path: path.to_owned(), error }
}

fn load<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, AgentError> {
    let bytes = fs::read(path).map_err(failed("cannot read the state", path))?;
    let damaged = |why: String| AgentError::Damaged { path: path.to_owned(), why };
    let versioned: Versioned<serde_json::Value> =
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
    if versioned.format != FORMAT {
        return Err(damaged(format!(
            "it has format {}, and this agent knows format {FORMAT}",
            versioned.format
        )));
    }
    serde_json::from_value(versioned.content).map_err(|error| damaged(error.to_string()))
}

fn versioned<T: Serialize>(content: &T) -> Vec<u8> {
    serde_json::to_vec(&Versioned { format: FORMAT, content })
        .expect("invariant: the agent's state has text keys and finite numbers")
}
