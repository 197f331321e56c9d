//! The change feed: every commit, in order, to all who listen.

use crate::{Change, Revision};
use std::sync::Arc;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// What one durable commit changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Commit {
    /// The revision that it made; the next commit has the next number.
    pub revision: Revision,
    /// The changes, transaction after transaction; one transaction changes a record at most once.
    pub changes: Vec<Change>,
}

/// The listener has missed commits: it takes a snapshot, lists again, and goes on from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{missed} commits were missed")]
pub struct Lagged {
    /// How many.
    pub missed: u64,
}

/// Commits as they are published.
///
/// To list and then follow without a gap, subscribe first and take the snapshot second: commits up
/// to the snapshot's revision may come again, none is missing. A snapshot taken after a commit was
/// received has that commit.
#[derive(Debug)]
pub struct Feed(pub(crate) broadcast::Receiver<Arc<Commit>>);

impl Feed {
    /// The next commit; `None` when the store is closed.
    pub async fn recv(&mut self) -> Option<Result<Arc<Commit>, Lagged>> {
        match self.0.recv().await {
            Ok(commit) => Some(Ok(commit)),
            Err(RecvError::Lagged(missed)) => Some(Err(Lagged { missed })),
            Err(RecvError::Closed) => None,
        }
    }

    /// The next commit, if there is one already.
    pub fn try_recv(&mut self) -> Option<Result<Arc<Commit>, Lagged>> {
        match self.0.try_recv() {
            Ok(commit) => Some(Ok(commit)),
            Err(TryRecvError::Lagged(missed)) => Some(Err(Lagged { missed })),
            Err(TryRecvError::Empty | TryRecvError::Closed) => None,
        }
    }
}
