//! The chores as a library, so that tests can ask what a chore would write.

use std::path::{Path, PathBuf};

pub mod codegen;
pub mod docs;
pub mod model;
pub mod services;
pub mod tidy;

/// The repository's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("invariant: xtask is a folder of the repository")
        .to_path_buf()
}
