//! Named volumes.

use std::collections::BTreeMap;

/// Whether this can be the name of a volume, or the name or id of a container: Docker's
/// `[a-zA-Z0-9][a-zA-Z0-9_.-]*`. An engine's address is built from such names, so nothing else may
/// get there.
pub fn is_engine_name(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(letter)
}

/// What to create a volume from. Creating one that exists already, with the same driver, changes
/// nothing and gives the one that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeSpec {
    /// The volume's name at the engine.
    pub name: String,
    /// The driver; `None` is the engine's own `local`.
    pub driver: Option<String>,
    /// The driver's options.
    pub driver_opts: BTreeMap<String, String>,
    /// Labels to find it by.
    pub labels: BTreeMap<String, String>,
}

/// A volume that the engine has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VolumeInfo {
    /// The volume's name at the engine.
    pub name: String,
    /// The driver that holds it.
    pub driver: String,
    /// Where it lies on the host; empty for drivers that do not say.
    pub mountpoint: String,
    /// The driver's options it was made with.
    pub driver_opts: BTreeMap<String, String>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
}
