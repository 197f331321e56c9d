//! Which tasks a service gives up when it has too many.

use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
    vec::Vec,
};
use arn::{InstanceId, TaskId};
use core::cmp::Reverse;
use model::{Task, Timestamp};

use crate::{ClusterView, STRATEGIES_MAX, SpreadField, Strategy, seed::lot};

/// A choice among a service's tasks.
#[derive(Clone, Copy, Debug)]
pub struct Stopping<'a> {
    /// Those that may go. Protected ones among them stay.
    pub tasks: &'a [&'a Task],
    /// Those of the service that stay in any case; `spread` counts them too.
    pub staying: &'a [&'a Task],
    /// The strategies that the service places by.
    pub strategies: &'a [Strategy],
    /// How many are to go.
    pub count: usize,
    /// Until when protection is looked at.
    pub now: Timestamp,
    /// Chooses among equals.
    pub seed: u64,
}

/// How badly a task is placed; the lowest goes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// On no instance of the cluster.
    Nowhere,
    /// On one that is DRAINING or whose agent is not connected.
    Lost,
    /// On one that accepts tasks.
    Placed,
}

/// Chooses up to `count` tasks to stop, in the order in which they should go.
///
/// Protected tasks stay. Tasks on DRAINING or disconnected instances go first. Then the strategies
/// decide, in their order: `spread` gives up a task where the most are, so that the rest is even;
/// `binpack` gives one up on the instance that then has the most left; `random` and the seed decide
/// among equals.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html>
pub fn choose_to_stop<V: ClusterView>(view: &V, stopping: &Stopping<'_>) -> Vec<TaskId> {
    let mut counters = Counters::default();
    for task in stopping.staying {
        counters.enter(view, stopping, task);
    }
    let entered = stopping.tasks.iter().map(|task| counters.enter(view, stopping, task));
    let mut left: Vec<Candidate<'_>> = entered.collect();
    left.retain(|candidate| !candidate.task.is_protected(stopping.now));
    let mut chosen = Vec::new();
    while chosen.len() < stopping.count {
        let next = left.iter().enumerate().min_by_key(|(_, candidate)| counters.turn(candidate));
        let Some((at, _)) = next else { break };
        let candidate = left.swap_remove(at);
        counters.leave(&candidate);
        chosen.push(candidate.task.id);
    }
    chosen
}

/// A task that may go.
struct Candidate<'a> {
    task: &'a Task,
    standing: Standing,
    lot: u64,
    /// For each strategy the counter that it looks at, and by how much this task changes it.
    stakes: Vec<(usize, i64)>,
}

/// What strategies look at: for `spread` the tasks that share a value, for `binpack` what stays free
/// on an instance once the task at hand is gone. The task on the highest counter goes.
#[derive(Default)]
struct Counters {
    of: BTreeMap<(usize, Key), usize>,
    values: Vec<i64>,
}

/// What a counter of a strategy stands for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Instance(Option<InstanceId>),
    Value(Option<String>),
    Lot(TaskId),
}

impl Counters {
    /// Counts a task in.
    fn enter<'a, V: ClusterView>(
        &mut self,
        view: &V,
        stopping: &Stopping<'_>,
        task: &'a Task,
    ) -> Candidate<'a> {
        let home = task.container_instance.and_then(|id| view.instance(id));
        let lot = lot(stopping.seed, task.id.0);
        let mut stakes = Vec::new();
        for (place, strategy) in stopping.strategies.iter().take(STRATEGIES_MAX).enumerate() {
            let (key, start, stake) = match strategy {
                Strategy::Random => (Key::Lot(task.id), (lot >> 1) as i64, 0),
                Strategy::Spread(SpreadField::InstanceId) => {
                    (Key::Instance(task.container_instance), 0, 1)
                }
                Strategy::Spread(SpreadField::Attribute(name)) => {
                    let value = home.as_ref().and_then(|(instance, _)| instance.attribute(name));
                    (Key::Value(value.map(ToString::to_string)), 0, 1)
                }
                Strategy::Binpack(field) => {
                    let free =
                        home.as_ref().map_or(0, |(instance, usage)| field.free(instance, usage));
                    let stake = -field.amount(&task.reserved);
                    (Key::Instance(task.container_instance), free, stake)
                }
            };
            let fresh = self.values.len();
            let counter = *self.of.entry((place, key)).or_insert(fresh);
            if counter == fresh {
                self.values.push(start);
            }
            if stake > 0 {
                self.add(counter, stake);
            }
            stakes.push((counter, stake));
        }
        let standing = match home {
            None => Standing::Nowhere,
            Some((instance, _)) if instance.accepts_tasks() => Standing::Placed,
            Some(_) => Standing::Lost,
        };
        Candidate { task, standing, lot, stakes }
    }

    fn add(&mut self, counter: usize, amount: i64) {
        if let Some(value) = self.values.get_mut(counter) {
            *value += amount;
        }
    }

    /// Counts a chosen task out.
    fn leave(&mut self, candidate: &Candidate<'_>) {
        for &(counter, stake) in &candidate.stakes {
            self.add(counter, -stake);
        }
    }

    /// What decides whose turn it is: the lowest goes.
    fn turn(&self, candidate: &Candidate<'_>) -> impl Ord + use<> {
        let mut worth = [Reverse(0); STRATEGIES_MAX];
        for (worth, &(counter, stake)) in worth.iter_mut().zip(&candidate.stakes) {
            let value = self.values.get(counter).copied().unwrap_or(0);
            // A binpack counter is what is free with the task still there.
            *worth = Reverse(if stake < 0 { value - stake } else { value });
        }
        (candidate.standing, worth, candidate.lot, candidate.task.id)
    }
}
