//! HTTP: the API, the agents' sockets, and `/health`.

use std::{panic::AssertUnwindSafe, sync::Arc};

use arn::Resource;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State, WebSocketUpgrade},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::FutureExt;
use session_wire::{PollParameters, Refusal, TelemetryParameters};
use sigv4::{Endpoint, PayloadHash, RequestParts};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wire::{Error, ErrorCode, Operation, awsjson};

use crate::{
    api::dispatch::{self, Call},
    app::{App, random},
    auth::Caller,
    reconcile,
    session::{InstanceKey, acs, presence, tcs},
};

/// What the routes share.
#[derive(Clone)]
struct Shared {
    app: Arc<App>,
    shutdown: CancellationToken,
}

/// Serves until `shutdown` is called; the loops of the control plane run along. `ready` is called once
/// calls are answered.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    shutdown: CancellationToken,
    ready: impl FnOnce(),
) -> std::io::Result<()> {
    let now = app.now();
    let started = app.store.update(move |tx| {
        presence::disconnect_all(tx, now);
        Ok::<(), ()>(())
    });
    started.await.map_err(|_| std::io::Error::other("the store does not take transactions"))?;
    let loops = [
        tokio::spawn(reconcile::drive(app.clone(), shutdown.clone())),
        tokio::spawn({
            let app = app.clone();
            async move { app.hub.follow(&app.store).await }
        }),
    ];
    let shared = Shared { app, shutdown: shutdown.clone() };
    let router = Router::new()
        .route("/", post(call))
        .route("/health", get(|| async { "ok\n" }))
        .route("/acs/ws", get(open_acs))
        .route("/tcs/ws", get(open_tcs))
        .with_state(shared);
    ready();
    let served =
        axum::serve(listener, router).with_graceful_shutdown(shutdown.cancelled_owned()).await;
    loops.iter().for_each(tokio::task::JoinHandle::abort);
    served
}

/// An API call.
async fn call(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let answer = match axum::body::to_bytes(body, awsjson::MAX_BODY_BYTES).await {
        Ok(body) => answer(&shared.app, &parts, &body).await,
        Err(_) => Err(Error::request_too_large(format!(
            "The request's body is larger than {} bytes.",
            awsjson::MAX_BODY_BYTES
        ))),
    };
    render(answer)
}

async fn answer(app: &Arc<App>, parts: &Parts, body: &Bytes) -> Result<Vec<u8>, Error> {
    let caller = authenticate(app, &parts.method, &parts.uri, &parts.headers, body)?;
    let target = parts.headers.get(awsjson::TARGET).and_then(|v| v.to_str().ok());
    let operation = awsjson::operation(target)?;
    caller.authorise(operation)?;
    let call = Call { store: &app.store, cx: app.cx(caller.principal), body };
    let done = AssertUnwindSafe(dispatch::dispatch(operation, call)).catch_unwind().await;
    done.unwrap_or_else(|_| Err(panicked(operation)))
}

fn panicked(operation: Operation) -> Error {
    tracing::error!(operation = operation.name(), "a handler panicked");
    Error::new(ErrorCode::Server, "The request could not be carried out because of a fault here.")
}

fn authenticate(
    app: &App,
    method: &axum::http::Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Caller, Error> {
    let headers: Vec<(&str, &[u8])> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let request = RequestParts {
        method: method.as_str(),
        path: uri.path(),
        query: uri.query().unwrap_or_default(),
        headers: &headers,
    };
    let home = &app.settings.home;
    let endpoint = Endpoint::new(&home.region, "ecs");
    app.keys.authenticate(&request, PayloadHash::of(body), &endpoint, &home.account, app.now())
}

fn render(answer: Result<Vec<u8>, Error>) -> Response {
    let (status, body, error) = match answer {
        Ok(body) => (StatusCode::OK, body, None),
        Err(error) => {
            let status = StatusCode::from_u16(error.code.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, awsjson::encode_error(&error), Some(error.code.name()))
        }
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(awsjson::CONTENT_TYPE));
    if let Ok(id) = HeaderValue::from_str(&request_id()) {
        headers.insert(awsjson::REQUEST_ID, id);
    }
    if let Some(name) = error {
        headers.insert(awsjson::ERROR_TYPE, HeaderValue::from_static(name));
    }
    response
}

fn request_id() -> String {
    let bytes = *random().first_chunk().expect("invariant: 32 bytes begin with 16");
    let hex = format!("{:032x}", u128::from_ne_bytes(bytes));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The session that tells an agent what to run.
async fn open_acs(
    State(shared): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let app = &shared.app;
    let opened = authenticate(app, &axum::http::Method::GET, &uri, &headers, b"")
        .map_err(|e| Refusal { name: e.code.name().into(), message: e.message })
        .and_then(|_| {
            let poll = PollParameters::from_query(uri.query().unwrap_or_default())
                .map_err(|e| refusal("BadRequestException", e.to_string()))?;
            let key = instance(app, &poll.container_instance_arn)?;
            Ok((poll, key))
        });
    let (poll, key) = match opened {
        Ok(opened) => opened,
        Err(refusal) => return refuse(&refusal),
    };
    let agent = presence::Agent {
        version: Some(poll.agent_version),
        hash: Some(poll.agent_hash),
        docker_version: Some(poll.docker_version),
    };
    let Shared { app, shutdown } = shared;
    upgrade.on_upgrade(move |socket| acs::hold(app, key, agent, socket, shutdown))
}

/// The session in which an agent tells health and metrics.
async fn open_tcs(
    State(shared): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let app = &shared.app;
    let opened = authenticate(app, &axum::http::Method::GET, &uri, &headers, b"")
        .map_err(|e| Refusal { name: e.code.name().into(), message: e.message })
        .and_then(|_| {
            let parameters = TelemetryParameters::from_query(uri.query().unwrap_or_default())
                .map_err(|e| refusal("BadRequestException", e.to_string()))?;
            instance(app, &parameters.container_instance)
        });
    let key = match opened {
        Ok(key) => key,
        Err(refusal) => return refuse(&refusal),
    };
    let Shared { app, shutdown } = shared;
    upgrade.on_upgrade(move |socket| tcs::hold(app, key, socket, shutdown))
}

/// The registered container instance that a session is for.
fn instance(app: &App, arn: &str) -> Result<InstanceKey, Refusal> {
    let Ok(Resource::ContainerInstance(Some(cluster), id)) = app.settings.home.parse(arn) else {
        return Err(refusal(
            "InvalidInstanceException",
            format!("'{arn}' is not the ARN of a container instance."),
        ));
    };
    let key = (cluster, id);
    let state = app.store.snapshot();
    if state.container_instances().get(&key).is_none() {
        return Err(refusal(
            "InvalidInstanceException",
            format!("The container instance '{arn}' is not known."),
        ));
    }
    if !presence::is_registered(&state, &key) {
        return Err(refusal(
            "InactiveInstanceException",
            "The container instance was deregistered.".into(),
        ));
    }
    Ok(key)
}

fn refusal(name: &str, message: String) -> Refusal {
    Refusal { name: name.into(), message }
}

fn refuse(refusal: &Refusal) -> Response {
    (StatusCode::BAD_REQUEST, refusal.to_body()).into_response()
}
