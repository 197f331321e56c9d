//! Containers: what the engine is asked to do with them.

use std::collections::HashMap;
use std::time::Duration;

use bollard::container::LogOutput;
use bollard::models::ContainerCreateBody;
use bollard::query_parameters::{
    CreateContainerOptions, InspectContainerOptions, KillContainerOptions, ListContainersOptions,
    LogsOptions, RemoveContainerOptions, StartContainerOptions, StatsOptions, StopContainerOptions,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use runtime::{
    ContainerId, ContainerSpec, ContainerState, ErrorKind, LabelFilter, LogLine, LogStream, Result,
    RuntimeError, is_engine_name,
};

use crate::engine::{DockerRuntime, within};
use crate::error::{is_conflict, is_missing, refusal, refusal_or_missing};
use crate::inspection::container_state;

/// How many inspections of one listing are under way at a time.
const INSPECTIONS_AT_ONCE: usize = 8;

impl DockerRuntime {
    pub(crate) async fn create_container(&self, spec: &ContainerSpec) -> Result<ContainerId> {
        // bollard's types would lose what they do not list, so the body goes as the spec has it.
        let docker = self.docker_sending(&spec.create_body());
        let name = Some(spec.name.clone()).filter(|name| !name.is_empty());
        let options = CreateContainerOptions { name, ..CreateContainerOptions::default() };
        let creation = docker.create_container(Some(options), ContainerCreateBody::default());
        let created = within(self.timeouts.create, "create", creation).await?.map_err(|error| {
            let kind = ErrorKind::CannotCreateContainer;
            refusal_or_missing(kind, ErrorKind::NoSuchImage, &error)
        })?;
        Ok(ContainerId(created.id))
    }

    pub(crate) async fn start_container(&self, id: &ContainerId) -> Result<()> {
        let docker = self.docker();
        let start = docker.start_container(checked(id)?, None::<StartContainerOptions>);
        within(self.timeouts.start, "start", start)
            .await?
            .map_err(|error| of_container(ErrorKind::CannotStartContainer, &error))
    }

    pub(crate) async fn stop_container(&self, id: &ContainerId, timeout: Duration) -> Result<()> {
        let seconds = timeout.as_millis().div_ceil(1000);
        let t = Some(i32::try_from(seconds).unwrap_or(i32::MAX));
        let docker = self.docker();
        let stop =
            docker.stop_container(checked(id)?, Some(StopContainerOptions { t, signal: None }));
        within(timeout + self.timeouts.stop_margin, "stop", stop)
            .await?
            .map_err(|error| of_container(ErrorKind::CannotStopContainer, &error))
    }

    pub(crate) async fn kill_container(&self, id: &ContainerId) -> Result<()> {
        let docker = self.docker();
        let options = KillContainerOptions { signal: "SIGKILL".into() };
        let kill = docker.kill_container(checked(id)?, Some(options));
        match within(self.timeouts.stop_margin, "kill", kill).await? {
            Ok(()) => Ok(()),
            Err(error) if is_conflict(&error) => Ok(()),
            Err(error) => Err(of_container(ErrorKind::CannotStopContainer, &error)),
        }
    }

    pub(crate) async fn remove_container(&self, id: &ContainerId, volumes: bool) -> Result<()> {
        let docker = self.docker();
        let options = RemoveContainerOptions { v: volumes, force: true, link: false };
        let removal = docker.remove_container(checked(id)?, Some(options));
        match within(self.timeouts.remove, "remove", removal).await? {
            Ok(()) => Ok(()),
            Err(error) if is_missing(&error) => Ok(()),
            // Somebody else is removing it just now.
            Err(error) if is_conflict(&error) => {
                let kind = ErrorKind::CannotRemoveContainer;
                Err(RuntimeError::passing(kind, refusal(kind, &error).message))
            }
            Err(error) => Err(refusal(ErrorKind::CannotRemoveContainer, &error)),
        }
    }

    pub(crate) async fn inspect_container(&self, id: &ContainerId) -> Result<ContainerState> {
        let docker = self.docker();
        let inspection = docker.inspect_container(checked(id)?, None::<InspectContainerOptions>);
        within(self.timeouts.inspect, "inspect", inspection)
            .await?
            .map(container_state)
            .map_err(|error| of_container(ErrorKind::CannotInspectContainer, &error))
    }

    /// One call for the ids, and an inspection of each: a listing has neither exit codes nor
    /// times. Those that are gone in between are left out.
    pub(crate) async fn list_containers(
        &self,
        filter: &LabelFilter,
    ) -> Result<Vec<ContainerState>> {
        let filters = HashMap::from([("label".to_owned(), filter.docker_terms())]);
        let options = ListContainersOptions {
            all: true,
            filters: Some(filters),
            ..ListContainersOptions::default()
        };
        let docker = self.docker();
        let listing = docker.list_containers(Some(options));
        let found = within(self.timeouts.list, "list", listing)
            .await?
            .map_err(|error| refusal(ErrorKind::CannotListContainers, &error))?;
        let ids: Vec<ContainerId> =
            found.into_iter().filter_map(|container| container.id).map(ContainerId).collect();
        let inspections = ids.into_iter().map(|id| async move {
            match self.inspect_container(&id).await {
                Ok(state) => Ok(Some(state)),
                Err(error) if error.kind == ErrorKind::NoSuchContainer => Ok(None),
                Err(error) => Err(error),
            }
        });
        let states: Vec<Option<ContainerState>> =
            stream::iter(inspections).buffered(INSPECTIONS_AT_ONCE).try_collect().await?;
        let mut states: Vec<ContainerState> = states.into_iter().flatten().collect();
        states.sort_by_key(|state| state.created_at_ms);
        Ok(states)
    }

    pub(crate) async fn container_stats(&self, id: &ContainerId) -> Result<serde_json::Value> {
        let docker = self.docker();
        let options = StatsOptions { stream: false, one_shot: true };
        let mut samples = Box::pin(docker.stats(checked(id)?, Some(options)));
        let sample = within(self.timeouts.inspect, "stats", samples.next()).await?;
        let kind = ErrorKind::CannotInspectContainer;
        let sample = sample
            .ok_or_else(|| RuntimeError::passing(kind, "the engine gave no sample"))?
            .map_err(|error| of_container(kind, &error))?;
        serde_json::to_value(sample).map_err(|error| RuntimeError::lasting(kind, error.to_string()))
    }

    pub(crate) async fn container_logs(
        &self,
        id: &ContainerId,
        tail: usize,
    ) -> Result<Vec<LogLine>> {
        let docker = self.docker();
        let options = LogsOptions {
            stdout: true,
            stderr: true,
            tail: tail.to_string(),
            ..LogsOptions::default()
        };
        let output = docker.logs(checked(id)?, Some(options));
        let outputs: std::result::Result<Vec<LogOutput>, _> =
            within(self.timeouts.inspect, "logs", output.try_collect()).await?;
        match outputs {
            Ok(outputs) => Ok(last_lines(&outputs, tail)),
            // The container's log driver keeps nothing that the engine could read.
            Err(error) if error.to_string().contains("does not support reading") => Ok(Vec::new()),
            Err(error) => Err(of_container(ErrorKind::CannotInspectContainer, &error)),
        }
    }
}

fn of_container(kind: ErrorKind, error: &bollard::errors::Error) -> RuntimeError {
    refusal_or_missing(kind, ErrorKind::NoSuchContainer, error)
}

fn checked(id: &ContainerId) -> Result<&str> {
    if is_engine_name(id.as_str()) {
        return Ok(id.as_str());
    }
    let message = format!("{id:?} is not the id of a container");
    Err(RuntimeError::lasting(ErrorKind::NoSuchContainer, message))
}

fn last_lines(outputs: &[LogOutput], tail: usize) -> Vec<LogLine> {
    let lines: Vec<LogLine> = outputs
        .iter()
        .flat_map(|output| {
            let stream = match output {
                LogOutput::StdErr { .. } => LogStream::Stderr,
                _ => LogStream::Stdout,
            };
            let text = String::from_utf8_lossy(output.as_ref()).into_owned();
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.into_iter().map(move |text| LogLine { stream, text })
        })
        .collect();
    lines[lines.len().saturating_sub(tail)..].to_vec()
}
