//! The trait: the verbs of a container runtime.

use std::time::Duration;

pub use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use crate::{
    ContainerId, ContainerSpec, ContainerState, Event, ImageInfo, LabelFilter, LogLine,
    RegistryAuth, Result, VolumeInfo, VolumeSpec,
};

/// Events in the engine's order. Ends, or yields one error and ends, when the engine goes away.
pub type EventStream = BoxStream<'static, Result<Event>>;

/// A container runtime, as an agent uses it.
///
/// Every verb may fail with [`EngineUnreachable`](crate::ErrorKind::EngineUnreachable) and, where
/// the engine is slow, with [`DockerTimeout`](crate::ErrorKind::DockerTimeout); the errors named at
/// the verbs are the others. A verb whose future is dropped may still take effect.
pub trait ContainerRuntime: Send + Sync + 'static {
    /// What the engine is, for registration and capability attributes.
    fn info(&self) -> BoxFuture<'_, Result<EngineInfo>>;

    /// Whether the engine answers at all.
    fn ping(&self) -> BoxFuture<'_, Result<()>>;

    /// The image if the engine has it; never asks a registry. `reference` is a name, a name with
    /// tag or digest, or an image id.
    fn image_present<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<ImageInfo>>>;

    /// Asks the registry for the digest of a reference, `sha256:…`, without pulling.
    ///
    /// Fails with `CannotPullImageManifest` or `CannotPullContainerAuth`.
    fn manifest_digest<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<String>>;

    /// Pulls an image from its registry, even if the engine has one of that name.
    ///
    /// Fails with `CannotPullContainer` or `CannotPullContainerAuth`.
    fn pull<'a>(
        &'a self,
        reference: &'a str,
        auth: Option<&'a RegistryAuth>,
    ) -> BoxFuture<'a, Result<ImageInfo>>;

    /// Gives an image that the engine has (by reference or id) another `repository:tag`.
    ///
    /// Fails with `NoSuchImage`.
    fn tag_image<'a>(
        &'a self,
        reference: &'a str,
        repository_tag: &'a str,
    ) -> BoxFuture<'a, Result<()>>;

    /// Removes a name of an image, and the image with its last name; by id, the image with all
    /// its names. An image that is not there counts as removed; one that a container uses, and by
    /// id one with names in several repositories, fails with `EngineFault`.
    fn remove_image<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Creates a container without starting it.
    ///
    /// Fails with `NoSuchImage` or `CannotCreateContainer` (a name that is taken, an option that
    /// the engine does not know).
    fn create<'a>(&'a self, spec: &'a ContainerSpec) -> BoxFuture<'a, Result<ContainerId>>;

    /// Starts a container that does not run, for the first time or again. One that runs already
    /// counts as started.
    ///
    /// Fails with `NoSuchContainer` or `CannotStartContainer`.
    fn start<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>>;

    /// Sends the container's stop signal, waits, and kills it after `timeout` (whole seconds,
    /// rounded up). Returns when it has ended; one that does not run counts as stopped.
    ///
    /// Fails with `NoSuchContainer` or `CannotStopContainer`.
    fn stop<'a>(&'a self, id: &'a ContainerId, timeout: Duration) -> BoxFuture<'a, Result<()>>;

    /// Sends SIGKILL and does not wait; one that does not run counts as killed.
    ///
    /// Fails with `NoSuchContainer` or `CannotStopContainer`.
    fn kill<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<()>>;

    /// Removes a container, killing it first if it runs; with `volumes`, its anonymous volumes
    /// too. One that is not there counts as removed.
    ///
    /// Fails with `CannotRemoveContainer`.
    fn remove<'a>(&'a self, id: &'a ContainerId, volumes: bool) -> BoxFuture<'a, Result<()>>;

    /// Everything the engine knows about a container's state.
    ///
    /// Fails with `NoSuchContainer` or `CannotInspectContainer`.
    fn inspect<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<ContainerState>>;

    /// Every container that carries these labels, running or not, oldest first.
    ///
    /// Fails with `CannotListContainers`.
    fn list<'a>(&'a self, filter: &'a LabelFilter) -> BoxFuture<'a, Result<Vec<ContainerState>>>;

    /// One sample of a running container's use of its machine, in the words of Docker's
    /// `GET /containers/{id}/stats` (which the task metadata endpoint passes on as they are).
    ///
    /// Fails with `NoSuchContainer` or `CannotInspectContainer`.
    fn stats<'a>(&'a self, id: &'a ContainerId) -> BoxFuture<'a, Result<serde_json::Value>>;

    /// The last `tail` lines that a container wrote. Empty where its log driver cannot be read.
    ///
    /// Fails with `NoSuchContainer` or `CannotInspectContainer`.
    fn logs<'a>(&'a self, id: &'a ContainerId, tail: usize) -> BoxFuture<'a, Result<Vec<LogLine>>>;

    /// Creates a volume, or finds the one that has this name and driver.
    ///
    /// Fails with `CannotCreateVolume`.
    fn create_volume<'a>(&'a self, spec: &'a VolumeSpec) -> BoxFuture<'a, Result<VolumeInfo>>;

    /// The volume if the engine has it.
    fn inspect_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<VolumeInfo>>>;

    /// Removes a volume. One that is not there counts as removed; one that a container refers to
    /// fails with `CannotReachVolume`.
    fn remove_volume<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Every volume that carries these labels, by name.
    fn list_volumes<'a>(
        &'a self,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<Vec<VolumeInfo>>>;

    /// The events of the containers that carry these labels: first those since `since_ms`
    /// (milliseconds since 1970; as many as the engine still has), then each as it happens.
    ///
    /// When the future resolves, the engine is listening: what a caller does after that is in the
    /// stream. So subscribe first, then list, and nothing is missed.
    fn events<'a>(
        &'a self,
        since_ms: Option<u64>,
        filter: &'a LabelFilter,
    ) -> BoxFuture<'a, Result<EventStream>>;
}

/// What an engine is and has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EngineInfo {
    /// The engine's version, for example `20.10.24`.
    pub version: String,
    /// The version of the API in use, for example `1.41`.
    pub api_version: String,
    /// `linux` or `windows`.
    pub os_type: String,
    /// The machine's architecture as the engine names it, for example `x86_64`.
    pub architecture: String,
    /// The number of CPUs.
    pub cpus: u32,
    /// The memory of the machine in bytes.
    pub memory_bytes: u64,
    /// The log drivers that the engine has, sorted.
    pub log_drivers: Vec<String>,
    /// The volume drivers that the engine has, sorted.
    pub volume_drivers: Vec<String>,
    /// The version of control groups: 1 or 2.
    pub cgroup_version: u8,
    /// What makes the groups: `cgroupfs` or `systemd`.
    pub cgroup_driver: String,
    /// The OCI runtimes that the engine has, sorted (`nvidia` among them where GPUs work).
    pub runtimes: Vec<String>,
    /// The engine's security options, for example `name=seccomp,profile=default`.
    pub security_options: Vec<String>,
}
