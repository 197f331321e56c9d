//! What was seen of a rollout so far: how long tasks took, and so how long the rest may take.

use std::collections::BTreeMap;

use wire::{
    Timestamp,
    ecs::DeploymentRolloutState,
    longshore::{
        phase::{Tally, TaskPhase},
        watch::{Picture, ServiceUpdate},
    },
};

/// The times of tasks that were watched.
#[derive(Debug, Default)]
pub struct Seen {
    /// From PENDING to healthy.
    healthy: Mean,
    /// From the wish to stop to STOPPED.
    stop: Mean,
    phases: BTreeMap<String, (TaskPhase, Timestamp)>,
}

#[derive(Debug, Default)]
struct Mean {
    sum_ms: i64,
    count: i64,
}

impl Mean {
    fn add(&mut self, ms: i64) {
        self.sum_ms += ms.max(0);
        self.count += 1;
    }

    fn ms(&self) -> Option<i64> {
        (self.count > 0).then(|| self.sum_ms / self.count)
    }
}

impl Seen {
    /// Takes note of a line.
    pub fn note(&mut self, update: &ServiceUpdate) {
        for task in &update.tasks {
            let before = self.phases.get(&task.id).copied();
            match (before, task.phase) {
                (Some((phase, _)), now) if phase == now => continue,
                (Some((TaskPhase::Pending | TaskPhase::Warming, _)), TaskPhase::Healthy) => {
                    self.healthy.add(update.at.0 - task.created_at.0);
                }
                (Some((TaskPhase::Stopping, since)), TaskPhase::Stopped) => {
                    self.stop.add(update.at.0 - since.0);
                }
                _ => {}
            }
            if task.phase == TaskPhase::Stopped {
                self.phases.remove(&task.id);
            } else {
                self.phases.insert(task.id.clone(), (task.phase, update.at));
            }
        }
    }

    /// How long the rest of the rollout takes if it goes on as it went: the tasks that are to become
    /// healthy, in waves as large as the two limits allow. Unknown until one became healthy.
    pub fn to_go_ms(&self, picture: &Picture) -> Option<i64> {
        let service = &picture.service;
        let count = Counts::of(picture);
        let left = i64::from(service.desired_count.saturating_sub(count.new.healthy));
        let room = service.ceiling.saturating_sub(service.desired_count);
        let spare = service.desired_count.saturating_sub(service.floor);
        let wave = i64::from(room.max(spare).max(1));
        let waves = (left + wave - 1) / wave;
        let is_draining = i64::from(waves == 0 && count.old.total() > 0);
        let stop_ms = self.stop.ms().unwrap_or(0);
        let healthy_ms = self.healthy.ms();
        if waves == 0 { Some(is_draining * stop_ms) } else { Some(waves * (healthy_ms? + stop_ms)) }
    }
}

/// The tasks of the primary deployment, and those of older ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of older deployments.
    pub old: Tally,
    /// Of the primary one.
    pub new: Tally,
}

impl Counts {
    /// Those of a picture.
    pub fn of(picture: &Picture) -> Counts {
        let mut counts = Counts::default();
        for task in picture.tasks.values() {
            let tally =
                if is_new(picture, &task.deployment) { &mut counts.new } else { &mut counts.old };
            tally.add(task.phase);
        }
        counts
    }
}

/// Whether a deployment is the primary one. Task sets, which have none, are not older than anything.
pub fn is_new(picture: &Picture, deployment: &str) -> bool {
    picture.primary().is_none_or(|it| it.id.as_deref() == Some(deployment))
}

/// How far the primary deployment is: of the tasks that there should be, how many are healthy and its
/// own; 100 only once it is COMPLETED.
pub fn percent(picture: &Picture) -> u32 {
    let is_done = match picture.primary() {
        Some(primary) => primary.rollout_state == Some(DeploymentRolloutState::Completed),
        None => picture.service.steady,
    };
    if is_done {
        return 100;
    }
    let desired = picture.service.desired_count.max(1);
    (Counts::of(picture).new.healthy.min(desired) * 100 / desired).min(99)
}

#[cfg(test)]
mod tests {
    use wire::longshore::watch::{WatchedService, WatchedTask};

    use super::*;

    fn at(ms: i64, phase: TaskPhase) -> ServiceUpdate {
        let task = WatchedTask { id: "a".into(), phase, ..WatchedTask::default() };
        ServiceUpdate { at: Timestamp(ms), tasks: vec![task], ..ServiceUpdate::default() }
    }

    #[test]
    fn the_rest_takes_as_long_a_wave_as_tasks_took_so_far() {
        let mut seen = Seen::default();
        let service =
            WatchedService { desired_count: 4, floor: 4, ceiling: 6, ..Default::default() };
        let picture = Picture { service, ..Picture::default() };
        seen.note(&at(0, TaskPhase::Pending));
        assert_eq!(seen.to_go_ms(&picture), None, "no task became healthy yet");
        seen.note(&at(3_000, TaskPhase::Healthy));
        assert_eq!(seen.to_go_ms(&picture), Some(6_000), "two waves of two");
        seen.note(&at(5_000, TaskPhase::Stopping));
        seen.note(&at(6_000, TaskPhase::Stopped));
        assert_eq!(seen.to_go_ms(&picture), Some(8_000), "and each stops two for a second");
    }
}
