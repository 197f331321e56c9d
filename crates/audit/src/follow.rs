//! What is appended from now on, over rotations.
//!
//! The writer says how far it has written, and a follower reads the files to there at its own pace. So a
//! slow one makes nothing pile up.

use std::{
    fs::File,
    io::{self, ErrorKind, Read as _, Seek as _, SeekFrom},
    path::PathBuf,
};

use tokio::sync::watch;

use crate::{
    Filter, Position,
    files::{self, Name},
    filter::Sieve,
};

/// Bytes that are read at once.
const CHUNK_BYTES: u64 = 256 * 1024;

/// Reads what is appended to a log.
pub struct Follower {
    directory: PathBuf,
    written: watch::Receiver<Position>,
    at: Position,
    file: Option<File>,
    /// The beginning of a line whose end was not read yet.
    rest: Vec<u8>,
}

/// What a follower read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Records, as lines of JSON with their ends.
    pub lines: Vec<u8>,
    /// How many there are.
    pub count: usize,
    /// Whether files went away before they were read.
    pub has_gap: bool,
}

impl Follower {
    pub(crate) fn new(
        directory: PathBuf,
        written: watch::Receiver<Position>,
        at: Position,
    ) -> Self {
        Follower { directory, written, at, file: None, rest: Vec::new() }
    }

    /// Waits until there is something to read; false once the log is closed and nothing will come.
    /// Cancelling loses nothing.
    pub async fn wait(&mut self) -> bool {
        let at = self.at;
        self.written.wait_for(|written| *written > at).await.is_ok()
    }

    /// Reads some of what there is, and gives what the filter lets through. It reads files, so it
    /// belongs on a thread that may block.
    pub fn read(&mut self, filter: &Filter) -> io::Result<Read> {
        let sieve = Sieve::new(filter);
        let written = *self.written.borrow();
        let mut read = Read::default();
        if self.file.is_none() && !self.open(written, &mut read)? {
            return Ok(read);
        }
        let Some(file) = &mut self.file else { return Ok(read) };
        let is_newest = self.at.sequence == written.sequence;
        let end = if is_newest { written.offset } else { file.metadata()?.len() };
        let bytes = end.saturating_sub(self.at.offset).min(CHUNK_BYTES);
        if bytes == 0 {
            if !is_newest {
                self.at = Position { sequence: self.at.sequence + 1, offset: 0 };
                (self.file, self.rest) = (None, Vec::new());
            }
            return Ok(read);
        }
        let got = file.take(bytes).read_to_end(&mut self.rest)?;
        if got == 0 {
            // Somebody has cut the file: there is nothing to wait for in it.
            read.has_gap = true;
            self.at.offset = end;
            return Ok(read);
        }
        self.at.offset += got as u64;
        let whole = self.rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        for line in self.rest[..whole].split_inclusive(|byte| *byte == b'\n') {
            if sieve.matches(line) {
                read.lines.extend_from_slice(line);
                read.count += 1;
            }
        }
        self.rest.drain(..whole);
        Ok(read)
    }

    /// Opens the file that comes next; false when there is none yet.
    fn open(&mut self, written: Position, read: &mut Read) -> io::Result<bool> {
        let names = files::list(&self.directory)?;
        let is_next = |name: &&Name| (self.at.sequence..=written.sequence).contains(&name.sequence);
        let Some(name) = names.iter().find(is_next) else {
            // Somebody has removed them all.
            read.has_gap |= written > self.at;
            self.at = self.at.max(written);
            return Ok(false);
        };
        if name.sequence > self.at.sequence {
            read.has_gap = true;
            self.at = Position { sequence: name.sequence, offset: 0 };
        }
        let mut file = match File::open(name.path(&self.directory)) {
            // It was the oldest, and has gone meanwhile: the next look finds another.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        file.seek(SeekFrom::Start(self.at.offset))?;
        self.file = Some(file);
        Ok(true)
    }
}
