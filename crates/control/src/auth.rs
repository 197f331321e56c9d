//! Who calls: signatures against the keys that this control plane knows, those of the account itself, of
//! users, and of sessions.

use std::{net::SocketAddr, sync::Arc};

use access::Own;
use axum::{
    extract::ConnectInfo,
    http::{header::USER_AGENT, request::Parts},
};
use model::{TaskStatus, iam::SessionOf};
use sigv4::{Claim, Endpoint, KeyRecord, PayloadHash, RequestParts};
use store::State;
use wire::{Error, ErrorCode};

use crate::{
    App,
    authority::{Asker, Caller, Origin, Session, Who, caller, secrets, tokens},
    hosts::{self, guard},
    record::Notes,
};

/// The services whose operations are served; clients sign for one.
const SERVICES: [&str; 3] = ["ecs", "iam", "sts"];

/// The region that clients of IAM sign for, wherever they are.
const GLOBAL_REGION: &str = "us-east-1";

/// Verifies the signature of a request, and tells whose it is.
///
/// # Errors
/// AWS's own for what is wrong with a signature, a key or a token.
pub fn authenticate(app: &App, request: &Parts, body: &[u8]) -> Result<Arc<Asker>, Error> {
    let headers = headers_of(request);
    let parts = parts_of(request, &headers);
    let claim = sigv4::parse(&parts).map_err(|e| refused(&e))?;
    let notes = Notes::of(request);
    notes.claims(&claim.access_key_id);
    let state = app.store.snapshot();
    let (caller, secret) = find(app, &state, &claim)?;
    let session = caller.session.as_deref();
    let record = KeyRecord {
        secret_access_key: &secret,
        session_token: session.map(|session| session.token.as_str()),
        expires_at_ms: session.map(|session| session.claims.expires_at.0),
    };
    let now = app.now();
    claim
        .verify(&parts, PayloadHash::of(body), &record, &endpoint(app, &claim), now.0)
        .map_err(|e| refused(&e))?;
    let connection = request.extensions.get::<ConnectInfo<SocketAddr>>();
    let user_agent = request.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
    let origin = Origin {
        source_ip: connection.map(|connection| connection.0.ip()),
        user_agent: user_agent.map(Into::into),
        at: now,
    };
    let home = app.settings.home.clone();
    let asker = Arc::new(Asker::new(caller, origin, home, app.authority.clone()));
    notes.by(&asker);
    Ok(asker)
}

/// Verifies the signature of a request by a key that only its path knows; the public half of it.
///
/// # Errors
/// AWS's own for what is wrong with a signature or a key.
pub fn verified(
    app: &App,
    request: &Parts,
    body: &[u8],
    secret: impl FnOnce(&str) -> Option<String>,
) -> Result<String, Error> {
    let headers = headers_of(request);
    let parts = parts_of(request, &headers);
    let claim = sigv4::parse(&parts).map_err(|e| refused(&e))?;
    Notes::of(request).claims(&claim.access_key_id);
    let secret = secret(&claim.access_key_id);
    let secret = secret.ok_or_else(|| refused(&sigv4::Error::UnrecognizedClient))?;
    let record = KeyRecord { secret_access_key: &secret, session_token: None, expires_at_ms: None };
    let endpoint = endpoint(app, &claim);
    claim
        .verify(&parts, PayloadHash::of(body), &record, &endpoint, app.now().0)
        .map_err(|e| refused(&e))?;
    Ok(claim.access_key_id)
}

fn headers_of(request: &Parts) -> Vec<(&str, &[u8])> {
    request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
}

fn parts_of<'a>(request: &'a Parts, headers: &'a [(&'a str, &'a [u8])]) -> RequestParts<'a> {
    RequestParts {
        method: request.method.as_str(),
        path: request.uri.path(),
        query: request.uri.query().unwrap_or_default(),
        headers,
    }
}

/// Verifies a request on a path of Longshore's own, and that its caller may make it.
///
/// # Errors
/// As [`authenticate`], and `AccessDeniedException`.
pub fn admit(app: &App, request: &Parts, body: &[u8], own: Own<'_>) -> Result<Arc<Asker>, Error> {
    Notes::of(request).action(own.action());
    let asker = authenticate(app, request, body)?;
    asker.admit(&app.store.snapshot(), |facts, home| own.asks(facts, home))?;
    Ok(asker)
}

/// Where the request says that it arrived, if that is here.
fn endpoint<'a>(app: &'a App, claim: &Claim) -> Endpoint<'a> {
    let service = SERVICES.into_iter().find(|service| *service == claim.scope.service);
    let service = service.unwrap_or(SERVICES[0]);
    let region = if service == "ecs" || claim.scope.region != GLOBAL_REGION {
        &app.settings.home.region
    } else {
        GLOBAL_REGION
    };
    Endpoint::new(region, service)
}

/// Whose a key is, and its secret half.
fn find(app: &App, state: &State, claim: &Claim) -> Result<(Caller, String), Error> {
    let id = &claim.access_key_id;
    let home = &app.settings.home;
    let unknown = || refused(&sigv4::Error::UnrecognizedClient);
    if let Some(token) = &claim.security_token {
        let session = session(app, state, id, token)?;
        let secret = session.secret_access_key.clone();
        let who = holder(state, &session).ok_or_else(unknown)?;
        return Ok((Caller::new(who, home, id.clone(), Some(session)), secret));
    }
    let long_term =
        |who, secret: &str| (Caller::new(who, home, id.clone(), None), secret.to_owned());
    let keys = &app.keys;
    if keys.root.access_key_id == *id {
        return Ok(long_term(Who::Root, &keys.root.secret_access_key));
    }
    if keys.agent.access_key_id == *id {
        let role = caller::role(state, hosts::INSTANCE_ROLE).ok_or_else(unknown)?;
        let who = Who::Role { role, session_name: "agent".into() };
        return Ok(long_term(who, &keys.agent.secret_access_key));
    }
    let key = state.access_keys().get(id).filter(|key| key.is_active).ok_or_else(unknown)?;
    let user = caller::user(state, &key.user).ok_or_else(unknown)?;
    let secret = secrets::open(&app.settings.vault, &key.id, &key.secret).ok_or_else(unknown)?;
    Ok(long_term(Who::User(user), &secret))
}

/// The session of a token, which must not be over.
fn session(app: &App, state: &State, id: &str, token: &str) -> Result<Arc<Session>, Error> {
    let invalid = || {
        Error::new(
            ErrorCode::UnrecognizedClient,
            "The security token included in the request is invalid.",
        )
    };
    let opened = app.authority.session(id, token);
    let session = opened.map_or_else(|| open(app, state, id, token).ok_or_else(invalid), Ok)?;
    let host = session.claims.host.as_deref();
    if host.is_some_and(|host| guard::is_revoked(state, host)) {
        return Err(Error::new(
            ErrorCode::UnrecognizedClient,
            "The security token included in the request is invalid: the key of its host was taken back.",
        ));
    }
    if is_over_with_task(app, state, &session) {
        return Err(Error::new(
            ErrorCode::ExpiredToken,
            "The security token included in the request is expired: the task that it was made for has stopped.",
        ));
    }
    Ok(session)
}

/// Opens a token, and keeps what is in it for the calls to come, where that cannot change.
fn open(app: &App, state: &State, id: &str, token: &str) -> Option<Arc<Session>> {
    let session = Arc::new(tokens::open(state, &app.settings.vault, id, token)?);
    // A managed policy among its own is what it is when it is asked.
    if session.claims.policy_arns.is_empty() {
        app.authority.keep_session(id, session.clone());
    }
    Some(session)
}

/// Whether it was the session of a task that has stopped.
fn is_over_with_task(app: &App, state: &State, session: &Session) -> bool {
    let Some(task) = &session.claims.task else { return false };
    let task = match app.settings.home.parse(task) {
        Ok(arn::Resource::Task(Some(cluster), id)) => state.tasks().get(&(cluster, id)),
        _ => None,
    };
    task.is_none_or(|task| task.last_status >= TaskStatus::Stopped)
}

/// Whose a session is; nobody's, once the user or role is deleted, also if there is another of its name.
fn holder(state: &State, session: &Session) -> Option<Who> {
    if tokens::holder_id(state, &session.claims.of) != session.claims.holder_id {
        return None;
    }
    Some(match &session.claims.of {
        SessionOf::Root => Who::Root,
        SessionOf::User { user } => Who::User(caller::user(state, user)?),
        SessionOf::Role { role, session_name } => {
            Who::Role { role: caller::role(state, role)?, session_name: session_name.clone() }
        }
    })
}

fn refused(error: &sigv4::Error) -> Error {
    let code = ErrorCode::from_name(error.code()).unwrap_or(ErrorCode::InvalidSignature);
    Error::new(code, error.to_string())
}
