//! Whose tasks an instance has, in a few bytes each.

use alloc::{borrow::ToOwned, collections::BTreeMap, string::String, vec::Vec};

use crate::{PeerCount, Peers};

/// The tasks of one kind on one instance.
#[derive(Clone, Copy, Default)]
pub(super) struct Tenant {
    /// The number of their kind.
    pub(super) kind: u32,
    /// How many; a place without live tasks is free.
    pub(super) count: PeerCount,
}

impl Tenant {
    /// Whether it is of a kind.
    pub(super) fn is(&self, kind: u32) -> bool {
        self.count.live > 0 && self.kind == kind
    }

    /// Whether another kind can have its place.
    pub(super) fn is_free(&self) -> bool {
        self.count.live == 0
    }
}

/// Numbers for the kinds of tasks: whose peers they are and what their task group is. A number is
/// given out again when no task is of its kind any more.
#[derive(Default)]
pub(super) struct Kinds {
    /// Nearly always one: a service's tasks have one group.
    by_peers: BTreeMap<Peers, Vec<u32>>,
    /// `None` for a number that is not given out.
    by_number: Vec<Option<Kind>>,
    vacant: Vec<u32>,
}

struct Kind {
    peers: Peers,
    group: String,
    /// Live tasks.
    uses: u64,
}

impl Kinds {
    /// The kinds of these peers' tasks.
    pub(super) fn of(&self, peers: &Peers) -> &[u32] {
        self.by_peers.get(peers).map_or(&[], Vec::as_slice)
    }

    /// The number of a kind, if there is a task of it.
    pub(super) fn find(&self, peers: &Peers, group: &str) -> Option<u32> {
        self.of(peers).iter().copied().find(|kind| self.group(*kind) == Some(group))
    }

    /// The task group of a kind.
    pub(super) fn group(&self, kind: u32) -> Option<&str> {
        self.by_number.get(kind as usize)?.as_ref().map(|kind| kind.group.as_str())
    }

    /// One more task of a kind.
    pub(super) fn hold(&mut self, peers: &Peers, group: &str) -> u32 {
        let number = self.find(peers, group).unwrap_or_else(|| self.number(peers, group));
        if let Some(kind) = &mut self.by_number[number as usize] {
            kind.uses += 1;
        }
        number
    }

    fn number(&mut self, peers: &Peers, group: &str) -> u32 {
        let number = self.vacant.pop().unwrap_or(self.by_number.len() as u32);
        if number as usize == self.by_number.len() {
            self.by_number.push(None);
        }
        let kind = Kind { peers: peers.clone(), group: group.to_owned(), uses: 0 };
        self.by_number[number as usize] = Some(kind);
        self.by_peers.entry(peers.clone()).or_default().push(number);
        number
    }

    /// One task less of a kind.
    pub(super) fn release(&mut self, number: u32) {
        let place = &mut self.by_number[number as usize];
        let Some(kind) = place else { return };
        kind.uses -= 1;
        if kind.uses > 0 {
            return;
        }
        let of_peers = self.by_peers.get_mut(&kind.peers);
        let of_peers = of_peers.expect("invariant: a kind stands with its peers");
        of_peers.retain(|of| *of != number);
        if of_peers.is_empty() {
            self.by_peers.remove(&kind.peers);
        }
        *place = None;
        self.vacant.push(number);
    }
}

#[cfg(test)]
mod tests {
    use super::Kinds;
    use crate::Peers;

    #[test]
    fn a_number_comes_back_when_no_task_is_of_its_kind() {
        let (web, db) = (Peers::Group("web".into()), Peers::Group("db".into()));
        let mut kinds = Kinds::default();
        let (of_web, of_db) = (kinds.hold(&web, "web"), kinds.hold(&db, "db"));
        assert_eq!(kinds.hold(&web, "web"), of_web);
        kinds.release(of_web);
        assert_eq!(kinds.find(&web, "web"), Some(of_web));
        kinds.release(of_web);
        assert_eq!((kinds.find(&web, "web"), kinds.group(of_web)), (None, None));
        assert_eq!(kinds.hold(&db, "cron"), of_web);
        assert_eq!(kinds.of(&db), [of_db, of_web]);
        assert_eq!(kinds.group(of_db), Some("db"));
    }
}
