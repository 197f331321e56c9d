//! Whether control plane and hosts are of one mind about what runs, where they are in touch.

use std::collections::BTreeMap;

use model::{TaskStatus, Timestamp};

use crate::{Broken, World, agenda::HostId};

/// How often this is looked at.
const LOOK_EVERY_MS: i64 = 5_000;
/// How long control plane and agent, in touch with each other, may differ about a task.
const LATE_MS: i64 = 30_000;
/// How much longer where runtime events may be lost: until the agent lists its containers.
const SWEEP_MS: i64 = 300_000;

/// What is remembered from one look to the next.
#[derive(Debug, Default)]
pub struct Drift {
    next_at: Option<Timestamp>,
    touches: BTreeMap<HostId, Touch>,
}

/// A time in which a host's engine, its agent and the control plane are in touch without a break.
#[derive(Debug, PartialEq, Eq)]
struct Touch {
    life: u64,
    connection: u64,
    crashes: u64,
    /// The tasks about which they differ, by ARN, and since when.
    differ: BTreeMap<String, Timestamp>,
}

impl World {
    /// A wanted task that is RUNNING has its container, and a container its live task: at once, or
    /// as soon as agent and control plane are in touch for a while.
    pub(crate) fn check_drift(&mut self) -> Result<(), Broken> {
        if self.watch.drift.next_at.is_some_and(|at| self.now < at) {
            return Ok(());
        }
        self.watch.drift.next_at = Some(self.now.plus_ms(LOOK_EVERY_MS));
        let mut touches = std::mem::take(&mut self.watch.drift.touches);
        for index in 0..self.hosts.len() {
            let Some(touch) = self.touch(index) else { continue };
            let before = touches.remove(&index).filter(|before| touch.goes_on(before));
            let since = |arn: &String| before.as_ref().and_then(|b| b.differ.get(arn).copied());
            let mut differ = BTreeMap::new();
            for (arn, rule) in self.differences(index) {
                let since = since(&arn).unwrap_or(self.now);
                let late_ms = LATE_MS + if self.hosts[index].misses_events { SWEEP_MS } else { 0 };
                if self.now.ms_since(since) > late_ms {
                    return Err(Broken::new(rule, format!("{arn} on host {index}")));
                }
                differ.insert(arn, since);
            }
            self.watch.drift.touches.insert(index, Touch { differ, ..touch });
        }
        Ok(())
    }

    fn touch(&self, host: HostId) -> Option<Touch> {
        let h = &self.hosts[host];
        let connection = h.connection.filter(|_| h.listening && h.fake.is_up())?;
        let crashes = h.fake.crashes();
        Some(Touch { life: h.life, connection, crashes, differ: BTreeMap::new() })
    }

    /// The tasks, by ARN, that should run on a host and do not, and those that run and should not.
    fn differences(&self, host: HostId) -> Vec<(String, &'static str)> {
        let h = &self.hosts[host];
        let running = h.running_tasks();
        let state = &self.watch.seen;
        let (mut differences, mut live) = (Vec::new(), Vec::new());
        for task in state.live_tasks_on(&h.key.0, h.key.1) {
            let arn = self.plane.settings.home.task_arn(&task.cluster, task.id);
            let is_to_run = task.is_wanted() && task.last_status == TaskStatus::Running;
            if is_to_run && !running.contains(&arn) {
                differences.push((arn, "no-task-is-lost"));
            } else {
                live.push(arn);
            }
        }
        let is_over = |arn: &String| !live.contains(arn) && !self.strays.contains(arn);
        let left = running.into_iter().filter(is_over);
        differences.extend(left.map(|arn| (arn, "no-container-is-left-over")));
        differences
    }
}

impl Touch {
    fn goes_on(&self, before: &Touch) -> bool {
        (self.life, self.connection, self.crashes)
            == (before.life, before.connection, before.crashes)
    }
}
