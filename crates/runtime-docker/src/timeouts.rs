//! How long each verb may take.

use std::time::Duration;

/// How long the engine may take over each verb. The defaults are those of ECS's agent; three of
/// them follow its configuration (`ECS_CONTAINER_CREATE_TIMEOUT`, `ECS_CONTAINER_START_TIMEOUT`,
/// `ECS_IMAGE_PULL_INACTIVITY_TIMEOUT`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// `info` and `ping`.
    pub info: Duration,
    /// A whole pull.
    pub pull: Duration,
    /// The silence between two words of progress in a pull.
    pub pull_inactivity: Duration,
    /// `manifest_digest`.
    pub manifest: Duration,
    /// `image_present` and `tag_image`.
    pub inspect_image: Duration,
    /// `remove_image`.
    pub remove_image: Duration,
    /// `create`.
    pub create: Duration,
    /// `start`.
    pub start: Duration,
    /// What `stop` may take beyond the time that the container is given, and `kill` at all.
    pub stop_margin: Duration,
    /// `remove`.
    pub remove: Duration,
    /// `inspect`, `logs` and `stats`.
    pub inspect: Duration,
    /// `list`.
    pub list: Duration,
    /// Every verb of volumes.
    pub volume: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            info: seconds(10),
            pull: seconds(2 * 60 * 60),
            pull_inactivity: seconds(60),
            manifest: seconds(60),
            inspect_image: seconds(30),
            remove_image: seconds(3 * 60),
            create: seconds(4 * 60),
            start: seconds(3 * 60),
            stop_margin: seconds(2 * 60),
            remove: seconds(5 * 60),
            inspect: seconds(30),
            list: seconds(10 * 60),
            volume: seconds(5 * 60),
        }
    }
}
