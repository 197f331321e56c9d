//! What to do next for a task: every decision about a container that is not an answer to a call.

use lifecycle::order::Gate;
use model::{DesiredStatus, Timestamp};
use runtime::ContainerId;

use super::container::{Doing, What};
use super::context::Context;
use super::{Stage, Target, Task, Verb, naming, spec};

/// The exit code of a container that never ran because of another one, as Amazon's agent has it.
const NEVER_STARTED: i64 = 143;

impl Task {
    /// Does whatever can be done now.
    pub(super) fn advance(&mut self, cx: &mut Context<'_>) {
        if !self.admitted && self.desired == DesiredStatus::Running {
            self.report_changes(cx);
            return;
        }
        loop {
            self.notice_essential_exit(cx);
            let stopping = self.desired == DesiredStatus::Stopped;
            let volumes_ready = stopping || self.volumes_ready(cx);
            let mut moved = false;
            for index in 0..self.containers.len() {
                moved |= if stopping {
                    self.bring_down(index, cx)
                } else {
                    self.bring_up(index, volumes_ready, cx)
                };
            }
            if !moved {
                break;
            }
        }
        if self.is_stopped() && self.stopped_at.is_none() {
            self.stopped_at = Some(cx.now);
        }
        self.report_changes(cx);
        self.clean_up(cx);
    }

    /// The task ends with the first of its essential containers.
    fn notice_essential_exit(&mut self, cx: &mut Context<'_>) {
        let ended = self.containers.iter().filter(|c| c.essential && c.stage == Stage::Stopped);
        let Some(at) = ended.map(|c| c.finished_at).min() else { return };
        if self.want_stopped() {
            self.execution_stopped_at = at.or(self.execution_stopped_at);
            cx.out.save(&self.arn);
        }
    }

    /// Whether a container may start, as things are.
    pub(super) fn gate(&self, name: &str, now: Timestamp) -> Gate {
        self.order.gate(name, |other| self.progress(other), now)
    }

    fn progress(&self, name: &str) -> lifecycle::order::Progress {
        let found = self.containers.iter().find(|c| c.name == name);
        found.map(super::Container::progress).unwrap_or_default()
    }

    /// One step up; true when that was a change without a call, so that others may move, too.
    fn bring_up(&mut self, index: usize, volumes_ready: bool, cx: &mut Context<'_>) -> bool {
        let container = &self.containers[index];
        if container.must_wait(cx.now) || self.look(index, cx) {
            return false;
        }
        match self.containers[index].stage {
            Stage::Fresh => match self.gate(&self.containers[index].name.clone(), cx.now) {
                Gate::Open if self.containers[index].find => self.find(index, cx),
                Gate::Open => self.get_image(index, cx),
                Gate::Waiting { .. } => {}
                Gate::Failed(why) => {
                    let reason = format!("CannotStartContainerError: {why}");
                    self.stop_unstarted(index, Some(NEVER_STARTED), Some(reason));
                    return true;
                }
            },
            Stage::Pulled if self.containers[index].find => self.find(index, cx),
            Stage::Pulled if volumes_ready => return self.create(index, cx),
            Stage::Created => {
                let id = self.runtime_id(index);
                self.call(index, What::Start, Verb::Start(id), cx);
            }
            Stage::Pulled | Stage::Running | Stage::Stopped => {}
        }
        false
    }

    /// One step down; true when that was a change without a call, so that others may move, too.
    fn bring_down(&mut self, index: usize, cx: &mut Context<'_>) -> bool {
        let container = &mut self.containers[index];
        let getting_image =
            container.doing.is_some_and(|d| matches!(d.what, What::Check | What::Pull));
        if getting_image {
            container.doing = None;
        }
        if matches!(container.stage, Stage::Fresh | Stage::Pulled) && !container.find {
            container.retry_at = None;
        }
        if container.must_wait(cx.now) || self.look(index, cx) {
            return false;
        }
        let container = &self.containers[index];
        match container.stage {
            Stage::Fresh | Stage::Pulled if container.find => self.find(index, cx),
            Stage::Fresh | Stage::Pulled | Stage::Created => {
                self.stop_unstarted(index, None, None);
                return true;
            }
            Stage::Running => {
                let name = container.name.clone();
                if self.order.may_stop(&name, |other| self.progress(other)) {
                    self.stop(index, cx);
                }
            }
            Stage::Stopped => {}
        }
        false
    }

    fn stop(&mut self, index: usize, cx: &mut Context<'_>) {
        let id = self.runtime_id(index);
        let own_ms = self.body.containers.get(index).map_or(0, |c| c.stop_timeout * 1000);
        let timeout_ms = if own_ms > 0 { own_ms } else { cx.settings.stop_timeout_ms };
        if self.containers[index].attempts < super::outcome::STOP_ATTEMPTS {
            self.call(index, What::Stop, Verb::Stop { id, timeout_ms }, cx);
        } else {
            self.call(index, What::Kill, Verb::Kill(id), cx);
        }
    }

    /// Inspects a container about which something may have happened; true when it does.
    fn look(&mut self, index: usize, cx: &mut Context<'_>) -> bool {
        let container = &mut self.containers[index];
        let wanted = std::mem::take(&mut container.look) && container.runtime_id.is_some();
        if wanted {
            let id = self.runtime_id(index);
            self.call(index, What::Inspect, Verb::Inspect(id), cx);
        }
        wanted
    }

    fn find(&mut self, index: usize, cx: &mut Context<'_>) {
        let instance = &cx.settings.container_instance_arn;
        let labels = naming::of_container(instance, &self.arn, &self.containers[index].name);
        self.call(index, What::Find, Verb::Find(labels), cx);
    }

    /// True when there can be no such container.
    fn create(&mut self, index: usize, cx: &mut Context<'_>) -> bool {
        match spec::of_container(cx.settings, self, index) {
            Ok(spec) => {
                self.call(index, What::Create, Verb::Create(Box::new(spec)), cx);
                false
            }
            Err(reason) => {
                self.stop_unstarted(index, None, Some(reason));
                true
            }
        }
    }

    /// A container that never ran is done with.
    pub(super) fn stop_unstarted(
        &mut self,
        index: usize,
        exit_code: Option<i64>,
        reason: Option<String>,
    ) {
        let container = &mut self.containers[index];
        container.settle();
        container.stage = Stage::Stopped;
        container.exit_code = exit_code;
        container.reason = container.reason.take().or(reason);
    }

    pub(super) fn call(&mut self, index: usize, what: What, verb: Verb, cx: &mut Context<'_>) {
        let target = Target::Container { task: self.arn.clone(), index };
        let call = cx.out.call(target, verb);
        self.containers[index].doing = Some(Doing { call, what });
    }

    pub(super) fn runtime_id(&self, index: usize) -> ContainerId {
        let id = self.containers[index].runtime_id.clone();
        ContainerId(id.expect("invariant: a container that was created has an id"))
    }
}
