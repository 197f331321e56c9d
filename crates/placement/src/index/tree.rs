//! Instances in the order of a chain of strategies.

use alloc::{collections::BTreeMap, vec::Vec};
use core::cell::Cell;

use crate::{STRATEGIES_MAX, seed::lot};

/// What each strategy of a chain sees in an instance; they prefer the least.
pub(super) type Keys = [i64; STRATEGIES_MAX];

/// How one strategy of a chain orders.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By a number that is the instance's own.
    Own,
    /// By a number that all instances with a value share. In the tree stands the number of the value;
    /// what it counts is looked up, so that one count can change for many instances at once.
    Shared,
}

/// The counts of the values: by strategy, by number of the value.
pub(super) type Counts = [Vec<i64>; STRATEGIES_MAX];

/// The instances below one step of the chain. An empty node is taken out of its parent.
pub(super) enum Node {
    /// The chain ends.
    Leaf(Leaf),
    /// By what the next strategy sees.
    Branch(BTreeMap<i64, Node>),
}

/// Instances that are equally good.
#[derive(Default)]
pub(super) struct Leaf {
    pub(super) slots: Vec<u32>,
    turn: Cell<u32>,
}

impl Leaf {
    /// Each in its turn, so that equals fill evenly; and who comes next in turn is near in memory.
    pub(super) fn next(&self) -> Option<u32> {
        let turn = self.turn.get();
        let turn = if (turn as usize) < self.slots.len() { turn } else { 0 };
        self.turn.set(turn + 1);
        self.slots.get(turn as usize).copied()
    }
}

impl Node {
    /// A tree for a chain of this length.
    pub(super) fn new(length: usize) -> Self {
        if length == 0 { Node::Leaf(Leaf::default()) } else { Node::Branch(BTreeMap::new()) }
    }

    /// Puts an instance in, and tells its place in its leaf.
    pub(super) fn insert(&mut self, path: &[i64], slot: u32) -> u32 {
        match (self, path.split_first()) {
            (Node::Leaf(Leaf { slots, .. }), _) => {
                slots.push(slot);
                slots.len() as u32 - 1
            }
            (Node::Branch(children), Some((key, rest))) => {
                children.entry(*key).or_insert_with(|| Node::new(rest.len())).insert(rest, slot)
            }
            (Node::Branch(_), None) => unreachable!("invariant: a path is as long as its chain"),
        }
    }

    /// Takes an instance out of its place in its leaf, and tells which moved there instead.
    pub(super) fn remove(&mut self, path: &[i64], place: u32) -> Option<u32> {
        match (self, path.split_first()) {
            (Node::Leaf(Leaf { slots, .. }), _) => {
                slots.swap_remove(place as usize);
                slots.get(place as usize).copied()
            }
            (Node::Branch(children), Some((key, rest))) => {
                let child = children.get_mut(key).expect("invariant: the path was inserted");
                let moved = child.remove(rest, place);
                if child.is_empty() {
                    children.remove(key);
                }
                moved
            }
            (Node::Branch(_), None) => unreachable!("invariant: a path is as long as its chain"),
        }
    }

    /// Whether no instance is left.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Node::Leaf(leaf) => leaf.slots.is_empty(),
            Node::Branch(children) => children.is_empty(),
        }
    }

    /// The node below a key.
    pub(super) fn child(&self, key: i64) -> Option<&Node> {
        match self {
            Node::Leaf(_) => None,
            Node::Branch(children) => children.get(&key),
        }
    }

    /// One instance for each key of the first strategy, or all where there is no strategy.
    pub(super) fn each(&self) -> Vec<u32> {
        match self {
            Node::Leaf(leaf) => leaf.slots.clone(),
            Node::Branch(children) => children.values().filter_map(Node::first).collect(),
        }
    }

    fn first(&self) -> Option<u32> {
        match self {
            Node::Leaf(leaf) => leaf.slots.first().copied(),
            Node::Branch(children) => children.values().next()?.first(),
        }
    }

    /// The instances that the chain likes best, and what it sees in them. Where values are equally
    /// good the seed chooses one. `depth` is how many strategies came before.
    pub(super) fn best(
        &self,
        kinds: &[Kind],
        depth: usize,
        counts: &Counts,
        seed: u64,
    ) -> Option<(Keys, &Leaf)> {
        let children = match self {
            Node::Leaf(leaf) => return (!leaf.slots.is_empty()).then_some(([0; _], leaf)),
            Node::Branch(children) => children,
        };
        if kinds[depth] == Kind::Own {
            let (key, child) = children.first_key_value()?;
            let (mut keys, leaf) = child.best(kinds, depth + 1, counts, seed)?;
            keys[depth] = *key;
            return Some((keys, leaf));
        }
        let bests = children.iter().filter_map(|(value, child)| {
            let (mut keys, leaf) = child.best(kinds, depth + 1, counts, seed)?;
            keys[depth] = counts[depth][*value as usize];
            Some(((keys, lot(seed, *value as u128)), leaf))
        });
        bests.min_by_key(|(order, _)| *order).map(|((keys, _), leaf)| (keys, leaf))
    }
}
