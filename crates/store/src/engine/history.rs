//! How much history an engine keeps: the recent batches, over rows as they were before them.
//!
//! The rows of an engine lag behind: they are as they were at the `base` revision, and the batches
//! after it are kept whole. So a commit writes its batch in one piece and no more, state at any
//! revision from the base on can be rebuilt, and a start brings the rows forward. When there are too
//! many batches the oldest are folded into the rows, some megabytes at a time, because rows that are
//! written together share pages and a row that was written often is written once. There is no clock
//! in this: history is bounded by number and bytes alone.

use crate::{Error, Revision, limits};
use std::collections::VecDeque;

/// How much history to keep.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Batches.
    pub batches_max: usize,
    /// Bytes of batches. A single batch may be larger; it is kept alone.
    pub bytes_max: usize,
    /// Bytes of batches that are folded together.
    pub fold_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            batches_max: limits::HISTORY_BATCHES_MAX,
            bytes_max: limits::HISTORY_BYTES_MAX,
            fold_bytes: limits::FOLD_BYTES,
        }
    }
}

/// Which batches are kept, and how large they are.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    bounds: Bounds,
    base: Revision,
    sizes: VecDeque<usize>,
    bytes: usize,
}

impl History {
    pub(super) fn new(bounds: Bounds, base: Revision) -> Self {
        History { bounds, base, ..History::default() }
    }

    /// The revision of the rows: the oldest that can be rebuilt.
    pub(super) fn base(&self) -> Revision {
        self.base
    }

    pub(super) fn newest(&self) -> Revision {
        Revision(self.base.0 + self.sizes.len() as u64)
    }

    pub(super) fn check_follows(&self, offered: Revision) -> Result<(), Error> {
        let newest = self.newest();
        if offered == newest.next() { Ok(()) } else { Err(Error::OutOfOrder { offered, newest }) }
    }

    pub(super) fn check_kept(&self, asked: Revision) -> Result<(), Error> {
        let (oldest, newest) = (self.base, self.newest());
        if (oldest..=newest).contains(&asked) {
            Ok(())
        } else {
            Err(Error::NotKept { asked, oldest, newest })
        }
    }

    /// The revision that the rows are to be brought to when a batch of `size` bytes is added.
    pub(super) fn base_with(&self, size: usize) -> Revision {
        let Bounds { batches_max, bytes_max, fold_bytes } = self.bounds;
        let fits = |count, bytes| count < batches_max && bytes + size <= bytes_max;
        let (mut count, mut bytes) = (self.sizes.len(), self.bytes);
        if fits(count, bytes) {
            return self.base;
        }
        for oldest in &self.sizes {
            let folded = self.sizes.len() - count;
            let enough = self.bytes - bytes >= fold_bytes || folded >= batches_max / 16;
            if fits(count, bytes) && enough {
                break;
            }
            count -= 1;
            bytes -= oldest;
        }
        Revision(self.base.0 + (self.sizes.len() - count) as u64)
    }

    /// The rows are at `base` now.
    pub(super) fn fold(&mut self, base: Revision) {
        while self.base < base {
            self.base = self.base.next();
            self.bytes -= self.sizes.pop_front().unwrap_or(0);
        }
    }

    pub(super) fn push(&mut self, size: usize) {
        self.sizes.push_back(size);
        self.bytes += size;
    }
}
