//! What the telemetry session tells of the tasks: a picture that the driver renews.

use model::{HealthStatus, Timestamp};
use session_wire::tcs;

use crate::engine::{Engine, Stage, Task};

/// A task as telemetry sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskPicture {
    /// The task's ARN.
    pub arn: String,
    /// Its cluster's ARN.
    pub cluster_arn: String,
    /// The family of its task definition.
    pub family: String,
    /// The revision.
    pub version: String,
    /// Its running containers.
    pub containers: Vec<ContainerPicture>,
}

/// A running container as telemetry sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerPicture {
    /// Its name.
    pub name: String,
    /// Restarts in place.
    pub restart_count: u32,
    /// Its health and since when, if it has a health check.
    pub health: Option<(HealthStatus, Option<Timestamp>)>,
}

/// Every task with running containers, by ARN.
pub fn picture(engine: &Engine) -> Vec<TaskPicture> {
    engine.tasks().map(task).filter(|task| !task.containers.is_empty()).collect()
}

fn task(task: &Task) -> TaskPicture {
    let running = task.containers.iter().enumerate().filter(|(_, c)| c.stage == Stage::Running);
    let containers = running.map(|(index, container)| ContainerPicture {
        name: container.name.clone(),
        restart_count: container.restart_count,
        health: task
            .has_health_check(index)
            .then_some((container.health.status, container.health.since)),
    });
    TaskPicture {
        arn: task.arn.clone(),
        cluster_arn: task.body.task_cluster_arn.clone(),
        family: task.body.family.clone(),
        version: task.body.version.clone(),
        containers: containers.collect(),
    }
}

impl TaskPicture {
    /// The health of its containers, if any of them has a health check.
    pub fn health(&self) -> Option<tcs::TaskHealth> {
        let checked = self.containers.iter().filter_map(|container| {
            let (status, since) = container.health?;
            Some(tcs::ContainerHealth {
                container_name: container.name.clone(),
                health_status: status.as_str().to_owned(),
                status_since: since.map(|at| tcs::Timestamp(at.0)),
                ..tcs::ContainerHealth::default()
            })
        });
        let containers: Vec<_> = checked.collect();
        (!containers.is_empty()).then(|| tcs::TaskHealth {
            task_arn: self.arn.clone(),
            cluster_arn: self.cluster_arn.clone(),
            task_definition_family: self.family.clone(),
            task_definition_version: self.version.clone(),
            containers,
        })
    }

    /// Its metrics: what is known without asking the runtime.
    pub fn metrics(&self) -> tcs::TaskMetric {
        let containers = self.containers.iter().map(|container| tcs::ContainerMetric {
            container_name: container.name.clone(),
            restart_stats_set: (container.restart_count > 0).then(|| tcs::RestartStatsSet {
                restart_count: i64::from(container.restart_count),
            }),
            ..tcs::ContainerMetric::default()
        });
        tcs::TaskMetric {
            task_arn: self.arn.clone(),
            cluster_arn: self.cluster_arn.clone(),
            task_definition_family: self.family.clone(),
            task_definition_version: self.version.clone(),
            container_metrics: containers.collect(),
        }
    }
}
