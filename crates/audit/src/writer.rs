//! The one thread that writes. It takes whatever waits and writes it in one go.

use std::{
    fs::File,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use tokio::sync::{mpsc::Receiver, oneshot, watch};

use crate::{Durability, Error, Position, files::Files, log::QUEUE_COUNT_MAX};

/// Bytes that are written in one go.
const WRITE_BYTES: usize = 1 << 20;
/// Bytes that are kept for a disk that does not take them.
const KEPT_BYTES_MAX: usize = 8 << 20;
/// How often what was written is synced to the disk, at most.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// A record that waits to be written.
pub(crate) struct Entry {
    /// The record's `eventTime`.
    pub(crate) event_time: String,
    /// Its line with the line's end. Empty: only the question whether the disk takes anything.
    pub(crate) line: Vec<u8>,
    /// Who waits for it.
    pub(crate) done: oneshot::Sender<Result<(), Error>>,
}

impl Entry {
    /// Adds its line to others; its time.
    fn take(&mut self, lines: &mut Vec<u8>) -> String {
        lines.extend_from_slice(&self.line);
        std::mem::take(&mut self.event_time)
    }
}

pub(crate) struct Writer {
    directory: PathBuf,
    files: Files,
    /// Where readers may read to.
    written: watch::Sender<Position>,
    /// Whether the disk did not take the last write.
    is_broken: Arc<AtomicBool>,
    /// Lines that the disk did not take, and the first one's time. Their callers know.
    kept: Vec<u8>,
    kept_time: String,
    /// What is to be synced; nothing where each write is.
    sync: Option<mpsc::SyncSender<Arc<File>>>,
}

impl Writer {
    pub(crate) fn new(
        directory: PathBuf,
        files: Files,
        durability: Durability,
        is_broken: Arc<AtomicBool>,
    ) -> std::io::Result<(Self, watch::Receiver<Position>)> {
        let (written, position) = watch::channel(files.position());
        let sync = match durability {
            Durability::Synced => None,
            Durability::Written => Some(syncer(directory.clone())?),
        };
        let (kept, kept_time) = (Vec::new(), String::new());
        let writer = Writer { directory, files, written, is_broken, kept, kept_time, sync };
        Ok((writer, position))
    }

    /// Writes until the last handle of the log is gone.
    pub(crate) fn run(mut self, mut queue: Receiver<Entry>) {
        let (mut entries, mut lines) = (Vec::new(), Vec::new());
        while queue.blocking_recv_many(&mut entries, QUEUE_COUNT_MAX) > 0 {
            let mut waiting = std::mem::take(&mut entries).into_iter().peekable();
            while let Some(mut first) = waiting.next() {
                lines.clear();
                let mut time = first.take(&mut lines);
                let mut group = vec![first.done];
                let fits =
                    |lines: &[u8], next: &Entry| lines.len() + next.line.len() <= WRITE_BYTES;
                while let Some(mut next) = waiting.next_if(|next| fits(&lines, next)) {
                    let next_time = next.take(&mut lines);
                    if time.is_empty() {
                        time = next_time;
                    }
                    group.push(next.done);
                }
                let result = self.write(&lines, &time);
                for done in group {
                    // An error only says that the caller has gone away.
                    let _ = done.send(result.clone());
                }
            }
        }
        let _ = self.write_kept();
        if let Some(file) = self.files.newest() {
            let _ = file.sync_data();
        }
    }

    fn write(&mut self, lines: &[u8], time: &str) -> Result<(), Error> {
        let written = self
            .write_kept()
            .and_then(|()| if lines.is_empty() { Ok(()) } else { self.files.append(lines, time) });
        let was_broken = self.is_broken.swap(written.is_err(), Ordering::AcqRel);
        match written {
            Ok(()) => {
                self.written.send_replace(self.files.position());
                if let (Some(sync), Some(file)) = (&self.sync, self.files.newest()) {
                    // When it is full, the sync to come covers this write, too.
                    let _ = sync.try_send(file);
                }
                if was_broken {
                    tracing::info!("the audit log can be written again");
                }
                Ok(())
            }
            Err(error) => {
                self.keep(lines, time);
                let error = Error::disk(&self.directory, error);
                if !was_broken {
                    tracing::error!(%error, "calls are refused until it can be written");
                }
                Err(error)
            }
        }
    }

    fn write_kept(&mut self) -> std::io::Result<()> {
        if !self.kept.is_empty() {
            self.files.append(&self.kept, &self.kept_time)?;
            self.kept = Vec::new();
        }
        Ok(())
    }

    /// What these calls did is done, so their records belong into the log, too, once it can be written.
    fn keep(&mut self, lines: &[u8], time: &str) {
        if lines.is_empty() {
            return;
        }
        if self.kept.len() + lines.len() > KEPT_BYTES_MAX {
            let lost_bytes = lines.len();
            tracing::error!(lost_bytes, "records of failed calls are lost: the disk takes nothing");
            return;
        }
        if self.kept.is_empty() {
            time.clone_into(&mut self.kept_time);
        }
        self.kept.extend_from_slice(lines);
    }
}

/// Starts the thread that syncs behind the writer, once in [`SYNC_EVERY`]. It ends after the sender.
fn syncer(directory: PathBuf) -> std::io::Result<mpsc::SyncSender<Arc<File>>> {
    let (sender, files) = mpsc::sync_channel::<Arc<File>>(1);
    std::thread::Builder::new().name("audit-sync".into()).spawn(move || {
        while let Ok(file) = files.recv() {
            let begun = Instant::now();
            if let Err(error) = file.sync_data() {
                tracing::error!(directory = %directory.display(), %error, "the audit log is not synced");
            }
            std::thread::sleep(SYNC_EVERY.saturating_sub(begun.elapsed()));
        }
    })?;
    Ok(sender)
}
