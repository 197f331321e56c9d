//! The record of each request in the audit log: every request passes here on its way in and out, so that
//! none is without one. A request is carried out only while records can be written.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use audit::{CallFacts, Issuer, Outcome, Parameters, Record, UserIdentity};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header::USER_AGENT, request::Parts},
    middleware::Next,
    response::Response,
};
use serde_json::Value;
use wire::{Error, ErrorCode};

use crate::{
    App,
    app::random,
    authority::{Asker, Caller, Who},
    server::{Shared, render},
};

/// The service of Longshore's own paths, as in their actions.
const OWN: &str = "longshore";

/// What is learned of a request while it is answered.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    service: &'static str,
    operation: String,
    claimed_key: Option<String>,
    asker: Option<Arc<Asker>>,
    body: Bytes,
}

/// What an answer was made of; it goes along with the answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The id that goes out with it.
    pub request_id: String,
    /// The body of an output, or a refusal or failure.
    pub made_of: Result<Bytes, Arc<Error>>,
}

impl Notes {
    /// Those of a request. Where none are kept, as in tests, what is noted is forgotten.
    pub fn of(request: &Parts) -> Notes {
        request.extensions.get::<Notes>().cloned().unwrap_or_default()
    }

    fn noted(&self) -> std::sync::MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was called: `ecs`, `RunTask`.
    pub fn call(&self, service: &'static str, operation: &str, body: &Bytes) {
        let mut noted = self.noted();
        noted.service = service;
        operation.clone_into(&mut noted.operation);
        noted.body = body.clone();
    }

    /// An action of Longshore's own, or of a socket: `longshore:GetWaiting`.
    pub fn action(&self, action: &'static str) {
        let (service, operation) = action.split_once(':').unwrap_or((OWN, action));
        self.call(service, operation, &Bytes::new());
    }

    /// The key that the caller says is its own.
    pub fn claims(&self, access_key_id: &str) {
        self.noted().claimed_key = Some(access_key_id.to_owned());
    }

    /// Who called, once that is verified.
    pub fn by(&self, asker: &Arc<Asker>) {
        self.noted().asker = Some(asker.clone());
    }
}

/// Answers a request and records it; the answer goes out when the record is written.
pub(crate) async fn record(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    // A caller that hangs up ends its request, not what the request has begun, and not the record of it.
    let answered = tokio::spawn(answered(shared.app, request, next));
    answered.await.unwrap_or_else(|_| {
        let why = "The request could not be carried out because of a fault here.";
        render(Err(Error::new(ErrorCode::Server, why)))
    })
}

async fn answered(app: Arc<App>, mut request: Request, next: Next) -> Response {
    if app.audit.check().await.is_err() {
        return render(Err(unrecorded()));
    }
    let notes = Notes::default();
    request.extensions_mut().insert(notes.clone());
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let source_ip = connection.map(|it| it.0.ip().to_canonical().to_string());
    let user_agent = user_agent(request.headers());
    let response = next.run(request).await;
    let origin = (source_ip.unwrap_or_default(), user_agent);
    // A body cannot be shared with another thread, so what is recorded is taken out before.
    let answer = response.extensions().get::<Answer>().cloned();
    match write(&app, &notes, &origin, answer).await {
        Ok(()) => response,
        Err(error) => {
            tracing::error!(%error, "a call has no record");
            render(Err(unrecorded()))
        }
    }
}

fn unrecorded() -> Error {
    Error::new(ErrorCode::Server, "The audit log cannot be written, so no call is answered.")
}

fn user_agent(headers: &HeaderMap) -> String {
    let value = headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

async fn write(
    app: &App,
    notes: &Notes,
    (source_ip, user_agent): &(String, String),
    answer: Option<Answer>,
) -> Result<(), audit::Error> {
    let noted = std::mem::take(&mut *notes.noted());
    // What names no operation, such as `/health`, is no call.
    if noted.operation.is_empty() {
        return Ok(());
    }
    let home = &app.settings.home;
    let request_id = answer.as_ref().map_or("", |answer| &answer.request_id);
    let outcome = match answer.as_ref().map(|answer| &answer.made_of) {
        // What our own paths answer has tokens and keys in it.
        Some(Ok(body)) if noted.service != OWN => Outcome::Answered(as_json(body)),
        Some(Err(error)) => Outcome::Failed { code: error.code.name(), message: &error.message },
        Some(Ok(_)) | None => Outcome::Answered(Parameters::None),
    };
    let caller = noted.asker.as_ref().map(|asker| &asker.caller);
    // Whoever is not known must not fill the log. What IAM and STS are asked has capital letters.
    let parameters = match noted.service {
        "ecs" | OWN => Some(as_json(&noted.body)),
        _ => serde_json::from_slice(&noted.body).ok().map(|it: Value| Parameters::of(&it)),
    };
    let role_arn = caller.map_or_else(String::new, |caller| caller.principal_arn(home));
    let bytes = random();
    let facts = CallFacts {
        at: app.now(),
        event_id: u128::from_ne_bytes(*bytes.first_chunk().expect("invariant: 32 bytes")),
        request_id,
        service: noted.service,
        operation: &noted.operation,
        region: &home.region,
        account: &home.account,
        identity: caller.map_or_else(
            || UserIdentity::unknown(noted.claimed_key.as_deref()),
            |caller| identity(caller, &home.account, &role_arn),
        ),
        source_ip,
        user_agent,
        request: parameters.filter(|_| caller.is_some()).unwrap_or(Parameters::None),
        outcome,
        checks: noted.asker.as_ref().map_or_else(Vec::new, |asker| asker.take_checks()),
    };
    app.audit.write(&Record::of_call(facts)).await
}

fn as_json(body: &Bytes) -> Parameters<'_> {
    if body.is_empty() { Parameters::None } else { Parameters::Json(body) }
}

fn identity<'a>(caller: &'a Caller, account: &'a str, principal_arn: &'a str) -> UserIdentity<'a> {
    let key = &caller.access_key_id;
    let began_at = caller.claims().map(|claims| claims.issued_at);
    let identity = match &caller.who {
        Who::Root => UserIdentity::root(account, key),
        Who::User(user) => UserIdentity::user(account, &caller.arn, &user.id, &user.name, key),
        Who::Role { role, session_name } => {
            let issuer = Issuer::role(account, principal_arn, &role.id, &role.name);
            let at = began_at.unwrap_or_default();
            return UserIdentity::assumed_role(issuer, session_name, &caller.arn, key, at);
        }
    };
    match began_at {
        Some(at) => identity.with_session(at),
        None => identity,
    }
}
