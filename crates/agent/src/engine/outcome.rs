//! What became of a container's call, and what a container's state means.

use lifecycle::restart::{self, Decision, RestartPolicy};
use model::{DesiredStatus, HealthStatus, Timestamp};
use runtime::{ContainerState, ErrorKind, Retry, RuntimeError};

use super::container::What;
use super::context::Context;
use super::{Binding, Effect, Outcome, Stage, Task, Verb};

/// As often as a stop is tried before the container is killed, and then again before it is
/// declared stopped.
pub(super) const STOP_ATTEMPTS: u32 = 5;
/// As often as a create or start is tried that fails for a reason that may pass.
const START_ATTEMPTS: u32 = 3;

/// The verdict of the runtime's health check in ECS's words.
pub(super) fn known_health(verdict: runtime::HealthStatus) -> HealthStatus {
    match verdict {
        runtime::HealthStatus::Starting => HealthStatus::Unknown,
        runtime::HealthStatus::Healthy => HealthStatus::Healthy,
        runtime::HealthStatus::Unhealthy => HealthStatus::Unhealthy,
    }
}

impl Task {
    /// A call for a container has come to its end. One that was given up is not heard.
    pub(super) fn container_done(
        &mut self,
        index: usize,
        id: u64,
        outcome: Outcome,
        cx: &mut Context<'_>,
    ) {
        let Some(container) = self.containers.get_mut(index) else { return };
        let Some(doing) = container.doing.filter(|doing| doing.call == id) else { return };
        container.doing = None;
        match doing.what {
            What::Check => self.checked(index, outcome, cx),
            What::Pull => self.pulled(index, outcome, cx),
            What::Create => self.created(index, outcome, cx),
            What::Find => self.found(index, outcome, cx),
            What::Start => self.started(index, outcome, cx),
            What::Inspect => self.inspected(index, outcome, cx),
            What::Stop | What::Kill => self.stop_done(index, outcome, cx),
            What::Remove => self.removed(index, outcome, cx),
        }
    }

    fn created(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Created(id) => {
                container.settle();
                container.runtime_id = Some(id.0);
                container.stage = container.stage.max(Stage::Created);
            }
            Outcome::Failed(error) if may_have_worked(&error) => {
                container.find = true;
                container.retry(cx.now);
                if error.kind != ErrorKind::EngineUnreachable && container.attempts > START_ATTEMPTS
                {
                    self.stop_unstarted(index, None, Some(error.to_string()));
                }
            }
            Outcome::Failed(error) => {
                let reason = match error.kind {
                    ErrorKind::NoSuchImage => {
                        format!("CannotCreateContainerError: {}", error.message)
                    }
                    _ => error.to_string(),
                };
                self.stop_unstarted(index, None, Some(reason));
            }
            _ => {}
        }
    }

    fn found(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Found(states) => {
                container.find = false;
                if let Some(state) = states.into_iter().next() {
                    container.settle();
                    container.runtime_id = Some(state.id.0);
                    container.stage = container.stage.max(Stage::Created);
                    container.look = true;
                }
            }
            _ => container.retry(cx.now),
        }
    }

    fn started(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Failed(error) if error.kind == ErrorKind::NoSuchContainer => {
                self.vanished(index, cx);
            }
            Outcome::Failed(error) if error.kind == ErrorKind::EngineUnreachable => {
                container.look = true;
                container.retry(cx.now);
            }
            Outcome::Failed(error)
                if error.retry == Retry::Later && container.refused_starts < START_ATTEMPTS =>
            {
                container.refused_starts += 1;
                container.look = true;
                container.retry(cx.now);
            }
            Outcome::Failed(error) => self.refused_start(index, error, cx),
            _ => {
                container.refused_starts = 0;
                container.settle();
                container.look = true;
            }
        }
    }

    /// The engine would not start it, for the first time or again.
    fn refused_start(&mut self, index: usize, error: RuntimeError, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        if container.stage < Stage::Running {
            self.stop_unstarted(index, None, Some(error.to_string()));
        } else {
            let (exit_code, at) = (container.exit_code, container.finished_at);
            self.end(index, exit_code, Some(error.to_string()), at.unwrap_or(cx.now));
        }
    }

    fn inspected(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::State(state) => {
                container.settle();
                self.seen(index, &state, cx);
            }
            Outcome::Failed(error) if error.kind == ErrorKind::NoSuchContainer => {
                self.vanished(index, cx);
            }
            _ => {
                container.look = true;
                container.retry(cx.now);
            }
        }
    }

    /// Somebody else has removed the container.
    fn vanished(&mut self, index: usize, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        container.removed = true;
        if container.stage < Stage::Stopped {
            let reason = "ContainerVanishedError: No container matching saved ID found";
            self.end(index, None, Some(reason.into()), cx.now);
        }
    }

    fn stop_done(&mut self, index: usize, outcome: Outcome, cx: &mut Context<'_>) {
        let container = &mut self.containers[index];
        match outcome {
            Outcome::Failed(error) if error.kind == ErrorKind::NoSuchContainer => {
                self.vanished(index, cx);
            }
            Outcome::Failed(error) => {
                let unreachable = error.kind == ErrorKind::EngineUnreachable;
                if !unreachable && container.attempts >= 2 * STOP_ATTEMPTS {
                    self.end(index, None, Some(error.to_string()), cx.now);
                    return;
                }
                // An engine that is away says nothing about the container.
                let attempts = container.attempts;
                container.retry(cx.now);
                container.attempts = if unreachable { attempts } else { attempts + 1 };
            }
            _ => {
                container.settle();
                container.look = true;
            }
        }
    }

    /// The state of a container as it was just inspected.
    pub(super) fn seen(&mut self, index: usize, state: &ContainerState, cx: &mut Context<'_>) {
        let container = &self.containers[index];
        if state.status.is_running() {
            if container.stage == Stage::Stopped {
                let id = self.runtime_id(index);
                self.call(index, What::Kill, Verb::Kill(id), cx);
                return;
            }
            self.runs(index, state, cx);
        } else if container.stage < Stage::Stopped && state.status.is_stopped() {
            if container.stage < Stage::Running && state.started_at_ms.is_some() {
                // It ran and ended between two looks; both are told.
                self.runs(index, state, cx);
                self.report_changes(cx);
            }
            self.ended(index, state, cx);
        }
    }

    fn runs(&mut self, index: usize, state: &ContainerState, cx: &mut Context<'_>) {
        let checked = self.has_health_check(index);
        let container = &mut self.containers[index];
        let at = state.started_at_ms.map_or(cx.now, timestamp);
        container.stage = container.stage.max(Stage::Running);
        container.started_at.get_or_insert(at);
        container.run_started_at = Some(at);
        if state.status.is_running() {
            container.exit_code = None;
            container.bindings = bindings(state);
        }
        if let Some(health) = state.health.as_ref().filter(|_| checked) {
            let since = health.checked_at_ms.map_or(at, timestamp);
            self.health(index, health.status, since, cx);
        }
    }

    /// A health check came to a verdict.
    pub(super) fn health(
        &mut self,
        index: usize,
        verdict: runtime::HealthStatus,
        since: Timestamp,
        cx: &mut Context<'_>,
    ) {
        if !self.has_health_check(index) {
            return;
        }
        let status = known_health(verdict);
        let health = &mut self.containers[index].health;
        if health.status != status || health.since.is_none() {
            health.status = status;
            health.since = Some(since);
            cx.out.push(Effect::HealthChanged(self.arn.clone()));
        }
    }

    /// A container has ended by itself or was stopped: restart it in place, or let it rest.
    fn ended(&mut self, index: usize, state: &ContainerState, cx: &mut Context<'_>) {
        let finished_at = state.finished_at_ms.map_or(cx.now, timestamp);
        let exit_code = state.exit_code.unwrap_or(0);
        let stopping = self.desired == DesiredStatus::Stopped;
        let body = self.body.containers.get(index);
        let policy = body.and_then(|body| body.restart_policy.as_ref());
        let policy = policy.map(|policy| RestartPolicy {
            enabled: policy.enabled,
            ignored_exit_codes: policy.ignored_exit_codes.iter().map(|c| i64::from(*c)).collect(),
            attempt_period_ms: policy.restart_attempt_period * 1000,
        });
        let container = &mut self.containers[index];
        let run_started_at = state.started_at_ms.map(timestamp).or(container.run_started_at);
        let ran_ms = run_started_at.map_or(0, |at| finished_at.ms_since(at));
        let decision = restart::decide(&policy.unwrap_or_default(), stopping, exit_code, ran_ms);
        if decision == Decision::Restart {
            container.restart_count += 1;
            container.exit_code = Some(exit_code);
            container.finished_at = Some(finished_at);
            let id = self.runtime_id(index);
            self.call(index, What::Start, Verb::Start(id), cx);
            return;
        }
        let reason = if state.oom_killed {
            Some("OutOfMemoryError: Container killed due to memory usage".to_owned())
        } else if state.error.is_empty() {
            None
        } else {
            Some(format!("CannotStartContainerError: {}", state.error))
        };
        self.end(index, Some(exit_code), reason, finished_at);
    }

    fn end(
        &mut self,
        index: usize,
        exit_code: Option<i64>,
        reason: Option<String>,
        finished_at: Timestamp,
    ) {
        let container = &mut self.containers[index];
        container.settle();
        container.stage = Stage::Stopped;
        container.exit_code = exit_code;
        container.reason = container.reason.take().or(reason);
        container.finished_at = Some(finished_at);
    }
}

/// Whether a create that failed may have left a container behind.
fn may_have_worked(error: &RuntimeError) -> bool {
    matches!(error.kind, ErrorKind::EngineUnreachable | ErrorKind::DockerTimeout)
        || error.kind == ErrorKind::CannotCreateContainer
            && error.message.contains("already in use")
}

fn bindings(state: &ContainerState) -> Vec<Binding> {
    // Docker publishes on IPv6 besides; Amazon's agent leaves that out, too.
    let ipv4 = state.port_bindings.iter().filter(|binding| !binding.bind_ip.contains(':'));
    ipv4.map(|binding| Binding {
        bind_ip: binding.bind_ip.clone(),
        container_port: binding.container_port,
        host_port: binding.host_port,
        protocol: binding.protocol.as_str().to_owned(),
    })
    .collect()
}

pub(super) fn timestamp(ms: u64) -> Timestamp {
    Timestamp(i64::try_from(ms).unwrap_or(i64::MAX))
}
