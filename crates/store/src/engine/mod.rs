//! Engines: where batches of rows are kept, behind three verbs.
//!
//! Memory is the truth for reads, so an engine needs no queries. It is a durable row of batches that
//! can be read back: all of it (`load`), one more (`commit`), what came later (`follow`).

mod batch;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod crash;
mod directory;
mod embedded;
#[cfg(test)]
mod faulty_disk;
mod frame;
mod guard;
mod history;
mod memory;
mod trouble;

pub use batch::{Batch, Image, Revision, Write};
pub use embedded::Embedded;
pub use history::Bounds;
pub use memory::{Fault, Memory};

use crate::Error;

/// A place where batches are kept.
///
/// It has one writer. After an error of `commit` it is unknown whether the batch is kept: what there
/// is says the next `load`, of the engine opened again.
pub trait Backend: Send {
    /// Every row as it was at a revision, or as it is. Older revisions than the engine has history
    /// for are [`Error::NotKept`].
    fn load(&mut self, at: Option<Revision>) -> Result<Image, Error>;

    /// Keeps a batch: all of it or nothing, for good when this returns. Its revision is the next after
    /// the newest one, else [`Error::OutOfOrder`].
    fn commit(&mut self, batch: &Batch) -> Result<(), Error>;

    /// The batches after a revision, in order; [`Error::NotKept`] when some of them are no longer
    /// there.
    fn follow(&mut self, from: Revision) -> Result<Vec<Batch>, Error>;
}
