//! HTTP: the API, the agents' sockets, Longshore's own paths, and `/health`.

use std::{future::IntoFuture, net::SocketAddr, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE, request::Parts},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use futures_util::FutureExt;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wire::{
    Error, ErrorCode, awsjson,
    longshore::{access, hosts as shapes},
};

use crate::{
    alarms,
    api::dispatch::{self, Call},
    app::{App, random},
    audit, auth,
    authority::{
        explain::{explain as explain_access, who_can},
        tokens,
    },
    explain::{self, Subject},
    hosts, lambda, limits, plan, reconcile,
    record::{self, Answer, Notes},
    services::{http, iam::seed},
    session::{presence, upgrade},
    waiting, watch,
};

/// What the routes share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) app: Arc<App>,
    pub(crate) shutdown: CancellationToken,
}

/// Brings the state to what holds at a start: nobody is connected, there is a key for session tokens, and
/// the roles that ECS's users expect were made once. [`serve`] does it; doing it before as well is no harm.
pub async fn prepare(app: &App) -> std::io::Result<()> {
    let mut cx = app.own_cx();
    let started = app.store.update(move |tx| {
        presence::disconnect_all(tx, cx.now);
        tokens::rotate(tx, &mut cx);
        seed::seed(tx, &mut cx);
        Ok::<(), ()>(())
    });
    started.await.map_err(|_| std::io::Error::other("the store does not take transactions"))?;
    Ok(())
}

/// Serves until `shutdown` is called; the loops of the control plane run along. `ready` is called once
/// calls are answered.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    shutdown: CancellationToken,
    ready: impl FnOnce(),
) -> std::io::Result<()> {
    prepare(&app).await?;
    let loops = [
        tokio::spawn(reconcile::drive(app.clone(), shutdown.clone())),
        tokio::spawn(lambda::drive(app.clone(), shutdown.clone())),
        tokio::spawn({
            let app = app.clone();
            async move { app.hub.follow(&app.store).await }
        }),
    ];
    let shared = Shared { app, shutdown: shutdown.clone() };
    let router = Router::new()
        .route("/", post(call))
        .route("/health", get(|| async { "ok\n" }))
        .route(waiting::PATH, get(waits))
        .route(watch::PATH, get(watch::watch))
        .route(explain::SERVICE_PATH, get(explain_service))
        .route(explain::TASK_PATH, get(explain_task))
        .route(alarms::LIST_PATH, get(list_alarms))
        .route(alarms::PATH, put(change_alarm).delete(change_alarm))
        .route(plan::PATH, get(plan::answer))
        .route(audit::PATH, get(audit::answer))
        .route(access::EXPLAIN_PATH, get(explain_access))
        .route(access::WHO_CAN_PATH, get(who_can))
        .route(shapes::TOKENS_PATH, get(hosts::http::tokens).post(hosts::http::tokens))
        .route(shapes::HOSTS_PATH, get(hosts::http::list_hosts).post(hosts::http::join))
        .route(hosts::TOKEN_PATH, delete(hosts::http::delete_token))
        .route(hosts::HOST_PATH, delete(hosts::http::revoke_key))
        .route(shapes::CREDENTIALS_PATH, post(hosts::http::credentials))
        .route("/acs/ws", get(upgrade::open_acs))
        .route("/tcs/ws", get(upgrade::open_tcs))
        .layer(from_fn_with_state(shared.clone(), record::record))
        .with_state(shared);
    ready();
    let ended = shutdown.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(shutdown.cancelled_owned());
    let served = tokio::select! {
        served = serving.into_future() => served,
        // Half a request must not keep the process from its end.
        () = async {
            ended.cancelled().await;
            tokio::time::sleep(limits::SHUTDOWN_WAIT).await;
        } => Ok(()),
    };
    loops.iter().for_each(tokio::task::JoinHandle::abort);
    served
}

/// An API call.
async fn call(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match read(body).await {
        Ok(body) if http::is_form(&parts.headers) => http::answer(&shared.app, &parts, &body).await,
        Ok(body) => render(answer(&shared.app, &parts, &body).await),
        Err(error) => render(Err(error)),
    }
}

pub(crate) async fn read(body: Body) -> Result<Bytes, Error> {
    axum::body::to_bytes(body, awsjson::MAX_BODY_BYTES).await.map_err(|_| {
        Error::request_too_large(format!(
            "The request's body is larger than {} bytes.",
            awsjson::MAX_BODY_BYTES
        ))
    })
}

/// What waits.
async fn waits(State(shared): State<Shared>, request: Request) -> Response {
    render(waiting::answer(&shared.app, &request.into_parts().0))
}

/// Where the next task of a service would go.
async fn explain_service(
    State(shared): State<Shared>,
    Path((cluster, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, subject) = (request.into_parts().0, Subject::Service(&name));
    render(explain::answer(&shared.app, &parts, &cluster, subject))
}

/// Why a task is where it is.
async fn explain_task(
    State(shared): State<Shared>,
    Path((cluster, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, subject) = (request.into_parts().0, Subject::Task(&id));
    render(explain::answer(&shared.app, &parts, &cluster, subject))
}

/// All alarms.
async fn list_alarms(State(shared): State<Shared>, request: Request) -> Response {
    render(alarms::answer(&shared.app, &request.into_parts().0, None, b"").await)
}

/// Sets or deletes an alarm.
async fn change_alarm(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    render(match read(body).await {
        Ok(body) => alarms::answer(&shared.app, &parts, Some(name), &body).await,
        Err(error) => Err(error),
    })
}

async fn answer(app: &Arc<App>, parts: &Parts, body: &Bytes) -> Result<Vec<u8>, Error> {
    let target = parts.headers.get(awsjson::TARGET).and_then(|v| v.to_str().ok());
    let named = awsjson::operation(target);
    if let Ok(operation) = &named {
        Notes::of(parts).call("ecs", operation.name(), body);
    }
    let asker = auth::authenticate(app, parts, body)?;
    let operation = named?;
    let call = Call { store: &app.store, cx: app.cx(asker.principal()), body, asker };
    let done = AssertUnwindSafe(dispatch::dispatch(operation, call)).catch_unwind().await;
    done.unwrap_or_else(|_| Err(panicked(operation.name())))
}

pub(crate) fn panicked(operation: &'static str) -> Error {
    tracing::error!(operation, "a handler panicked");
    Error::new(ErrorCode::Server, "The request could not be carried out because of a fault here.")
}

pub(crate) fn render(answer: Result<Vec<u8>, Error>) -> Response {
    let (status, body, error, made_of) = match answer {
        Ok(body) => {
            let body = Bytes::from(body);
            (StatusCode::OK, body.clone(), None, Ok(body))
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.code.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = Bytes::from(awsjson::encode_error(&error));
            let name = error.code.name();
            (status, body, Some(name), Err(Arc::new(error)))
        }
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(awsjson::CONTENT_TYPE));
    let request_id = request_id();
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        headers.insert(awsjson::REQUEST_ID, id);
    }
    if let Some(name) = error {
        headers.insert(awsjson::ERROR_TYPE, HeaderValue::from_static(name));
    }
    response.extensions_mut().insert(Answer { request_id, made_of });
    response
}

pub(crate) fn request_id() -> String {
    let bytes = *random().first_chunk().expect("invariant: 32 bytes begin with 16");
    arn::uuid(u128::from_ne_bytes(bytes))
}
