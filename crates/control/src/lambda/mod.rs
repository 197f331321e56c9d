//! Lifecycle hooks that are Lambda functions: they are called when the state says that their time has
//! come, and what they answer is committed.
//!
//! What is to be called stands in the store, so a restart forgets nothing: a call whose answer was not
//! committed is made again. A function is called at least once.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html>

mod payload;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use arn::{ClusterName, ServiceName};
use client::{CallError, Invoked, Lambda};
use model::{Service, Timestamp};
use rollout::HookAnswer;
use store::{Change, Commit, State, Tx};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{Cx, app::App, events, limits};

/// The longest wait without a look at the clock, should it jump.
const WAIT_MAX: Duration = Duration::from_mins(1);
/// How long after no answer, or IN_PROGRESS without more, a function is called again.
const ASK_AGAIN_MS: i64 = 30_000;

/// A run of a hook.
type RunKey = (ClusterName, ServiceName, String);

/// Calls functions until the store closes or `shutdown` is called.
pub async fn drive(app: Arc<App>, shutdown: CancellationToken) {
    let mut feed = app.store.subscribe();
    let mut agenda = Agenda::default();
    agenda.note_all(&app.store.snapshot());
    let Some(lambda) = lambda(&app) else {
        if !agenda.due.is_empty() {
            tracing::warn!(
                "lifecycle hooks wait for Lambda functions, and --lambda-endpoint is not set"
            );
        }
        return;
    };
    let mut calls = JoinSet::new();
    loop {
        for key in agenda.take(app.now(), limits::LAMBDA_CALL_COUNT_MAX) {
            let (app, lambda) = (app.clone(), lambda.clone());
            calls.spawn(async move {
                ask(&app, &lambda, &key).await;
                key
            });
        }
        let wait = agenda.wait(app.now());
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
            Some(Ok(key)) = calls.join_next() => agenda.done(&app.store.snapshot(), &key),
            commit = feed.recv() => match commit {
                None => return,
                Some(Ok(commit)) => agenda.note(&commit),
                Some(Err(_)) => agenda.note_all(&app.store.snapshot()),
            }
        }
    }
}

fn lambda(app: &App) -> Option<Lambda> {
    let url = app.settings.lambda_endpoint.as_deref()?;
    let credentials = sigv4::Credentials {
        access_key_id: app.keys.root.access_key_id.clone(),
        secret_access_key: app.keys.root.secret_access_key.clone(),
        session_token: None,
    };
    let region = app.settings.home.region.clone();
    let made = Lambda::new(url, credentials, region, "longshore");
    made.inspect_err(|error| tracing::error!(%error, "lifecycle hooks cannot be called")).ok()
}

/// What is to be called when.
#[derive(Debug, Default)]
struct Agenda {
    due: BTreeMap<RunKey, Timestamp>,
    under_way: BTreeSet<RunKey>,
}

impl Agenda {
    fn note_all(&mut self, state: &State) {
        self.due.clear();
        state.services().iter().for_each(|service| self.note_service(service));
    }

    fn note(&mut self, commit: &Commit) {
        for change in &commit.changes {
            if let Change::Service(changed) = change {
                self.due.retain(|key, _| (&key.0, &key.1) != (&changed.key.0, &changed.key.1));
                if let Some(service) = &changed.new {
                    self.note_service(service);
                }
            }
        }
    }

    fn note_service(&mut self, service: &Service) {
        let runs = service.shifting().into_iter().flat_map(|it| &it.shift.hook_runs);
        for run in runs.filter(|run| run.is_open()) {
            let key = (service.cluster.clone(), service.name.clone(), run.id.clone());
            if let Some(at) = run.invoke_at.filter(|_| !self.under_way.contains(&key)) {
                self.due.insert(key, at);
            }
        }
    }

    /// Takes what is to be called at `now`, so that no more than `count_max` calls are under way.
    fn take(&mut self, now: Timestamp, count_max: usize) -> Vec<RunKey> {
        let room = count_max.saturating_sub(self.under_way.len());
        let come = self.due.iter().filter(|(_, at)| **at <= now).take(room);
        let come: Vec<RunKey> = come.map(|(key, _)| key.clone()).collect();
        for key in &come {
            self.due.remove(key);
            self.under_way.insert(key.clone());
        }
        come
    }

    fn done(&mut self, state: &State, key: &RunKey) {
        self.under_way.remove(key);
        if let Some(service) = state.services().get(&(key.0.clone(), key.1.clone())) {
            self.note_service(service);
        }
    }

    fn wait(&self, now: Timestamp) -> Duration {
        // What is due already waits for a call to end.
        let next = self.due.values().map(|at| at.ms_since(now)).filter(|ms| *ms > 0).min();
        next.map_or(WAIT_MAX, |ms| Duration::from_millis(ms as u64).min(WAIT_MAX))
    }
}

/// Calls a function and commits what it answers.
async fn ask(app: &App, lambda: &Lambda, key: &RunKey) {
    let asked = {
        let state = app.store.snapshot();
        let service = state.services().get(&(key.0.clone(), key.1.clone())).cloned();
        service.and_then(|service| payload::question(app, &service, &key.2))
    };
    let Some(question) = asked else { return };
    let body = question.body.to_string().into_bytes();
    let invoked = lambda.invoke(&question.function_arn, body, limits::LAMBDA_CALL_MAX).await;
    let (answer, trouble) = answer(invoked, &question);
    let (own, mut cx) = (key.clone(), app.own_cx());
    let told = app.store.update(move |tx| {
        if let Some(service) = tx.services().get(&(own.0, own.1)).cloned() {
            let mut service = Service::clone(&service);
            if is_open(&service, &own.2) {
                tell(tx, &mut cx, &mut service, &question.function_arn, trouble.as_deref());
            }
            let told = rollout::answer_hook(&mut service, &own.2, answer, cx.now);
            events::add(tx, &mut cx, &mut service, told);
            tx.put(service);
        }
        Ok::<(), ()>(())
    });
    if told.await.is_err() {
        tracing::error!(
            hook = key.2,
            "the answer of a Lambda function was not taken; it is asked again"
        );
        tokio::time::sleep(Duration::from_millis(limits::RECONCILE_RETRY_MS as u64)).await;
    }
}

/// What the deployment is told, and what went wrong with the call, if anything. Where nobody answers,
/// the question is put again until the hook's time is up; an answer that is none takes the deployment
/// back.
fn answer(
    invoked: Result<Invoked, CallError>,
    question: &payload::Question,
) -> (HookAnswer, Option<String>) {
    let (answer, trouble) = match invoked {
        Ok(Invoked::Answered(body)) => {
            match payload::answer(&body, &question.body["hookDetails"]) {
                Ok(answer) => return (answer, None),
                Err(why) => (HookAnswer::Failed, format!("its answer cannot be used: {why}")),
            }
        }
        Ok(Invoked::Failed(why)) => (HookAnswer::Failed, format!("it failed: {why}")),
        Err(error) => {
            let again = HookAnswer::InProgress { ask_again_ms: ASK_AGAIN_MS, details: None };
            let why = match error {
                CallError::Transport(why) => why,
                CallError::Api(error) => error.to_string(),
            };
            (again, format!("it was not reached, and is asked again: {why}"))
        }
    };
    let trouble: String = trouble.chars().take(limits::REASON_LEN_MAX).collect();
    tracing::warn!(function = question.function_arn, trouble, "a lifecycle hook has trouble");
    (answer, Some(trouble))
}

/// Says what went wrong with a function; the same again, one call after the other, is said once.
fn tell(tx: &mut Tx, cx: &mut Cx, service: &mut Service, function: &str, trouble: Option<&str>) {
    let Some(trouble) = trouble else { return };
    let message = format!("(service {}) lifecycle hook {function}: {trouble}.", service.name);
    let key = (service.cluster.clone(), service.name.clone());
    let newest = tx.service_events().scan(&key).next_back().map(|event| event.message.clone());
    if newest.as_ref() != Some(&message) {
        events::add(tx, cx, service, vec![message]);
    }
}

fn is_open(service: &Service, id: &str) -> bool {
    let mut runs = service.service_deployment.iter().flat_map(|it| &it.shift.hook_runs);
    runs.any(|run| run.id == id && run.is_open())
}
