//! Replacing a file as a whole, so that a crash leaves the old one or the new one.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A directory that only its owner reads, with those above it.
pub(super) fn make_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Replaces or, where there are no bytes, removes files of one directory: first all the writing, then
/// the renames in their order, then one flush of the directory for all of them.
///
/// Environments of tasks are in there, so only the owner reads them.
pub(super) fn put(directory: &Path, files: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    for (path, bytes) in files {
        if let Some(bytes) = bytes {
            write_beside(path, bytes)?;
        }
    }
    for (path, bytes) in files {
        match bytes {
            Some(_) => fs::rename(beside(path), path)?,
            None => remove(path)?,
        }
    }
    File::open(directory)?.sync_all()
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(beside(path))?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// A file that is not there counts as removed.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
