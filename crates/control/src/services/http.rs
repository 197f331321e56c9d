//! The query protocol over HTTP: a form comes in, XML goes out.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, HeaderName},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use wire::{
    Error, Op, WithOp, awsjson, iam,
    query::{self, Form},
    sts,
};

use super::{Call, dispatch};
use crate::{
    App, auth,
    record::{Answer, Notes},
    server,
};

/// Whether a request speaks this protocol.
pub fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with(query::CONTENT_TYPE))
}

/// Carries out the call that a form makes.
pub async fn answer(app: &Arc<App>, parts: &Parts, body: &Bytes) -> Response {
    let request_id = server::request_id();
    let form = Form::parse(body);
    // Errors name a service too, even where the operation is none of its.
    let is_sts = form.as_ref().is_ok_and(|it| it.get("Version") == Some(sts::SERVICE.version));
    let service = if is_sts { sts::SERVICE } else { iam::SERVICE };
    let done = match form {
        Ok(form) => carry_out(app, parts, body, &form, &request_id).await,
        Err(error) => Err(error),
    };
    let (status, body, made_of) = match done {
        // Outputs are XML, and have secrets in them: the log says that it went well.
        Ok(body) => (StatusCode::OK, body, Ok(Bytes::new())),
        Err(error) => {
            let status = StatusCode::from_u16(error.code.query_status());
            let body = query::encode_error(&error, service, &request_id);
            (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body, Err(Arc::new(error)))
        }
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(query::ANSWER_TYPE));
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        headers.insert(HeaderName::from_static(awsjson::REQUEST_ID), id);
    }
    response.extensions_mut().insert(Answer { request_id, made_of });
    response
}

/// The input of a call as the audit log writes it.
struct AsJson<'a>(&'a Form);

impl WithOp for AsJson<'_> {
    type Answer = Option<Bytes>;

    fn run<O: Op>(self) -> Option<Bytes> {
        query::decode_input::<O>(self.0).ok().map(|input| awsjson::encode(&input).into())
    }
}

async fn carry_out(
    app: &Arc<App>,
    parts: &Parts,
    body: &Bytes,
    form: &Form,
    request_id: &str,
) -> Result<Vec<u8>, Error> {
    let named = form.operation();
    if let Ok(operation) = &named {
        let parameters = operation.with(AsJson(form)).unwrap_or_default();
        Notes::of(parts).call(operation.service().id, operation.name(), &parameters);
    }
    let asker = auth::authenticate(app, parts, body)?;
    let operation = named?;
    let call = Call { store: &app.store, cx: app.cx(asker.principal()), form, request_id, asker };
    let done = AssertUnwindSafe(dispatch(operation, call)).catch_unwind().await;
    done.unwrap_or_else(|_| Err(server::panicked(operation.name())))
}
