//! What engines keep: batches of writes, and images that they add up to.

use crate::error::{Error, damaged};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The number of a commit. The empty store has 0; each commit has the next number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

impl Revision {
    /// The next one.
    pub fn next(self) -> Revision {
        Revision(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A row written or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The number of its table.
    pub table: u8,
    /// Its key.
    pub key: Arc<[u8]>,
    /// What it is now; `None` deletes it.
    pub value: Option<Arc<[u8]>>,
}

impl Write {
    /// A row written.
    pub fn put(table: u8, key: impl Into<Arc<[u8]>>, value: impl Into<Arc<[u8]>>) -> Write {
        Write { table, key: key.into(), value: Some(value.into()) }
    }

    /// A row deleted.
    pub fn delete(table: u8, key: impl Into<Arc<[u8]>>) -> Write {
        Write { table, key: key.into(), value: None }
    }
}

/// What one commit writes; each row at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The revision that it makes.
    pub revision: Revision,
    /// The rows.
    pub writes: Vec<Write>,
}

impl Batch {
    /// Its size in bytes, about.
    pub fn size(&self) -> usize {
        let value = |write: &Write| write.value.as_ref().map_or(0, |value| value.len());
        self.writes.iter().map(|write| 10 + write.key.len() + value(write)).sum()
    }
}

/// All rows at one revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// The revision.
    pub revision: Revision,
    /// The rows, in order of table and key; none is a deletion.
    pub rows: Vec<Write>,
}

/// Rows by table and key.
pub(super) type Rows = BTreeMap<(u8, Arc<[u8]>), Arc<[u8]>>;

/// Brings rows forward by a batch.
pub(super) fn apply(rows: &mut Rows, batch: &Batch) {
    for write in &batch.writes {
        let id = (write.table, write.key.clone());
        match &write.value {
            Some(value) => rows.insert(id, value.clone()),
            None => rows.remove(&id),
        };
    }
}

pub(super) fn to_image(revision: Revision, rows: Rows) -> Image {
    let rows = rows.into_iter();
    let rows = rows.map(|((table, key), value)| Write { table, key, value: Some(value) }).collect();
    Image { revision, rows }
}

/// The writes of a batch as bytes: for each the table, the length and bytes of the key, then 0 for a
/// deletion or 1 and the length and bytes of the value. Lengths are four bytes, big-endian.
pub(super) fn encode(writes: &[Write]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let sized = |bytes: &mut Vec<u8>, part: &[u8]| {
        let len = u32::try_from(part.len()).expect("invariant: rows are far below 4 GiB");
        bytes.extend_from_slice(&len.to_be_bytes());
        bytes.extend_from_slice(part);
    };
    for write in writes {
        bytes.push(write.table);
        sized(&mut bytes, &write.key);
        bytes.push(u8::from(write.value.is_some()));
        if let Some(value) = &write.value {
            sized(&mut bytes, value);
        }
    }
    bytes
}

/// Reads what [`encode`] wrote.
pub(super) fn decode(mut bytes: &[u8]) -> Result<Vec<Write>, Error> {
    let mut writes = Vec::new();
    while !bytes.is_empty() {
        let write = decode_one(&mut bytes).ok_or_else(|| damaged("a batch ends too early"))?;
        writes.push(write);
    }
    Ok(writes)
}

fn decode_one(bytes: &mut &[u8]) -> Option<Write> {
    let table = *bytes.split_off_first()?;
    let key = decode_sized(bytes)?;
    let value = match bytes.split_off_first()? {
        0 => None,
        _ => Some(decode_sized(bytes)?),
    };
    Some(Write { table, key, value })
}

fn decode_sized(bytes: &mut &[u8]) -> Option<Arc<[u8]>> {
    let (len, rest) = bytes.split_first_chunk()?;
    let (part, rest) = rest.split_at_checked(u32::from_be_bytes(*len) as usize)?;
    *bytes = rest;
    Some(part.into())
}
