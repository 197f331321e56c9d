//! `GET /longshore/v1/iam/explain` and `…/who-can`: what IAM would say to a request, by which statement,
//! and to whom it would say yes. Longshore's own; SimulatePrincipalPolicy is AWS's way.

use access::{Ask, Own};
use axum::{
    extract::{Request, State as Extract},
    http::request::Parts,
    response::Response,
};
use iam::Context;
use store::State;
use wire::{
    Error, ErrorCode, awsjson,
    longshore::access::{Explained, WhoCan},
};

use super::{
    Authority,
    caller::{self, Caller, Who},
    policies::Answer,
    trust,
};
use crate::{
    App, auth,
    query_string::members,
    server::{Shared, render},
};

/// The name of a session that is only thought of.
const SESSION_NAME: &str = "explain";

/// What is asked.
#[derive(Debug, Default)]
struct Asked {
    principal: Option<String>,
    action: String,
    resource: String,
    keys: Vec<(String, String)>,
}

/// Explains one decision.
pub(crate) async fn explain(Extract(shared): Extract<Shared>, request: Request) -> Response {
    render(explained(&shared.app, &request.into_parts().0))
}

fn explained(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    auth::admit(app, request, b"", Own::ExplainAccess)?;
    let asked = read(request.uri.query().unwrap_or_default())?;
    let text = asked.principal.as_deref().ok_or_else(|| missing("principal"))?;
    let state = app.store.snapshot();
    let who = principal(app, &state, text)?;
    Ok(awsjson::encode(&decided(app, &state, who, &asked)?))
}

/// Tells who may do something.
pub(crate) async fn who_can(Extract(shared): Extract<Shared>, request: Request) -> Response {
    render(those_who_can(&shared.app, &request.into_parts().0))
}

fn those_who_can(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    auth::admit(app, request, b"", Own::WhoCan)?;
    let asked = read(request.uri.query().unwrap_or_default())?;
    let state = app.store.snapshot();
    let users = state.users().iter().map(|user| Who::User(user.clone()));
    let roles = state
        .roles()
        .iter()
        .map(|role| Who::Role { role: role.clone(), session_name: SESSION_NAME.into() });
    let all = [Who::Root].into_iter().chain(users).chain(roles);
    let all = all.map(|who| decided(app, &state, who, &asked));
    let all: Vec<Explained> = all.collect::<Result<_, _>>()?;
    let (allowed, denied): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.is_allowed);
    Ok(awsjson::encode(&WhoCan { allowed, denied_count: denied.len() }))
}

fn decided(app: &App, state: &State, who: Who, asked: &Asked) -> Result<Explained, Error> {
    let home = &app.settings.home;
    let caller = Caller::new(who, home, String::new(), None);
    let mut context = Context::new();
    caller.describe(home, &mut context);
    context.insert("aws:CurrentTime", app.now().to_string());
    for (name, value) in &asked.keys {
        context.insert(name.as_str(), value.as_str());
    }
    let principal_arn = caller.principal_arn(home);
    let request = iam::Request {
        principal: caller.principal(home, &principal_arn),
        action: &asked.action,
        resource: &asked.resource,
        context: &context,
    };
    let authority: &Authority = &app.authority;
    // Who may assume a role is said by its trust policy too.
    let role =
        Ask { action: "sts:AssumeRole", resource: asked.resource.clone(), context: <_>::default() };
    let is_assumed = asked.action.eq_ignore_ascii_case(role.action);
    let trust = if is_assumed { trust::policy(state, home, &[role])? } else { None };
    let answer = authority.with_policies(state, &caller, trust.as_ref(), |decide| decide(&request));
    let (message, by) = match answer {
        Answer::Decided { denial, by } => (denial, by),
        Answer::Unreadable(why) => {
            (Some(format!("a policy cannot be read: {why}")), <_>::default())
        }
    };
    Ok(Explained {
        principal: principal_arn,
        is_allowed: message.is_none(),
        message,
        policy_type: by.kind.map(Into::into),
        policy: by.policy,
        statement: by.statement,
    })
}

/// Who is meant by an ARN of a user, a role, a session of a role, or the root user.
fn principal(app: &App, state: &State, text: &str) -> Result<Who, Error> {
    let home = &app.settings.home;
    let head = format!("arn:aws:iam::{}:", home.account);
    let found = match text.strip_prefix(&head).filter(|it| it.starts_with("role/")) {
        Some(path) => path
            .rsplit('/')
            .next()
            .and_then(|name| caller::role(state, name))
            .map(|role| Who::Role { role, session_name: SESSION_NAME.into() }),
        None => Who::by_arn(state, home, text),
    };
    found.ok_or_else(|| {
        Error::new(
            ErrorCode::ResourceNotFound,
            format!(
                "principal is '{text}'; there is no such user, role or session of a role here, and it is not {head}root."
            ),
        )
    })
}

fn missing(name: &str) -> Error {
    Error::invalid_parameter(format!("{name} is missing."))
}

fn read(query: &str) -> Result<Asked, Error> {
    let mut asked = Asked { resource: "*".into(), ..Asked::default() };
    for (name, value) in members(query) {
        match name {
            "principal" => asked.principal = Some(value),
            "action" => asked.action = value,
            "resource" => asked.resource = value,
            "key" => match value.split_once('=') {
                Some((key, value)) => asked.keys.push((key.into(), value.into())),
                None => {
                    return Err(Error::invalid_parameter(format!(
                        "key is '{value}'; it must be NAME=VALUE."
                    )));
                }
            },
            other => {
                return Err(Error::invalid_parameter(format!(
                    "{other} is no member of this question."
                )));
            }
        }
    }
    if !asked.action.contains(':') {
        return Err(Error::invalid_parameter(format!(
            "action is '{}'; it must be SERVICE:ACTION, such as ecs:RunTask.",
            asked.action
        )));
    }
    Ok(asked)
}
