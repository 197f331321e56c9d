//! What can go wrong with the log.

use std::{io, path::PathBuf, sync::Arc};

/// A record is not in the log, or the log cannot be opened.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Another process writes to the directory.
    #[error("the audit log in {0} belongs to another process")]
    Taken(
        /// The directory.
        PathBuf,
    ),
    /// The disk does not take what is written.
    #[error("the audit log in {directory} cannot be written: {why}")]
    Disk {
        /// The directory.
        directory: PathBuf,
        /// What the operating system says.
        why: Arc<io::Error>,
    },
    /// The log is closed.
    #[error("the audit log is closed")]
    Closed,
}

impl Error {
    pub(crate) fn disk(directory: &std::path::Path, why: io::Error) -> Self {
        Self::Disk { directory: directory.to_owned(), why: Arc::new(why) }
    }
}
