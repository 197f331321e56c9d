//! Volumes of a task that the runtime keeps: fresh ones of the task's own, and shared ones.

use model::Timestamp;
use runtime::{ErrorKind, VolumeSpec};
use serde::{Deserialize, Serialize};
use session_wire::payload;

use super::context::Context;
use super::naming::{docker_name, label};
use super::{Outcome, Target, Task, Verb};

/// How long to wait for an engine that is away.
const RETRY_MS: i64 = 5_000;

/// A volume at the runtime.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// Its name in the task.
    pub name: String,
    /// Its name at the runtime.
    pub docker_name: String,
    /// Whether it outlives the task.
    pub shared: bool,
    /// Whether it may be created; else it must be there.
    pub create: bool,
    /// Whether it is there.
    #[serde(skip)]
    pub(super) ready: bool,
    #[serde(skip)]
    pub(super) doing: Option<u64>,
    #[serde(skip)]
    pub(super) removed: bool,
    #[serde(skip)]
    pub(super) retry_at: Option<Timestamp>,
}

/// The volumes of a payload that the runtime has to keep, or why one of them cannot be.
pub(super) fn of_task(task: &payload::Task) -> Result<Vec<Volume>, String> {
    let mut volumes = Vec::new();
    for volume in &task.volumes {
        let own_name = docker_name(&task.arn, &task.family, &task.version, &volume.name);
        let name = volume.name.clone();
        match (volume.r#type.as_str(), &volume.host, &volume.docker_volume_configuration) {
            ("" | "host", Some(host), _) if !host.source_path.is_empty() => {}
            ("" | "host", _, None) => {
                let fresh =
                    Volume { name, docker_name: own_name, create: true, ..Volume::default() };
                volumes.push(fresh);
            }
            ("" | "docker", _, Some(docker)) => {
                let shared = docker.scope == "shared";
                let docker_name = if shared { name.clone() } else { own_name };
                let create = !shared || docker.autoprovision;
                volumes.push(Volume { name, docker_name, shared, create, ..Volume::default() });
            }
            (kind, ..) => {
                return Err(format!(
                    "resource cannot be initialized for task {}: this agent has no volumes of \
                     type '{kind}'",
                    task.arn
                ));
            }
        }
    }
    Ok(volumes)
}

/// What a volume is to be called in a bind: a path of the host or a name of the runtime.
pub(super) fn bind_source(task: &Task, name: &str) -> Option<String> {
    if let Some(volume) = task.volumes.iter().find(|volume| volume.name == name) {
        return Some(volume.docker_name.clone());
    }
    let volume = task.body.volumes.iter().find(|volume| volume.name == name)?;
    volume.host.as_ref().map(|host| host.source_path.clone())
}

impl Task {
    /// Has missing volumes created; true when all are there.
    pub(super) fn volumes_ready(&mut self, cx: &mut Context<'_>) -> bool {
        let mut ready = true;
        for index in 0..self.volumes.len() {
            let volume = &self.volumes[index];
            if volume.ready {
                continue;
            }
            ready = false;
            if volume.doing.is_none() && volume.retry_at.is_none_or(|at| cx.now >= at) {
                let verb = if volume.create {
                    Verb::CreateVolume(self.volume_spec(volume))
                } else {
                    Verb::InspectVolume(volume.docker_name.clone())
                };
                let target = Target::Volume { task: self.arn.clone(), index };
                self.volumes[index].doing = Some(cx.out.call(target, verb));
            }
        }
        ready
    }

    fn volume_spec(&self, volume: &Volume) -> VolumeSpec {
        let body = self.body.volumes.iter().find(|body| body.name == volume.name);
        let docker = body.and_then(|body| body.docker_volume_configuration.clone());
        let docker = docker.unwrap_or_default();
        let mut labels = docker.labels;
        if !volume.shared {
            labels.insert(label::TASK_ARN.into(), self.arn.clone());
        }
        VolumeSpec {
            name: volume.docker_name.clone(),
            driver: Some(docker.driver).filter(|driver| !driver.is_empty()),
            driver_opts: docker.driver_opts,
            labels,
        }
    }

    /// A call for a volume has come to its end.
    pub(super) fn volume_done(&mut self, index: usize, id: u64, outcome: Outcome, now: Timestamp) {
        let arn = self.arn.clone();
        let Some(volume) = self.volumes.get_mut(index).filter(|v| v.doing == Some(id)) else {
            return;
        };
        volume.doing = None;
        match outcome {
            Outcome::Volume(Some(_)) => volume.ready = true,
            Outcome::Volume(None) => {
                let name = volume.docker_name.clone();
                self.fail(format!(
                    "CannotCreateVolumeError: the shared volume '{name}' of task {arn} does not \
                     exist and is not to be provisioned"
                ));
            }
            Outcome::Done => volume.removed = true,
            Outcome::Failed(error) if error.kind == ErrorKind::EngineUnreachable => {
                volume.retry_at = Some(now.plus_ms(RETRY_MS));
            }
            Outcome::Failed(error) if self.is_stopped() => {
                // A volume that cannot be removed does not keep the task for ever.
                tracing::warn!(task = arn, %error, "a volume of a stopped task stays");
                self.volumes[index].removed = true;
            }
            Outcome::Failed(error) => self.fail(error.to_string()),
            _ => {}
        }
    }

    /// The task as a whole cannot go on.
    pub(super) fn fail(&mut self, reason: String) {
        self.reason.get_or_insert(reason);
        self.want_stopped();
    }
}
