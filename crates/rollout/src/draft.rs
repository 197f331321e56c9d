//! A plan in the making: the tasks by phase, and what the two percentages still allow.

use alloc::{collections::BTreeSet, vec::Vec};
use arn::TaskId;
use model::{TaskStatus, Timestamp};

use crate::{Phase, Start, Stop, StopCause, TaskView, View};

/// Picks `count` of `candidates`, which are equally good to stop. Anything that is no candidate is
/// ignored, and what is missing is taken in the order given.
pub type Choose<'a> = dyn Fn(&[TaskId], usize) -> Vec<TaskId> + 'a;

/// The [`Choose`] of a caller without a wish.
pub fn first(candidates: &[TaskId], count: usize) -> Vec<TaskId> {
    candidates[..count.min(candidates.len())].to_vec()
}

/// A live task with its phase.
#[derive(Clone, Copy)]
pub(crate) struct Live<'a> {
    pub task: &'a TaskView,
    pub phase: Phase,
}

impl Live<'_> {
    pub fn is_wanted(&self) -> bool {
        self.phase != Phase::Stopping
    }

    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Warming | Phase::Healthy | Phase::Unhealthy)
    }
}

pub(crate) struct Draft<'a> {
    pub view: &'a View<'a>,
    choose: &'a Choose<'a>,
    /// Every task that is not STOPPED.
    pub live: Vec<Live<'a>>,
    pub starts: Vec<Start>,
    pub stops: Vec<Stop>,
    /// How many tasks there should be.
    pub desired: u32,
    /// The minimum and the maximum, in tasks.
    pub healthy_min: u32,
    pub task_max: u32,
    /// Of the tasks that the percentages are about: healthy ones, RUNNING ones that are wanted,
    /// and all, after the moves drafted so far.
    pub healthy: u32,
    pub running: u32,
    pub count: u32,
    /// Whether starts are wanted that the throttle holds back.
    pub throttled: bool,
    /// Whether all that moves is to make the zones even: the starts of this plan, or tasks that
    /// became too many by such starts.
    pub rebalances: bool,
    /// When the zones may be made even, if that is later.
    pub rebalances_at: Option<Timestamp>,
    /// The tasks that only their protection keeps.
    pub protected: Vec<&'a TaskView>,
}

impl<'a> Draft<'a> {
    pub fn new(view: &'a View<'a>, choose: &'a Choose<'a>) -> Self {
        let live = view
            .tasks
            .iter()
            .filter(|task| task.last_status < TaskStatus::Stopped)
            .map(|task| Live { task, phase: view.phase(task) })
            .collect();
        Draft {
            view,
            choose,
            live,
            starts: Vec::new(),
            stops: Vec::new(),
            desired: view.service.desired_count,
            healthy_min: 0,
            task_max: 0,
            healthy: 0,
            running: 0,
            count: 0,
            throttled: false,
            rebalances: false,
            rebalances_at: None,
            protected: Vec::new(),
        }
    }

    /// Sets the limits for `desired` tasks, and counts the tasks that `counts` says they are about.
    pub fn set_limits(&mut self, desired: u32, counts: impl Fn(&Live) -> bool) {
        self.desired = desired;
        let percents = &self.view.service.deployment_configuration;
        self.healthy_min = percents.healthy_count_min(desired);
        self.task_max = percents.task_count_max(desired);
        let counted = || self.live.iter().filter(|live| counts(live));
        let count = counted().count() as u32;
        let running = counted().filter(|live| live.is_running()).count() as u32;
        let healthy = counted().filter(|live| live.phase == Phase::Healthy).count() as u32;
        (self.count, self.running, self.healthy) = (count, running, healthy);
    }

    /// How many tasks the maximum still lets start.
    pub fn room(&self) -> u32 {
        self.task_max.saturating_sub(self.count)
    }

    /// Whether back-off forbids starts now.
    pub fn is_throttled(&self) -> bool {
        self.view.service.throttle.retry_at.is_some_and(|at| self.view.now < at)
    }

    pub fn is_stopping(&self) -> bool {
        !self.stops.is_empty() || self.live.iter().any(|live| live.phase == Phase::Stopping)
    }

    /// How many tasks of `phase` the minimum lets stop.
    pub fn allowance(&self, phase: Phase) -> u32 {
        let running = self.running.saturating_sub(self.healthy_min);
        match phase {
            Phase::Pending => u32::MAX,
            Phase::Warming | Phase::Unhealthy => running,
            Phase::Healthy => running.min(self.healthy.saturating_sub(self.healthy_min)),
            Phase::Stopping => 0,
        }
    }

    /// Stops up to `count` of `tasks` as far as the minimum allows: the least useful first, among
    /// equals those whose container instance is DRAINING first and those whose stop nobody would
    /// carry out now last. Protected ones are left.
    pub fn stop_within_minimum(&mut self, tasks: &[Live<'a>], mut count: u32, cause: StopCause) {
        let now = self.view.now;
        for phase in [Phase::Pending, Phase::Unhealthy, Phase::Warming, Phase::Healthy] {
            for rank in 0..3 {
                let equals: Vec<_> = tasks
                    .iter()
                    .filter(|live| live.phase == phase && rank_to_stop(live.task) == rank)
                    .filter(|live| !live.task.is_protected(now))
                    .copied()
                    .collect();
                let allowed = count.min(self.allowance(phase)) as usize;
                for live in self.pick(&equals, allowed) {
                    self.stop(live, cause);
                    count -= 1;
                }
            }
        }
        if count > 0 {
            self.keep_protected(tasks);
        }
    }

    /// Notes that of `tasks` some would stop if they were not protected.
    pub fn keep_protected(&mut self, tasks: &[Live<'a>]) {
        let now = self.view.now;
        let tasks = tasks.iter().map(|live| live.task);
        self.protected.extend(tasks.filter(|task| task.is_protected(now)));
    }

    /// `count` of `equals` as the caller would have it.
    pub fn pick(&self, equals: &[Live<'a>], count: usize) -> Vec<Live<'a>> {
        if count >= equals.len() {
            return equals.to_vec();
        }
        if count == 0 {
            return Vec::new();
        }
        let ids: Vec<TaskId> = equals.iter().map(|live| live.task.id).collect();
        let known: BTreeSet<TaskId> = ids.iter().copied().collect();
        let mut chosen = BTreeSet::new();
        for id in (self.choose)(&ids, count).into_iter().chain(ids) {
            if chosen.len() < count && known.contains(&id) {
                chosen.insert(id);
            }
        }
        equals.iter().filter(|live| chosen.contains(&live.task.id)).copied().collect()
    }

    /// Stops a task whatever the minimum says.
    pub fn stop(&mut self, live: Live<'a>, cause: StopCause) {
        self.running -= u32::from(live.is_running()).min(self.running);
        self.healthy -= u32::from(live.phase == Phase::Healthy).min(self.healthy);
        self.stops.push(Stop {
            task: live.task.id,
            deployment: live.task.deployment.clone(),
            cause,
        });
    }

    /// Stops every task that is not stopping.
    pub fn stop_all(&mut self, cause: StopCause) {
        for live in self.live.clone() {
            if live.is_wanted() {
                self.stop(live, cause);
            }
        }
    }

    pub fn start(&mut self, start: Start) {
        if start.count > 0 {
            self.count += start.count;
            self.starts.push(start);
        }
    }

    /// The first instant at which a protection ends.
    pub fn protection_ends_at(&self) -> Option<Timestamp> {
        self.protected.iter().filter_map(|task| task.protected_until).min()
    }
}

fn rank_to_stop(task: &TaskView) -> u8 {
    match (task.host.disconnected, task.host.draining) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    }
}
