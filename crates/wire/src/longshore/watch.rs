//! `GET /longshore/v1/watch/service/CLUSTER/NAME`: a service as it changes, one JSON object a line.
//!
//! The first object is the whole [`Picture`]; each further one has only what is new since the one
//! before. Whoever reads slowly gets fewer objects that say more, never old ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::phase::TaskPhase;
use crate::{Timestamp, ecs};

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceUpdate {
    /// The control plane's time.
    pub at: Timestamp,
    /// The revision of the state that it shows; it only rises.
    pub revision: u64,
    /// Whether it is a whole picture: what was told before is void.
    #[serde(skip_serializing_if = "is_false")]
    pub whole: bool,
    /// The service, when it is not as told before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<WatchedService>,
    /// All deployments in ECS's shape, the newest first, when one is not as told before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployments: Option<Vec<ecs::Deployment>>,
    /// The tasks that are new or not as told before. One that is STOPPED is told of once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<WatchedTask>,
    /// New events in ECS's shape, the oldest first; a whole picture has the newest few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<ecs::ServiceEvent>,
    /// Why this line is the last. A stream that ends without it was cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// A service as its watcher sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WatchedService {
    /// Its cluster.
    pub cluster: String,
    /// Its name.
    pub name: String,
    /// ACTIVE, DRAINING or INACTIVE.
    pub status: String,
    /// REPLICA or DAEMON.
    pub scheduling_strategy: String,
    /// How many tasks there should be.
    pub desired_count: u32,
    /// The fewest healthy tasks that a rollout leaves.
    pub floor: u32,
    /// The most tasks that a rollout has at once.
    pub ceiling: u32,
    /// What the floor comes from.
    pub minimum_healthy_percent: u32,
    /// What the ceiling comes from.
    pub maximum_percent: u32,
    /// How long a task without a health check must run to count as healthy, in milliseconds.
    pub settle_ms: i64,
    /// Whether the service has reached a steady state.
    pub steady: bool,
    /// What it waits for, when it is not steady and nothing can be started or stopped now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// Its newest service deployment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_deployment: Option<WatchedServiceDeployment>,
}

/// A service deployment as its watcher sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WatchedServiceDeployment {
    /// Its ARN.
    pub service_deployment_arn: String,
    /// PENDING, IN_PROGRESS, SUCCESSFUL, …
    pub status: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// RECONCILE_SERVICE, …
    pub lifecycle_stage: String,
    /// When it began.
    pub created_at: Timestamp,
}

/// A task as its watcher sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WatchedTask {
    /// Its id.
    pub id: String,
    /// The id of the deployment that started it.
    pub deployment: String,
    /// `family:revision`.
    pub task_definition: String,
    /// The id of its container instance, once placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_instance: Option<String>,
    /// The zone of that instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// What is.
    pub last_status: String,
    /// What is wanted.
    pub desired_status: String,
    /// From its health checks.
    pub health_status: String,
    /// What it is worth to its service.
    pub phase: TaskPhase,
    /// When it entered PENDING.
    pub created_at: Timestamp,
    /// When it entered RUNNING.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was STOPPED.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    /// Why it stops, in ECS's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// What its next step waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
}

/// Everything that a watcher knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The service.
    pub service: WatchedService,
    /// Its deployments, the newest first.
    pub deployments: Vec<ecs::Deployment>,
    /// Its tasks that are not STOPPED, by id.
    pub tasks: BTreeMap<String, WatchedTask>,
}

impl Picture {
    /// What brings a watcher that knows `told` to this picture. `stopped` says what became of a task
    /// that is in it no more.
    pub fn since(
        &self,
        told: &Picture,
        mut stopped: impl FnMut(&WatchedTask) -> WatchedTask,
    ) -> ServiceUpdate {
        let gone = told.tasks.values().filter(|task| !self.tasks.contains_key(&task.id));
        let gone: Vec<WatchedTask> = gone.map(&mut stopped).collect();
        let new = self.tasks.values().filter(|task| told.tasks.get(&task.id) != Some(task));
        ServiceUpdate {
            service: (self.service != told.service).then(|| self.service.clone()),
            deployments: (self.deployments != told.deployments).then(|| self.deployments.clone()),
            tasks: gone.into_iter().chain(new.cloned()).collect(),
            ..ServiceUpdate::default()
        }
    }

    /// The newest deployment.
    pub fn primary(&self) -> Option<&ecs::Deployment> {
        self.deployments.first()
    }

    /// Learns what a line says.
    pub fn learn(&mut self, update: &ServiceUpdate) {
        if update.whole {
            *self = Picture::default();
        }
        if let Some(service) = &update.service {
            self.service = service.clone();
        }
        if let Some(deployments) = &update.deployments {
            self.deployments.clone_from(deployments);
        }
        for task in &update.tasks {
            if task.phase == TaskPhase::Stopped {
                self.tasks.remove(&task.id);
            } else {
                self.tasks.insert(task.id.clone(), task.clone());
            }
        }
    }
}

impl ServiceUpdate {
    /// Whether it tells anything.
    pub fn is_empty(&self) -> bool {
        self.service.is_none()
            && self.deployments.is_none()
            && self.tasks.is_empty()
            && self.events.is_empty()
            && self.end.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, phase: TaskPhase) -> WatchedTask {
        WatchedTask { id: id.into(), phase, ..WatchedTask::default() }
    }

    fn picture(desired_count: u32, tasks: &[(&str, TaskPhase)]) -> Picture {
        Picture {
            service: WatchedService { desired_count, ..WatchedService::default() },
            deployments: Vec::new(),
            tasks: tasks.iter().map(|(id, phase)| ((*id).into(), task(id, *phase))).collect(),
        }
    }

    #[test]
    fn who_learns_every_line_knows_the_newest_picture_and_a_line_says_only_what_is_new() {
        use TaskPhase::{Healthy, Pending, Stopped};
        let first = picture(1, &[("a", Healthy), ("b", Healthy)]);
        let second = picture(1, &[("b", Healthy), ("c", Pending)]);
        let stopped = |gone: &WatchedTask| task(&gone.id, Stopped);
        let mut known = Picture::default();
        let whole = ServiceUpdate { whole: true, ..first.since(&Picture::default(), stopped) };
        known.learn(&whole);
        assert_eq!(known, first);
        let update = second.since(&first, stopped);
        let told: Vec<&str> = update.tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!((told, &update.service), (vec!["a", "c"], &None));
        let text = serde_json::to_string(&update).expect("JSON");
        known.learn(&serde_json::from_str(&text).expect("its own JSON is understood"));
        assert_eq!(known, second);
        assert!(second.since(&second, stopped).is_empty());
    }
}
