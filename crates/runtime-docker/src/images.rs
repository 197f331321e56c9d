//! Images and registries.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use bollard::Docker;
use bollard::models::ImageInspect;
use bollard::query_parameters::{CreateImageOptions, RemoveImageOptions, TagImageOptions};
use futures_util::StreamExt;
use http::HeaderValue;
use runtime::{
    ErrorKind, ImageInfo, RegistryAuth, Result, RuntimeError, digest_under, is_image_reference,
    repository, with_default_tag,
};
use serde_json::json;

use crate::engine::{DockerRuntime, within};
use crate::error::{is_missing, refusal, refusal_or_missing, registry_refusal};

impl DockerRuntime {
    pub(crate) async fn find_image(&self, reference: &str) -> Result<Option<ImageInfo>> {
        checked(reference, ErrorKind::NoSuchImage)?;
        let docker = self.docker();
        let inspection = docker.inspect_image(reference);
        match within(self.timeouts.inspect_image, "inspect image", inspection).await? {
            Ok(image) => Ok(Some(image_info(reference, image))),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(refusal(ErrorKind::EngineFault, &error)),
        }
    }

    pub(crate) async fn registry_digest(
        &self,
        reference: &str,
        auth: Option<&RegistryAuth>,
    ) -> Result<String> {
        let kind = ErrorKind::CannotPullImageManifest;
        checked(reference, kind)?;
        let docker = self.docker_with_auth(auth_header(auth)?);
        let name = with_default_tag(reference);
        let inspection = docker.inspect_registry_image(&name, None);
        let found = within(self.timeouts.manifest, "inspect manifest", inspection)
            .await?
            .map_err(|error| registry_refusal(kind, &error))?;
        found.descriptor.digest.ok_or_else(|| {
            RuntimeError::lasting(kind, format!("the registry names no digest for {reference}"))
        })
    }

    pub(crate) async fn pull_image(
        &self,
        reference: &str,
        auth: Option<&RegistryAuth>,
    ) -> Result<ImageInfo> {
        let kind = ErrorKind::CannotPullContainer;
        checked(reference, kind)?;
        let docker = self.docker_with_auth(auth_header(auth)?);
        within(self.timeouts.pull, "pull", self.follow_pull(&docker, reference)).await??;
        self.find_image(reference).await?.ok_or_else(|| {
            RuntimeError::passing(kind, format!("{reference} was pulled and is gone already"))
        })
    }

    async fn follow_pull(&self, docker: &Docker, reference: &str) -> Result<()> {
        // Without a tag the engine would pull every tag there is.
        let from_image = Some(with_default_tag(reference));
        let options = CreateImageOptions { from_image, ..CreateImageOptions::default() };
        let mut progress = docker.create_image(Some(options), None, None);
        let silence = self.timeouts.pull_inactivity;
        while let Some(word) = within(silence, "progress of the pull", progress.next()).await? {
            word.map_err(|error| registry_refusal(ErrorKind::CannotPullContainer, &error))?;
        }
        Ok(())
    }

    pub(crate) async fn name_image(&self, reference: &str, repository_tag: &str) -> Result<()> {
        checked(reference, ErrorKind::NoSuchImage)?;
        checked(repository_tag, ErrorKind::EngineFault)?;
        let name = with_default_tag(repository_tag);
        let repo = repository(&name).to_owned();
        let tag = name.get(repo.len() + 1..).map(str::to_owned);
        let docker = self.docker();
        let tagging = docker.tag_image(reference, Some(TagImageOptions { repo: Some(repo), tag }));
        within(self.timeouts.inspect_image, "tag image", tagging).await?.map_err(|error| {
            refusal_or_missing(ErrorKind::EngineFault, ErrorKind::NoSuchImage, &error)
        })
    }

    pub(crate) async fn delete_image(&self, reference: &str) -> Result<()> {
        checked(reference, ErrorKind::EngineFault)?;
        let docker = self.docker();
        let removal = docker.remove_image(reference, None::<RemoveImageOptions>, None);
        match within(self.timeouts.remove_image, "remove image", removal).await? {
            Ok(_) => Ok(()),
            Err(error) if is_missing(&error) => Ok(()),
            Err(error) => Err(refusal(ErrorKind::EngineFault, &error)),
        }
    }
}

fn checked(reference: &str, kind: ErrorKind) -> Result<()> {
    if is_image_reference(reference) {
        return Ok(());
    }
    Err(RuntimeError::lasting(kind, format!("invalid reference format: {reference:?}")))
}

fn auth_header(auth: Option<&RegistryAuth>) -> Result<Option<HeaderValue>> {
    let Some(auth) = auth else { return Ok(None) };
    let text = json!({
        "username": auth.username,
        "password": auth.password,
        "serveraddress": auth.server_address.as_deref().unwrap_or_default(),
    });
    let mut header = HeaderValue::try_from(URL_SAFE.encode(text.to_string()))
        .map_err(|error| RuntimeError::lasting(ErrorKind::EngineFault, error.to_string()))?;
    header.set_sensitive(true);
    Ok(Some(header))
}

fn image_info(reference: &str, image: ImageInspect) -> ImageInfo {
    let repo_digests = image.repo_digests.unwrap_or_default();
    ImageInfo {
        id: image.id.unwrap_or_default(),
        digest: digest_under(reference, &repo_digests),
        repo_digests,
        env: image.config.and_then(|config| config.env).unwrap_or_default(),
        size_bytes: image.size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
    }
}
