//! The engine's named volumes.

use std::collections::BTreeSet;

use serde_json::Value;

use super::engine::{FakeEngine, Verb};
use crate::{
    ContainerSpec, ErrorKind, LabelFilter, Mount, Result, RuntimeError, VolumeInfo, VolumeSpec,
    is_engine_name,
};

impl FakeEngine {
    /// Creates a volume, or finds the one of this name and driver.
    pub fn create_volume(&mut self, spec: &VolumeSpec) -> Result<VolumeInfo> {
        self.answer(Verb::CreateVolume)?;
        let driver = spec.driver.clone().unwrap_or_else(|| "local".into());
        let failure = |message| RuntimeError::lasting(ErrorKind::CannotCreateVolume, message);
        if !is_engine_name(&spec.name) {
            return Err(failure(format!("create {}: invalid volume name", spec.name)));
        }
        if !self.info.volume_drivers.contains(&driver) {
            return Err(failure(format!("create {}: plugin {driver:?} not found", spec.name)));
        }
        if let Some(volume) = self.volumes.get(&spec.name) {
            if volume.driver == driver {
                return Ok(volume.clone());
            }
            return Err(failure(format!("create {}: volume name must be unique", spec.name)));
        }
        let volume = VolumeInfo {
            name: spec.name.clone(),
            driver,
            mountpoint: mountpoint(&spec.name),
            driver_opts: spec.driver_opts.clone(),
            labels: spec.labels.clone(),
        };
        self.volumes.insert(spec.name.clone(), volume.clone());
        Ok(volume)
    }

    /// The volume if the engine has it.
    pub fn inspect_volume(&mut self, name: &str) -> Result<Option<VolumeInfo>> {
        self.answer(Verb::Volume)?;
        Ok(self.volumes.get(name).cloned())
    }

    /// Removes a volume that no container refers to.
    pub fn remove_volume(&mut self, name: &str) -> Result<()> {
        self.answer(Verb::Volume)?;
        if self.containers.values().any(|container| container.volumes.contains(name)) {
            let message = format!("remove {name}: volume is in use");
            return Err(RuntimeError::lasting(ErrorKind::CannotReachVolume, message));
        }
        self.volumes.remove(name);
        Ok(())
    }

    /// Every volume with these labels, by name.
    pub fn list_volumes(&mut self, filter: &LabelFilter) -> Result<Vec<VolumeInfo>> {
        self.answer(Verb::Volume)?;
        Ok(self.volumes.values().filter(|volume| filter.matches(&volume.labels)).cloned().collect())
    }
}

/// The named volumes that a spec mounts through `Binds`; the engine makes those that are missing.
pub(super) fn mounted_volumes(spec: &ContainerSpec) -> BTreeSet<String> {
    let mounts = mounts(spec).into_iter();
    mounts.map(|mount| mount.name).filter(|name| !name.is_empty()).collect()
}

/// What a spec mounts through `Binds`.
pub(super) fn mounts(spec: &ContainerSpec) -> Vec<Mount> {
    let binds = spec.host_config.get("Binds").and_then(Value::as_array);
    let mut mounts: Vec<Mount> = binds
        .into_iter()
        .flatten()
        .filter_map(|bind| {
            let (source, rest) = bind.as_str()?.split_once(':')?;
            let destination = rest.split(':').next().unwrap_or(rest).to_owned();
            Some(if source.starts_with('/') {
                Mount { destination, name: String::new(), source: source.to_owned() }
            } else {
                Mount { destination, name: source.to_owned(), source: mountpoint(source) }
            })
        })
        .collect();
    mounts.sort();
    mounts
}

fn mountpoint(volume: &str) -> String {
    format!("/var/lib/docker/volumes/{volume}/_data")
}
