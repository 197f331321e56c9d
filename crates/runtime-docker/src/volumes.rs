//! Named volumes.

use std::collections::HashMap;

use bollard::models::{Volume, VolumeCreateRequest};
use bollard::query_parameters::{ListVolumesOptions, RemoveVolumeOptions};
use runtime::{
    ErrorKind, LabelFilter, Result, RuntimeError, VolumeInfo, VolumeSpec, is_engine_name,
};

use crate::engine::{DockerRuntime, within};
use crate::error::{is_missing, refusal};

impl DockerRuntime {
    pub(crate) async fn make_volume(&self, spec: &VolumeSpec) -> Result<VolumeInfo> {
        let request = VolumeCreateRequest {
            name: Some(spec.name.clone()),
            driver: spec.driver.clone(),
            driver_opts: Some(spec.driver_opts.clone().into_iter().collect()),
            labels: Some(spec.labels.clone().into_iter().collect()),
            ..VolumeCreateRequest::default()
        };
        let docker = self.docker();
        within(self.timeouts.volume, "create volume", docker.create_volume(request))
            .await?
            .map(volume_info)
            .map_err(|error| refusal(ErrorKind::CannotCreateVolume, &error))
    }

    pub(crate) async fn find_volume(&self, name: &str) -> Result<Option<VolumeInfo>> {
        checked(name)?;
        let docker = self.docker();
        let inspection = docker.inspect_volume(name);
        match within(self.timeouts.volume, "inspect volume", inspection).await? {
            Ok(volume) => Ok(Some(volume_info(volume))),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(refusal(ErrorKind::CannotReachVolume, &error)),
        }
    }

    pub(crate) async fn delete_volume(&self, name: &str) -> Result<()> {
        checked(name)?;
        let docker = self.docker();
        let removal = docker.remove_volume(name, None::<RemoveVolumeOptions>);
        match within(self.timeouts.volume, "remove volume", removal).await? {
            Ok(()) => Ok(()),
            Err(error) if is_missing(&error) => Ok(()),
            Err(error) => Err(refusal(ErrorKind::CannotReachVolume, &error)),
        }
    }

    pub(crate) async fn find_volumes(&self, filter: &LabelFilter) -> Result<Vec<VolumeInfo>> {
        let filters = HashMap::from([("label".to_owned(), filter.docker_terms())]);
        let options = ListVolumesOptions { filters: Some(filters) };
        let docker = self.docker();
        let listing = docker.list_volumes(Some(options));
        let found = within(self.timeouts.volume, "list volumes", listing)
            .await?
            .map_err(|error| refusal(ErrorKind::CannotReachVolume, &error))?;
        let found = found.volumes.unwrap_or_default();
        let mut volumes: Vec<VolumeInfo> = found.into_iter().map(volume_info).collect();
        volumes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(volumes)
    }
}

fn checked(name: &str) -> Result<()> {
    if is_engine_name(name) {
        return Ok(());
    }
    let message = format!("{name:?} is not the name of a volume: only [a-zA-Z0-9][a-zA-Z0-9_.-]*");
    Err(RuntimeError::lasting(ErrorKind::CannotReachVolume, message))
}

fn volume_info(volume: Volume) -> VolumeInfo {
    VolumeInfo {
        name: volume.name,
        driver: volume.driver,
        mountpoint: volume.mountpoint,
        driver_opts: volume.options.into_iter().collect(),
        labels: volume.labels.into_iter().collect(),
    }
}
