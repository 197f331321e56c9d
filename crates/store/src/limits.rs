//! Every number that bounds the store.

/// The format of the data directory that this version writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// Transactions that may wait for the writer; one more is answered [`crate::Error::Busy`].
pub const QUEUE_MAX: usize = 4_096;

/// Transactions in one durable commit.
pub const GROUP_MAX: usize = 1_024;

/// Commits that a feed may lie behind before it is told [`crate::Lagged`]; a power of two.
pub const FEED_MAX: usize = 4_096;

/// Batches that an engine keeps, so that state at an earlier revision can be rebuilt.
pub const HISTORY_BATCHES_MAX: usize = 65_536;

/// Bytes of batches that an engine keeps. A start reads them all: at most a second or so.
pub const HISTORY_BYTES_MAX: usize = 64 << 20;

/// Bytes of the oldest batches that are brought into the rows together when history is full.
/// More of them share pages, fewer keep the pause of that commit short.
pub const FOLD_BYTES: usize = 2 << 20;
