//! A transaction: the newest state, to read and to change, until it is kept or thrown away.

use crate::companion::Companions;
use crate::key::{Key, KeyBytes};
use crate::{Change, Changed, Companion, Record, Revision, Row, State, record};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// A transaction. It reads as a [`State`] that has the changes made so far.
///
/// The closure that gets it runs later than it was handed in, on the newest state: what it decides on
/// is read here, not from an earlier snapshot.
pub struct Tx {
    state: State,
    companions: Companions,
    revision: Revision,
    changes: BTreeMap<(u8, KeyBytes), Change>,
}

impl Deref for Tx {
    type Target = State;
    fn deref(&self) -> &State {
        &self.state
    }
}

impl Tx {
    pub(crate) fn new(state: State, companions: Companions, revision: Revision) -> Self {
        Tx { state, companions, revision, changes: BTreeMap::new() }
    }

    /// A transaction over a copy of `state` that nobody will keep: to see what would be.
    pub fn scratch(state: &State) -> Self {
        Tx::new(state.clone(), Companions::default(), state.revision().next())
    }

    /// The revision that the changes of this transaction will carry.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The companion of a kind, which has the changes made so far. It is made when one is asked for
    /// first, which takes as long as it takes to look at the whole state.
    pub fn companion<C: Companion>(&mut self) -> &mut C {
        self.companions.get(&self.state)
    }

    /// The record with this key.
    pub fn get<R: Record>(&self, key: &R::Key) -> Option<&Arc<R>> {
        R::table(&self.state).get(key)
    }

    /// Writes a record in place of the one with its key. Writing what is there already is no
    /// change: its revision stays and no feed hears of it.
    pub fn put<R: Record>(&mut self, value: R) {
        let key = value.key();
        let unchanged = self.get::<R>(&key).is_some_and(|old| **old == value);
        if !unchanged {
            self.set(key, Some(Arc::new(value)));
        }
    }

    /// Changes the record with this key, if there is one; whether there is.
    pub fn edit<R: Record>(&mut self, key: &R::Key, edit: impl FnOnce(&mut R)) -> bool {
        let Some(old) = self.get::<R>(key) else { return false };
        let mut value = R::clone(old);
        edit(&mut value);
        assert!(value.key() == *key, "invariant: an edit keeps the key");
        self.put(value);
        true
    }

    /// Deletes the record with this key, and answers with it.
    pub fn delete<R: Record>(&mut self, key: &R::Key) -> Option<Arc<R>> {
        let old = self.get::<R>(key).cloned();
        if old.is_some() {
            self.set::<R>(key.clone(), None);
        }
        old
    }

    fn set<R: Record>(&mut self, key: R::Key, new: Option<Arc<R>>) {
        let bytes: KeyBytes = key.bytes().into();
        let row = new.clone().map(|value| Row { revision: self.revision, value });
        let old = record::set(&mut self.state, &bytes, row).map(|row| row.value);
        if !self.companions.is_empty() {
            let step = Changed { key: key.clone(), old: old.clone(), new: new.clone() };
            self.companions.follow(&R::change(step));
        }
        let id = (R::TABLE, bytes);
        let first_old = match self.changes.remove(&id) {
            Some(before) => R::changed(before).old,
            None => old,
        };
        if first_old.is_some() || new.is_some() {
            self.changes.insert(id, R::change(Changed { key, old: first_old, new }));
        }
    }

    /// Whether it has changed nothing.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.changes.is_empty()
    }

    /// The state and the companions with the changes, and the changes, one for each record.
    pub(crate) fn finish(self) -> (State, Companions, BTreeMap<(u8, KeyBytes), Change>) {
        (self.state, self.companions, self.changes)
    }

    /// The companions as they were before it began.
    pub(crate) fn undo(mut self) -> Companions {
        if !self.companions.is_empty() {
            for change in self.changes.into_values() {
                self.companions.follow(&change.reversed());
            }
        }
        self.companions
    }
}
