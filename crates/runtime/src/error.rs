//! What can go wrong at a container runtime, under the names that ECS's agent reports.

/// Shorthand for a result of this crate.
pub type Result<T> = std::result::Result<T, RuntimeError>;

/// A verb of the runtime failed. Displays as ECS's agent writes a container's `reason`:
/// `CannotStartContainerError: detail`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", kind.name())]
pub struct RuntimeError {
    /// Which verb failed, or how.
    pub kind: ErrorKind,
    /// The engine's own words, without the name of the error before them.
    pub message: String,
    /// Whether the same call can do better later.
    pub retry: Retry,
}

/// The failures an agent treats differently. Their names are those that Amazon's ECS agent puts into
/// a container's `reason`, so that whoever knows them there knows them here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The image could not be pulled.
    CannotPullContainer,
    /// The registry refused the credentials, or asked for some.
    CannotPullContainerAuth,
    /// The digest of the image could not be learned from its registry.
    CannotPullImageManifest,
    /// The engine would not create the container.
    CannotCreateContainer,
    /// The engine would not start the container.
    CannotStartContainer,
    /// The engine would not stop or kill the container.
    CannotStopContainer,
    /// The engine would not remove the container.
    CannotRemoveContainer,
    /// The state or the output of a container could not be read.
    CannotInspectContainer,
    /// The containers could not be listed.
    CannotListContainers,
    /// The volume could not be created.
    CannotCreateVolume,
    /// The volume could not be removed, inspected or listed.
    CannotReachVolume,
    /// The engine took longer than the verb allows. The verb may still take effect.
    DockerTimeout,
    /// The engine has no container of that id.
    NoSuchContainer,
    /// The engine has no image of that reference. Create fails with this when nothing was pulled.
    NoSuchImage,
    /// A payload's `config` or `hostConfig` is not the JSON of an object.
    DockerClientConfig,
    /// Nothing answers at the engine's address; every verb can say this.
    EngineUnreachable,
    /// The engine answered, and not in a way that the verb knows.
    EngineFault,
}

/// Whether a failed call is worth another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same call will fail again until somebody changes something.
    Never,
    /// The cause may pass by itself: a busy engine, a network, a time-out.
    Later,
}

impl ErrorKind {
    /// The name as ECS's agent writes it, for example `CannotPullContainerError`.
    pub fn name(self) -> &'static str {
        match self {
            Self::CannotPullContainer => "CannotPullContainerError",
            Self::CannotPullContainerAuth => "CannotPullContainerAuthError",
            Self::CannotPullImageManifest => "CannotPullImageManifestError",
            Self::CannotCreateContainer => "CannotCreateContainerError",
            Self::CannotStartContainer => "CannotStartContainerError",
            Self::CannotStopContainer => "CannotStopContainerError",
            Self::CannotRemoveContainer => "CannotRemoveContainerError",
            Self::CannotInspectContainer => "CannotInspectContainerError",
            Self::CannotListContainers => "CannotListContainersError",
            Self::CannotCreateVolume => "CannotCreateVolumeError",
            Self::CannotReachVolume => "CannotInspectVolumeError",
            Self::DockerTimeout => "DockerTimeoutError",
            Self::NoSuchContainer => "NoSuchContainerError",
            Self::NoSuchImage => "NoSuchImageError",
            Self::DockerClientConfig => "DockerClientConfigError",
            Self::EngineUnreachable => "CannotGetDockerclientError",
            Self::EngineFault => "DockerStateError",
        }
    }
}

impl RuntimeError {
    /// A failure that stays until somebody changes something.
    pub fn lasting(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), retry: Retry::Never }
    }

    /// A failure that may pass by itself.
    pub fn passing(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), retry: Retry::Later }
    }
}
