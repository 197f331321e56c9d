//! A disk that is not written to until what is on it has been found good.
//!
//! Opening an engine's file repairs it: it writes. While guarded, a disk keeps those writes in
//! memory and shows them to reads. When everything was read and checked, [`Guard::release`] plays
//! them onto the disk in the order in which they came, syncs included, so that a crash on the way
//! leaves what a crash of the repair itself would have left. If something was found damaged, the
//! guard is dropped and the file is as it was.

use redb::StorageBackend;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const BLOCK: u64 = 4096;

/// A disk under guard. Clones are the same disk: one goes to the engine, one stays to release it.
#[derive(Clone, Debug)]
pub(super) struct Guard(Arc<Guarded>);

#[derive(Debug)]
struct Guarded {
    disk: Box<dyn StorageBackend>,
    /// `None` once released.
    held: Mutex<Option<Held>>,
}

/// The writes that are held back.
#[derive(Debug)]
struct Held {
    len: u64,
    /// How much of the disk still shows through.
    shown: u64,
    blocks: BTreeMap<u64, Box<[u8]>>,
    log: Vec<Op>,
}

#[derive(Debug)]
enum Op {
    Write(u64, Box<[u8]>),
    SetLen(u64),
    Sync,
}

impl Guard {
    pub(super) fn new(disk: Box<dyn StorageBackend>) -> io::Result<Guard> {
        let len = disk.len()?;
        let held = Held { len, shown: len, blocks: BTreeMap::new(), log: Vec::new() };
        Ok(Guard(Arc::new(Guarded { disk, held: Mutex::new(Some(held)) })))
    }

    /// Writes what was held back, and everything from now on.
    pub(super) fn release(&self) -> io::Result<()> {
        let held = self.held().take();
        for op in held.into_iter().flat_map(|held| held.log) {
            match op {
                Op::Write(offset, data) => self.0.disk.write(offset, &data)?,
                Op::SetLen(len) => self.0.disk.set_len(len)?,
                Op::Sync => self.0.disk.sync_data()?,
            }
        }
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// The block as the disk has it, zeros where nothing shows through.
    fn below(&self, block: u64, disk: &dyn StorageBackend) -> io::Result<Box<[u8]>> {
        let mut data = vec![0; BLOCK as usize].into_boxed_slice();
        let start = block * BLOCK;
        let shown = self.shown.saturating_sub(start).min(BLOCK) as usize;
        if shown > 0 {
            disk.read(start, &mut data[..shown])?;
        }
        Ok(data)
    }

    fn read(&self, offset: u64, out: &mut [u8], disk: &dyn StorageBackend) -> io::Result<()> {
        if offset + out.len() as u64 > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (block, from, part) in parts(offset, out.len()) {
            let to = &mut out[part.clone()];
            let from = from..from + part.len();
            match self.blocks.get(&block) {
                Some(data) => to.copy_from_slice(&data[from]),
                None => to.copy_from_slice(&self.below(block, disk)?[from]),
            }
        }
        Ok(())
    }

    fn write(&mut self, offset: u64, data: &[u8], disk: &dyn StorageBackend) -> io::Result<()> {
        for (block, from, part) in parts(offset, data.len()) {
            if !self.blocks.contains_key(&block) {
                let below = self.below(block, disk)?;
                self.blocks.insert(block, below);
            }
            if let Some(kept) = self.blocks.get_mut(&block) {
                kept[from..from + part.len()].copy_from_slice(&data[part]);
            }
        }
        self.len = self.len.max(offset + data.len() as u64);
        self.log.push(Op::Write(offset, data.into()));
        Ok(())
    }

    fn set_len(&mut self, len: u64) {
        self.blocks.retain(|block, _| block * BLOCK < len);
        if let Some(cut) = self.blocks.get_mut(&(len / BLOCK)) {
            cut[(len % BLOCK) as usize..].fill(0);
        }
        self.shown = self.shown.min(len);
        self.len = len;
        self.log.push(Op::SetLen(len));
    }
}

/// The blocks that a range of the disk touches: for each its number, where in it the range begins,
/// and which part of the range lies in it.
fn parts(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, std::ops::Range<usize>)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let at = offset + done as u64;
        let from = (at % BLOCK) as usize;
        let part = done..len.min(done + BLOCK as usize - from);
        done = part.end;
        (!part.is_empty()).then_some((at / BLOCK, from, part))
    })
}

impl StorageBackend for Guard {
    fn len(&self) -> io::Result<u64> {
        match &*self.held() {
            Some(held) => Ok(held.len),
            None => self.0.disk.len(),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        match &*self.held() {
            Some(held) => held.read(offset, out, &*self.0.disk),
            None => self.0.disk.read(offset, out),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        match &mut *self.held() {
            Some(held) => {
                held.set_len(len);
                Ok(())
            }
            None => self.0.disk.set_len(len),
        }
    }

    fn sync_data(&self) -> io::Result<()> {
        match &mut *self.held() {
            Some(held) => {
                held.log.push(Op::Sync);
                Ok(())
            }
            None => self.0.disk.sync_data(),
        }
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        match &mut *self.held() {
            Some(held) => held.write(offset, data, &*self.0.disk),
            None => self.0.disk.write(offset, data),
        }
    }

    fn close(&self) -> io::Result<()> {
        self.0.disk.close()
    }
}
