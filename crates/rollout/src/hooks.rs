//! Runs of lifecycle hooks: they are opened when their stage begins, and answered from outside.
//!
//! A stage ends when all of its runs have succeeded. One that fails, or whose time is up and whose
//! timeout action is ROLLBACK, takes the whole deployment back, whatever the others say.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html>

use alloc::{format, string::String, vec::Vec};
use model::{
    FailureCause, HookRun, HookTarget, LifecycleHookAction, LifecycleHookStatus, LifecycleStage,
    Service, ServiceDeployment, Timestamp,
};

use crate::fail_deployment;

/// What somebody says about a run of a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookAnswer {
    /// The deployment may go on.
    Succeeded,
    /// The deployment is to go back.
    Failed,
    /// Not yet; ask again.
    InProgress {
        /// After so long, in milliseconds.
        ask_again_ms: i64,
        /// With these `hookDetails`, as JSON, instead of the ones of the last question.
        details: Option<String>,
    },
}

/// Answers the open run `id` of the service's newest service deployment. A run that is not open any
/// more, or not known, is left as it is: the answer came too late. Returns service events.
///
/// A failed run takes the deployment back at once, unless it goes back already.
pub fn answer_hook(
    service: &mut Service,
    id: &str,
    answer: HookAnswer,
    now: Timestamp,
) -> Vec<String> {
    let Some(it) = service.shifting_mut() else { return Vec::new() };
    let is_going_back = it.rollback.is_some();
    let mut runs = it.shift.hook_runs.iter_mut();
    let Some(run) = runs.find(|run| run.id == id && run.is_open()) else { return Vec::new() };
    run.invoke_at = None;
    it.updated_at = now;
    match answer {
        HookAnswer::Succeeded => run.status = LifecycleHookStatus::Succeeded,
        HookAnswer::Failed => {
            run.status = LifecycleHookStatus::Failed;
            if !is_going_back {
                return fail_deployment(service, FailureCause::LifecycleHook, true, now);
            }
        }
        HookAnswer::InProgress { ask_again_ms, details: new } => {
            run.invoke_at = Some(now.plus_ms(ask_again_ms));
            if let (HookTarget::AwsLambda { details, .. }, Some(new)) = (&mut run.target, new) {
                *details = Some(new);
            }
        }
    }
    Vec::new()
}

/// Opens a run of each hook of the stages that begin. Runs of earlier stages are forgotten, if there
/// is any new one.
pub(crate) fn open(it: &mut ServiceDeployment, stages: &[LifecycleStage], now: Timestamp) {
    let mut opened = Vec::new();
    for stage in stages {
        for hook in &it.configuration.lifecycle_hooks {
            if !hook.stages.contains(stage) {
                continue;
            }
            it.shift.hook_run_count += 1;
            let (kind, status, invoke_at) = match hook.target {
                HookTarget::Pause => ("pause", LifecycleHookStatus::AwaitingAction, None),
                HookTarget::AwsLambda { .. } => {
                    ("lambda", LifecycleHookStatus::InProgress, Some(now))
                }
            };
            opened.push(HookRun {
                id: format!("ecs-{kind}-{}-{}", it.id, it.shift.hook_run_count),
                stage: *stage,
                target: hook.target.clone(),
                status,
                expires_at: now.plus_minutes(hook.timeout_minutes),
                timeout_action: hook.timeout_action,
                invoke_at,
            });
        }
    }
    if !opened.is_empty() {
        it.shift.hook_runs = opened;
    }
}

/// Ends the runs whose time is up.
pub(crate) fn expire(it: &mut ServiceDeployment, now: Timestamp) {
    for run in it.shift.hook_runs.iter_mut().filter(|run| run.is_open()) {
        if run.expires_at <= now {
            run.status = LifecycleHookStatus::TimedOut;
            run.invoke_at = None;
            it.updated_at = now;
        }
    }
}

/// Ends the open runs of a deployment that goes back or ends.
pub(crate) fn close(it: &mut ServiceDeployment) {
    for run in it.shift.hook_runs.iter_mut().filter(|run| run.is_open()) {
        run.status = LifecycleHookStatus::Failed;
        run.invoke_at = None;
    }
}

/// Whether a run that ended takes the deployment back.
pub(crate) fn takes_back(run: &HookRun) -> bool {
    match run.status {
        LifecycleHookStatus::Failed => true,
        LifecycleHookStatus::TimedOut => run.timeout_action == LifecycleHookAction::Rollback,
        LifecycleHookStatus::AwaitingAction
        | LifecycleHookStatus::InProgress
        | LifecycleHookStatus::Succeeded => false,
    }
}
