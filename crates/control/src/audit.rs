//! `GET /longshore/v1/audit`: the records of the audit log, line by line, and those to come for as long
//! as the caller listens. Longshore's own, not of ECS; the lines are CloudTrail's records.
//!
//! Members of the query, each of which can be absent: `since` and `until` (seconds since 1970),
//! `principal`, `action`, `resource`, `accessKeyId` (with `*` and `?`), `denied=true`; `last` for the
//! newest so many, else `order` (`oldest`, the default, or `newest`) and `limit`; `follow=true`.

use std::io;

use access::Own;
use audit::{Filter, Follower, Log, Order, Position};
use axum::{
    body::Body,
    extract::{Request, State as Extract},
    http::{HeaderValue, header::CONTENT_TYPE, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use model::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use wire::Error;

use crate::{
    App, auth, limits,
    query_string::members,
    server::{Shared, render},
};

/// Where it is served.
pub const PATH: &str = "/longshore/v1/audit";

/// Bytes that go out at once.
const CHUNK_BYTES: usize = 32 * 1024;
/// Chunks that wait for a slow caller.
const CHUNK_COUNT: usize = 4;

/// What is asked for.
#[derive(Debug, Default)]
struct Asked {
    filter: Filter,
    is_newest_first: bool,
    limit: Option<usize>,
    last: Option<usize>,
    is_followed: bool,
}

type Chunks = mpsc::Sender<io::Result<Vec<u8>>>;

/// Answers with lines.
pub(crate) async fn answer(Extract(shared): Extract<Shared>, request: Request) -> Response {
    let parts = request.into_parts().0;
    match allowed(&shared.app, &parts) {
        Err(error) => render(Err(error)),
        Ok(asked) => {
            let (chunks, told) = mpsc::channel(CHUNK_COUNT);
            tokio::spawn(tell(shared.app.audit.clone(), asked, chunks, shared.shutdown));
            let told = stream::unfold(told, |mut told| async {
                told.recv().await.map(|chunk| (chunk, told))
            });
            let mut response = Body::from_stream(told).into_response();
            let kind = HeaderValue::from_static("application/x-ndjson");
            response.headers_mut().insert(CONTENT_TYPE, kind);
            response
        }
    }
}

fn allowed(app: &App, request: &Parts) -> Result<Asked, Error> {
    auth::admit(app, request, b"", Own::LookupEvents)?;
    if app.audit.directory().is_none() {
        return Err(Error::invalid_parameter("This control plane keeps no audit log."));
    }
    read(request.uri.query().unwrap_or_default())
}

/// Reads the members of a query string.
fn read(query: &str) -> Result<Asked, Error> {
    let mut asked = Asked::default();
    for (name, value) in members(query) {
        let wrong = |must: &str| Error::invalid_parameter(format!("{name} is '{value}'; {must}."));
        let number = || value.parse::<u32>().map_err(|_| wrong("it must be a number"));
        let count = || number().map(|number| Some(number as usize));
        let time = || {
            let seconds = value.parse::<u32>().map_err(|_| wrong("it must be seconds since 1970"));
            seconds.map(|seconds| Some(Timestamp(i64::from(seconds) * 1000)))
        };
        let flag = || value.parse::<bool>().map_err(|_| wrong("it must be true or false"));
        match name {
            "since" => asked.filter.since = time()?,
            "until" => asked.filter.until = time()?,
            "denied" => asked.filter.is_denied = flag()?,
            "follow" => asked.is_followed = flag()?,
            "limit" => asked.limit = count()?,
            "last" => asked.last = count()?,
            "order" => {
                asked.is_newest_first = match value.as_str() {
                    "newest" => true,
                    "oldest" => false,
                    _ => return Err(wrong("it must be newest or oldest")),
                }
            }
            "principal" => asked.filter.principal = Some(value),
            "action" => asked.filter.action = Some(value),
            "resource" => asked.filter.resource = Some(value),
            "accessKeyId" => asked.filter.access_key_id = Some(value),
            other => {
                let message = format!("{other} is no member of a question to the audit log.");
                return Err(Error::invalid_parameter(message));
            }
        }
    }
    if asked.last.is_some_and(|last| last > limits::AUDIT_LAST_MAX) {
        let most = limits::AUDIT_LAST_MAX;
        return Err(Error::invalid_parameter(format!("last must not be more than {most}.")));
    }
    Ok(asked)
}

/// Sends what there is, and, if that is asked, what comes. An error breaks the connection, so that the
/// caller does not take what it got for all.
async fn tell(log: Log, asked: Asked, chunks: Chunks, shutdown: CancellationToken) {
    // What is written before it is read from the files, and the rest is followed.
    let now = log.position();
    let filter = asked.filter.clone();
    let is_followed = asked.is_followed;
    let (past, to) = (log.clone(), chunks.clone());
    let told = tokio::task::spawn_blocking(move || tell_past(&past, &asked, now, &to)).await;
    if let Ok(Err(error)) = told {
        let _ = chunks.send(Err(error)).await;
    } else if is_followed {
        let followed = follow(log.follow(now), filter, &chunks);
        let ended = tokio::select! {
            ended = followed => ended,
            () = shutdown.cancelled() => Ok(()),
        };
        if let Err(error) = ended {
            let _ = chunks.send(Err(error)).await;
        }
    }
}

fn tell_past(log: &Log, asked: &Asked, now: Position, to: &Chunks) -> io::Result<()> {
    let Some(directory) = log.directory() else { return Ok(()) };
    let is_backward = asked.is_newest_first || asked.last.is_some();
    let order = if is_backward { Order::NewestFirst } else { Order::OldestFirst };
    let matches = audit::query(directory, &asked.filter, order, Some(now))?;
    if let Some(last) = asked.last {
        let mut lines = matches.take(last).collect::<io::Result<Vec<_>>>()?;
        lines.reverse();
        return send(lines.into_iter().map(Ok), to);
    }
    send(matches.take(asked.limit.unwrap_or(usize::MAX)), to)
}

fn send(lines: impl Iterator<Item = io::Result<Vec<u8>>>, to: &Chunks) -> io::Result<()> {
    let mut chunk = Vec::new();
    for line in lines {
        chunk.extend_from_slice(&line?);
        chunk.push(b'\n');
        if chunk.len() >= CHUNK_BYTES && to.blocking_send(Ok(std::mem::take(&mut chunk))).is_err() {
            // The caller has heard enough.
            return Ok(());
        }
    }
    if !chunk.is_empty() {
        let _ = to.blocking_send(Ok(chunk));
    }
    Ok(())
}

/// Sends what is appended, until the caller has heard enough. A line without anything says that there
/// is nothing.
async fn follow(mut follower: Follower, filter: Filter, to: &Chunks) -> io::Result<()> {
    loop {
        tokio::select! {
            () = to.closed() => return Ok(()),
            () = tokio::time::sleep(limits::WATCH_REST) => {
                let _ = to.send(Ok(b"\n".to_vec())).await;
                continue;
            }
            may_come = follower.wait() => if !may_come { return Ok(()) },
        }
        let (filter, mut back) = (filter.clone(), follower);
        let read = tokio::task::spawn_blocking(move || (back.read(&filter), back)).await;
        let (read, back) = read.map_err(io::Error::other)?;
        follower = back;
        let read = read?;
        if read.has_gap {
            return Err(io::Error::other("records were removed before they were read"));
        }
        if !read.lines.is_empty() {
            let _ = to.send(Ok(read.lines)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use audit::{CallFacts, Outcome, Parameters, Record, Settings, UserIdentity};

    use super::*;

    async fn call(log: &Log, operation: &str) {
        let record = Record::of_call(CallFacts {
            at: Timestamp(1_795_621_319_000),
            event_id: 7,
            request_id: "r",
            service: "ecs",
            operation,
            region: "us-east-1",
            account: "111122223333",
            identity: UserIdentity::root("111122223333", "AKIAROOT"),
            source_ip: "192.0.2.7",
            user_agent: "aws-cli",
            request: Parameters::None,
            outcome: Outcome::Answered(Parameters::None),
            checks: Vec::new(),
        });
        log.write(&record).await.expect("it is written");
    }

    #[tokio::test]
    async fn the_last_records_are_told_and_then_those_that_come() {
        let directory = tempfile::tempdir().expect("a directory");
        let (log, _) = Log::open(directory.path(), Settings::default()).expect("it opens");
        call(&log, "CreateCluster").await;
        call(&log, "RunTask").await;
        let (chunks, mut told) = mpsc::channel(CHUNK_COUNT);
        let asked = read("last=1&follow=true&action=ecs:*").expect("a question");
        let shutdown = CancellationToken::new();
        let telling = tokio::spawn(tell(log.clone(), asked, chunks, shutdown.clone()));
        for operation in ["RunTask", "StopTask"] {
            let chunk = told.recv().await.expect("it goes on").expect("lines");
            let line = String::from_utf8(chunk).expect("text");
            assert!(line.contains(operation) && line.ends_with("}\n"), "{line}");
            assert_eq!(line.lines().count(), 1, "{line}");
            call(&log, "StopTask").await;
        }
        shutdown.cancel();
        telling.await.expect("it ends");
    }

    #[test]
    fn a_question_says_what_is_wrong_with_it() {
        let asked = read("since=60&action=ecs%3ARunTask&denied=true&last=5").expect("a question");
        assert_eq!(asked.filter.since, Some(Timestamp(60_000)));
        assert_eq!(asked.filter.action.as_deref(), Some("ecs:RunTask"));
        assert!(asked.filter.is_denied && asked.last == Some(5) && !asked.is_followed);
        for (query, says) in [
            ("since=yesterday", "since is 'yesterday'; it must be seconds since 1970."),
            ("last=1001", "last must not be more than 1000."),
            ("order=both", "order is 'both'; it must be newest or oldest."),
            ("who=me", "who is no member"),
        ] {
            let error = read(query).expect_err(query);
            assert!(error.message.contains(says), "{}", error.message);
        }
    }
}
