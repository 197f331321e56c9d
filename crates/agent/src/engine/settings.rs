//! What an engine is told once.

use model::Resources;

/// The settings of one agent's engine.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ARN that this agent registered under; its containers carry it as a label.
    pub container_instance_arn: String,
    /// The cluster as the agent was told it.
    pub cluster: String,
    /// The region that containers are told, unless they say their own.
    pub region: String,
    /// What this container instance registered; its ports are those taken from the start.
    pub capacity: Resources,
    /// When to pull.
    pub pull_behavior: PullBehavior,
    /// How long a container without a `stopTimeout` may take to stop.
    pub stop_timeout_ms: i64,
    /// How long a stopped task's containers are kept.
    pub cleanup_after_ms: i64,
    /// What the ids in the paths of the task endpoint are made with. `None` where this host has no
    /// such endpoint: containers are then told of none.
    pub endpoint_secret: Option<String>,
}

/// When to pull an image; `ECS_IMAGE_PULL_BEHAVIOR`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PullBehavior {
    /// Pull, and take the cached image when that fails. An image that was built or loaded here,
    /// so that no registry is known to have it, is taken as it is: Amazon's agent would ask a
    /// registry all the same.
    #[default]
    Default,
    /// Pull, and fail when that fails.
    Always,
    /// Pull unless this agent has done so before.
    Once,
    /// Pull only what is not there.
    PreferCached,
}

impl PullBehavior {
    /// Reads `default`, `always`, `once` or `prefer-cached`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "default" => Some(Self::Default),
            "always" => Some(Self::Always),
            "once" => Some(Self::Once),
            "prefer-cached" => Some(Self::PreferCached),
            _ => None,
        }
    }
}
