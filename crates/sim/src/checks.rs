//! What must hold after every event.

use std::{collections::BTreeMap, sync::Arc};

use arn::TaskId;
use control::{invariants, reconcile::Key};
use model::{ServiceStatus, TaskStatus, Timestamp};
use store::{Change, Commit, Snapshot};

use crate::{
    Broken, World,
    moves::{Cause, Move},
};

/// How often what costs much is looked at, in events.
const DEEP_EVERY: u64 = 200;
/// How long the control plane and an agent in touch with it may differ about a task.
const LOST_MS: i64 = 120_000;

/// What the checks remember from one event to the next.
#[derive(Debug)]
pub struct Watch {
    /// Who acts now.
    pub cause: Cause,
    /// The newest state that was published.
    pub seen: Snapshot,
    /// What a machine should not have done in this event.
    pub broken: Option<Broken>,
    /// Tasks that should run where they do not, and since when.
    missing: BTreeMap<TaskId, Timestamp>,
}

impl Default for Watch {
    fn default() -> Self {
        Watch {
            cause: Cause::Other,
            seen: Snapshot::default(),
            broken: None,
            missing: BTreeMap::new(),
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
            && let Some(service) = &service.new
        {
            world.ledger.note(service);
        }
    }
    world.watch.seen = state;
    check_waits(world)?;
    if number.is_multiple_of(DEEP_EVERY) {
        first(invariants::check(&world.watch.seen))?;
        check_lost(world)?;
    }
    Ok(())
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

/// A task that is RUNNING and wanted has its container, as soon as agent and server are in touch for
/// a while.
fn check_lost(world: &mut World) -> Result<(), Broken> {
    let running = world.running_containers();
    let mut missing = BTreeMap::new();
    let tasks = world.watch.seen.tasks().iter();
    for task in tasks.filter(|t| t.is_wanted() && t.last_status == TaskStatus::Running) {
        let arn = world.plane.settings.home.task_arn(&task.cluster, task.id);
        let host = world.hosts.iter().find(|h| Some(h.key.1) == task.container_instance);
        let is_in_touch = host
            .is_some_and(|host| host.connection.is_some() && host.listening && host.fake.is_up());
        if is_in_touch && !running.contains_key(&arn) {
            let since = world.watch.missing.get(&task.id).copied().unwrap_or(world.now);
            if world.now.ms_since(since) > LOST_MS {
                let what = format!("task {} is RUNNING and has no container", task.id);
                return Err(Broken::new("no-task-is-lost", what));
            }
            missing.insert(task.id, since);
        }
    }
    world.watch.missing = missing;
    Ok(())
}
