//! The log as callers have it.
//!
//! **What is lost, and when.** With [`Durability::Written`] a ticket is done once the operating system
//! has the record. The end of the process, by `kill -9` too, then takes nothing away. The fall of the
//! machine can take what was not synced yet: about the last second. With [`Durability::Synced`] a
//! ticket is done once the disk has the record, and the fall of the machine takes nothing away either.
//! In both cases one write, or one sync, carries all records that wait.
//!
//! A record that the disk refuses is an error for whoever waits for it. It is kept in memory, and
//! written before any other when the disk takes it again: what the call did is done.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    Error, Follower, Healed, Position, Record,
    files::Files,
    writer::{Entry, Writer},
};

/// Records that wait to be written, at most; one more waits for a place.
pub(crate) const QUEUE_COUNT_MAX: usize = 512;
/// What a record usually takes, in bytes.
const LINE_BYTES: usize = 1536;

/// When a record counts as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// The operating system has it.
    #[default]
    Written,
    /// The disk has it.
    Synced,
}

/// How a log is kept.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A file that has reached so many bytes is followed by another.
    pub file_bytes: u64,
    /// So many files are kept, the one that is written among them.
    pub files_kept: usize,
    /// When a record counts as written.
    pub durability: Durability,
}

impl Default for Settings {
    /// 16 files of 64 MiB.
    fn default() -> Self {
        Settings { file_bytes: 64 << 20, files_kept: 16, durability: Durability::default() }
    }
}

/// The log. Clones are the same log; when the last one is gone, what waits is still written.
#[derive(Clone)]
pub struct Log(Option<Arc<Shell>>);

struct Shell {
    directory: PathBuf,
    written: watch::Receiver<Position>,
    is_broken: Arc<AtomicBool>,
    /// `None` once the shell is being dropped.
    queue: Option<mpsc::Sender<Entry>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// Says when a record is written.
#[derive(Debug)]
#[must_use = "a record may be lost as long as nobody waits for it"]
pub struct Ticket(Option<oneshot::Receiver<Result<(), Error>>>);

impl Log {
    /// Opens the log in a directory, which is made if need be, and starts the writer. What a crash left
    /// at the end of the newest file is healed, and told.
    pub fn open(directory: &Path, settings: Settings) -> Result<(Log, Option<Healed>), Error> {
        let durability = settings.durability;
        let (files, healed) = Files::open(directory, settings)?;
        let is_broken = Arc::new(AtomicBool::new(false));
        let start = || {
            let (queue, waiting) = mpsc::channel(QUEUE_COUNT_MAX);
            let (writer, written) =
                Writer::new(directory.to_owned(), files, durability, is_broken.clone())?;
            let thread = std::thread::Builder::new()
                .name("audit-writer".into())
                .spawn(move || writer.run(waiting))?;
            Ok(Shell {
                directory: directory.to_owned(),
                written,
                is_broken,
                queue: Some(queue),
                thread: Mutex::new(Some(thread)),
            })
        };
        let shell = start().map_err(|error| Error::disk(directory, error))?;
        Ok((Log(Some(Arc::new(shell))), healed))
    }

    /// A log that takes every record and keeps none: for simulations, and tests of other things.
    pub fn nowhere() -> Log {
        Log(None)
    }

    /// Where the files are.
    pub fn directory(&self) -> Option<&Path> {
        self.0.as_ref().map(|shell| shell.directory.as_path())
    }

    /// Hands a record to the writer; waits while many others do.
    pub async fn append(&self, record: &Record<'_>) -> Result<Ticket, Error> {
        let Some(shell) = &self.0 else { return Ok(Ticket(None)) };
        let mut line = Vec::with_capacity(LINE_BYTES);
        serde_json::to_writer(&mut line, record).expect("invariant: a record is JSON");
        line.push(b'\n');
        shell.enqueue(record.event_time.clone().into_owned(), line).await
    }

    /// Appends a record and waits until it is written.
    pub async fn write(&self, record: &Record<'_>) -> Result<(), Error> {
        self.append(record).await?.written().await
    }

    /// Whether records are taken now, to be asked before anything is done that must have a record.
    /// After a write that failed, another is tried.
    pub async fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Some(shell) if shell.is_broken.load(Ordering::Acquire) => {
                shell.enqueue(String::new(), Vec::new()).await?.written().await
            }
            _ => Ok(()),
        }
    }

    /// Where the next record will be.
    pub fn position(&self) -> Position {
        self.0.as_ref().map_or(Position::default(), |shell| *shell.written.borrow())
    }

    /// What is appended after a position. Nothing ever, of a log that is nowhere.
    pub fn follow(&self, from: Position) -> Follower {
        match &self.0 {
            Some(shell) => Follower::new(shell.directory.clone(), shell.written.clone(), from),
            None => Follower::new(PathBuf::new(), watch::channel(from).1, from),
        }
    }
}

impl Shell {
    async fn enqueue(&self, event_time: String, line: Vec<u8>) -> Result<Ticket, Error> {
        let queue = self.queue.as_ref().ok_or(Error::Closed)?;
        let (done, ticket) = oneshot::channel();
        queue.send(Entry { event_time, line, done }).await.map_err(|_| Error::Closed)?;
        Ok(Ticket(Some(ticket)))
    }
}

impl Ticket {
    /// Waits until the record is written; an error if it could not be.
    pub async fn written(self) -> Result<(), Error> {
        match self.0 {
            Some(done) => done.await.unwrap_or(Err(Error::Closed)),
            None => Ok(()),
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        self.queue = None;
        let thread = self.thread.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}
