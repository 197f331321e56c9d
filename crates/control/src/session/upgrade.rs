//! How an agent's socket is opened: a signed upgrade, for a container instance that is registered.

use arn::Resource;
use axum::{
    extract::{State, WebSocketUpgrade},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use session_wire::{PollParameters, Refusal, TelemetryParameters};

use super::{InstanceKey, acs, presence, tcs};
use crate::{App, auth, server::Shared};

/// The session that tells an agent what to run.
pub async fn open_acs(
    State(Shared { app, shutdown }): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let opened = admit(&app, &uri, &headers, PollParameters::from_query, |poll| {
        &poll.container_instance_arn
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
    upgrade.on_upgrade(move |socket| acs::hold(app, key, agent, socket, shutdown))
}

/// The session in which an agent tells health and metrics.
pub async fn open_tcs(
    State(Shared { app, shutdown }): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let opened = admit(&app, &uri, &headers, TelemetryParameters::from_query, |parameters| {
        &parameters.container_instance
    });
    match opened {
        Ok((_, key)) => upgrade.on_upgrade(move |socket| tcs::hold(app, key, socket, shutdown)),
        Err(refusal) => refuse(&refusal),
    }
}

/// Who may open a session: a caller whose signature is good, for an instance that is there.
fn admit<P, E: std::fmt::Display>(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
    parse: impl FnOnce(&str) -> Result<P, E>,
    instance_arn: impl FnOnce(&P) -> &str,
) -> Result<(P, InstanceKey), Refusal> {
    auth::authenticate(app, &Method::GET, uri, headers, b"")
        .map_err(|e| refusal(e.code.name(), e.message))?;
    let parameters = parse(uri.query().unwrap_or_default())
        .map_err(|e| refusal("BadRequestException", e.to_string()))?;
    let key = instance(app, instance_arn(&parameters))?;
    Ok((parameters, key))
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
