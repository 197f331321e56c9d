//! What the live tasks of each container instance hold together, kept as tasks change.

use crate::State;
use crate::index::instance_of;
use crate::key::{Key, KeyBytes};
use arn::{ClusterName, InstanceId};
use model::{Resources, Task, TaskStatus, Usage};
use std::collections::BTreeSet;
use std::sync::Arc;

/// By container instance; one without live tasks has no entry.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Usages(imbl::OrdMap<KeyBytes, Arc<Usage>>);

static NOTHING: Usage = Usage {
    held: Resources {
        cpu_units: 0,
        memory_mib: 0,
        tcp_ports: BTreeSet::new(),
        udp_ports: BTreeSet::new(),
        gpus: BTreeSet::new(),
    },
    pending_count: 0,
    running_count: 0,
};

fn is_pending(task: &Task) -> bool {
    task.last_status < TaskStatus::Running
}

fn take(usage: &mut Usage, task: &Task) {
    usage.held.add(&task.reserved);
    if is_pending(task) {
        usage.pending_count += 1;
    } else {
        usage.running_count += 1;
    }
}

fn release(usage: &mut Usage, task: &Task) {
    usage.held.subtract(&task.reserved);
    if is_pending(task) {
        usage.pending_count -= 1;
    } else {
        usage.running_count -= 1;
    }
}

/// Whether the task holds things that a sum of sets cannot give back: were one held twice, taking
/// it away once would free it.
fn holds_named_things(task: &Task) -> bool {
    let Resources { tcp_ports, udp_ports, gpus, .. } = &task.reserved;
    !(tcp_ports.is_empty() && udp_ports.is_empty() && gpus.is_empty())
}

impl Usages {
    pub(crate) fn get(&self, cluster: &ClusterName, instance: InstanceId) -> &Usage {
        let key = (cluster.clone(), instance).bytes();
        self.0.get(key.as_slice()).map_or(&NOTHING, |usage| usage)
    }

    /// Brings the usage from `old` to `new`, after the task indexes were changed.
    pub(crate) fn task(state: &mut State, old: Option<&Task>, new: Option<&Task>) {
        let counted = |task: &Task| (instance_of(task), is_pending(task), task.reserved.clone());
        if old.map(counted) == new.map(counted) {
            return;
        }
        if let Some((task, instance)) = old.and_then(|task| Some((task, instance_of(task)?))) {
            if holds_named_things(task) {
                Self::count_anew(state, &instance);
            } else {
                Self::change(state, &instance, |usage| release(usage, task));
            }
        }
        if let Some((task, instance)) = new.and_then(|task| Some((task, instance_of(task)?))) {
            let counted_anew = old.is_some_and(|old| {
                holds_named_things(old) && instance_of(old).as_ref() == Some(&instance)
            });
            if !counted_anew {
                Self::change(state, &instance, |usage| take(usage, task));
            }
        }
    }

    fn change(
        state: &mut State,
        instance: &(ClusterName, InstanceId),
        change: impl FnOnce(&mut Usage),
    ) {
        let mut usage = state.usages().get(&instance.0, instance.1).clone();
        change(&mut usage);
        Self::set(state, instance, usage);
    }

    fn count_anew(state: &mut State, instance: &(ClusterName, InstanceId)) {
        let mut usage = NOTHING.clone();
        for task in state.live_tasks_on(&instance.0, instance.1) {
            take(&mut usage, task);
        }
        Self::set(state, instance, usage);
    }

    fn set(state: &mut State, instance: &(ClusterName, InstanceId), usage: Usage) {
        let key = instance.bytes();
        let usages = &mut state.indexes.usages.0;
        if usage == NOTHING {
            usages.remove(key.as_slice());
        } else {
            usages.insert(key.into(), Arc::new(usage));
        }
    }
}
