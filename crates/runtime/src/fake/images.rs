//! The engine's images, and the registries behind it.

use std::collections::BTreeSet;

use super::engine::{FakeEngine, Verb, hex_digits};
use super::script::Script;
use crate::{
    ContainerStatus, ErrorKind, ImageInfo, RegistryAuth, Result, RuntimeError, digest_under,
    repository, with_default_tag,
};

/// An image that the engine has.
#[derive(Clone, Debug)]
pub(super) struct FakeImage {
    pub(super) id: String,
    names: BTreeSet<String>,
    repo_digests: BTreeSet<String>,
    pub(super) script: Script,
}

/// An image at a registry.
#[derive(Clone, Debug)]
pub(super) struct RemoteImage {
    digest: String,
    script: Script,
}

impl FakeEngine {
    /// Puts an image into the engine that no registry knows.
    pub fn add_local_image(&mut self, reference: &str, script: Script) {
        let name = with_default_tag(reference);
        let id = format!("sha256:{}", hex_digits(&format!("image {name}")));
        self.take_name(&name);
        let names = BTreeSet::from([name]);
        let image = FakeImage { id: id.clone(), names, repo_digests: BTreeSet::new(), script };
        self.images.insert(id, image);
    }

    /// Puts an image into a registry, in place of what was under that reference: a later pull gets
    /// this one. `version` is the content: different versions have different digests.
    pub fn add_remote_image(&mut self, reference: &str, version: u32, script: Script) {
        let name = with_default_tag(reference);
        let digest = format!("sha256:{}", hex_digits(&format!("manifest {name} {version}")));
        self.registry.insert(name, RemoteImage { digest, script });
    }

    /// The image if the engine has it.
    pub fn image_present(&mut self, reference: &str) -> Result<Option<ImageInfo>> {
        self.answer(Verb::Image)?;
        Ok(self.find_image(reference).map(|image| image.info(reference)))
    }

    /// The digest at the registry.
    pub fn manifest_digest(
        &mut self,
        reference: &str,
        auth: Option<&RegistryAuth>,
    ) -> Result<String> {
        self.answer(Verb::ManifestDigest)?;
        let kind = ErrorKind::CannotPullImageManifest;
        self.remote_image(reference, auth, kind).map(|(_, image)| image.digest.clone())
    }

    /// How long a pull takes: whoever pulls waits so long first.
    pub fn pull_duration_ms(&self, reference: &str) -> u64 {
        let found = self.find_remote(reference);
        found.map_or(0, |(_, image)| image.script.pull_ms)
    }

    /// Pulls an image, at once.
    pub fn pull(&mut self, reference: &str, auth: Option<&RegistryAuth>) -> Result<ImageInfo> {
        self.answer(Verb::Pull)?;
        let kind = ErrorKind::CannotPullContainer;
        let (name, remote) = self.remote_image(reference, auth, kind)?;
        if let Some(error) = &remote.script.pull_error {
            return Err(error.clone());
        }
        let (name, remote) = (name.to_owned(), remote.clone());
        let id = format!("sha256:{}", hex_digits(&format!("image {}", remote.digest)));
        let digested = format!("{}@{}", repository(&name), remote.digest);
        if !reference.contains('@') {
            self.take_name(&name);
        }
        let script = remote.script;
        let image = self.images.entry(id.clone()).or_insert_with(|| FakeImage {
            id,
            names: BTreeSet::new(),
            repo_digests: BTreeSet::new(),
            script,
        });
        image.repo_digests.insert(digested);
        if !reference.contains('@') {
            image.names.insert(name);
        }
        Ok(image.info(reference))
    }

    /// Gives an image another name.
    pub fn tag_image(&mut self, reference: &str, repository_tag: &str) -> Result<()> {
        self.answer(Verb::Image)?;
        let id = self.find_image(reference).ok_or_else(|| no_such_image(reference))?.id.clone();
        let name = with_default_tag(repository_tag);
        self.take_name(&name);
        if let Some(image) = self.images.get_mut(&id) {
            image.names.insert(name);
        }
        Ok(())
    }

    /// Removes a name of an image, and the image with its last name.
    pub fn remove_image(&mut self, reference: &str) -> Result<()> {
        self.answer(Verb::Image)?;
        let Some(image) = self.find_image(reference) else { return Ok(()) };
        let (id, name) = (image.id.clone(), with_default_tag(reference));
        let repositories: BTreeSet<&str> = image.names.iter().map(|n| repository(n)).collect();
        let by_id = id == reference;
        let is_last = by_id || image.names.iter().all(|n| *n == name);
        let any = |_: ContainerStatus| true;
        let in_use = self.containers_in(any).iter().any(|c| self.containers[c].image_id() == id);
        if (is_last && in_use) || (by_id && repositories.len() > 1) {
            let message = format!(
                "conflict: unable to delete {reference}: a container or another repository uses it"
            );
            return Err(RuntimeError::lasting(ErrorKind::EngineFault, message));
        }
        if is_last {
            self.images.remove(&id);
        } else if let Some(image) = self.images.get_mut(&id) {
            image.names.remove(&name);
        }
        Ok(())
    }

    pub(super) fn find_image(&self, reference: &str) -> Option<&FakeImage> {
        let name = with_default_tag(reference);
        self.images.get(reference).or_else(|| {
            let mut images = self.images.values();
            images.find(|i| i.names.contains(&name) || i.repo_digests.contains(reference))
        })
    }

    /// A name belongs to one image: whoever had it loses it.
    fn take_name(&mut self, name: &str) {
        for image in self.images.values_mut() {
            image.names.remove(name);
        }
    }

    fn find_remote(&self, reference: &str) -> Option<(&str, &RemoteImage)> {
        let named = |(name, image): (&'_ String, &RemoteImage)| match reference.split_once('@') {
            Some((repo, digest)) => repository(name) == repository(repo) && image.digest == digest,
            None => *name == with_default_tag(reference),
        };
        let found = self.registry.iter().find(|entry| named(*entry));
        found.map(|(name, image)| (name.as_str(), image))
    }

    fn remote_image(
        &self,
        reference: &str,
        auth: Option<&RegistryAuth>,
        kind: ErrorKind,
    ) -> Result<(&str, &RemoteImage)> {
        let found = self.find_remote(reference).ok_or_else(|| {
            let message = format!("manifest for {reference} not found: manifest unknown");
            RuntimeError::lasting(kind, message)
        })?;
        let welcome = |(username, password): &(String, String)| {
            auth.is_some_and(|a| a.username == *username && a.password == *password)
        };
        if !found.1.script.registry_login.as_ref().is_none_or(welcome) {
            let message = format!("pull access denied for {reference}: no basic auth credentials");
            return Err(RuntimeError::lasting(ErrorKind::CannotPullContainerAuth, message));
        }
        Ok(found)
    }
}

impl FakeImage {
    fn info(&self, reference: &str) -> ImageInfo {
        let repo_digests: Vec<String> = self.repo_digests.iter().cloned().collect();
        ImageInfo {
            id: self.id.clone(),
            digest: digest_under(reference, &repo_digests),
            repo_digests,
            env: self.script.image_env.clone(),
            size_bytes: 1 << 20,
        }
    }
}

pub(super) fn no_such_image(reference: &str) -> RuntimeError {
    RuntimeError::lasting(ErrorKind::NoSuchImage, format!("No such image: {reference}"))
}
