//! The paths of tokens and hosts.

use access::{Ask, Own};
use axum::{
    extract::{Path, Request, State as Extract},
    http::request::Parts,
    response::Response,
};
use iam::Context;
use model::{Host, JoinToken};
use wire::{Error, ErrorCode, Timestamp, awsjson, longshore::hosts as shapes};

use super::{Terms, create_token, is_good, mint, revoke, secret_of, take_in};
use crate::{
    App, Cx,
    api::{dispatch::refusal, lookup},
    auth, limits,
    record::Notes,
    server::{Shared, read, render},
};

/// Makes a token (POST), or lists those that are good (GET).
pub(crate) async fn tokens(Extract(shared): Extract<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    render(match read(body).await {
        Ok(body) if parts.method == "POST" => create(&shared.app, &parts, &body).await,
        Ok(_) => list_tokens(&shared.app, &parts),
        Err(error) => Err(error),
    })
}

async fn create(app: &App, request: &Parts, body: &[u8]) -> Result<Vec<u8>, Error> {
    let asker = auth::admit(app, request, body, Own::CreateToken)?;
    let mut cx = app.cx(asker.principal());
    let asked: shapes::CreateToken = parse(body)?;
    let terms = terms(&cx, asked)?;
    let role_arn = access::role_arn(cx.home(), &terms.role);
    let pass = Ask {
        action: "iam:PassRole",
        resource: role_arn,
        context: Context::from_iter([("iam:PassedToService", "ec2.amazonaws.com")]),
    };
    let made = app.store.update(move |tx| {
        asker.admit(tx, |_, _| vec![pass])?;
        create_token(tx, &mut cx, terms).map(|(row, text)| token(&cx, &row, Some(text)))
    });
    made.await.map(|token| awsjson::encode(&token)).map_err(refusal)
}

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body)
        .map_err(|error| Error::invalid_parameter(format!("The request: {error}.")))
}

fn terms(cx: &Cx, asked: shapes::CreateToken) -> Result<Terms, Error> {
    let within = |name: &str, value: u32, least: u32, most: u32| {
        let is_within = (least..=most).contains(&value);
        is_within.then_some(value).ok_or_else(|| {
            Error::invalid_parameter(format!(
                "{name} is {value}; it must be between {least} and {most}."
            ))
        })
    };
    let ttl_s = within(
        "ttlSeconds",
        asked.ttl_seconds.unwrap_or(limits::TOKEN_TTL_S),
        limits::TOKEN_TTL_S_MIN,
        limits::TOKEN_TTL_S_MAX,
    )?;
    let uses = within("uses", asked.uses.unwrap_or(1), 1, limits::TOKEN_USES_MAX)?;
    let cluster = asked.cluster.as_deref();
    let cluster = cluster.map(|name| lookup::cluster_name(cx, Some(name))).transpose()?;
    Ok(Terms { role: asked.role, cluster, ttl_ms: i64::from(ttl_s) * 1000, uses })
}

fn list_tokens(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    let asker = auth::admit(app, request, b"", Own::ListTokens)?;
    let (cx, state) = (app.cx(asker.principal()), app.store.snapshot());
    let good = state.join_tokens().iter().filter(|row| is_good(row, cx.now));
    let tokens = good.map(|row| token(&cx, row, None)).collect();
    Ok(awsjson::encode(&shapes::Tokens { tokens }))
}

fn token(cx: &Cx, row: &JoinToken, text: Option<String>) -> shapes::Token {
    shapes::Token {
        id: row.id.clone(),
        token: text,
        role_arn: access::role_arn(cx.home(), &row.role),
        cluster: row.cluster.as_ref().map(ToString::to_string),
        created_at: Timestamp(row.created_at.0),
        expires_at: Timestamp(row.expires_at.0),
        uses_left: row.uses_left,
    }
}

/// Takes a token back (DELETE).
pub(crate) async fn delete_token(
    Extract(shared): Extract<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (app, parts) = (shared.app, request.into_parts().0);
    let gone = async {
        auth::admit(&app, &parts, b"", Own::DeleteToken)?;
        let deleted = app.store.update(move |tx| {
            let gone = tx.delete::<JoinToken>(&id);
            gone.map(drop).ok_or_else(|| {
                Error::new(ErrorCode::ResourceNotFound, format!("There is no token '{id}'."))
            })
        });
        deleted.await.map_err(refusal)
    };
    render(gone.await.map(|()| b"{}".to_vec()))
}

/// Takes a host's key back (DELETE).
pub(crate) async fn revoke_key(
    Extract(shared): Extract<Shared>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (app, parts) = (shared.app, request.into_parts().0);
    let revoked = async {
        let asker = auth::admit(&app, &parts, b"", Own::RevokeHostKey)?;
        let cx = app.cx(asker.principal());
        app.store.update(move |tx| revoke(tx, &cx, &id)).await.map_err(refusal)
    };
    render(revoked.await.map(|()| b"{}".to_vec()))
}

/// Lists the hosts (GET).
pub(crate) async fn list_hosts(Extract(shared): Extract<Shared>, request: Request) -> Response {
    render(hosts(&shared.app, &request.into_parts().0))
}

fn hosts(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    let asker = auth::admit(app, request, b"", Own::ListHostKeys)?;
    let (cx, state) = (app.cx(asker.principal()), app.store.snapshot());
    let hosts = state.hosts().iter().map(|row| host(&cx, row)).collect();
    Ok(awsjson::encode(&shapes::Hosts { hosts }))
}

fn host(cx: &Cx, row: &Host) -> shapes::Host {
    let instance = row.container_instance.as_ref();
    shapes::Host {
        id: row.id.clone(),
        role_arn: access::role_arn(cx.home(), &row.role),
        cluster: row.cluster.as_ref().map(ToString::to_string),
        joined_at: Timestamp(row.joined_at.0),
        container_instance_arn: instance
            .map(|(cluster, id)| cx.home().container_instance_arn(cluster, *id)),
        revoked_at: row.revoked_at.map(|at| Timestamp(at.0)),
    }
}

/// Takes a machine in (POST): the token is all that it has, so nothing is signed.
pub(crate) async fn join(Extract(shared): Extract<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    Notes::of(&parts).action("longshore:JoinHost");
    render(match read(body).await {
        Ok(body) => joined(&shared.app, &body).await,
        Err(error) => Err(error),
    })
}

async fn joined(app: &App, body: &[u8]) -> Result<Vec<u8>, Error> {
    let shapes::Join { token } = parse(body)?;
    let mut cx = app.own_cx();
    let taken = app.store.update(move |tx| take_in(tx, &mut cx, &token)).await;
    let (host, secret_access_key) = taken.map_err(refusal)?;
    Ok(awsjson::encode(&shapes::HostKey { access_key_id: host.id, secret_access_key }))
}

/// Gives a host credentials of its role (POST, signed with the host's key).
pub(crate) async fn credentials(Extract(shared): Extract<Shared>, request: Request) -> Response {
    render(given(&shared.app, &request.into_parts().0))
}

fn given(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    Notes::of(request).action("longshore:GetHostCredentials");
    let state = app.store.snapshot();
    let id = auth::verified(app, request, b"", |id| secret_of(&state, &app.settings.vault, id))?;
    let made = mint(&state, &mut app.own_cx(), &id)?;
    let valid_ms = made.expires_at.ms_since(app.now());
    Ok(awsjson::encode(&shapes::HostCredentials {
        access_key_id: made.access_key_id,
        secret_access_key: made.secret_access_key,
        session_token: made.session_token,
        valid_seconds: u32::try_from(valid_ms / 1000).unwrap_or(0),
    }))
}
