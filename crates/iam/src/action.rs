//! The actions of a statement, by service.

use alloc::{boxed::Box, vec::Vec};

use crate::{
    Context,
    glob::{Case, Glob},
};

/// `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub(crate) struct Actions {
    pub(crate) negated: bool,
    /// `*` is among them.
    pub(crate) all: bool,
    /// Sorted by service, in lower case.
    pub(crate) by_service: Box<[(Box<str>, Vec<Glob>)]>,
}

/// An action as requests name it, folded once so that every statement compares bytes.
pub(crate) struct Asked<'a> {
    pub(crate) service: &'a str,
    pub(crate) name: &'a str,
}

impl<'a> Asked<'a> {
    /// Splits an action that is in lower case.
    pub(crate) fn of(folded: &'a str) -> Self {
        let (service, name) = folded.split_once(':').unwrap_or((folded, ""));
        Asked { service, name }
    }
}

impl Actions {
    pub(crate) fn apply_to(&self, asked: &Asked<'_>) -> bool {
        (self.all || self.name(asked)) != self.negated
    }

    fn name(&self, asked: &Asked<'_>) -> bool {
        let service = self.by_service.iter().find(|(service, _)| **service == *asked.service);
        let Some((_, names)) = service else { return false };
        // Actions have no variables, so the context is never asked.
        names.iter().any(|name| name.matches(asked.name, Case::Sensitive, &Context::EMPTY))
    }
}
