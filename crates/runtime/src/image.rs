//! Images, and the credentials of the registries they come from.

use std::fmt;

/// An image that the engine has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageInfo {
    /// The engine's id of the image: `sha256:…` of its configuration.
    pub id: String,
    /// The digest of the manifest under the name that was asked for, `sha256:…`. `None` for an
    /// image that no registry knows under that name: built here, imported or loaded.
    pub digest: Option<String>,
    /// Every `repository@sha256:…` the engine knows the image by; empty for a local-only image.
    pub repo_digests: Vec<String>,
    /// The image's own environment, as `KEY=value`. The agent leaves `AWS_REGION` alone when the
    /// image sets it.
    pub env: Vec<String>,
    /// The size on disk in bytes, with layers that other images share.
    pub size_bytes: u64,
}

/// The credentials of one registry. `Debug` hides the secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RegistryAuth {
    /// The account at the registry; `AWS` for ECR.
    pub username: String,
    /// The password or authorization token.
    pub password: String,
    /// The registry's address, where it is known.
    pub server_address: Option<String>,
}

impl fmt::Debug for RegistryAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryAuth")
            .field("username", &self.username)
            .field("server_address", &self.server_address)
            .finish_non_exhaustive()
    }
}
