//! What every decision is handed: settings, time, and where effects go.

use std::collections::BTreeSet;

use model::Timestamp;

use super::{Call, Effect, Settings, Target, Verb};

/// The surroundings of one [`Engine::apply`](super::Engine::apply).
pub(super) struct Context<'a> {
    pub(super) settings: &'a Settings,
    pub(super) now: Timestamp,
    /// Images that this agent has pulled, by reference.
    pub(super) pulled: &'a mut BTreeSet<String>,
    pub(super) out: Out<'a>,
}

/// Effects under way.
pub(super) struct Out<'a> {
    pub(super) next_call: &'a mut u64,
    effects: Vec<Effect>,
    dirty: BTreeSet<String>,
}

impl<'a> Out<'a> {
    pub(super) fn new(next_call: &'a mut u64) -> Self {
        Self { next_call, effects: Vec::new(), dirty: BTreeSet::new() }
    }

    pub(super) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks for a call and returns its id.
    pub(super) fn call(&mut self, target: Target, verb: Verb) -> u64 {
        *self.next_call += 1;
        self.effects.push(Effect::Call(Call { id: *self.next_call, target, verb }));
        *self.next_call
    }

    /// Has the task saved before any of these effects.
    pub(super) fn save(&mut self, task: &str) {
        if !self.dirty.contains(task) {
            self.dirty.insert(task.to_owned());
        }
    }

    /// Saves first, then everything in its order.
    pub(super) fn finish(self) -> Vec<Effect> {
        let mut all: Vec<Effect> = self.dirty.into_iter().map(Effect::Save).collect();
        all.extend(self.effects);
        all
    }
}
