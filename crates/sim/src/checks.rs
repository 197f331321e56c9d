//! What must hold after every event.

use std::sync::Arc;

use control::{invariants, reconcile::Key};
use model::ServiceStatus;
use store::{Change, Commit, Snapshot};

use crate::{
    Broken, World,
    drift::Drift,
    moves::{Cause, Move},
    rollouts,
};

/// How often what costs much is looked at, in events.
const DEEP_EVERY: u64 = 200;

/// What the checks remember from one event to the next.
#[derive(Debug)]
pub struct Watch {
    /// Who acts now.
    pub cause: Cause,
    /// The newest state that was published.
    pub seen: Snapshot,
    /// What a machine should not have done in this event.
    pub broken: Option<Broken>,
    /// Where control plane and hosts are not of one mind.
    pub drift: Drift,
}

impl Default for Watch {
    fn default() -> Self {
        Watch {
            cause: Cause::Other,
            seen: Snapshot::default(),
            broken: None,
            drift: Drift::default(),
        }
    }
}

/// Looks at what an event, the `number`th, has done, and takes note of it.
pub fn after_event(world: &mut World, number: u64, commits: &[Arc<Commit>]) -> Result<(), Broken> {
    if let Some(broken) = world.watch.broken.take() {
        return Err(broken);
    }
    let Some(state) = world.plane.snapshot() else { return Ok(()) };
    for commit in commits {
        first(invariants::check_commit(&state, commit))?;
    }
    let done = Move {
        cause: world.watch.cause,
        before: &world.watch.seen,
        after: &state,
        now: world.now,
        settle_ms: world.plane.settings.settle_ms,
    };
    done.check(commits.iter().map(|commit| &**commit))?;
    for change in commits.iter().flat_map(|commit| &commit.changes) {
        if let Change::Service(service) = change
            && let Some(new) = &service.new
        {
            world.ledger.note(new);
            let turns = rollouts::turns(service.old.as_deref(), new);
            for turn in turns {
                world.count(turn);
            }
        }
    }
    world.watch.seen = state;
    check_waits(world)?;
    if number.is_multiple_of(DEEP_EVERY) {
        first(invariants::check(&world.watch.seen))?;
    }
    world.check_drift()
}

fn first(violations: Vec<invariants::Violation>) -> Result<(), Broken> {
    match violations.into_iter().next() {
        None => Ok(()),
        Some(violation) => Err(Broken::new(violation.rule, violation.what)),
    }
}

/// A service that is not steady is looked at again, at once or at a known instant, or says why it
/// waits.
fn check_waits(world: &mut World) -> Result<(), Broken> {
    let state = &world.watch.seen;
    let Some(queue) = world.plane.queue() else { return Ok(()) };
    for service in state.services().iter() {
        let is_open = match service.status {
            ServiceStatus::Active => !service.steady,
            ServiceStatus::Draining => true,
            ServiceStatus::Inactive => false,
        };
        let key = || Key::Service(service.cluster.clone(), service.name.clone());
        if is_open && !queue.has(&key()) {
            let what = format!("service {} is not steady and nobody knows why", service.name);
            return Err(Broken::new("what-is-open-says-why-it-waits", what));
        }
    }
    Ok(())
}
