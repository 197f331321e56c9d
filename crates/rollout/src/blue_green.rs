//! The moves of a REPLICA service while a deployment brings its revision whole beside the one before.
//!
//! Blue and green are each kept at desired_count, by the rules of a service of their own: the two
//! percentages are of each, and say only how tasks that are lost or unhealthy are replaced.

use alloc::vec::Vec;
use arn::DeploymentId;
use model::{Deployment, LifecycleStage, ServiceDeployment};

use crate::{
    StopCause,
    draft::{Draft, Live},
    replica, stages,
};

/// Drafts the next starts and stops.
pub(crate) fn moves(draft: &mut Draft, primary: &Deployment, it: &ServiceDeployment) {
    let service = draft.view.service;
    let desired_count = service.desired_count;
    let is_going_back = it.rollback.is_some();
    let blue_lacks_traffic = is_going_back && it.shift.requested.production_permille > 0;
    if it.lifecycle_stage == LifecycleStage::CleanUp && !blue_lacks_traffic {
        replica::keep(draft, &primary.id, desired_count);
        return stop_others(draft, |id| *id != primary.id);
    }
    if is_going_back {
        // Green serves until the traffic has left it.
        return replica::keep(draft, &primary.id, desired_count);
    }
    if let Some(blue) = stages::kept_blue(service) {
        replica::keep(draft, &blue.id, desired_count);
        if it.lifecycle_stage == LifecycleStage::ReconcileService
            && stages::is_whole(draft.view, &blue.id)
        {
            stop_others(draft, |id| stages::is_stray(service, id));
        }
    }
    if it.lifecycle_stage >= LifecycleStage::ScaleUp {
        replica::keep(draft, &primary.id, desired_count);
    }
}

/// Stops the tasks of revisions that have no traffic, as far as the minimum allows: somebody may use
/// them without a load balancer.
fn stop_others(draft: &mut Draft, is_other: impl Fn(&DeploymentId) -> bool) {
    let wanted = draft.live.iter().filter(|live| live.is_wanted());
    let others: Vec<Live> =
        wanted.filter(|live| is_other(&live.task.deployment)).copied().collect();
    draft.set_limits(draft.view.service.desired_count, |_| true);
    draft.stop_within_minimum(&others, u32::MAX, StopCause::Replaced);
}
