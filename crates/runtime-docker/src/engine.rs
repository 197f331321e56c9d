//! The connection to the engine, and the requests that bollard's types cannot say.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use bollard::{BollardRequest, Docker};
use bytes::Bytes;
use http::HeaderValue;
use http::uri::{PathAndQuery, Uri};
use runtime::{ErrorKind, Result, RuntimeError};

use crate::error::{refusal, unreachable};
use crate::timeouts::Timeouts;

/// A Docker Engine as a [`ContainerRuntime`](runtime::ContainerRuntime).
#[derive(Clone)]
pub struct DockerRuntime {
    docker: Docker,
    api_version: String,
    pub(crate) timeouts: Timeouts,
}

impl fmt::Debug for DockerRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DockerRuntime")
            .field("api_version", &self.api_version)
            .finish_non_exhaustive()
    }
}

impl DockerRuntime {
    /// Connects to the engine at `DOCKER_HOST`, or at `/var/run/docker.sock`, and agrees with it on
    /// the newest version of the API that both know.
    ///
    /// Fails with `EngineUnreachable`, which may pass: an engine is often started after its agent.
    pub async fn connect(timeouts: Timeouts) -> Result<Self> {
        let host = std::env::var("DOCKER_HOST").unwrap_or_default();
        let host = if host.is_empty() { "unix:///var/run/docker.sock" } else { host.as_str() };
        Self::connect_to(host, timeouts).await
    }

    /// The same with the engine at this address: `unix:///path`, `tcp://host:port`.
    pub async fn connect_to(host: &str, timeouts: Timeouts) -> Result<Self> {
        let connected = Docker::connect_with_host(host).map_err(|error| unreachable(&error))?;
        // Every verb is timed here; bollard's own limit, which is one for all, must not cut a stop.
        let docker = connected.with_timeout(Duration::from_secs(u64::from(u32::MAX)));
        let negotiation = docker.negotiate_version();
        let docker = within(timeouts.info, "version", negotiation)
            .await?
            .map_err(|error| refusal(ErrorKind::EngineFault, &error))?;
        let version = docker.client_version();
        let api_version = format!("{}.{}", version.major_version, version.minor_version);
        Ok(Self { docker, api_version, timeouts })
    }

    /// The version of the API in use, for example `1.41`.
    pub fn api_version(&self) -> &str {
        &self.api_version
    }

    /// A client whose requests name the agreed version: bollard 0.21 leaves it out of their paths,
    /// so that an engine answers in its newest version, whatever was agreed.
    pub(crate) fn docker(&self) -> Docker {
        self.docker_changing(|request| request)
    }

    /// A client that sends this JSON in place of what bollard's types make of it.
    pub(crate) fn docker_sending(&self, body: &serde_json::Value) -> Docker {
        let body = Bytes::from(body.to_string());
        self.docker_changing(move |request| request.map(|_| bollard::body_full(body.clone())))
    }

    /// A client that sends these credentials. Docker reads base64 of the URL alphabet and takes
    /// what it cannot read for no credentials; bollard 0.21 writes the other alphabet.
    pub(crate) fn docker_with_auth(&self, header: Option<HeaderValue>) -> Docker {
        self.docker_changing(move |mut request| {
            if let Some(header) = &header {
                request.headers_mut().insert("X-Registry-Auth", header.clone());
            }
            request
        })
    }

    fn docker_changing(
        &self,
        change: impl Fn(BollardRequest) -> BollardRequest + Send + Sync + 'static,
    ) -> Docker {
        let prefix = format!("/v{}", self.api_version);
        self.docker.clone().with_request_modifier(move |request| {
            let mut request = change(request);
            if let Some(uri) = with_prefix(request.uri(), &prefix) {
                *request.uri_mut() = uri;
            }
            request
        })
    }
}

/// Waits no longer than `limit`.
pub(crate) async fn within<T>(
    limit: Duration,
    verb: &str,
    work: impl Future<Output = T>,
) -> Result<T> {
    tokio::time::timeout(limit, work).await.map_err(|_| {
        let message = format!("Could not transition: {verb} took longer than {limit:?}");
        RuntimeError::passing(ErrorKind::DockerTimeout, message)
    })
}

/// `None` when the path has the prefix already.
fn with_prefix(uri: &Uri, prefix: &str) -> Option<Uri> {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    if path.starts_with("/v1.") {
        return None;
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{prefix}{path}").parse().ok();
    Uri::from_parts(parts).ok()
}
