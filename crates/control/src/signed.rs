//! A control plane and signed requests, for tests of Longshore's own paths and of who may call.

use std::sync::Arc;

use axum::http::{Request, request::Parts};
use model::{
    Timestamp,
    iam::{Permissions, Role, User},
};
use sigv4::{Credentials, PayloadHash, RequestParts, Scope};
use store::{Store, Tx, engine::Memory};

use crate::{
    App, Settings,
    authority::tokens,
    hosts,
    keys::{AccessKey, Keys},
    random,
};

/// A control plane in memory, with a role for the agent key that nothing is allowed to.
pub async fn app() -> (Arc<App>, Keys) {
    let keys = Keys::make(random);
    let store = Store::open(Box::new(Memory::new())).expect("invariant: a new engine opens");
    let app = App::new(store, keys.clone(), Settings::new("http://127.0.0.1:6440"));
    let mut cx = app.own_cx();
    change(&app, move |tx| {
        tokens::rotate(tx, &mut cx);
        tx.put(role(hosts::INSTANCE_ROLE, &[]));
    })
    .await;
    (app, keys)
}

/// Writes to its state.
pub async fn change(app: &App, change: impl FnOnce(&mut Tx) + Send + 'static) {
    let changed = app.store.update(move |tx| {
        change(tx);
        Ok::<(), ()>(())
    });
    changed.await.expect("invariant: the store takes it");
}

/// What inline policies, by name, allow.
pub fn permissions(inline: &[(&str, &str)]) -> Permissions {
    let inline = inline.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    Permissions { inline, ..Permissions::default() }
}

/// A role that ECS may take for tasks.
pub fn role(name: &str, inline: &[(&str, &str)]) -> Role {
    Role {
        name: name.into(),
        path: "/".into(),
        id: format!("AROA{}", name.to_uppercase()),
        created_at: Timestamp(0),
        trust_policy: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#.into(),
        description: None,
        max_session_s: 3_600,
        tags: Vec::new(),
        permissions: permissions(inline),
        last_used: None,
    }
}

/// A user.
pub fn user(name: &str, inline: &[(&str, &str)]) -> User {
    User {
        name: name.into(),
        path: "/".into(),
        id: format!("AIDA{}", name.to_uppercase()),
        created_at: Timestamp(0),
        tags: Vec::new(),
        permissions: permissions(inline),
    }
}

/// What signs with a long-term key.
pub fn credentials(key: &AccessKey) -> Credentials {
    Credentials {
        access_key_id: key.access_key_id.clone(),
        secret_access_key: key.secret_access_key.clone(),
        session_token: None,
    }
}

/// A request to `app`, signed with `key`.
pub fn request(app: &App, key: &AccessKey, method: &str, path: &str, body: &[u8]) -> Parts {
    request_with(app, &credentials(key), method, path, body)
}

/// A request to `app`, signed with credentials.
pub fn request_with(
    app: &App,
    credentials: &Credentials,
    method: &str,
    path: &str,
    body: &[u8],
) -> Parts {
    let host = "127.0.0.1:6440";
    let headers = [("host", host.as_bytes())];
    let request = RequestParts { method, path, query: "", headers: &headers };
    let scope = Scope { region: &app.settings.home.region, service: "ecs" };
    let signed = sigv4::sign(&request, PayloadHash::of(body), credentials, scope, app.now().0);
    let request = Request::builder().method(method).uri(path).header("host", host);
    let request = signed.iter().fold(request, |request, (name, value)| request.header(name, value));
    request.body(()).expect("invariant: a signed request is a valid one").into_parts().0
}
