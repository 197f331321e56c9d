//! Whose tasks an instance has, in a few bytes each.

use alloc::{borrow::ToOwned, collections::BTreeMap, vec::Vec};
use core::borrow::Borrow;

use crate::PeerCount;

/// The tasks of one kind on one instance.
#[derive(Clone, Copy)]
pub(super) struct Tenant {
    /// The number of their peers.
    pub(super) peers: u32,
    /// The number of their task group.
    pub(super) group: u32,
    /// How many.
    pub(super) count: PeerCount,
}

/// Adds tasks of a kind.
pub(super) fn add(tenants: &mut Vec<Tenant>, peers: u32, group: u32, more: PeerCount) {
    match tenants.iter_mut().find(|t| t.peers == peers && t.group == group) {
        Some(tenant) => {
            tenant.count.live += more.live;
            tenant.count.wanted += more.wanted;
        }
        None => tenants.push(Tenant { peers, group, count: more }),
    }
}

/// Takes tasks of a kind away.
pub(super) fn take(tenants: &mut Vec<Tenant>, peers: u32, group: u32, less: PeerCount) {
    if let Some(at) = tenants.iter().position(|t| t.peers == peers && t.group == group) {
        let count = &mut tenants[at].count;
        count.live = count.live.saturating_sub(less.live);
        count.wanted = count.wanted.saturating_sub(less.wanted);
        if count.live == 0 {
            tenants.swap_remove(at);
        }
    }
}

/// Numbers for names; a number is given out again when nothing uses its name any more.
pub(super) struct Numbers<T> {
    by_name: BTreeMap<T, u32>,
    /// For each number its name and how many use it.
    names: Vec<(Option<T>, u32)>,
    vacant: Vec<u32>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Numbers { by_name: BTreeMap::new(), names: Vec::new(), vacant: Vec::new() }
    }
}

impl<T: Ord + Clone> Numbers<T> {
    /// The number of a name, if it has one.
    pub(super) fn find<N: Ord + ?Sized>(&self, name: &N) -> Option<u32>
    where
        T: Borrow<N>,
    {
        self.by_name.get(name).copied()
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> Option<&T> {
        self.names.get(number as usize)?.0.as_ref()
    }

    /// One more use of a name.
    pub(super) fn hold<N: Ord + ToOwned<Owned = T> + ?Sized>(&mut self, name: &N) -> u32
    where
        T: Borrow<N>,
    {
        let number = self.find(name).unwrap_or_else(|| {
            let number = self.vacant.pop().unwrap_or(self.names.len() as u32);
            if number as usize == self.names.len() {
                self.names.push((None, 0));
            }
            self.names[number as usize] = (Some(name.to_owned()), 0);
            self.by_name.insert(name.to_owned(), number);
            number
        });
        self.names[number as usize].1 += 1;
        number
    }

    /// One use less of a number.
    pub(super) fn release(&mut self, number: u32) {
        let (name, uses) = &mut self.names[number as usize];
        *uses = uses.saturating_sub(1);
        if *uses == 0
            && let Some(name) = name.take()
        {
            self.by_name.remove(&name);
            self.vacant.push(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::Numbers;

    #[test]
    fn a_number_comes_back_when_its_name_has_no_use_left() {
        let mut numbers = Numbers::<String>::default();
        let (web, db) = (numbers.hold("web"), numbers.hold("db"));
        assert_eq!(numbers.hold("web"), web);
        numbers.release(web);
        assert_eq!(numbers.find("web"), Some(web));
        numbers.release(web);
        assert_eq!((numbers.find("web"), numbers.name(web)), (None, None));
        assert_eq!(numbers.hold("cron"), web);
        assert_eq!(numbers.name(db).map(String::as_str), Some("db"));
    }
}
