//! What our own actions may do to a service: who may stop and start tasks, and the two limits.

use std::collections::BTreeSet;

use arn::ServiceName;
use model::{
    ContainerInstanceStatus, DeploymentController, HealthStatus, SchedulingStrategy, Service,
    ServiceStatus, Task, TaskSet, TaskSetStatus, TaskStatus, Timestamp,
};
use store::{Change, Commit, State};

use crate::Broken;

/// Who acts in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The reconcilers: the only ones that start and stop tasks of services.
    Scheduler,
    /// An agent's report about a task.
    Report,
    /// A user who asked for tasks, or to stop some.
    User,
    /// Anything else, which may neither start nor stop a task.
    Other,
}

/// An event: the states before and after, what was committed in it, and when.
pub struct Move<'a> {
    pub cause: Cause,
    pub before: &'a State,
    pub after: &'a State,
    pub now: Timestamp,
    pub settle_ms: i64,
}

impl Move<'_> {
    /// Checks what `commits` did.
    pub fn check<'a>(&self, commits: impl IntoIterator<Item = &'a Commit>) -> Result<(), Broken> {
        let mut moved = BTreeSet::new();
        for change in commits.into_iter().flat_map(|commit| &commit.changes) {
            let Change::Task(task) = change else { continue };
            let Some(new) = &task.new else { continue };
            let was_wanted = task.old.as_ref().map(|old| old.is_wanted());
            self.check_starter(was_wanted, new)?;
            if was_wanted != Some(new.is_wanted())
                && let Some(owner) = &new.owner
            {
                moved.insert(owner.service.clone());
            }
        }
        if self.cause != Cause::Scheduler {
            return Ok(());
        }
        moved.iter().try_for_each(|service| self.check_limits(service))
    }

    fn check_starter(&self, was_wanted: Option<bool>, task: &Task) -> Result<(), Broken> {
        let (who, is_owned) = (self.cause, task.owner.is_some());
        let may = match (was_wanted, task.is_wanted()) {
            (None, _) => matches!((who, is_owned), (Cause::Scheduler, true) | (Cause::User, false)),
            (Some(true), false) => match who {
                Cause::Scheduler => is_owned,
                Cause::Report => task.stop_code.is_some(),
                Cause::User => true,
                Cause::Other => false,
            },
            _ => true,
        };
        if may {
            return Ok(());
        }
        let what = format!("task {} was started or stopped by {who:?}", task.id);
        Err(Broken::new("only-schedulers-and-users-move-tasks", what))
    }

    /// By our own doing no service has fewer healthy tasks than its minimum, or more tasks than its
    /// maximum.
    fn check_limits(&self, name: &ServiceName) -> Result<(), Broken> {
        let find = |state: &State| state.services().iter().find(|s| s.name == *name).cloned();
        let (Some(old), Some(service)) = (find(self.before), find(self.after)) else {
            return Ok(());
        };
        if service.status != ServiceStatus::Active {
            return Ok(());
        }
        if service.deployment_controller == DeploymentController::External {
            let kept = service.task_sets.iter().filter(|set| set.status != TaskSetStatus::Draining);
            return kept.into_iter().try_for_each(|set| self.check_task_set(&service, set));
        }
        let before = self.count(self.before, &old);
        let after = self.count(self.after, &service);
        within(&format!("service {name}"), &service, service.desired_count, &before, &after)
    }

    /// The percentages of a service with the EXTERNAL controller are about each of its task sets.
    fn check_task_set(&self, service: &Service, set: &TaskSet) -> Result<(), Broken> {
        let count = |state: &State| {
            let tasks = state.live_tasks_of_service(service);
            let is_own =
                |task: &&Task| task.owner.as_ref().is_some_and(|owner| owner.deployment == set.id);
            self.counts(&tasks.filter(is_own).collect::<Vec<_>>())
        };
        let desired_count = set.computed_desired_count(service.desired_count);
        let who = format!("task set {} of service {}", set.id, service.name);
        within(&who, service, desired_count, &count(self.before), &count(self.after))
    }

    fn count(&self, state: &State, service: &Service) -> Counts {
        let tasks = state.live_tasks_of_service(service);
        let counted: Vec<&Task> = tasks.filter(|task| is_counted(state, service, task)).collect();
        self.counts(&counted)
    }

    fn counts(&self, counted: &[&Task]) -> Counts {
        Counts {
            live: counted.len() as u32,
            healthy: counted.iter().filter(|task| self.is_healthy(task)).count() as u32,
        }
    }

    fn is_healthy(&self, task: &Task) -> bool {
        let settled = || task.started_at.is_some_and(|at| self.now.ms_since(at) >= self.settle_ms);
        task.is_wanted()
            && task.last_status == TaskStatus::Running
            && if task.has_health_check() {
                task.health_status == HealthStatus::Healthy
            } else {
                settled()
            }
    }
}

/// What a service has.
struct Counts {
    live: u32,
    healthy: u32,
}

/// Whether what there is now is within the limits of `desired_count` tasks, or not further out than
/// it was.
fn within(
    who: &str,
    service: &Service,
    desired_count: u32,
    before: &Counts,
    after: &Counts,
) -> Result<(), Broken> {
    let percents = &service.deployment_configuration;
    let least = percents.healthy_count_min(desired_count);
    if after.healthy < before.healthy && after.healthy < least {
        let what = format!(
            "{who} went from {} to {} healthy tasks, of at least {least}",
            before.healthy, after.healthy
        );
        return Err(Broken::new("healthy-tasks-stay-above-the-minimum", what));
    }
    let most = percents.task_count_max(desired_count);
    if after.live > before.live && after.live > most {
        let what =
            format!("{who} went from {} to {} tasks, of at most {most}", before.live, after.live);
        return Err(Broken::new("tasks-stay-below-the-maximum", what));
    }
    Ok(())
}

/// The percentages of a DAEMON service are about the container instances that may have its tasks.
fn is_counted(state: &State, service: &Service, task: &Task) -> bool {
    if service.scheduling_strategy != SchedulingStrategy::Daemon {
        return true;
    }
    let key = task.container_instance.map(|id| (task.cluster.clone(), id));
    let instance = key.and_then(|key| state.container_instances().get(&key));
    instance.is_some_and(|i| i.status == ContainerInstanceStatus::Active)
}
