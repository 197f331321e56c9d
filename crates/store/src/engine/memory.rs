//! The engine in memory, for tests and the simulator: it outlives the store that uses it, and can
//! be told to fail.

use super::batch::{self, Batch, Image, Revision, Rows};
use super::{Backend, check_follows, check_kept};
use crate::{Error, limits};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a commit fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The batch is not kept.
    Lost,
    /// The batch is kept, but the writer never hears of it.
    Unanswered,
}

/// An engine in memory. Clones are the same engine, so one clone can be given to a store and
/// another kept: to open the store again after a crash, or to make commits fail.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    base: Revision,
    rows: Rows,
    batches: VecDeque<Batch>,
    bytes: usize,
    fault: Option<Fault>,
}

impl Memory {
    /// An empty engine.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the next commit fail.
    pub fn fail_next_commit(&self, fault: Fault) {
        self.kept().fault = Some(fault);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn newest(&self) -> Revision {
        self.batches.back().map_or(self.base, |batch| batch.revision)
    }

    /// Brings the oldest batches into the rows while there are too many.
    fn fold(&mut self) {
        while self.batches.len() > limits::HISTORY_BATCHES_MAX
            || self.bytes > limits::HISTORY_BYTES_MAX
        {
            let Some(oldest) = self.batches.pop_front() else { return };
            self.bytes -= oldest.size();
            self.base = oldest.revision;
            batch::apply(&mut self.rows, &oldest);
        }
    }
}

impl Backend for Memory {
    fn load(&mut self, at: Option<Revision>) -> Result<Image, Error> {
        let kept = self.kept();
        let at = at.unwrap_or(kept.newest());
        check_kept(at, kept.base, kept.newest())?;
        let mut rows = kept.rows.clone();
        for batch in kept.batches.iter().take_while(|batch| batch.revision <= at) {
            batch::apply(&mut rows, batch);
        }
        Ok(batch::to_image(at, rows))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), Error> {
        let mut kept = self.kept();
        check_follows(batch.revision, kept.newest())?;
        let fault = kept.fault.take();
        if fault != Some(Fault::Lost) {
            kept.bytes += batch.size();
            kept.batches.push_back(batch.clone());
            kept.fold();
        }
        match fault {
            None => Ok(()),
            Some(fault) => Err(Error::Io {
                doing: "committing".into(),
                reason: format!("{fault:?}, as the test asked"),
            }),
        }
    }

    fn follow(&mut self, from: Revision) -> Result<Vec<Batch>, Error> {
        let kept = self.kept();
        check_kept(from, kept.base, kept.newest())?;
        Ok(kept.batches.iter().filter(|batch| batch.revision > from).cloned().collect())
    }
}
