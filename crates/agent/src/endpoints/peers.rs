//! The other processes of this host that serve the same address: each listens on a socket in one
//! directory, and is asked by whichever process was given a request that it cannot answer.
//!
//! The directory is the owner's alone, so whoever connects is trusted to say on whose behalf it asks.
//! A process that was killed leaves its socket; the first that finds nobody behind it removes it.

use std::fs::{DirBuilder, read_dir, remove_file, rename};
use std::io;
use std::net::IpAddr;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use http::header::{CONTENT_TYPE, HOST};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::TokioIo;
use tokio::net::{UnixListener, UnixStream};

use super::answer::{Answer, Question};
use crate::{clock, limits};

/// On whose behalf a peer asks.
const SOURCE: &str = "longshore-source";
const EXTENSION: &str = "sock";

/// This process among its peers.
#[derive(Debug)]
pub struct Peers {
    directory: PathBuf,
    own: PathBuf,
    listener: UnixListener,
}

impl Peers {
    /// Takes a place in the directory, which is made if it is missing. To be called within a runtime.
    pub fn open(directory: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        let metadata = directory.metadata()?;
        let others = metadata.permissions().mode() & 0o077 != 0;
        if others || metadata.uid() != Path::new("/proc/self").metadata()?.uid() {
            return Err(io::Error::other("the directory must belong to this user alone"));
        }
        let own = directory.join(clock::message_id()).with_extension(EXTENSION);
        // Until it listens nobody may find it: they would think that its process is gone.
        let hidden = own.with_extension("new");
        let listener = UnixListener::bind(&hidden)?;
        rename(&hidden, &own)?;
        Ok(Self { directory: directory.to_owned(), own, listener })
    }

    /// The next peer that asks.
    pub async fn accept(&self) -> UnixStream {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => return stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection is not taken");
                    tokio::time::sleep(limits::ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Asks all of them at once. Nothing when none of them knows.
    pub async fn ask(&self, question: &Question) -> Option<Answer> {
        let sockets = self.others().unwrap_or_else(|error| {
            tracing::warn!(%error, directory = %self.directory.display(), "the other agents of this host are not known");
            Vec::new()
        });
        let asked = sockets.iter().take(limits::PEERS).map(|socket| async move {
            let answer = tokio::time::timeout(limits::CONVERSATION, ask(socket, question)).await;
            let answer = answer.map_err(|_| io::Error::from(io::ErrorKind::TimedOut)).flatten();
            answer.unwrap_or_else(|error| {
                tracing::debug!(%error, socket = %socket.display(), "a peer does not answer");
                None
            })
        });
        let mut answers: FuturesUnordered<_> = asked.collect();
        while let Some(answer) = answers.next().await {
            if answer.is_some() {
                return answer;
            }
        }
        None
    }

    fn others(&self) -> io::Result<Vec<PathBuf>> {
        let mut sockets = Vec::new();
        for entry in read_dir(&self.directory)? {
            let path = entry?.path();
            if path != self.own && path.extension().is_some_and(|e| e == EXTENSION) {
                sockets.push(path);
            }
        }
        Ok(sockets)
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        // Whoever finds it later removes it.
        let _ = remove_file(&self.own);
    }
}

/// On whose behalf a peer asks.
pub fn source<B>(request: &Request<B>) -> Option<IpAddr> {
    request.headers().get(SOURCE)?.to_str().ok()?.parse().ok()
}

async fn ask(socket: &Path, question: &Question) -> io::Result<Option<Answer>> {
    let stream = match UnixStream::connect(socket).await {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            let _ = remove_file(socket);
            return Ok(None);
        }
        stream => stream?,
    };
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(io::Error::other)?;
    // Ends with the sender; what is wrong with it, the sender hears too.
    tokio::spawn(async move { connection.await.ok() });
    let mark = if question.query.is_empty() { "" } else { "?" };
    let request = Request::builder()
        .method(question.method.clone())
        .uri(format!("{}{mark}{}", question.path, question.query))
        .header(HOST, "peer")
        .header(SOURCE, question.source.to_string())
        .body(Full::new(question.body.clone()))
        .map_err(io::Error::other)?;
    let answer = sender.send_request(request).await.map_err(io::Error::other)?;
    let (head, body) = answer.into_parts();
    if head.status == StatusCode::MISDIRECTED_REQUEST {
        return Ok(None);
    }
    let body = Limited::new(body, limits::ANSWER_BYTES).collect().await;
    let body = body.map_err(io::Error::other)?.to_bytes();
    let is_text = head.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "text/plain");
    let content_type = if is_text { "text/plain" } else { "application/json" };
    Ok(Some(Answer { status: head.status, content_type, body }))
}
