//! The engine in memory, for tests and the simulator: it outlives the store that uses it, and can
//! be told to fail.

use super::Backend;
use super::batch::{self, Batch, Image, Revision, Rows};
use super::history::{Bounds, History};
use crate::Error;
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
    history: History,
    rows: Rows,
    batches: VecDeque<Batch>,
    fault: Option<Fault>,
}

impl Memory {
    /// An empty engine.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty engine that keeps as much history as is said.
    pub fn with_history(bounds: Bounds) -> Self {
        let history = History::new(bounds, Revision::default());
        Memory(Arc::new(Mutex::new(Kept { history, ..Kept::default() })))
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
    fn keep(&mut self, batch: &Batch) {
        let base = self.history.base_with(batch.size());
        while let Some(oldest) = self.batches.pop_front_if(|oldest| oldest.revision <= base) {
            batch::apply(&mut self.rows, &oldest);
        }
        self.history.fold(base);
        self.history.push(batch.size());
        self.batches.push_back(batch.clone());
    }
}

impl Backend for Memory {
    fn load(&mut self, at: Option<Revision>) -> Result<Image, Error> {
        let kept = self.kept();
        let at = at.unwrap_or(kept.history.newest());
        kept.history.check_kept(at)?;
        let mut rows = kept.rows.clone();
        for batch in kept.batches.iter().take_while(|batch| batch.revision <= at) {
            batch::apply(&mut rows, batch);
        }
        Ok(batch::to_image(at, rows))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), Error> {
        let mut kept = self.kept();
        kept.history.check_follows(batch.revision)?;
        let fault = kept.fault.take();
        if fault != Some(Fault::Lost) {
            kept.keep(batch);
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
        kept.history.check_kept(from)?;
        Ok(kept.batches.iter().filter(|batch| batch.revision > from).cloned().collect())
    }
}
