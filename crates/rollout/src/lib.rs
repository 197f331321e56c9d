//! What a service starts and stops next, and why.
//!
//! [`plan`] is a total and pure function of a [`View`]: the service, its tasks, the time. It returns
//! a [`Plan`]; once that is applied, the plan of the same instant is empty. The hooks
//! [`on_task_running`], [`on_task_health`] and [`on_task_stopped`] run in the transaction of the
//! report: they keep the throttle and the circuit breaker, whose memory is in the [`model::Service`].
//!
//! Where tasks go is `placement`'s business, except for DAEMON services. Which of several equal
//! tasks are stopped is asked of the caller ([`Choose`]).
//!
//! The choices made where ECS's documentation is silent:
//! - A task that is stopping counts against maximumPercent until it is STOPPED: it still holds its
//!   resources, and somebody who watches never sees more tasks than the percentage says.
//! - minimumHealthyPercent above 100 acts as 100: no more than desired_count tasks can be kept.
//! - Only healthy tasks count for the minimum, and a healthy task is stopped only when enough
//!   *healthy* ones remain. A task that is RUNNING but not (yet) healthy is stopped only when enough
//!   *running* ones remain: it may well serve. A PENDING one is stopped at once.
//! - The two percentages hold for each task set by itself: of its computed desired count. A deleted
//!   task set is not held by the minimum, but protected tasks keep it DRAINING.
//! - A FAILED deployment that does not roll back starts nothing, and stops old tasks only for
//!   scale-in.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod blue_green;
mod breaker;
mod daemon;
mod deployment;
mod draft;
pub mod events;
pub mod forecast;
mod hooks;
mod plan;
mod progress;
mod replica;
mod stages;
mod task_sets;
#[cfg(test)]
mod tests;
mod throttle;
mod verdict;
mod view;
mod zones;

pub use breaker::{
    fail_deployment, failure_threshold, on_task_health, on_task_running, on_task_stopped,
    on_tasks_unplaceable,
};
pub use deployment::{NewDeployment, begin_deployment};
pub use draft::{Choose, first};
pub use hooks::{HookAnswer, answer_hook};
pub use plan::{Plan, ServiceChange, Start, Stop, StopCause, Waiting};
pub use progress::steady_again_at;
pub use stages::STAGE_MAX_MS;
pub use throttle::{BACK_OFF_FIRST_MS, BACK_OFF_MAX_MS};
pub use verdict::{NotUnderWay, StopType, request_stop};
pub use view::{Eligible, Host, Phase, SETTLE_DEFAULT_MS, TaskView, View};

use model::{DeploymentController, SchedulingStrategy, ServiceStatus};

/// What to do now for the service of `view`. `choose` picks among tasks that are equally good to
/// stop; [`first`] takes them in the order of the view.
pub fn plan(view: &View, choose: &Choose) -> Plan {
    let judged = verdict::judge(view);
    let advanced = match &judged {
        None => stages::advance(view),
        Some((service, _)) => stages::advance(&View { service, ..view.clone() }),
    };
    let (service, mut told) = match (judged, advanced) {
        (None, None) => return moves(view, choose),
        (Some(changed), None) | (None, Some(changed)) => changed,
        (Some((_, mut told)), Some((service, more))) => {
            told.extend(more);
            (service, told)
        }
    };
    let mut plan = moves(&View { service: &service, ..view.clone() }, choose);
    plan.service.get_or_insert_with(|| ServiceChange::of(&service));
    told.append(&mut plan.events);
    plan.events = told;
    plan
}

fn moves(view: &View, choose: &Choose) -> Plan {
    let mut draft = draft::Draft::new(view, choose);
    match (view.service.status, view.service.primary()) {
        (ServiceStatus::Inactive, _) => return Plan::default(),
        (ServiceStatus::Draining, _) => draft.stop_all(StopCause::ServiceDeleted),
        (ServiceStatus::Active, _)
            if view.service.deployment_controller == DeploymentController::External =>
        {
            task_sets::moves(&mut draft);
        }
        (ServiceStatus::Active, None) => {}
        (ServiceStatus::Active, Some(primary)) => match view.service.scheduling_strategy {
            SchedulingStrategy::Replica => match &view.service.service_deployment {
                Some(it) if it.is_shifting() => blue_green::moves(&mut draft, primary, it),
                _ => replica::moves(&mut draft, primary),
            },
            SchedulingStrategy::Daemon => daemon::moves(&mut draft, primary),
        },
    }
    progress::finish(draft)
}
