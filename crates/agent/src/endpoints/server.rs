//! Taking connections: one request each, in bounded time, and so many from one address at once that no
//! container keeps the others out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::agents::Agents;
use super::answer::{Answer, Question, Reply};
use super::peers::{self, Peers};
use super::{introspection, routes};
use crate::limits;

/// Serves containers: what is not known here, another process may know.
pub async fn tasks(listener: TcpListener, peers: Arc<Peers>, agents: Agents) {
    serve(listener, move |question| {
        let (peers, agents) = (peers.clone(), agents.clone());
        async move {
            match routes::answer(&agents, &question).await {
                Reply::Here(answer) => answer,
                Reply::Unknown(answer) => peers.ask(&question).await.unwrap_or(answer),
            }
        }
    })
    .await;
}

/// Serves whoever is on the host.
pub async fn introspection(listener: TcpListener, agents: Agents) {
    serve(listener, move |question| {
        let agents = agents.clone();
        async move { introspection::answer(&agents, &question).await }
    })
    .await;
}

/// Serves the other processes of the host, which say on whose behalf they ask.
pub async fn peers(peers: Arc<Peers>, agents: Agents) {
    let mut conversations = JoinSet::new();
    loop {
        let stream = tokio::select! {
            stream = peers.accept() => stream,
            _ = conversations.join_next(), if !conversations.is_empty() => continue,
        };
        let agents = agents.clone();
        conversations.spawn(converse(stream, move |request| {
            let agents = agents.clone();
            async move {
                let source = peers::source(&request)?;
                let question = question(request, source).await?;
                Some(match routes::answer(&agents, &question).await {
                    Reply::Here(answer) => answer,
                    Reply::Unknown(answer) => {
                        Answer { status: StatusCode::MISDIRECTED_REQUEST, ..answer }
                    }
                })
            }
        }));
    }
}

/// Answers everybody at once, but no more than so many of one address.
async fn serve<F, A>(listener: TcpListener, answer: F)
where
    F: Fn(Question) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    let crowd = Crowd::default();
    let mut conversations = JoinSet::new();
    loop {
        let (stream, source) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => (stream, peer.ip()),
                Err(error) => {
                    tracing::warn!(%error, "a connection is not taken");
                    tokio::time::sleep(limits::ACCEPT_PAUSE).await;
                    continue;
                }
            },
            _ = conversations.join_next(), if !conversations.is_empty() => continue,
        };
        let place = crowd.enter(source);
        let answer = answer.clone();
        conversations.spawn(converse(stream, move |request| {
            let has_room = place.is_some();
            let answer = answer.clone();
            async move {
                if !has_room {
                    let why = json!("too many requests at once");
                    return Some(Answer::json(StatusCode::TOO_MANY_REQUESTS, &why));
                }
                Some(answer(question(request, source).await?).await)
            }
        }));
    }
}

/// Takes one request and answers it; nothing is an answer to what cannot be understood.
async fn converse<F, A>(stream: impl AsyncRead + AsyncWrite + Unpin + Send, answer: F)
where
    F: Fn(Request<Incoming>) -> A + Send + Sync,
    A: Future<Output = Option<Answer>> + Send,
{
    let service = service_fn(|request| {
        let answer = answer(request);
        async move { Ok::<_, Infallible>(response(answer.await)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits::QUESTION)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    // Whoever goes away, or takes too long, gets no answer.
    if let Ok(Err(error)) = tokio::time::timeout(limits::CONVERSATION, connection).await {
        tracing::debug!(%error, "a conversation breaks off");
    }
}

async fn question(request: Request<Incoming>, source: IpAddr) -> Option<Question> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, limits::QUESTION_BYTES).collect().await.ok()?.to_bytes();
    Some(Question {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body,
        source,
    })
}

fn response(answer: Option<Answer>) -> Response<Full<Bytes>> {
    let answer = answer.unwrap_or_else(|| {
        Answer::json(StatusCode::BAD_REQUEST, &json!("the request cannot be read"))
    });
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = answer.status;
    let content_type = HeaderValue::from_static(answer.content_type);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

/// How many of each address are being answered.
#[derive(Clone, Default)]
struct Crowd {
    by_source: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
}

/// One of them, until it is dropped.
struct Place {
    crowd: Crowd,
    source: IpAddr,
}

impl Crowd {
    fn enter(&self, source: IpAddr) -> Option<Place> {
        let mut by_source = self.by_source.lock().unwrap_or_else(PoisonError::into_inner);
        let count = by_source.entry(source).or_default();
        if *count >= limits::QUESTIONS_OF_ONE {
            return None;
        }
        *count += 1;
        Some(Place { crowd: self.clone(), source })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_source = self.crowd.by_source.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_source.get_mut(&self.source) {
            *count -= 1;
            if *count == 0 {
                by_source.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Crowd;
    use crate::limits;
    use std::net::IpAddr;

    #[test]
    fn one_address_does_not_keep_the_others_out() {
        let crowd = Crowd::default();
        let source = |last| IpAddr::from([172, 17, 0, last]);
        let all: Vec<_> = (0..limits::QUESTIONS_OF_ONE).map(|_| crowd.enter(source(2))).collect();
        assert!(all.iter().all(Option::is_some));
        assert!(crowd.enter(source(2)).is_none());
        assert!(crowd.enter(source(3)).is_some());
        drop(all);
        assert!(crowd.enter(source(2)).is_some());
    }
}
