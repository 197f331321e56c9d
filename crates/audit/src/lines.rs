//! Reading a directory, line by line, in either direction, with a bounded part of it in memory.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
};

use crate::{
    Filter,
    files::{self, Name},
    filter::Sieve,
};

/// What is read at once.
const CHUNK_BYTES: usize = 64 * 1024;
/// A line is never longer: a record has two members of 100 KB, the rest is small, and JSON can make six
/// bytes of one.
pub(crate) const LINE_BYTES_MAX: usize = 2 << 20;
/// Records come into the log when their calls are answered, so they may be out of order by as much as a
/// call takes; and a clock may be set back. Files are only passed over with this to spare.
const SLACK_MS: i64 = 10 * 60_000;

/// Which records come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first ones that were written.
    OldestFirst,
    /// The last ones that were written.
    NewestFirst,
}

/// A place between two records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The file's number.
    pub(crate) sequence: u64,
    /// Bytes before it in the file.
    pub(crate) offset: u64,
}

/// The records that were asked for: lines of JSON without their end.
pub struct Matches {
    directory: PathBuf,
    /// The files to come, the next one last.
    files: Vec<Name>,
    order: Order,
    before: Option<Position>,
    sieve: Sieve,
    open: Option<Open>,
}

enum Open {
    Forward(BufReader<io::Take<File>>),
    Backward(Backward),
}

/// Reads the records of a directory; with `before`, only those that were written before it. Files whose
/// times say that they have nothing are not opened. A line that is no record is passed over, as is the
/// end of a file that is being written.
pub fn query(
    directory: &Path,
    filter: &Filter,
    order: Order,
    before: Option<Position>,
) -> io::Result<Matches> {
    let mut files = in_time(files::list(directory)?, filter);
    files.retain(|name| before.is_none_or(|before| name.sequence <= before.sequence));
    if order == Order::OldestFirst {
        files.reverse();
    }
    let (directory, sieve) = (directory.to_owned(), Sieve::new(filter));
    Ok(Matches { directory, files, order, before, sieve, open: None })
}

/// The files that may have records of the time that is asked for: a file's records lie between its own
/// time and that of the next.
fn in_time(names: Vec<Name>, filter: &Filter) -> Vec<Name> {
    let since = filter.since.map(|since| files::compact(since.plus_ms(-SLACK_MS)));
    let until = filter.until.map(|until| files::compact(until.plus_ms(SLACK_MS)));
    let nexts: Vec<Option<String>> =
        names.iter().skip(1).map(|next| Some(next.time.clone())).chain([None]).collect();
    let may_have = |(name, next): &(Name, Option<String>)| {
        let is_over = since.as_ref().zip(next.as_ref()).is_some_and(|(since, next)| next < since);
        let is_ahead = until.as_ref().is_some_and(|until| name.time > *until);
        !is_over && !is_ahead
    };
    names.into_iter().zip(nexts).filter(may_have).map(|(name, _)| name).collect()
}

impl Matches {
    /// What the filter is.
    pub fn filter(&self) -> &Filter {
        self.sieve.filter()
    }

    fn open(&self, name: &Name) -> io::Result<Option<Open>> {
        let file = match File::open(name.path(&self.directory)) {
            // It was the oldest, and has gone meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let end = match self.before {
            Some(before) if before.sequence == name.sequence => before.offset,
            _ => file.metadata()?.len(),
        };
        Ok(Some(match self.order {
            Order::OldestFirst => {
                Open::Forward(BufReader::with_capacity(CHUNK_BYTES, file.take(end)))
            }
            Order::NewestFirst => Open::Backward(Backward::new(file, end)),
        }))
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let line = match &mut self.open {
                Some(Open::Forward(file)) => forward(file)?,
                Some(Open::Backward(file)) => file.line()?,
                None => None,
            };
            if line.is_some() {
                return Ok(line);
            }
            let Some(name) = self.files.pop() else { return Ok(None) };
            self.open = self.open(&name)?;
        }
    }
}

impl Iterator for Matches {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.line() {
                Ok(Some(line)) if self.sieve.matches(&line) => return Some(Ok(line)),
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => {
                    (self.open, self.files) = (None, Vec::new());
                    return Some(Err(error));
                }
            }
        }
    }
}

/// The next whole line.
fn forward(file: &mut BufReader<io::Take<File>>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    io::Read::by_ref(file).take(LINE_BYTES_MAX as u64).read_until(b'\n', &mut line)?;
    if line.pop() == Some(b'\n') {
        return Ok(Some(line));
    }
    if line.len() + 1 == LINE_BYTES_MAX {
        // Not of ours, so no record: its parts come one by one and match nothing.
        return Ok(Some(Vec::new()));
    }
    Ok(None)
}

/// A file, read from its end.
struct Backward {
    file: File,
    /// Where what was not read yet ends.
    start: u64,
    /// What was read and not handed out: it begins at `start`.
    rest: Vec<u8>,
    /// Whether the end of the last whole line was found.
    is_aligned: bool,
}

impl Backward {
    fn new(file: File, end: u64) -> Self {
        Backward { file, start: end, rest: Vec::new(), is_aligned: false }
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if !self.is_aligned
                && let Some(at) = self.rest.iter().rposition(|byte| *byte == b'\n')
            {
                self.rest.truncate(at);
                self.is_aligned = true;
            }
            if self.is_aligned {
                if let Some(at) = self.rest.iter().rposition(|byte| *byte == b'\n') {
                    let line = self.rest.split_off(at + 1);
                    self.rest.truncate(at);
                    return Ok(Some(line));
                }
                if self.start == 0 {
                    let line = std::mem::take(&mut self.rest);
                    self.is_aligned = false;
                    return Ok(Some(line));
                }
            } else if self.start == 0 {
                return Ok(None);
            }
            if self.rest.len() > LINE_BYTES_MAX {
                // Not of ours, so no record.
                self.rest.clear();
            }
            self.read()?;
        }
    }

    /// Puts what stands before it in front of the rest.
    fn read(&mut self) -> io::Result<()> {
        let begin = self.start.saturating_sub(CHUNK_BYTES as u64);
        self.file.seek(SeekFrom::Start(begin))?;
        let mut chunk = Vec::with_capacity(CHUNK_BYTES + self.rest.len());
        io::Read::by_ref(&mut self.file).take(self.start - begin).read_to_end(&mut chunk)?;
        chunk.append(&mut self.rest);
        (self.rest, self.start) = (chunk, begin);
        Ok(())
    }
}
