//! What ends a deployment, or turns it back, before its next move: somebody who stops it, an alarm.

use alloc::{string::String, vec, vec::Vec};
use arn::DeploymentId;
use model::{FailureCause, Service, ServiceDeploymentStatus, ServiceStatus, Timestamp};

use crate::{
    View,
    deployment::note_failures,
    events,
    failure::{end_primary, fail_deployment, give_up, go_back},
};

/// How a service deployment is stopped by its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopType {
    /// The service goes back to the last revision that completed, whether or not its configuration
    /// asks for rollbacks.
    Rollback,
    /// Nothing is started any more, and what is above the desired count is stopped: the rest of both
    /// revisions stays.
    Abort,
}

/// Nothing is under way that could be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUnderWay;

/// Notes that the newest service deployment is to be stopped; the next plan does it. One that is told
/// to stop already, or goes back, goes on with that.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html>
pub fn request_stop(
    service: &mut Service,
    how: StopType,
    now: Timestamp,
) -> Result<(), NotUnderWay> {
    let is_active = service.status == ServiceStatus::Active;
    let it = service.service_deployment.as_mut().filter(|it| is_active && it.is_under_way());
    let it = it.ok_or(NotUnderWay)?;
    let is_free = it.rollback.is_none()
        && matches!(
            it.status,
            ServiceDeploymentStatus::Pending | ServiceDeploymentStatus::InProgress
        );
    if is_free {
        it.status = match how {
            StopType::Rollback => ServiceDeploymentStatus::RollbackRequested,
            StopType::Abort => ServiceDeploymentStatus::StopRequested,
        };
        it.status_reason = Some(USER_STOPPED.into());
        it.stopped_at = Some(now);
        it.updated_at = now;
    }
    Ok(())
}

const USER_STOPPED: &str = "ECS deployment stopped by user.";
const NOWHERE: &str =
    "ECS deployment stopped by user: there is no completed deployment to roll back to.";

/// The service as it is once what stops its deployment is carried out, and the service events; none
/// when nothing stops it.
pub(crate) fn judge(view: &View) -> Option<(Service, Vec<String>)> {
    let it = view.service.service_deployment.as_ref()?;
    if view.service.status != ServiceStatus::Active {
        return None;
    }
    let sentence: fn(&mut Service, &View) -> Vec<String> = match it.status {
        ServiceDeploymentStatus::RollbackRequested => roll_back,
        ServiceDeploymentStatus::StopRequested => abort,
        _ if !it.watches_alarms() || view.in_alarm.is_empty() => return None,
        ServiceDeploymentStatus::Pending => ignore_alarms,
        _ => heed_alarms,
    };
    let mut service = view.service.clone();
    let told = sentence(&mut service, view);
    Some((service, told))
}

fn roll_back(service: &mut Service, view: &View) -> Vec<String> {
    let (stopped, mut told) = end(service, view);
    match service.rollout.last_completed.take_if(|target| Some(&target.id) != stopped.as_ref()) {
        Some(target) => {
            let reason = USER_STOPPED.into();
            told.extend(go_back(service, target, "stopped by user", reason, view.now));
        }
        None => give_up(service, NOWHERE.into(), view.now),
    }
    told
}

fn abort(service: &mut Service, view: &View) -> Vec<String> {
    let (_, told) = end(service, view);
    give_up(service, USER_STOPPED.into(), view.now);
    told
}

/// Ends the primary deployment; it, if it was under way, and the service events.
fn end(service: &mut Service, view: &View) -> (Option<DeploymentId>, Vec<String>) {
    let failed_tasks = service.primary().map_or(0, |primary| primary.failed_tasks);
    if let Some(it) = &mut service.service_deployment {
        note_failures(it, failed_tasks);
    }
    let ended = end_primary(service, USER_STOPPED.into(), view.now);
    let told = ended.iter();
    let told = told.map(|id| events::deployment_failed(&service.name, id, "stopped by user"));
    let told = told.collect();
    (ended, told)
}

/// Alarms that are in ALARM when a deployment starts say nothing about it.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html>
fn ignore_alarms(service: &mut Service, view: &View) -> Vec<String> {
    let Some(it) = &mut service.service_deployment else { return Vec::new() };
    it.alarms_ignored = true;
    it.triggered_alarms.clone_from(&view.in_alarm);
    it.status_reason = Some(events::alarms_ignored_reason(&view.in_alarm));
    vec![events::alarms_ignored(&service.name, &it.target, &view.in_alarm)]
}

fn heed_alarms(service: &mut Service, view: &View) -> Vec<String> {
    let Some(it) = &mut service.service_deployment else { return Vec::new() };
    it.triggered_alarms.clone_from(&view.in_alarm);
    let roll_back = it.configuration.alarms.rollback;
    fail_deployment(service, FailureCause::Alarm, roll_back, view.now)
}
