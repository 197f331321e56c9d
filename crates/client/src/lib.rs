//! A client of a control plane: signed AWS JSON calls of the ECS API, and the paths of `/longshore/v1/`.
//! The agent and the command line share it.
//!
//! - [`Client::call`] makes a call of the ECS API, with the shapes of `wire`.
//! - [`Lambda::invoke`] calls a function by the API of AWS Lambda.
//! - [`Client::get`], [`Client::post`] and [`Client::delete`] ask a path of Longshore's own; [`Client::stream`] follows one, line by line.

mod error;
mod lambda;
mod lines;
mod signer;

use std::{error::Error as _, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{
    HeaderName, Request, Response, Uri,
    header::{CONTENT_TYPE, HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client as HyperClient, connect::HttpConnector},
    rt::TokioExecutor,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sigv4::RequestParts;
use wire::{Op, Operation, awsjson};

pub use error::{CallError, UrlError};
pub use lambda::{Invoked, Lambda};
pub use lines::Lines;
pub use signer::Signer;
pub use sigv4::Credentials;

/// A call, from dialling to the last byte; for a stream, to its first.
const CALL: Duration = Duration::from_secs(30);
/// The largest answer that is taken, and the longest line of a stream.
const ANSWER_BYTES: usize = 16 << 20;
/// What Signature Version 4 leaves as it is in a query.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A client of one control plane. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: HyperClient<HttpConnector, Full<Bytes>>,
    authority: String,
    user_agent: &'static str,
    signer: Arc<Signer>,
}

/// What is asked: a method with what goes with it.
struct Ask<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    /// The target of an API call.
    target: Option<&'a str>,
    body: Vec<u8>,
}

impl Client {
    /// A client of the control plane at `url`, such as `http://127.0.0.1:6440`, that signs for a region
    /// and says who it is.
    pub fn new(url: &str, signer: Signer, user_agent: &'static str) -> Result<Self, UrlError> {
        let unusable = |why| UrlError { url: url.to_owned(), why };
        let parsed: Uri = url.parse().map_err(|_| unusable("it is not a URL"))?;
        let authority = parsed.authority().map(ToString::to_string);
        let authority = match (parsed.scheme_str(), authority) {
            (Some("http"), Some(authority)) => authority,
            (Some("https"), _) => return Err(unusable("this version has no TLS")),
            _ => return Err(unusable("it must begin with http://")),
        };
        let http = HyperClient::builder(TokioExecutor::new()).build_http();
        Ok(Self { http, authority, user_agent, signer: Arc::new(signer) })
    }

    /// The signer, for what is not a plain call.
    pub fn signer(&self) -> Arc<Signer> {
        self.signer.clone()
    }

    /// Makes one call of the ECS API, once.
    pub async fn call<O: Op<Operation = Operation>>(
        &self,
        input: &O::Input,
    ) -> Result<O::Output, CallError> {
        let target = awsjson::target(O::OPERATION);
        let body = awsjson::encode(input);
        let ask = Ask { method: "POST", path: "/", query: "", target: Some(&target), body };
        let body = in_time(async { whole(self.ask(ask).await?).await }).await?;
        awsjson::decode_output::<O>(&body).map_err(CallError::Api)
    }

    /// Reads a path of Longshore's own, such as `/longshore/v1/waiting`: its answer, in JSON.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Bytes, CallError> {
        let query = encoded(query);
        let ask = Ask { method: "GET", path, query: &query, target: None, body: Vec::new() };
        in_time(async { whole(self.ask(ask).await?).await }).await
    }

    /// Sends JSON to a path of Longshore's own: its answer, in JSON.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Result<Bytes, CallError> {
        let ask = Ask { method: "POST", path, query: "", target: None, body };
        in_time(async { whole(self.ask(ask).await?).await }).await
    }

    /// Deletes what a path of Longshore's own names.
    pub async fn delete(&self, path: &str) -> Result<Bytes, CallError> {
        let ask = Ask { method: "DELETE", path, query: "", target: None, body: Vec::new() };
        in_time(async { whole(self.ask(ask).await?).await }).await
    }

    /// Follows a path of Longshore's own that answers one line of JSON after another.
    pub async fn stream(&self, path: &str, query: &[(&str, &str)]) -> Result<Lines, CallError> {
        let query = encoded(query);
        let ask = Ask { method: "GET", path, query: &query, target: None, body: Vec::new() };
        in_time(self.ask(ask)).await.map(|answer| Lines::new(answer.into_body()))
    }

    /// Sends a request; the answer when it is a success, with its body yet to be read.
    async fn ask(&self, ask: Ask<'_>) -> Result<Response<Incoming>, CallError> {
        let answer = self.send(ask).await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let body = whole(answer).await?;
        if body.first() == Some(&b'{') {
            return Err(CallError::Api(awsjson::decode_error(&body)));
        }
        Err(CallError::Transport(format!("it answers {status}")))
    }

    /// Sends a request; its answer, whatever it is.
    async fn send(&self, ask: Ask<'_>) -> Result<Response<Incoming>, CallError> {
        self.http.request(self.request(ask)?).await.map_err(|error| {
            // The client's own words only say that connecting failed; its cause says why.
            let source = error.source().map(ToString::to_string);
            let why = source.unwrap_or_else(|| error.to_string());
            CallError::Transport(format!("{}: {why}", self.authority))
        })
    }

    fn request(&self, ask: Ask<'_>) -> Result<Request<Full<Bytes>>, CallError> {
        let mut headers = vec![(HOST, self.authority.as_str())];
        if let Some(target) = ask.target {
            headers.push((CONTENT_TYPE, awsjson::CONTENT_TYPE));
            headers.push((HeaderName::from_static(awsjson::TARGET), target));
        }
        let signable: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let Ask { method, path, query, .. } = ask;
        let parts = RequestParts { method, path, query, headers: &signable };
        let signed = self.signer.sign(&parts, &ask.body);
        let question = if query.is_empty() { "" } else { "?" };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}{question}{query}", self.authority))
            .header(USER_AGENT, self.user_agent);
        for (name, value) in &headers {
            request = request.header(name, *value);
        }
        for (name, value) in signed.iter() {
            request = request.header(HeaderName::from_static(name), value);
        }
        let request = request.body(Full::new(Bytes::from(ask.body)));
        request.map_err(|error| CallError::Transport(error.to_string()))
    }
}

/// A query string of these names and values.
fn encoded(query: &[(&str, &str)]) -> String {
    let pairs = query.iter().map(|(name, value)| {
        let encode = |text| utf8_percent_encode(text, ENCODED);
        format!("{}={}", encode(name), encode(value))
    });
    pairs.collect::<Vec<String>>().join("&")
}

async fn in_time<T>(call: impl Future<Output = Result<T, CallError>>) -> Result<T, CallError> {
    let call = tokio::time::timeout(CALL, call);
    call.await.unwrap_or_else(|_| Err(CallError::Transport("it takes too long".into())))
}

async fn whole(answer: Response<Incoming>) -> Result<Bytes, CallError> {
    let body = Limited::new(answer.into_body(), ANSWER_BYTES).collect().await;
    body.map(http_body_util::Collected::to_bytes)
        .map_err(|error| CallError::Transport(error.to_string()))
}
