//! How an agent's socket is opened: a signed upgrade, for a container instance that is registered.

use access::{Connection, Facts, asks_to_connect};
use arn::{Home, Resource};
use axum::{
    extract::{State, WebSocketUpgrade},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use session_wire::{PollParameters, Refusal, TelemetryParameters};

use super::{InstanceKey, acs, presence, tcs};
use crate::{App, auth, record::Notes, server::Shared};

/// The session that tells an agent what to run.
pub async fn open_acs(
    State(Shared { app, shutdown }): State<Shared>,
    request: Parts,
    upgrade: WebSocketUpgrade,
) -> Response {
    let opened = admit(&app, &request, Connection::Poll, PollParameters::from_query, |poll| {
        (&poll.cluster, &poll.container_instance_arn)
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
    request: Parts,
    upgrade: WebSocketUpgrade,
) -> Response {
    let (connection, parse) = (Connection::StartTelemetrySession, TelemetryParameters::from_query);
    let opened = admit(&app, &request, connection, parse, |parameters| {
        (&parameters.cluster, &parameters.container_instance)
    });
    match opened {
        Ok((_, key)) => upgrade.on_upgrade(move |socket| tcs::hold(app, key, socket, shutdown)),
        Err(refusal) => refuse(&refusal),
    }
}

/// Who may open a session: a caller whose signature is good, for an instance that is there.
fn admit<P, E: std::fmt::Display>(
    app: &App,
    request: &Parts,
    connection: Connection,
    parse: impl FnOnce(&str) -> Result<P, E>,
    of: impl FnOnce(&P) -> (&str, &str),
) -> Result<(P, InstanceKey), Refusal> {
    Notes::of(request).action(connection.action());
    let refused = |e: wire::Error| refusal(e.code.name(), e.message);
    let asker = auth::authenticate(app, request, b"").map_err(refused)?;
    let parameters = parse(request.uri.query().unwrap_or_default())
        .map_err(|e| refusal("BadRequestException", e.to_string()))?;
    let (cluster, instance_arn) = of(&parameters);
    let asks = |facts: &dyn Facts, home: &Home| {
        asks_to_connect(connection, Some(cluster), instance_arn, facts, home)
    };
    asker.admit(&app.store.snapshot(), asks).map_err(refused)?;
    let key = instance(app, instance_arn)?;
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
