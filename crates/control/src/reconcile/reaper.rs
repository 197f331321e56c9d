//! Forgets what is kept only for a time: STOPPED tasks, client tokens, superseded service deployments,
//! deleted task definitions, keys of session tokens, in whose place it makes new ones.

use model::{Task, Timestamp};
use store::{IdempotencyToken, Record, State, Tx};

use super::Outcome;
use crate::{Cx, authority::tokens, deployments, limits, task_definition};

fn tasks_before(cx: &Cx) -> Timestamp {
    cx.now.plus_ms(-cx.settings.stopped_task_retention_ms)
}

fn tokens_before(cx: &Cx) -> Timestamp {
    cx.now.plus_ms(-limits::TOKEN_RETENTION_MS)
}

/// When the next thing is to be forgotten.
fn next(state: &State, cx: &Cx) -> Outcome {
    let end = Timestamp(i64::MAX);
    let task = state.tasks_stopped_before(end).next().and_then(|t| t.stopped_at);
    let token = state.tokens_before(end).next().map(|t| t.created_at);
    let deployment = state.service_deployments_before(end).next().map(|d| d.created_at);
    let at = [
        deployment.map(|t| t.plus_ms(limits::SERVICE_DEPLOYMENT_RETENTION_MS + 1)),
        task.map(|t| t.plus_ms(cx.settings.stopped_task_retention_ms + 1)),
        token.map(|t| t.plus_ms(limits::TOKEN_RETENTION_MS + 1)),
        Some(tokens::rotation_due(state).unwrap_or(cx.now)),
    ];
    at.into_iter().flatten().min().map_or(Outcome::Settled, Outcome::Requeue)
}

/// The outcome when nothing is to be forgotten now.
pub fn look(state: &State, cx: &Cx) -> Option<Outcome> {
    let some = state.tasks_stopped_before(tasks_before(cx)).next().is_some()
        || state.tokens_before(tokens_before(cx)).next().is_some()
        || state.service_deployments_before(deployments::forgotten_before(cx.now)).next().is_some()
        || tokens::rotation_due(state).is_none_or(|due| due <= cx.now);
    (!some).then(|| next(state, cx))
}

/// Forgets what is due, a bounded number at a time.
pub fn run(tx: &mut Tx, cx: &mut Cx) -> Outcome {
    tokens::rotate(tx, cx);
    let tasks: Vec<_> =
        tx.tasks_stopped_before(tasks_before(cx)).take(limits::FORGET_COUNT_MAX).cloned().collect();
    for task in &tasks {
        tx.delete::<Task>(&task.key());
        task_definition::forget_unused(tx, &task.task_definition);
    }
    let client_tokens: Vec<_> =
        tx.tokens_before(tokens_before(cx)).take(limits::FORGET_COUNT_MAX).cloned().collect();
    for token in &client_tokens {
        tx.delete::<IdempotencyToken>(&token.key());
    }
    let before = deployments::forgotten_before(cx.now);
    let deployments: Vec<_> =
        tx.service_deployments_before(before).take(limits::FORGET_COUNT_MAX).cloned().collect();
    for deployment in &deployments {
        deployments::forget(tx, deployment, before);
    }
    if tasks.len() + client_tokens.len() + deployments.len() >= limits::FORGET_COUNT_MAX {
        return Outcome::Requeue(cx.now);
    }
    next(tx, cx)
}
