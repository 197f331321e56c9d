//! What can go wrong with the store, in words for the one who runs it.

use crate::Revision;

/// The store could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Too many transactions wait; nothing was done and the caller may try again.
    #[error("the store has too many transactions waiting")]
    Busy,
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// The transaction panicked. It left no trace and the store goes on.
    #[error("a transaction panicked: {message}")]
    Panicked {
        /// What the panic said.
        message: String,
    },
    /// A commit failed, so it is unknown whether its last batch is durable: the store takes no
    /// more changes until it is opened again. Reads go on.
    #[error("the store takes no more changes until it is opened again: {reason}")]
    Failed {
        /// The first failure.
        reason: String,
    },
    /// Another process has the data directory open.
    #[error("data directory {directory} is in use by process {holder}")]
    InUse {
        /// The directory.
        directory: String,
        /// The process id that the other wrote down, or `unknown`.
        holder: String,
    },
    /// The data was written by a newer version. Nothing was touched.
    #[error(
        "{directory} has format {found}, but this version reads up to {known}; nothing was changed"
    )]
    Newer {
        /// The directory, or the name of the engine.
        directory: String,
        /// The format found.
        found: u32,
        /// The newest format that this version reads.
        known: u32,
    },
    /// The data does not read as it was written. Nothing was touched.
    #[error("the stored data is damaged: {what}; nothing was changed, restore it from a backup")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// History does not reach that far back.
    #[error("revision {asked} is not kept: history reaches from {oldest} to {newest}")]
    NotKept {
        /// The revision asked for.
        asked: Revision,
        /// The oldest that can be rebuilt.
        oldest: Revision,
        /// The newest there is.
        newest: Revision,
    },
    /// The batch does not follow the newest revision: another writer has been there.
    #[error("revision {offered} was offered after revision {newest}")]
    OutOfOrder {
        /// The revision of the batch.
        offered: Revision,
        /// The newest there is.
        newest: Revision,
    },
    /// The disk or the engine refused.
    #[error("{doing}: {reason}")]
    Io {
        /// What was being done.
        doing: String,
        /// The reason given.
        reason: String,
    },
}

/// Why an update did not happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError<E> {
    /// The closure returned this error, so nothing was changed.
    #[error("{0}")]
    Refused(E),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] Error),
}

pub(crate) fn damaged(what: impl Into<String>) -> Error {
    Error::Damaged { what: what.into() }
}

pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Error {
    let doing = doing.into();
    move |error| Error::Io { doing, reason: error.to_string() }
}
