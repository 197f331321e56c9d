//! A witness of what containers do: Docker Engine's own events, of which sampling would miss some.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
};

use serde_json::Value;

/// Follows every start, health change and exit of the containers of one family.
pub struct Witness {
    child: Child,
    thread: Option<JoinHandle<()>>,
    seen: Arc<Mutex<Seen>>,
}

/// The containers that run now, and the least and the most at any moment since [`Witness::mark`].
#[derive(Clone, Debug, Default)]
pub struct Seen {
    containers: BTreeMap<String, Running>,
    /// What ran at the mark, and after each start and exit since then, by revision.
    path: Vec<BTreeMap<String, usize>>,
    /// Fewest healthy containers at once.
    pub healthy_min: usize,
    /// Fewest running containers at once.
    pub running_min: usize,
    /// Most running containers at once.
    pub running_max: usize,
    /// Container starts.
    pub starts: usize,
}

impl Witness {
    /// Begins before the first container of the family is there.
    pub fn of_family(family: &str) -> Self {
        let label = format!("label=com.amazonaws.ecs.task-definition-family={family}");
        let mut child = Command::new("docker")
            .args(["events", "--format", "{{json .}}", "--filter", "type=container"])
            .args(["--filter", "event=start", "--filter", "event=die"])
            .args(["--filter", "event=health_status", "--filter", &label])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("docker runs");
        let output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let seen = Arc::new(Mutex::new(Seen::default()));
        let thread = thread::spawn({
            let seen = Arc::clone(&seen);
            move || {
                for line in output.lines().map_while(Result::ok) {
                    let event = serde_json::from_str(&line).expect("docker events writes JSON");
                    seen.lock().expect("nobody panics with it").take(&event);
                }
            }
        });
        Self { child, thread: Some(thread), seen }
    }

    /// Forgets the extremes until now.
    pub fn mark(&self) {
        self.seen.lock().expect("nobody panics with it").mark();
    }

    /// What it has seen since the mark.
    pub fn seen(&self) -> Seen {
        self.seen.lock().expect("nobody panics with it").clone()
    }
}

/// A container that runs.
#[derive(Clone, Debug)]
struct Running {
    revision: String,
    healthy: bool,
}

/// How many containers of a revision there are at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Running.
    pub running: usize,
    /// Of these, healthy.
    pub healthy: usize,
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Seen {
    fn mark(&mut self) {
        self.healthy_min = self.healthy();
        self.running_min = self.containers.len();
        self.running_max = self.containers.len();
        self.starts = 0;
        self.path = vec![self.by_revision()];
    }

    fn healthy(&self) -> usize {
        self.containers.values().filter(|container| container.healthy).count()
    }

    fn by_revision(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for container in self.containers.values() {
            *counts.entry(container.revision.clone()).or_default() += 1;
        }
        counts
    }

    /// The containers of a revision now.
    pub fn now(&self, revision: &str) -> Census {
        let own = self.containers.values().filter(|container| container.revision == revision);
        own.fold(Census::default(), |census, container| Census {
            running: census.running + 1,
            healthy: census.healthy + usize::from(container.healthy),
        })
    }

    /// `OLD+NEW` containers at the mark, wherever starts turned to exits or exits to starts since
    /// then, and now.
    pub fn turns(&self, old: &str, new: &str) -> Vec<String> {
        let total = |at: &BTreeMap<String, usize>| at.values().sum::<usize>();
        let is_turn = |i: usize| match (i.checked_sub(1), self.path.get(i + 1)) {
            (Some(before), Some(after)) => {
                let here = total(&self.path[i]);
                (total(&self.path[before]) < here) != (here < total(after))
            }
            _ => true,
        };
        let count = |at: &BTreeMap<String, usize>, of: &str| at.get(of).copied().unwrap_or(0);
        (0..self.path.len())
            .filter(|i| is_turn(*i))
            .map(|i| format!("{}+{}", count(&self.path[i], old), count(&self.path[i], new)))
            .collect()
    }

    fn take(&mut self, event: &Value) {
        let id = event["Actor"]["ID"].as_str().unwrap_or_default().to_owned();
        match event["Action"].as_str().unwrap_or_default() {
            "start" => {
                let label = "com.amazonaws.ecs.task-definition-version";
                let revision = event["Actor"]["Attributes"][label].as_str().unwrap_or_default();
                self.containers.insert(id, Running { revision: revision.into(), healthy: false });
                self.starts += 1;
                self.path.push(self.by_revision());
            }
            "die" => {
                self.containers.remove(&id);
                self.path.push(self.by_revision());
            }
            health => {
                if let Some(container) = self.containers.get_mut(&id) {
                    container.healthy = health == "health_status: healthy";
                }
            }
        }
        self.healthy_min = self.healthy_min.min(self.healthy());
        self.running_min = self.running_min.min(self.containers.len());
        self.running_max = self.running_max.max(self.containers.len());
    }
}
