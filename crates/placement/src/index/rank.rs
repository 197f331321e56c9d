//! The values of an attribute in the order in which a leading `spread` likes them.

use alloc::{collections::BTreeMap, vec::Vec};

use super::tree::Keys;

/// Values, by number, with what makes one better than another.
#[derive(Default)]
pub(super) struct Rank {
    by_keys: BTreeMap<Keys, Vec<u32>>,
    /// For each value its keys, and its place among those with the same.
    standing: Vec<Option<(Keys, u32)>>,
}

impl Rank {
    /// Puts a value where its keys say; without keys it is taken out.
    pub(super) fn set(&mut self, value: u32, keys: Option<Keys>) {
        let at = value as usize;
        if self.standing.len() <= at {
            self.standing.resize(at + 1, None);
        }
        let before = self.standing[at];
        if before.map(|(keys, _)| keys) == keys {
            return;
        }
        if let Some((keys, place)) = before {
            self.take(&keys, place);
        }
        self.standing[at] = keys.map(|keys| {
            let equals = self.by_keys.entry(keys).or_default();
            equals.push(value);
            (keys, equals.len() as u32 - 1)
        });
    }

    fn take(&mut self, keys: &Keys, place: u32) {
        let equals = self.by_keys.get_mut(keys).expect("invariant: a standing value is ranked");
        equals.swap_remove(place as usize);
        if let Some(&moved) = equals.get(place as usize) {
            self.standing[moved as usize] = Some((*keys, place));
        } else if equals.is_empty() {
            self.by_keys.remove(keys);
        }
    }

    /// The values that are equally good and better than all others.
    pub(super) fn best(&self) -> &[u32] {
        self.by_keys.first_key_value().map_or(&[], |(_, equals)| equals)
    }
}
