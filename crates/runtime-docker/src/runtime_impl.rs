//! The trait, verb by verb.

use std::time::Duration;

use bollard::models::{SystemInfo, SystemInfoCgroupVersionEnum};
use runtime::{
    BoxFuture, ContainerId, ContainerRuntime, ContainerSpec, ContainerState, EngineInfo, ErrorKind,
    EventStream, ImageInfo, LabelFilter, LogLine, RegistryAuth, Result, VolumeInfo, VolumeSpec,
};

use crate::engine::{DockerRuntime, within};
use crate::error::refusal;

impl ContainerRuntime for DockerRuntime {
    fn info(&self) -> BoxFuture<'_, Result<EngineInfo>> {
        Box::pin(async move {
            let docker = self.docker();
            let info = within(self.timeouts.info, "info", docker.info())
                .await?
                .map_err(|error| refusal(ErrorKind::EngineFault, &error))?;
            Ok(engine_info(info, self.api_version()))
        })
    }

    fn ping(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let docker = self.docker();
            within(self.timeouts.info, "ping", docker.ping())
                .await?
                .map(|_| ())
                .map_err(|error| refusal(ErrorKind::EngineFault, &error))
        })
    }

    fn image_present<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<ImageInfo>>> {
        Box::pin(self.find_image(reference))
    }

    fn manifest_digest<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<String>> {
        Box::pin(self.registry_digest(reference, auth))
    }

    fn pull<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<ImageInfo>> {
        Box::pin(self.pull_image(reference, auth))
    }

    fn tag_image<'a>(
        &'a self,
        reference: &'a str,
        repository_tag: &'a str,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.name_image(reference, repository_tag))
    }

    fn remove_image<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.delete_image(reference))
    }

    fn create<'a>(&'a self, spec: &'a ContainerSpec) -> BoxFuture<'a, Result<ContainerId>> {
        Box::pin(self.create_container(spec))
    }

    fn start<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.start_container(id))
    }

    fn stop<'a>(&'a self, id: &'a ContainerId, timeout: Duration) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.stop_container(id, timeout))
    }

    fn kill<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.kill_container(id))
    }

    fn remove<'a>(&'a self, id: &'a ContainerId, volumes: bool) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.remove_container(id, volumes))
    }

    fn inspect<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<ContainerState>> {
        Box::pin(self.inspect_container(id))
    }

    fn list<'a>(&'a self, filter: &'a LabelFilter) -> BoxFuture<'a, Result<Vec<ContainerState>>> {
        Box::pin(self.list_containers(filter))
    }

    fn stats<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<serde_json::Value>> {
        Box::pin(self.container_stats(id))
    }

    fn logs<'a>(&'a self, id: &'a ContainerId, tail: usize) -> BoxFuture<'a, Result<Vec<LogLine>>> {
        Box::pin(self.container_logs(id, tail))
    }

    fn create_volume<'a>(&'a self, spec: &'a VolumeSpec) -> BoxFuture<'a, Result<VolumeInfo>> {
        Box::pin(self.make_volume(spec))
    }

    fn inspect_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<VolumeInfo>>> {
        Box::pin(self.find_volume(name))
    }

    fn remove_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.delete_volume(name))
    }

    fn list_volumes<'a>(
        &'a self,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<Vec<VolumeInfo>>> {
        Box::pin(self.find_volumes(filter))
    }

    fn events<'a>(
        &'a self,
        since_ms: Option<u64>,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<EventStream>> {
        Box::pin(self.subscribe(since_ms, filter))
    }
}

fn engine_info(info: SystemInfo, api_version: &str) -> EngineInfo {
    let sorted = |names: Option<Vec<String>>| {
        let mut names = names.unwrap_or_default();
        names.sort();
        names
    };
    let plugins = info.plugins.unwrap_or_default();
    EngineInfo {
        version: info.server_version.unwrap_or_default(),
        api_version: api_version.to_owned(),
        os_type: info.os_type.unwrap_or_default(),
        architecture: info.architecture.unwrap_or_default(),
        cpus: info.ncpu.and_then(|cpus| u32::try_from(cpus).ok()).unwrap_or(0),
        memory_bytes: info.mem_total.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(0),
        log_drivers: sorted(plugins.log),
        volume_drivers: sorted(plugins.volume),
        cgroup_version: match info.cgroup_version {
            Some(SystemInfoCgroupVersionEnum::_2) => 2,
            _ => 1,
        },
        cgroup_driver: info.cgroup_driver.map(|driver| driver.to_string()).unwrap_or_default(),
        runtimes: sorted(info.runtimes.map(|runtimes| runtimes.into_keys().collect())),
        security_options: info.security_options.unwrap_or_default(),
    }
}
