//! Health, which an agent tells over its telemetry session.

use alloc::vec::Vec;
use arn::ContainerName;
use model::{HealthStatus, Task, TaskStatus, Timestamp};

use super::change::{Effect, finish};
use crate::health::roll_up;

/// The health of one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerHealth {
    /// The container.
    pub container: ContainerName,
    /// Its health.
    pub status: HealthStatus,
}

/// Takes over the health of containers and rolls the task's up. Containers that the task does not
/// have, or that have no health check, are skipped; so is everything about a stopped task.
pub fn apply_health(
    task: &mut Task,
    containers: &[ContainerHealth],
    now: Timestamp,
) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !task.is_live() {
        return effects;
    }
    let mut changed = false;
    for told in containers {
        let own = task.containers.iter_mut().find(|c| c.name == told.container);
        let Some(own) = own.filter(|c| c.has_health_check && c.last_status < TaskStatus::Stopped)
        else {
            continue;
        };
        changed |= own.health_status != told.status;
        own.health_status = told.status;
    }
    if changed {
        effects.push(Effect::DetailsChanged);
    }
    refresh(task, now, &mut effects);
    finish(task, effects)
}

/// Rolls the task's health up after containers changed.
pub(super) fn refresh(task: &mut Task, now: Timestamp, effects: &mut Vec<Effect>) {
    let essential = task.containers.iter().filter(|c| c.essential && c.has_health_check);
    let health = roll_up(essential.map(|c| c.health_status));
    if health != task.health_status {
        effects.push(Effect::HealthChanged { from: task.health_status, to: health });
        task.health_status = health;
        task.health_since = Some(now);
    }
}
