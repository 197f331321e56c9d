//! The count of rollouts: deployments that began and ended.

use std::collections::{BTreeMap, BTreeSet};

use arn::{DeploymentId, ServiceId};
use model::{
    DeploymentStatus, FailureCause, RolloutState, Service, ServiceDeploymentStatus, ServiceStatus,
};

/// How many deployments ended, and how. One that comes back by a rollback is not counted again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rollouts {
    /// COMPLETED.
    pub completed: u64,
    /// FAILED, rolled back or not.
    pub failed: u64,
    /// Overtaken by a newer deployment before they were done.
    pub superseded: u64,
    /// Their service was deleted before they were done.
    pub deleted: u64,
}

impl Rollouts {
    /// All that ended.
    pub fn count(&self) -> u64 {
        self.completed + self.failed + self.superseded + self.deleted
    }

    pub(crate) fn add(&mut self, other: &Rollouts) {
        self.completed += other.completed;
        self.failed += other.failed;
        self.superseded += other.superseded;
        self.deleted += other.deleted;
    }
}

/// What a change of a service says of how its deployment goes, beside its end.
pub fn turns(old: Option<&Service>, new: &Service) -> Vec<&'static str> {
    let Some(it) = &new.service_deployment else { return Vec::new() };
    let before = old.and_then(|old| old.service_deployment.as_ref()).filter(|old| old.id == it.id);
    let bakes = |service: &Service| service.primary().is_some_and(|d| d.bake_until.is_some());
    let has_come_to = |status| it.status == status && before.is_none_or(|old| old.status != status);
    let has_failed =
        |cause| it.failure == Some(cause) && before.is_none_or(|old| old.failure != Some(cause));
    [
        ("baking begun", bakes(new) && !old.is_some_and(bakes)),
        ("circuit breaker tripped", has_failed(FailureCause::TasksFailedToStart)),
        ("alarm heeded", has_failed(FailureCause::Alarm)),
        ("alarms ignored", it.alarms_ignored && before.is_none_or(|old| !old.alarms_ignored)),
        ("rollback begun", has_come_to(ServiceDeploymentStatus::RollbackInProgress)),
        ("rollback completed", has_come_to(ServiceDeploymentStatus::RollbackSuccessful)),
        ("rollback failed", has_come_to(ServiceDeploymentStatus::RollbackFailed)),
    ]
    .into_iter()
    .filter_map(|(turn, is_taken)| is_taken.then_some(turn))
    .collect()
}

/// The deployments that are under way, and those that are over.
#[derive(Debug, Default)]
pub struct Ledger {
    open: BTreeMap<ServiceId, BTreeSet<DeploymentId>>,
    over: BTreeSet<DeploymentId>,
    pub ended: Rollouts,
}

impl Ledger {
    /// Takes note of a service as it is now.
    pub fn note(&mut self, service: &Service) {
        let open = self.open.entry(service.id).or_default();
        if service.status != ServiceStatus::Active {
            self.ended.deleted += open.len() as u64;
            self.over.append(open);
            return;
        }
        for deployment in &service.deployments {
            let is_new = deployment.status == DeploymentStatus::Primary
                && !self.over.contains(&deployment.id);
            if is_new {
                open.insert(deployment.id.clone());
            }
        }
        let find = |id: &DeploymentId| service.deployments.iter().find(|d| d.id == *id);
        let mut ended = BTreeSet::new();
        for id in open.iter() {
            match find(id).map(|d| (d.rollout_state, d.status)) {
                Some((RolloutState::Completed, _)) => self.ended.completed += 1,
                Some((RolloutState::Failed, _)) => self.ended.failed += 1,
                Some((_, DeploymentStatus::Primary)) => continue,
                _ => self.ended.superseded += 1,
            }
            ended.insert(id.clone());
        }
        open.retain(|id| !ended.contains(id));
        self.over.append(&mut ended);
    }
}
