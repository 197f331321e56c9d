//! From a task of a payload to a task of the engine.

use std::collections::VecDeque;

use lifecycle::order::{Condition, Node, Order};
use model::{DesiredStatus, Timestamp};
use session_wire::acs::RoleCredentials;
use session_wire::payload;

use super::context::Context;
use super::naming::docker_name;
use super::{Container, Stage, Task, resources, volume};

impl Task {
    /// Takes a task on. One that makes no sense is stopped from the start, with the reason.
    pub(super) fn new(mut body: payload::Task, arrival: u64, cx: &Context<'_>) -> Self {
        body.role_credentials = body.role_credentials.map(without_secrets);
        body.execution_role_credentials = body.execution_role_credentials.map(without_secrets);
        let containers = body.containers.iter().map(|c| container(&body, c)).collect();
        let mut task = Task {
            arn: body.arn.clone(),
            desired: DesiredStatus::Running,
            containers,
            volumes: Vec::new(),
            admitted: false,
            arrival,
            reason: None,
            pull_started_at: None,
            pull_stopped_at: None,
            execution_stopped_at: None,
            stopped_at: None,
            reported: None,
            outbox: VecDeque::new(),
            next_report: 1,
            submitting: false,
            order: Order::default(),
            needs: resources::needs(&body),
            body,
        };
        if task.body.desired_status == "STOPPED" {
            task.want_stopped();
        } else if let Err(reason) = task.check(cx) {
            task.fail(reason);
        }
        task
    }

    fn check(&mut self, cx: &Context<'_>) -> Result<(), String> {
        let body = &self.body;
        if body.desired_status != "RUNNING" {
            return Err(format!(
                "invalid task payload: the desired status of {} is '{}'",
                body.arn, body.desired_status
            ));
        }
        if body.containers.is_empty() {
            return Err(format!("invalid task payload: {} has no containers", body.arn));
        }
        for container in &body.containers {
            container.overrides.command().map_err(|error| {
                format!("UnrecognizedTaskError: container '{}': {error}", container.name)
            })?;
            if container.port_mappings.iter().any(|p| !p.container_port_range.is_empty()) {
                return Err(format!(
                    "resource cannot be initialized for task {}: this agent has no port ranges",
                    body.arn
                ));
            }
            for mount in &container.mount_points {
                if !body.volumes.iter().any(|volume| volume.name == mount.source_volume) {
                    return Err(format!(
                        "HostConfigError: container '{}' mounts the volume '{}', which the task \
                         does not have",
                        container.name, mount.source_volume
                    ));
                }
            }
        }
        self.volumes = volume::of_task(body)?;
        self.order = order(body)?;
        resources::never_fits(&self.needs, &cx.settings.capacity).map_or(Ok(()), Err)
    }

    /// After a restart of the agent: what is not on disk is worked out or looked for again.
    pub(super) fn restored(mut self) -> Self {
        self.order = order(&self.body).unwrap_or_default();
        self.needs = resources::needs(&self.body);
        for container in &mut self.containers {
            container.look = container.runtime_id.is_some();
        }
        self
    }

    /// When something about this task has to be looked at though nothing happened.
    pub(super) fn waits_until(&self, now: Timestamp) -> Option<Timestamp> {
        let containers = self.containers.iter().filter_map(|c| c.retry_at);
        let retries = containers.chain(self.volumes.iter().filter_map(|v| v.retry_at));
        let gates = self.containers.iter().filter(|c| c.stage == Stage::Fresh).filter_map(|c| {
            match self.gate(&c.name, now) {
                lifecycle::order::Gate::Waiting { until, .. } => until,
                _ => None,
            }
        });
        retries.chain(gates).filter(|at| *at > now).min()
    }
}

/// Which credentials they are: containers are told their id, and it must be the same after a restart.
fn without_secrets(credentials: RoleCredentials) -> RoleCredentials {
    RoleCredentials {
        credentials_id: credentials.credentials_id,
        role_arn: credentials.role_arn,
        ..RoleCredentials::default()
    }
}

fn container(task: &payload::Task, body: &payload::Container) -> Container {
    Container {
        name: body.name.clone(),
        docker_name: docker_name(&task.arn, &task.family, &task.version, &body.name),
        essential: body.essential,
        ..Container::default()
    }
}

/// The order among the containers: what `dependsOn` says, and what links and `volumesFrom` imply.
fn order(task: &payload::Task) -> Result<Order, String> {
    let unresolved =
        |why: String| format!("Task dependencies cannot be resolved, taskArn: {}: {why}", task.arn);
    let known = |name: &str| task.containers.iter().any(|c| c.name == name);
    let mut nodes = Vec::new();
    for container in &task.containers {
        let mut waits_for = Vec::new();
        for dependency in &container.depends_on {
            let condition = Condition::parse(&dependency.condition)
                .ok_or_else(|| unresolved(format!("'{}' is no condition", dependency.condition)))?;
            waits_for.push((dependency.container_name.clone(), condition));
        }
        for link in &container.links {
            let name = link.split(':').next().unwrap_or(link);
            if !known(name) {
                return Err(format!(
                    "resource cannot be initialized for task {}: could not find container for \
                     link {link}",
                    task.arn
                ));
            }
            waits_for.push((name.to_owned(), Condition::Start));
        }
        for from in &container.volumes_from {
            waits_for.push((from.source_container.clone(), Condition::Create));
        }
        nodes.push(Node {
            name: container.name.clone(),
            waits_for,
            start_timeout_ms: Some(container.start_timeout * 1000).filter(|ms| *ms > 0),
            has_health_check: container.health_check_type == "docker",
        });
    }
    Order::new(nodes).map_err(|error| unresolved(error.to_string()))
}
