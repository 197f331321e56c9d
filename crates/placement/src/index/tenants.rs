//! Whose tasks an instance has, in a few bytes each.

use alloc::{borrow::ToOwned, boxed::Box, collections::BTreeMap, vec::Vec};
use core::{borrow::Borrow, mem};

use crate::PeerCount;

/// The tasks of one kind on one instance.
#[derive(Clone, Copy, Default)]
pub(super) struct Tenant {
    /// The number of their peers.
    pub(super) peers: u32,
    /// The number of their task group.
    pub(super) group: u32,
    /// How many; a place without live tasks is free.
    pub(super) count: PeerCount,
}

/// How many kinds of tasks an instance has without a way to other memory.
const NEAR: usize = 2;

/// The tasks of one instance, by kind.
#[derive(Default)]
pub(super) struct Tenants {
    near: [Tenant; NEAR],
    far: Box<[Tenant]>,
}

impl Tenants {
    /// Those that are there.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Tenant> {
        self.near.iter().chain(&self.far).filter(|tenant| tenant.count.live > 0)
    }

    /// Whether none is there.
    pub(super) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    fn places(&mut self) -> impl Iterator<Item = &mut Tenant> {
        self.near.iter_mut().chain(&mut self.far)
    }

    fn find(&mut self, peers: u32, group: u32) -> Option<&mut Tenant> {
        self.places().find(|t| t.count.live > 0 && t.peers == peers && t.group == group)
    }

    /// Adds tasks of a kind.
    pub(super) fn add(&mut self, peers: u32, group: u32, more: PeerCount) {
        if let Some(tenant) = self.find(peers, group) {
            tenant.count.live += more.live;
            tenant.count.wanted += more.wanted;
            return;
        }
        let new = Tenant { peers, group, count: more };
        if let Some(free) = self.places().find(|tenant| tenant.count.live == 0) {
            *free = new;
            return;
        }
        let mut far = mem::take(&mut self.far).into_vec();
        far.push(new);
        self.far = far.into_boxed_slice();
    }

    /// Takes tasks of a kind away.
    pub(super) fn take(&mut self, peers: u32, group: u32, less: PeerCount) {
        let Some(tenant) = self.find(peers, group) else { return };
        tenant.count.live = tenant.count.live.saturating_sub(less.live);
        tenant.count.wanted = tenant.count.wanted.saturating_sub(less.wanted);
        if self.far.iter().all(|tenant| tenant.count.live == 0) {
            self.far = Box::default();
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
