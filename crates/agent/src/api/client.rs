//! One signed call.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderName, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sigv4::{Credentials, PayloadHash, RequestParts, Scope};
use wire::{Error, ErrorCode, Op, awsjson};

use crate::clock;
use crate::config::Config;
use crate::error::AgentError;
use crate::limits;

/// A client of one control plane. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: HyperClient<HttpConnector, Full<Bytes>>,
    url: Uri,
    signer: Arc<Signer>,
}

/// What requests are signed with.
#[derive(Debug)]
pub struct Signer {
    credentials: Credentials,
    region: String,
}

/// A call that brought no answer, or one that is an error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CallError {
    /// The control plane answered an error.
    #[error("{0}")]
    Api(
        /// The error.
        Error,
    ),
    /// Nobody answered, or not in time, or not in AWS's JSON.
    #[error("the control plane does not answer: {0}")]
    Transport(
        /// Why.
        String,
    ),
}

impl CallError {
    /// Whether the same call can do better later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Api(error) => {
                error.code.status() >= 500
                    || matches!(error.code, ErrorCode::Throttling | ErrorCode::LimitExceeded)
            }
        }
    }

    /// Whether the control plane found the request itself at fault.
    pub fn is_invalid_parameter(&self) -> bool {
        matches!(self, Self::Api(error) if error.code == ErrorCode::InvalidParameter)
    }
}

impl Signer {
    /// The headers of a `GET` of this URL's path and query, with `host` signed and this payload.
    pub fn sign_get(
        &self,
        host: &str,
        path: &str,
        query: &str,
        payload: &[u8],
    ) -> sigv4::SignedHeaders {
        let headers = [("host", host.as_bytes())];
        let parts = RequestParts { method: "GET", path, query, headers: &headers };
        self.sign(&parts, payload)
    }

    fn sign(&self, parts: &RequestParts<'_>, payload: &[u8]) -> sigv4::SignedHeaders {
        let scope = Scope { region: &self.region, service: "ecs" };
        sigv4::sign(parts, PayloadHash::of(payload), &self.credentials, scope, clock::now().0)
    }
}

impl Client {
    /// A client of the control plane that the configuration names.
    pub fn new(config: &Config) -> Result<Self, AgentError> {
        let unusable = |why| AgentError::ServerUrl { url: config.server_url.clone(), why };
        let url: Uri = config.server_url.parse().map_err(|_| unusable("it is not a URL"))?;
        match url.scheme_str() {
            Some("http") if url.host().is_some() => {}
            Some("https") => return Err(unusable("this version has no TLS")),
            _ => return Err(unusable("it must begin with http://")),
        }
        let signer =
            Signer { credentials: config.credentials.clone(), region: config.region.clone() };
        let http = HyperClient::builder(TokioExecutor::new()).build_http();
        Ok(Self { http, url, signer: Arc::new(signer) })
    }

    /// The signer, for the sessions.
    pub fn signer(&self) -> Arc<Signer> {
        self.signer.clone()
    }

    /// Makes one call, once.
    pub async fn call<O: Op>(&self, input: &O::Input) -> Result<O::Output, CallError> {
        let call = tokio::time::timeout(limits::API_CALL, self.attempt::<O>(input));
        call.await.unwrap_or_else(|_| Err(CallError::Transport("it takes too long".into())))
    }

    async fn attempt<O: Op>(&self, input: &O::Input) -> Result<O::Output, CallError> {
        let request = self.request(O::OPERATION, awsjson::encode(input))?;
        let transport = |error: &dyn std::error::Error| CallError::Transport(error.to_string());
        let answer = self.http.request(request).await.map_err(|error| {
            // The client's own words only say that connecting failed; its cause says why.
            let source = std::error::Error::source(&error).map(ToString::to_string);
            CallError::Transport(source.unwrap_or_else(|| error.to_string()))
        })?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), limits::FRAME_BYTES).collect().await;
        let body = body.map_err(|error| transport(&*error))?.to_bytes();
        if status.is_success() {
            awsjson::decode_output::<O>(&body).map_err(CallError::Api)
        } else if body.first() == Some(&b'{') {
            Err(CallError::Api(awsjson::decode_error(&body)))
        } else {
            Err(CallError::Transport(format!("it answers {status}")))
        }
    }

    fn request(
        &self,
        operation: wire::Operation,
        body: Vec<u8>,
    ) -> Result<Request<Full<Bytes>>, CallError> {
        let target = awsjson::target(operation);
        let host = self.url.authority().map(ToString::to_string).unwrap_or_default();
        let headers = [
            ("host", host.as_bytes()),
            ("content-type", awsjson::CONTENT_TYPE.as_bytes()),
            (awsjson::TARGET, target.as_bytes()),
        ];
        let parts = RequestParts { method: "POST", path: "/", query: "", headers: &headers };
        let signed = self.signer.sign(&parts, &body);
        let mut uri = self.url.clone().into_parts();
        uri.path_and_query = Some(http::uri::PathAndQuery::from_static("/"));
        let mut request = Request::post(
            Uri::from_parts(uri).map_err(|error| CallError::Transport(error.to_string()))?,
        )
        .header(HOST, &host)
        .header(CONTENT_TYPE, awsjson::CONTENT_TYPE)
        .header(awsjson::TARGET, &target)
        .header(USER_AGENT, concat!("longshore-agent/", env!("CARGO_PKG_VERSION")));
        for (name, value) in signed.iter() {
            request = request.header(HeaderName::from_static(name), value);
        }
        request
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| CallError::Transport(error.to_string()))
    }
}
