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

/// The least and the most containers at any moment since [`Witness::mark`].
#[derive(Clone, Debug, Default)]
pub struct Seen {
    health: BTreeMap<String, bool>,
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
        self.running_min = self.health.len();
        self.running_max = self.health.len();
        self.starts = 0;
    }

    fn healthy(&self) -> usize {
        self.health.values().filter(|healthy| **healthy).count()
    }

    fn take(&mut self, event: &Value) {
        let id = event["Actor"]["ID"].as_str().unwrap_or_default().to_owned();
        match event["Action"].as_str().unwrap_or_default() {
            "start" => {
                self.health.insert(id, false);
                self.starts += 1;
            }
            "die" => {
                self.health.remove(&id);
            }
            health => {
                self.health.insert(id, health == "health_status: healthy");
            }
        }
        self.healthy_min = self.healthy_min.min(self.healthy());
        self.running_min = self.running_min.min(self.health.len());
        self.running_max = self.running_max.max(self.health.len());
    }
}
