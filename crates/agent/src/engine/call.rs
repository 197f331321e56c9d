//! Runtime calls, as the engine asks for them and hears of them.

use runtime::{
    ContainerId, ContainerSpec, ContainerState, ImageInfo, LabelFilter, RuntimeError, VolumeInfo,
    VolumeSpec,
};

/// A call to be made. Calls of different containers may run at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// To be given back with the outcome. Unique for the life of an engine.
    pub id: u64,
    /// What it is for.
    pub target: Target,
    /// What to do.
    pub verb: Verb,
}

/// What a call is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A container of a task.
    Container {
        /// The task's ARN.
        task: String,
        /// The container's place in the task.
        index: usize,
    },
    /// A volume of a task.
    Volume {
        /// The task's ARN.
        task: String,
        /// The volume's place in the task.
        index: usize,
    },
    /// A container with our label whose task nobody knows.
    Orphan(
        /// The container.
        ContainerId,
    ),
}

/// A verb of [`runtime::ContainerRuntime`] with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    /// `image_present`
    ImagePresent(
        /// The reference.
        String,
    ),
    /// `pull`
    Pull(
        /// The reference.
        String,
    ),
    /// `create`
    Create(
        /// The container.
        Box<ContainerSpec>,
    ),
    /// `list`, to see whether a create took effect that failed.
    Find(
        /// The labels of one container.
        LabelFilter,
    ),
    /// `start`
    Start(
        /// The container.
        ContainerId,
    ),
    /// `inspect`
    Inspect(
        /// The container.
        ContainerId,
    ),
    /// `stop`
    Stop {
        /// The container.
        id: ContainerId,
        /// How long it may take before it is killed.
        timeout_ms: i64,
    },
    /// `kill`
    Kill(
        /// The container.
        ContainerId,
    ),
    /// `remove`, with anonymous volumes
    Remove(
        /// The container.
        ContainerId,
    ),
    /// `create_volume`
    CreateVolume(
        /// The volume.
        VolumeSpec,
    ),
    /// `inspect_volume`
    InspectVolume(
        /// The volume's name.
        String,
    ),
    /// `remove_volume`
    RemoveVolume(
        /// The volume's name.
        String,
    ),
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Of `ImagePresent`.
    Image(
        /// The image if it is there.
        Option<ImageInfo>,
    ),
    /// Of `Pull`.
    Pulled(
        /// The image.
        ImageInfo,
    ),
    /// Of `Create`.
    Created(
        /// The new container.
        ContainerId,
    ),
    /// Of `Find`.
    Found(
        /// The containers with these labels.
        Vec<ContainerState>,
    ),
    /// Of `Inspect`.
    State(
        /// The state.
        Box<ContainerState>,
    ),
    /// Of `CreateVolume` and `InspectVolume`.
    Volume(
        /// The volume if it is there.
        Option<VolumeInfo>,
    ),
    /// Of the verbs that have nothing to say.
    Done,
    /// Of any verb.
    Failed(
        /// Why.
        RuntimeError,
    ),
}
