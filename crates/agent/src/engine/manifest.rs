//! Full synchronisation: what the control plane believes to be here against what is here.
//!
//! Nothing is stopped or removed for one list alone. Whatever is here and not in the list is asked
//! about, and only what the control plane names again goes.

use std::collections::BTreeSet;

use model::DesiredStatus;

use super::core::Engine;
use super::{Effect, Target, Verb};

/// A task in a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// The task's ARN.
    pub task: String,
    /// Whether it is to run.
    pub is_to_run: bool,
}

/// A container that carries our label and belongs to no task that we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Orphan {
    pub(super) task: String,
    pub(super) container: String,
}

impl Engine {
    /// The tasks, and the tasks of orphans, that are not in the list; `None` for a list that is
    /// older than something already seen.
    pub(super) fn candidates(
        &mut self,
        timeline: i64,
        tasks: &[Identified],
    ) -> Option<Vec<String>> {
        if timeline <= self.watermark {
            tracing::info!(timeline, newest = self.watermark, "an old manifest is dropped");
            return None;
        }
        self.watermark = timeline;
        let wanted: BTreeSet<&str> =
            tasks.iter().filter(|task| task.is_to_run).map(|task| task.task.as_str()).collect();
        let running = self.tasks.values().filter(|task| task.desired == DesiredStatus::Running);
        let here = running.map(|task| &task.arn);
        let orphans = self.orphans.values().map(|orphan| &orphan.task);
        let candidates: BTreeSet<&String> =
            here.chain(orphans).filter(|arn| !wanted.contains(arn.as_str())).collect();
        Some(candidates.into_iter().cloned().collect())
    }

    /// Removes the orphans of tasks that must go; returns the effects.
    pub(super) fn remove_orphans(&mut self, tasks: &BTreeSet<String>) -> Vec<Effect> {
        let gone: Vec<_> = self
            .orphans
            .iter()
            .filter(|(_, orphan)| tasks.contains(&orphan.task))
            .map(|(id, _)| id.clone())
            .collect();
        let mut effects = Vec::new();
        for id in gone {
            self.next_call += 1;
            let verb = Verb::Remove(id.clone());
            let target = Target::Orphan(id);
            effects.push(Effect::Call(super::Call { id: self.next_call, target, verb }));
        }
        effects
    }
}
