//! Taking away what a stopped task has left behind, once its time has come and the control plane
//! knows that it has stopped.

use model::{TaskStatus, Timestamp};
use runtime::ErrorKind;

use super::container::What;
use super::context::Context;
use super::{Outcome, Settings, Target, Task, Verb};

impl Task {
    /// When the containers are to be removed; `None` while the task runs or the control plane does
    /// not know that it has stopped.
    pub(super) fn cleanup_at(&self, settings: &Settings) -> Option<Timestamp> {
        let told = self.reported == Some(TaskStatus::Stopped) && self.outbox.is_empty();
        self.stopped_at.filter(|_| told).map(|at| at.plus_ms(settings.cleanup_after_ms))
    }

    /// Whether nothing is left of the task but its entry here.
    pub(super) fn is_clean(&self, settings: &Settings, now: Timestamp) -> bool {
        self.cleanup_at(settings).is_some_and(|at| now >= at)
            && self.containers.iter().all(|c| c.doing.is_none() && !holds(c))
            && self.volumes.iter().all(|v| v.shared || v.removed)
    }

    /// Removes the containers, then the volumes.
    pub(super) fn clean_up(&mut self, cx: &mut Context<'_>) {
        if self.cleanup_at(cx.settings).is_none_or(|at| cx.now < at) {
            return;
        }
        let mut busy = false;
        for index in 0..self.containers.len() {
            let container = &self.containers[index];
            busy |= holds(container) || container.doing.is_some();
            if holds(container) && !container.must_wait(cx.now) {
                let id = self.runtime_id(index);
                self.call(index, What::Remove, Verb::Remove(id), cx);
            }
        }
        if busy {
            return;
        }
        for (index, volume) in self.volumes.iter_mut().enumerate() {
            let waits = volume.doing.is_some() || volume.retry_at.is_some_and(|at| at > cx.now);
            if !volume.shared && !volume.removed && !waits {
                let target = Target::Volume { task: self.arn.clone(), index };
                let verb = Verb::RemoveVolume(volume.docker_name.clone());
                volume.doing = Some(cx.out.call(target, verb));
            }
        }
    }

    pub(super) fn removed(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Failed(error) if error.kind != ErrorKind::NoSuchContainer => {
                tracing::warn!(task = self.arn, %error, "a container cannot be removed yet");
                container.retry(cx.now);
            }
            _ => {
                container.settle();
                container.removed = true;
            }
        }
    }
}

fn holds(container: &super::Container) -> bool {
    container.runtime_id.is_some() && !container.removed
}
