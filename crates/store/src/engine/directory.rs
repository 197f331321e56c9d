//! The data directory: who holds it, and which format it has. Both are known before the engine's
//! file is touched.
//!
//! * `lock` is held (flock) by the process that has the store open, and has its id.
//! * `FORMAT` has one line, `longshore store N`.
//! * `store.redb` is the engine's file. It is made as `store.redb.new` and gets its name last, so a
//!   start that was cut short is told from a file that was lost.

use crate::error::{Error, damaged, io};
use crate::limits::FORMAT;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

const FORMAT_WORDS: &str = "longshore store ";

/// A data directory that this process holds.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    /// Gives the directory back when it is closed.
    _lock: File,
}

impl Directory {
    /// Takes the directory, making it if need be (for its owner only). One of a newer format is
    /// refused before anything is made.
    pub(super) fn hold(path: &Path) -> Result<Directory, Error> {
        read_format(path)?;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(io(format!("making {}", path.display())))?;
        let lock = lock(path)?;
        Ok(Directory { path: path.to_owned(), _lock: lock })
    }

    /// The engine's file, made by `make` if the directory is new.
    pub(super) fn file(
        &self,
        make: impl FnOnce(File) -> Result<(), Error>,
    ) -> Result<PathBuf, Error> {
        let (file, new) = (self.path.join("store.redb"), self.path.join("store.redb.new"));
        let has_format = read_format(&self.path)?.is_some();
        match (has_format, file.exists(), new.exists()) {
            (true, true, _) => return Ok(file),
            (false, true, _) => return Err(damaged(format!("{} has no FORMAT", file.display()))),
            (true, false, false) => return Err(damaged(format!("{} is missing", file.display()))),
            // Its format is said only when it was whole.
            (true, false, true) => {}
            (false, false, _) => {
                let open = OpenOptions::new()
                    .read(true)
                    .write(true)
                    .create(true)
                    .truncate(true)
                    .open(&new)
                    .map_err(io(format!("making {}", new.display())))?;
                make(open)?;
                self.write_format()?;
            }
        }
        std::fs::rename(&new, &file).map_err(io(format!("naming {}", file.display())))?;
        self.sync()?;
        Ok(file)
    }

    fn write_format(&self) -> Result<(), Error> {
        let (path, new) = (self.path.join("FORMAT"), self.path.join("FORMAT.new"));
        let write = || {
            let mut file = File::create(&new)?;
            writeln!(file, "{FORMAT_WORDS}{FORMAT}")?;
            file.sync_all()?;
            std::fs::rename(&new, &path)
        };
        write().map_err(io(format!("writing {}", path.display())))?;
        self.sync()
    }

    fn sync(&self) -> Result<(), Error> {
        let sync = || File::open(&self.path)?.sync_all();
        sync().map_err(io(format!("writing {}", self.path.display())))
    }
}

fn lock(directory: &Path) -> Result<File, Error> {
    let path = directory.join("lock");
    let doing = format!("locking {}", path.display());
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = open.map_err(io(&doing))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Whoever holds it may be just about to write its id: then it is not known.
            let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
            let holder = if known { holder.trim().to_owned() } else { "unknown".into() };
            return Err(Error::InUse { directory: directory.display().to_string(), holder });
        }
        Err(TryLockError::Error(error)) => return Err(io(doing)(error)),
    }
    let write = |file: &mut File| {
        file.set_len(0)?;
        writeln!(file, "{}", std::process::id())
    };
    write(&mut file).map_err(io(doing))?;
    Ok(file)
}

/// The format of the directory, if it has one.
fn read_format(directory: &Path) -> Result<Option<u32>, Error> {
    let path = directory.join("FORMAT");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(io(format!("reading {}", path.display()))(error)),
    };
    let found = text.strip_prefix(FORMAT_WORDS).and_then(|rest| rest.trim_end().parse().ok());
    let found: u32 =
        found.ok_or_else(|| damaged(format!("{} does not say a format", path.display())))?;
    if found > FORMAT {
        let directory = directory.display().to_string();
        return Err(Error::Newer { directory, found, known: FORMAT });
    }
    Ok(Some(found))
}
