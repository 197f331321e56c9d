//! Tables: ordered rows of one kind of record, each with the revision that last changed it.

use crate::key::{Key, KeyBytes, PrefixOf};
use crate::{Change, Changed, Revision, State, engine, error};
use imbl::ordmap::RangedIter;
use imbl::shared_ptr::DefaultSharedPtr;
use serde::{Serialize, de::DeserializeOwned};
use std::ops::Bound;
use std::sync::Arc;

/// A kind of record with a table of its own.
///
/// Its JSON is what the engine keeps; a field that comes later needs `#[serde(default)]`.
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What names one record.
    type Key: Key;
    /// The table's number on disk. Never changed, never used again.
    const TABLE: u8;
    /// The table's name, for messages.
    const NAME: &'static str;

    /// The key, out of the record's own fields.
    fn key(&self) -> Self::Key;
    /// Where the table is.
    #[doc(hidden)]
    fn table(state: &State) -> &Table<Self>;
    /// Where the table is.
    #[doc(hidden)]
    fn table_mut(state: &mut State) -> &mut Table<Self>;
    /// Brings the indexes from `old` to `new`, after the table itself was changed.
    #[doc(hidden)]
    fn reindex(_: &mut State, _: &KeyBytes, _: Option<&Self>, _: Option<&Self>) {}
    /// A change of this table.
    #[doc(hidden)]
    fn change(changed: Changed<Self>) -> Change;
    /// A change of this table.
    #[doc(hidden)]
    fn changed(change: Change) -> Changed<Self>;
}

/// A record and the revision that last changed it.
#[derive(Debug, PartialEq)]
pub struct Row<R> {
    /// The revision that last changed it.
    pub revision: Revision,
    /// The record.
    pub value: Arc<R>,
}

impl<R> Clone for Row<R> {
    fn clone(&self) -> Self {
        Row { revision: self.revision, value: self.value.clone() }
    }
}

/// The rows of one kind of record, in the order of their keys.
#[derive(PartialEq)]
pub struct Table<R: Record> {
    pub(crate) rows: imbl::OrdMap<KeyBytes, Row<R>>,
}

impl<R: Record> Clone for Table<R> {
    fn clone(&self) -> Self {
        Table { rows: self.rows.clone() }
    }
}

impl<R: Record> Default for Table<R> {
    fn default() -> Self {
        Table { rows: imbl::OrdMap::new() }
    }
}

impl<R: Record> Table<R> {
    /// The record with this key.
    pub fn get(&self, key: &R::Key) -> Option<&Arc<R>> {
        self.row(key).map(|row| &row.value)
    }

    /// The record with this key, and when it last changed.
    pub fn row(&self, key: &R::Key) -> Option<&Row<R>> {
        self.rows.get(key.bytes().as_slice())
    }

    /// Every record, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<R>> {
        self.rows.values().map(|row| &row.value)
    }

    /// The records whose keys begin with `prefix`, in order: those of a cluster, say.
    pub fn scan<P: PrefixOf<R::Key>>(&self, prefix: &P) -> Scan<'_, R> {
        Scan(scan(&self.rows, prefix.bytes()))
    }

    /// The records after `key` (which need not be there), in order: for lists in pages.
    pub fn after(&self, key: &R::Key) -> Scan<'_, R> {
        let key: KeyBytes = key.bytes().into();
        Scan(self.rows.range((Bound::Excluded(key), Bound::Unbounded)))
    }

    /// Of the records of [`Table::scan`] those after `key`, which begins with `prefix` too and need not
    /// be there, or all where there is none.
    pub fn scan_after<P: PrefixOf<R::Key>>(&self, prefix: &P, key: Option<&R::Key>) -> Scan<'_, R> {
        let Some(key) = key else { return self.scan(prefix) };
        let key: KeyBytes = key.bytes().into();
        let past = past(prefix.bytes());
        Scan(self.rows.range((Bound::Excluded(key), Bound::Excluded(past))))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The entries of `map` whose keys begin with `prefix`, which ends with a whole segment.
pub(crate) fn scan<V>(
    map: &imbl::OrdMap<KeyBytes, V>,
    prefix: Vec<u8>,
) -> RangedIter<'_, KeyBytes, V, DefaultSharedPtr> {
    let past = past(prefix.clone());
    map.range(KeyBytes::from(prefix)..past)
}

/// What comes just after all keys that begin with `prefix`: it ends with 0x00, so the same with 0x01.
fn past(mut prefix: Vec<u8>) -> KeyBytes {
    if let Some(last) = prefix.last_mut() {
        *last = 1;
    }
    prefix.into()
}

/// Records in the order of their keys, from either end.
pub struct Scan<'a, R>(RangedIter<'a, KeyBytes, Row<R>, DefaultSharedPtr>);

impl<'a, R> Iterator for Scan<'a, R> {
    type Item = &'a Arc<R>;
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(_, row)| &row.value)
    }
}

impl<R> DoubleEndedIterator for Scan<'_, R> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(_, row)| &row.value)
    }
}

/// Sets or removes a row, keeps the indexes, and answers with what was there.
pub(crate) fn set<R: Record>(
    state: &mut State,
    key: &KeyBytes,
    new: Option<Row<R>>,
) -> Option<Row<R>> {
    let new_value = new.as_ref().map(|row| row.value.clone());
    let rows = &mut R::table_mut(state).rows;
    let old = match new {
        Some(row) => rows.insert(key.clone(), row),
        None => rows.remove(key),
    };
    R::reindex(state, key, old.as_ref().map(|row| &*row.value), new_value.as_deref());
    old
}

/// The bytes that the engine keeps for a row: its revision, then JSON.
pub(crate) fn encode<R: Record>(revision: Revision, value: &R) -> Vec<u8> {
    // Most records take about a KiB.
    let mut bytes = Vec::with_capacity(1_536);
    bytes.extend_from_slice(&revision.0.to_be_bytes());
    serde_json::to_writer(&mut bytes, value).expect("invariant: records have JSON forms");
    bytes
}

/// Applies what an engine holds under `key`.
pub(crate) fn load<R: Record>(
    state: &mut State,
    write: &engine::Write,
) -> Result<(), crate::Error> {
    let row = write.value.as_deref().map(|bytes| decode::<R>(&write.key, bytes)).transpose()?;
    set(state, &write.key, row);
    Ok(())
}

fn decode<R: Record>(key: &[u8], bytes: &[u8]) -> Result<Row<R>, crate::Error> {
    let unreadable = |why: &dyn std::fmt::Display| {
        error::damaged(format!("{} '{}': {why}", R::NAME, key.escape_ascii()))
    };
    let (revision, json) = bytes.split_first_chunk().ok_or_else(|| unreadable(&"too short"))?;
    let value: R = serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
    if value.key().bytes() != key {
        return Err(unreadable(&"it holds another record"));
    }
    Ok(Row { revision: Revision(u64::from_be_bytes(*revision)), value: Arc::new(value) })
}
