//! What the writer keeps beside the state: made from it once, then told of every change as it is made.

use crate::{Change, State};
use std::any::Any;

/// Something derived from the state that is dear to make and cheap to keep up to date, such as an
/// order in which transactions choose.
///
/// It is nothing but the state in another form: it is not kept on disk, and made anew where it is
/// lost. Within a transaction it has the changes made so far, and those of a transaction that fails
/// are told to it again the other way round.
pub trait Companion: Any + Send {
    /// Makes it from all that is in a state.
    fn of(state: &State) -> Self
    where
        Self: Sized;

    /// Takes a change of the state in. Changes come in the order in which they are made.
    fn follow(&mut self, change: &Change);
}

/// The companions that transactions have asked for so far, one of each kind.
#[derive(Default)]
pub(crate) struct Companions(Vec<Box<dyn Companion>>);

impl Companions {
    /// The companion of a kind, made from `state` when it is asked for first.
    pub(crate) fn get<C: Companion>(&mut self, state: &State) -> &mut C {
        let is_it = |companion: &dyn Companion| (companion as &dyn Any).is::<C>();
        let at = self.0.iter().position(|companion| is_it(&**companion)).unwrap_or_else(|| {
            self.0.push(Box::new(C::of(state)));
            self.0.len() - 1
        });
        let companion = &mut *self.0[at] as &mut dyn Any;
        companion.downcast_mut().expect("invariant: its kind was looked at")
    }

    /// Whether nothing is to be told of changes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells all of a change.
    pub(crate) fn follow(&mut self, change: &Change) {
        self.0.iter_mut().for_each(|companion| companion.follow(change));
    }
}
