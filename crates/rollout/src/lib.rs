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
//! The choices made where ECS's documentation is silent, with their reasons, are in
//! `docs/deployments.md`.
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
mod failure;
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
    failure_threshold, on_task_health, on_task_running, on_task_stopped, on_tasks_unplaceable,
};
pub use deployment::{NewDeployment, begin_deployment};
pub use draft::{Choose, first};
pub use failure::fail_deployment;
pub use hooks::{HookAnswer, answer_hook};
pub use plan::{Destination, Plan, ServiceChange, Start, Stop, StopCause, Waiting};
pub use progress::steady_again_at;
pub use stages::STAGE_MAX_MS;
pub use throttle::{BACK_OFF_FIRST_MS, BACK_OFF_MAX_MS};
pub use verdict::{NotUnderWay, StopType, request_stop};
pub use view::{Eligible, Host, Phase, SETTLE_DEFAULT_MS, TaskView, View};

use alloc::{string::String, vec::Vec};
use model::{DeploymentController, SchedulingStrategy, Service, ServiceStatus};

/// What to do now for the service of `view`. `choose` picks among tasks that are equally good to
/// stop; [`first`] takes them in the order of the view.
pub fn plan(view: &View, choose: &Choose) -> Plan {
    let Some((service, mut told)) = come_further(view) else { return moves(view, choose) };
    let mut plan = moves(&View { service: &service, ..view.clone() }, choose);
    plan.service.get_or_insert_with(|| ServiceChange::of(&service));
    told.append(&mut plan.events);
    plan.events = told;
    plan
}

/// The service once what ends its deployment now and the stages that are over now lie behind it, with
/// service events; none where that changes nothing.
fn come_further(view: &View) -> Option<(Service, Vec<String>)> {
    let Some((service, mut told)) = verdict::judge(view) else { return stages::advance(view) };
    match stages::advance(&View { service: &service, ..view.clone() }) {
        None => Some((service, told)),
        Some((advanced, more)) => {
            told.extend(more);
            Some((advanced, told))
        }
    }
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
            SchedulingStrategy::Replica => match view.service.shifting() {
                Some(it) => blue_green::moves(&mut draft, primary, it),
                None => replica::moves(&mut draft, primary),
            },
            SchedulingStrategy::Daemon => daemon::moves(&mut draft, primary),
        },
    }
    progress::finish(draft)
}
