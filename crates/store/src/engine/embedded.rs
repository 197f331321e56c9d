//! The engine on disk: one file of redb, a B-tree that is never overwritten in place.
//!
//! The rows and the batches of [`super::history`] are two of its tables; a commit is one of its
//! transactions, durable when it returns. Why redb, and what it costs: `examples/engines.rs`.

use super::Backend;
use super::batch::{self, Batch, Image, Revision, Rows, Write};
use super::directory::Directory;
use super::frame;
use super::guard::Guard;
use super::history::{Bounds, History};
use super::trouble::{Trouble, doing};
use crate::error::{Error, damaged, io};
use redb::{
    Database, ReadableDatabase as _, ReadableTable, StorageBackend, TableDefinition,
    backends::FileBackend,
};
use std::fs::OpenOptions;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// `base`: the revision of the rows.
const META: TableDefinition<&str, u64> = TableDefinition::new("meta");
/// Table number and key, to the framed value.
const ROWS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("rows");
/// Revision, to the framed writes of its batch.
const HISTORY: TableDefinition<u64, &[u8]> = TableDefinition::new("history");

/// Pages kept in memory. The store reads its own maps, so this serves commits alone.
const CACHE_BYTES: usize = 64 << 20;

/// The engine on disk.
#[derive(Debug)]
pub struct Embedded {
    db: Database,
    history: History,
    /// What was read to check the file; the first `load` takes it.
    opened: Option<Image>,
    /// After `db`: the directory is given back when the file is closed.
    _directory: Option<Directory>,
}

impl Embedded {
    /// Opens the store in a data directory, or makes one there. A directory that another process
    /// holds, or that is newer or damaged, is refused with its reason and stays as it is.
    pub fn open(directory: &Path, bounds: Bounds) -> Result<Embedded, Error> {
        let held = Directory::hold(directory)?;
        let file = held.file(|new| {
            let disk = FileBackend::new(new).map_err(Trouble::from);
            make(Box::new(doing("making", disk)?))
        })?;
        let open = OpenOptions::new().read(true).write(true).open(&file);
        let open = open.map_err(io(format!("opening {}", file.display())))?;
        let disk = doing("opening", FileBackend::new(open).map_err(Trouble::from))?;
        let opened = Self::open_disk(Box::new(disk), bounds)?;
        Ok(Embedded { _directory: Some(held), ..opened })
    }

    /// Opens what is on a disk, after all of it was found good; until then nothing is written.
    pub(super) fn open_disk(
        disk: Box<dyn StorageBackend>,
        bounds: Bounds,
    ) -> Result<Embedded, Error> {
        let guard = Guard::new(disk).map_err(io("opening the store"))?;
        // To redb an empty file is a new one. Ours are never empty.
        if guard.len().map_err(io("opening the store"))? == 0 {
            return Err(damaged("the file is empty"));
        }
        // redb asserts some things of a file instead of checking them.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut builder = Database::builder();
            let builder = builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true);
            let db = builder.create_with_backend(guard.clone())?;
            let (history, image) = read_all(&db, bounds)?;
            Ok::<_, Trouble>(Embedded { db, history, opened: Some(image), _directory: None })
        }));
        let read = read.unwrap_or_else(|_| Err(damaged("the file makes no sense").into()));
        let embedded = doing("opening", read)?;
        guard.release().map_err(io("repairing the store"))?;
        Ok(embedded)
    }

    fn read(&self, at: Revision) -> Result<Image, Trouble> {
        let tx = self.db.begin_read()?;
        let (_, mut rows) = read_rows(&tx)?;
        for batch in read_batches(&tx.open_table(HISTORY)?, ..=at.0)? {
            batch::apply(&mut rows, &batch);
        }
        Ok(batch::to_image(at, rows))
    }

    fn write(&self, batch: &Batch, base: Revision) -> Result<(), Trouble> {
        let tx = self.db.begin_write()?;
        {
            let mut history = tx.open_table(HISTORY)?;
            if base > self.history.base() {
                fold(&tx, &mut history, base)?;
            }
            let name = batch.revision.0;
            let framed = frame::seal(&name.to_be_bytes(), &batch::encode(&batch.writes));
            history.insert(name, framed.as_slice())?;
        }
        Ok(tx.commit()?)
    }

    fn batches_after(&self, from: Revision) -> Result<Vec<Batch>, Trouble> {
        read_batches(&self.db.begin_read()?.open_table(HISTORY)?, from.0 + 1..)
    }
}

impl Backend for Embedded {
    fn load(&mut self, at: Option<Revision>) -> Result<Image, Error> {
        let at = at.unwrap_or(self.history.newest());
        self.history.check_kept(at)?;
        match self.opened.take() {
            Some(image) if image.revision == at => Ok(image),
            _ => doing("reading", self.read(at)),
        }
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), Error> {
        self.history.check_follows(batch.revision)?;
        self.opened = None;
        let base = self.history.base_with(batch.size());
        doing("committing to", self.write(batch, base))?;
        self.history.fold(base);
        self.history.push(batch.size());
        Ok(())
    }

    fn follow(&mut self, from: Revision) -> Result<Vec<Batch>, Error> {
        self.history.check_kept(from)?;
        doing("reading", self.batches_after(from))
    }
}

/// Makes an empty store on an empty disk.
pub(super) fn make(disk: Box<dyn StorageBackend>) -> Result<(), Error> {
    let guard = Guard::new(disk).map_err(io("making the store"))?;
    guard.release().map_err(io("making the store"))?;
    doing("making", make_tables(guard))
}

fn make_tables(disk: Guard) -> Result<(), Trouble> {
    let db = Database::builder().create_with_backend(disk)?;
    let tx = db.begin_write()?;
    tx.open_table(META)?.insert("base", 0)?;
    tx.open_table(ROWS)?;
    tx.open_table(HISTORY)?;
    Ok(tx.commit()?)
}

/// Brings the rows to `base` and takes away the batches up to it.
fn fold(
    tx: &redb::WriteTransaction,
    history: &mut redb::Table<u64, &[u8]>,
    base: Revision,
) -> Result<(), Trouble> {
    // Only the last write of each row, in the order of the rows.
    let mut last = std::collections::BTreeMap::new();
    for batch in read_batches(history, ..=base.0)? {
        last.extend(batch.writes.into_iter().map(|write| (row_name(&write), write.value)));
    }
    let mut rows = tx.open_table(ROWS)?;
    for (name, value) in last {
        match value {
            Some(value) => rows.insert(&*name, &*frame::seal(&name, &value))?,
            None => rows.remove(&*name)?,
        };
    }
    history.retain_in(..=base.0, |_, _| false)?;
    let mut meta = tx.open_table(META)?;
    meta.insert("base", base.0)?;
    Ok(())
}

fn row_name(write: &Write) -> Vec<u8> {
    [&[write.table], &*write.key].concat()
}

/// Reads and checks everything: every row, every batch, and that no batch is missing.
fn read_all(db: &Database, bounds: Bounds) -> Result<(History, Image), Trouble> {
    let tx = db.begin_read()?;
    let (base, mut rows) = read_rows(&tx)?;
    let mut history = History::new(bounds, base);
    let batches = tx.open_table(HISTORY)?;
    for batch in read_batches(&batches, ..)? {
        if history.check_follows(batch.revision).is_err() {
            let newest = history.newest();
            return Err(damaged(format!("revision {} follows {newest}", batch.revision)).into());
        }
        history.push(batch.size());
        batch::apply(&mut rows, &batch);
    }
    let image = batch::to_image(history.newest(), rows);
    Ok((history, image))
}

fn read_rows(tx: &redb::ReadTransaction) -> Result<(Revision, Rows), Trouble> {
    let meta = tx.open_table(META)?;
    let base = meta.get("base")?;
    let base = base.ok_or_else(|| damaged("the revision of the rows is missing"))?.value();
    let mut rows = Rows::new();
    let table = tx.open_table(ROWS)?;
    for row in table.iter()? {
        let (name, framed) = row?;
        let value = frame::open(name.value(), framed.value())?;
        let (table, key) =
            name.value().split_first().ok_or_else(|| damaged("a row has no table"))?;
        rows.insert((*table, key.into()), value.into());
    }
    Ok((Revision(base), rows))
}

fn read_batches(
    history: &impl ReadableTable<u64, &'static [u8]>,
    range: impl std::ops::RangeBounds<u64>,
) -> Result<Vec<Batch>, Trouble> {
    let mut batches = Vec::new();
    for kept in history.range(range)? {
        let (name, framed) = kept?;
        let writes = batch::decode(frame::open(&name.value().to_be_bytes(), framed.value())?)?;
        batches.push(Batch { revision: Revision(name.value()), writes });
    }
    Ok(batches)
}
