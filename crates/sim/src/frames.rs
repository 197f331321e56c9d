//! What a service looks like at an instant: the frame of a rollout.

use std::collections::BTreeMap;

use arn::TaskDefinitionId;
use model::{Service, ServiceStatus};
use store::State;

use crate::World;

impl World {
    /// Every service as `NAME OLD+NEW`: its tasks that are to run, of older deployments and of the
    /// newest one. Empty while the server is down.
    pub fn frames(&self) -> String {
        let Some(state) = self.plane.snapshot() else { return String::new() };
        let services = state.services().iter().filter(|s| s.status != ServiceStatus::Inactive);
        let frames: Vec<String> = services
            .map(|service| {
                let (old, new) = frame(&state, service);
                format!("{} {old}+{new}", service.name)
            })
            .collect();
        frames.join("  ")
    }

    /// How many containers run on all hosts, by the revision of their task.
    pub(crate) fn containers_by_revision(&self) -> BTreeMap<TaskDefinitionId, u32> {
        let mut counts = BTreeMap::new();
        let Some(state) = self.plane.snapshot() else { return counts };
        for (arn, hosts) in self.running_containers() {
            let id = arn.rsplit('/').next().and_then(|id| id.parse().ok());
            let task = id.and_then(|id| state.tasks().get(&(self.cluster.clone(), id)));
            if let Some(task) = task {
                *counts.entry(task.task_definition.clone()).or_default() += hosts.len() as u32;
            }
        }
        counts
    }
}

/// The tasks of `service` that are to run: of older deployments, and of the newest one.
pub fn frame(state: &State, service: &Service) -> (u32, u32) {
    let of_task_set = || service.primary_task_set().map(|set| &set.id);
    let newest = service.primary().map(|deployment| &deployment.id).or_else(of_task_set);
    let (mut old, mut new) = (0, 0);
    for task in state.live_tasks_of_service(service).filter(|task| task.is_wanted()) {
        let is_new = task.owner.as_ref().map(|owner| &owner.deployment) == newest;
        *if is_new { &mut new } else { &mut old } += 1;
    }
    (old, new)
}
