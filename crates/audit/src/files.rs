//! The files of the log: their names, the end of the newest one, rotation, and what is kept.
//!
//! A file is `audit-SEQUENCE-TIME.jsonl`: its number, and when its first record was made. The numbers
//! rise, whatever the clock does, so names in order are records in the order of their writing.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use model::Timestamp;

use crate::{Durability, Error, Position, Settings};

/// What is read at once from the end of a file.
const CHUNK_BYTES: u64 = 64 * 1024;

/// The length of a time in a name, and a time for a record that has none.
const TIME_LEN: usize = 16;
const NO_TIME: &str = "00000101T000000Z";

/// The end of a file that was not the end of a record, and is so now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Healed {
    /// The file.
    pub file: PathBuf,
    /// Bytes of a record that was never whole, and never acknowledged. They are gone.
    pub cut_bytes: u64,
}

/// The name of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub(crate) sequence: u64,
    /// As in `20261125T154159Z`.
    pub(crate) time: String,
}

impl Name {
    /// Of a file whose first record has this `eventTime`.
    fn new(sequence: u64, event_time: &str) -> Self {
        let time = event_time.replace(['-', ':'], "");
        let is_time =
            time.len() == TIME_LEN && time.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Name { sequence, time: if is_time { time } else { NO_TIME.into() } }
    }

    fn parse(name: &str) -> Option<Self> {
        let (sequence, time) =
            name.strip_prefix("audit-")?.strip_suffix(".jsonl")?.split_once('-')?;
        if sequence.len() != 10 || time.len() != TIME_LEN {
            return None;
        }
        Some(Name { sequence: sequence.parse().ok()?, time: time.to_owned() })
    }

    pub(crate) fn path(&self, directory: &Path) -> PathBuf {
        directory.join(format!("audit-{:010}-{}.jsonl", self.sequence, self.time))
    }
}

/// A time as names have it.
pub(crate) fn compact(at: Timestamp) -> String {
    at.to_string().replace(['-', ':'], "")
}

/// The files of a directory, oldest first.
pub(crate) fn list(directory: &Path) -> io::Result<Vec<Name>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        names.extend(entry?.file_name().to_str().and_then(Name::parse));
    }
    names.sort();
    Ok(names)
}

/// The directory and its newest file, held by the one process that writes there.
pub(crate) struct Files {
    directory: PathBuf,
    settings: Settings,
    newest: Option<Newest>,
    next_sequence: u64,
    /// Gives the directory back when it is closed.
    _lock: File,
}

struct Newest {
    file: Arc<File>,
    sequence: u64,
    /// Bytes of whole records.
    len: u64,
    /// There may be more in the file than that.
    is_torn: bool,
}

impl Files {
    /// Takes the directory, making it if need be (for its owner only), and heals the newest file's end.
    pub(crate) fn open(
        directory: &Path,
        settings: Settings,
    ) -> Result<(Self, Option<Healed>), Error> {
        let disk = |error| Error::disk(directory, error);
        DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(disk)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(directory.join("lock"))
            .map_err(disk)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::Taken(directory.to_owned()),
            TryLockError::Error(error) => disk(error),
        })?;
        let last = list(directory).map_err(disk)?.pop();
        let mut files = Files {
            directory: directory.to_owned(),
            settings,
            newest: None,
            next_sequence: last.as_ref().map_or(1, |name| name.sequence + 1),
            _lock: lock,
        };
        let healed = match last {
            Some(name) => files.resume(&name).map_err(disk)?,
            None => None,
        };
        Ok((files, healed))
    }

    fn resume(&mut self, name: &Name) -> io::Result<Option<Healed>> {
        let path = name.path(&self.directory);
        let mut file = OpenOptions::new().read(true).append(true).open(&path)?;
        let (len, end) = (file.metadata()?.len(), end_of_records(&mut file)?);
        if end < len {
            file.set_len(end)?;
            file.sync_data()?;
        }
        let file = Arc::new(file);
        self.newest = Some(Newest { file, sequence: name.sequence, len: end, is_torn: false });
        Ok((end < len).then(|| Healed { file: path, cut_bytes: len - end }))
    }

    /// Where the next record will be.
    pub(crate) fn position(&self) -> Position {
        match &self.newest {
            Some(newest) => Position { sequence: newest.sequence, offset: newest.len },
            None => Position { sequence: self.next_sequence, offset: 0 },
        }
    }

    /// The newest file, to be synced.
    pub(crate) fn newest(&self) -> Option<Arc<File>> {
        self.newest.as_ref().map(|newest| newest.file.clone())
    }

    /// Appends whole lines: all of them, or after an error none. `event_time` is that of the first.
    pub(crate) fn append(&mut self, lines: &[u8], event_time: &str) -> io::Result<()> {
        if self.newest.as_ref().is_some_and(|newest| newest.len >= self.settings.file_bytes) {
            self.rotate()?;
        }
        if self.newest.is_none() {
            self.begin(event_time)?;
        }
        let newest = self.newest.as_mut().expect("invariant: a file was begun");
        newest.append(lines)?;
        if self.settings.durability == Durability::Synced
            && let Err(error) = newest.file.sync_data()
        {
            // What the disk has of this file is not known any more: the lines go to another.
            newest.len -= lines.len() as u64;
            let _ = newest.file.set_len(newest.len);
            self.newest = None;
            return Err(error);
        }
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        if let Some(newest) = &self.newest {
            newest.file.sync_data()?;
        }
        self.newest = None;
        Ok(())
    }

    fn begin(&mut self, event_time: &str) -> io::Result<()> {
        let name = Name::new(self.next_sequence, event_time);
        let open = OpenOptions::new()
            .create_new(true)
            .append(true)
            .mode(0o600)
            .open(name.path(&self.directory));
        let file = Arc::new(open?);
        self.next_sequence += 1;
        self.newest = Some(Newest { file, sequence: name.sequence, len: 0, is_torn: false });
        // So that the name outlives the machine's fall, too.
        File::open(&self.directory)?.sync_all()?;
        self.forget()
    }

    /// Removes the oldest files.
    fn forget(&self) -> io::Result<()> {
        let names = list(&self.directory)?;
        let many = names.len().saturating_sub(self.settings.files_kept.max(1));
        names[..many].iter().try_for_each(|name| std::fs::remove_file(name.path(&self.directory)))
    }
}

impl Newest {
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        self.heal()?;
        self.is_torn = true;
        match (&*self.file).write_all(lines) {
            Ok(()) => {
                self.len += lines.len() as u64;
                self.is_torn = false;
                Ok(())
            }
            Err(error) => {
                // If this does not succeed either, it is tried again before the next write.
                let _ = self.heal();
                Err(error)
            }
        }
    }

    fn heal(&mut self) -> io::Result<()> {
        if self.is_torn {
            self.file.set_len(self.len)?;
            self.is_torn = false;
        }
        Ok(())
    }
}

/// The end of the last whole line.
fn end_of_records(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut chunk = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(CHUNK_BYTES);
        file.seek(SeekFrom::Start(start))?;
        chunk.clear();
        io::Read::by_ref(file).take(end - start).read_to_end(&mut chunk)?;
        if let Some(at) = chunk.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}
