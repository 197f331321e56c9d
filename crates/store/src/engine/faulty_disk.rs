//! A disk that fails when told to, and forgets in a crash what was not synced: all of it, some of
//! it, or some sectors of it.

use proptest::prelude::*;
use redb::StorageBackend;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

const SECTOR: usize = 512;

/// The disk. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub(super) struct FaultyDisk(Arc<Mutex<Disk>>);

#[derive(Debug, Default)]
struct Disk {
    now: Vec<u8>,
    synced: Vec<u8>,
    unsynced: Vec<Op>,
    /// Writes and syncs that still go well.
    good_ops: Option<usize>,
}

#[derive(Clone, Debug)]
enum Op {
    Write(usize, Vec<u8>),
    SetLen(usize),
}

/// What survives of the writes that were not synced.
#[derive(Clone, Debug)]
pub(super) enum Survival {
    /// Nothing.
    Nothing,
    /// Everything.
    Everything,
    /// A sector survives when the bit of its turn says so.
    Sectors(Vec<bool>),
}

pub(super) fn survival() -> impl Strategy<Value = Survival> {
    prop_oneof![
        1 => Just(Survival::Nothing),
        1 => Just(Survival::Everything),
        4 => prop::collection::vec(any::<bool>(), 1..64).prop_map(Survival::Sectors),
    ]
}

fn apply(bytes: &mut Vec<u8>, op: &Op, mut survives: impl FnMut() -> bool) {
    match op {
        Op::SetLen(len) => bytes.resize(*len, 0),
        Op::Write(offset, data) => {
            let mut done = 0;
            while done < data.len() {
                let at = offset + done;
                let part = (SECTOR - at % SECTOR).min(data.len() - done);
                if survives() {
                    bytes.resize(bytes.len().max(at + part), 0);
                    bytes[at..at + part].copy_from_slice(&data[done..done + part]);
                }
                done += part;
            }
        }
    }
}

impl FaultyDisk {
    pub(super) fn with_bytes(bytes: Vec<u8>) -> Self {
        let disk = Disk { now: bytes.clone(), synced: bytes, ..Disk::default() };
        FaultyDisk(Arc::new(Mutex::new(disk)))
    }

    /// After so many more writes and syncs, all of them fail.
    pub(super) fn fail_after(&self, good_ops: usize) {
        self.disk().good_ops = Some(good_ops);
    }

    /// The disk after a crash.
    pub(super) fn crash(&self, survival: &Survival) -> FaultyDisk {
        let disk = self.disk();
        let mut bytes = disk.synced.clone();
        let mut turn = 0;
        for op in &disk.unsynced {
            apply(&mut bytes, op, || match survival {
                Survival::Nothing => false,
                Survival::Everything => true,
                Survival::Sectors(bits) => {
                    turn += 1;
                    bits[turn % bits.len()]
                }
            });
        }
        FaultyDisk::with_bytes(bytes)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.disk().now.clone()
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap()
    }
}

impl Disk {
    fn spend(&mut self) -> io::Result<()> {
        match &mut self.good_ops {
            Some(0) => Err(io::Error::other("the disk fails, as the test asked")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn change(&mut self, op: Op) -> io::Result<()> {
        // What fails may have happened all the same, or in part.
        self.unsynced.push(op.clone());
        self.spend()?;
        apply(&mut self.now, &op, || true);
        Ok(())
    }
}

impl StorageBackend for FaultyDisk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.disk().now.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let disk = self.disk();
        let from = disk.now.get(offset as usize..).unwrap_or_default();
        let from = from.get(..out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(from);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk().change(Op::SetLen(len as usize))
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut disk = self.disk();
        disk.spend()?;
        disk.synced = disk.now.clone();
        disk.unsynced.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.disk().change(Op::Write(offset as usize, data.to_vec()))
    }
}
