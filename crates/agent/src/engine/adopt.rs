//! Taking up containers where they are: after a restart of the agent or of the runtime, and from
//! time to time, since a runtime may drop events but not containers.

use runtime::ContainerState;

use super::core::Engine;
use super::manifest::Orphan;
use super::naming::label;
use super::outcome::known_health;
use super::{Stage, Task};

impl Engine {
    /// Compares the containers that are there with those that are known.
    pub(super) fn adopt(&mut self, states: &[ContainerState]) {
        let first = !self.listed;
        self.listed = true;
        self.orphans.clear();
        for task in self.tasks.values_mut() {
            for container in &mut task.containers {
                let known = container.runtime_id.is_some() && container.stage < Stage::Stopped;
                let there = |id: &str| states.iter().any(|state| state.id.as_str() == id);
                let missing = !container.runtime_id.as_deref().is_some_and(there);
                container.look |= known && (first || missing);
            }
        }
        for state in states {
            let text = |key: &str| state.labels.get(key).cloned().unwrap_or_default();
            let (arn, name) = (text(label::TASK_ARN), text(label::CONTAINER_NAME));
            let adopted = self.tasks.get_mut(&arn).is_some_and(|task| task.adopt(&name, state));
            if !adopted {
                self.orphans.insert(state.id.clone(), Orphan { task: arn, container: name });
            }
        }
    }

    /// A task that was not known has containers already: those of an earlier life of this agent.
    pub(super) fn adopt_orphans(&mut self, arn: &str) {
        let Some(task) = self.tasks.get_mut(arn) else { return };
        self.orphans.retain(|id, orphan| {
            let place = task.containers.iter_mut().find(|c| {
                orphan.task == task.arn && c.name == orphan.container && c.runtime_id.is_none()
            });
            let Some(container) = place else { return true };
            container.runtime_id = Some(id.0.clone());
            container.stage = container.stage.max(Stage::Created);
            container.look = true;
            false
        });
    }
}

impl Task {
    /// Takes a container up as its own; false when it is none of its own.
    fn adopt(&mut self, name: &str, state: &ContainerState) -> bool {
        let Some(index) = self.containers.iter().position(|c| c.name == name) else {
            return false;
        };
        let checked = self.has_health_check(index);
        let container = &mut self.containers[index];
        match &container.runtime_id {
            Some(id) if *id != state.id.0 => return false,
            Some(_) => {
                let runs = state.status.is_running();
                let verdict = state.health.as_ref().filter(|_| runs && checked);
                let same_health =
                    verdict.is_none_or(|h| known_health(h.status) == container.health.status);
                let as_known = runs == (container.stage == Stage::Running) && same_health;
                container.look |= !as_known && (runs || container.stage < Stage::Stopped);
            }
            // Its create is under way; the answer brings the id.
            None if container.doing.is_some() => {}
            None => {
                container.runtime_id = Some(state.id.0.clone());
                let done_with = container.stage == Stage::Stopped;
                container.stage = container.stage.max(Stage::Created);
                container.look = !done_with || state.status.is_running();
            }
        }
        container.find = false;
        true
    }
}
