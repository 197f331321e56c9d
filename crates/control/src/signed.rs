//! Signed requests, for tests of Longshore's own paths.

use axum::http::{Request, request::Parts};
use sigv4::{Credentials, PayloadHash, RequestParts, Scope};

use crate::{App, keys::AccessKey};

/// A request to `app`, signed with `key`.
pub fn request(app: &App, key: &AccessKey, method: &str, path: &str, body: &[u8]) -> Parts {
    let host = "127.0.0.1:6440";
    let headers = [("host", host.as_bytes())];
    let request = RequestParts { method, path, query: "", headers: &headers };
    let credentials = Credentials {
        access_key_id: key.access_key_id.clone(),
        secret_access_key: key.secret_access_key.clone(),
        session_token: None,
    };
    let scope = Scope { region: &app.settings.home.region, service: "ecs" };
    let signed = sigv4::sign(&request, PayloadHash::of(body), &credentials, scope, app.now().0);
    let request = Request::builder().method(method).uri(path).header("host", host);
    let request = signed.iter().fold(request, |request, (name, value)| request.header(name, value));
    request.body(()).expect("invariant: a signed request is a valid one").into_parts().0
}
