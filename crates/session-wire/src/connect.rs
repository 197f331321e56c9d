//! The query strings with which an agent opens its two sessions.

use std::collections::BTreeMap;
use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// A query string that opens no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A parameter is not there, or empty.
    #[error("the query parameter '{0}' is missing")]
    Missing(&'static str),
    /// A parameter has a value that is not of its type.
    #[error("the query parameter '{name}' is '{value}', which is not {expected}")]
    Invalid {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it must be.
        expected: &'static str,
    },
    /// What is encoded is not UTF-8.
    #[error("the query string is not UTF-8")]
    NotUtf8,
}

/// The parameters of the ACS upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollParameters {
    /// A hash of the agent's build.
    pub agent_hash: String,
    /// The agent's version.
    pub agent_version: String,
    /// The cluster as the agent was told it: often a short name.
    pub cluster: String,
    /// The full ARN of the container instance.
    pub container_instance_arn: String,
    /// `DockerVersion: 20.10.24`, with these words before the number.
    pub docker_version: String,
    /// 2: the peer closes a session whose heartbeats are not answered. 1: it does not.
    pub protocol_version: u32,
    /// Whether the agent has no credentials of its tasks, and needs all of them again.
    pub send_credentials: bool,
    /// Always 1.
    pub seq_num: i64,
}

/// The parameters of the TCS upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelemetryParameters {
    /// A hash of the agent's build.
    pub agent_hash: String,
    /// The agent's version.
    pub agent_version: String,
    /// The cluster as the agent was told it: often a short name.
    pub cluster: String,
    /// The full ARN of the container instance.
    pub container_instance: String,
    /// The bare version of Docker.
    pub docker_version: String,
}

impl PollParameters {
    /// The query string, sorted and encoded as signatures want it.
    pub fn to_query(&self) -> String {
        format(&[
            ("agentHash", &self.agent_hash),
            ("agentVersion", &self.agent_version),
            ("clusterArn", &self.cluster),
            ("containerInstanceArn", &self.container_instance_arn),
            ("dockerVersion", &self.docker_version),
            ("protocolVersion", &self.protocol_version.to_string()),
            ("sendCredentials", if self.send_credentials { "true" } else { "false" }),
            ("seqNum", &self.seq_num.to_string()),
        ])
    }

    /// Reads a query string. Everything but the instance and the cluster may be absent.
    pub fn from_query(query: &str) -> Result<Self, QueryError> {
        let mut found = parse(query)?;
        Ok(Self {
            cluster: required(&mut found, "clusterArn")?,
            container_instance_arn: required(&mut found, "containerInstanceArn")?,
            agent_hash: found.remove("agentHash").unwrap_or_default(),
            agent_version: found.remove("agentVersion").unwrap_or_default(),
            docker_version: found.remove("dockerVersion").unwrap_or_default(),
            protocol_version: parsed(&mut found, "protocolVersion", "a number")?.unwrap_or(1),
            send_credentials: parsed(&mut found, "sendCredentials", "true or false")?
                .unwrap_or(false),
            seq_num: parsed(&mut found, "seqNum", "a number")?.unwrap_or(1),
        })
    }
}

impl TelemetryParameters {
    /// The query string, sorted and encoded as signatures want it.
    pub fn to_query(&self) -> String {
        format(&[
            ("agentHash", &self.agent_hash),
            ("agentVersion", &self.agent_version),
            ("cluster", &self.cluster),
            ("containerInstance", &self.container_instance),
            ("dockerVersion", &self.docker_version),
        ])
    }

    /// Reads a query string. Everything but the instance and the cluster may be absent.
    pub fn from_query(query: &str) -> Result<Self, QueryError> {
        let mut found = parse(query)?;
        Ok(Self {
            cluster: required(&mut found, "cluster")?,
            container_instance: required(&mut found, "containerInstance")?,
            agent_hash: found.remove("agentHash").unwrap_or_default(),
            agent_version: found.remove("agentVersion").unwrap_or_default(),
            docker_version: found.remove("dockerVersion").unwrap_or_default(),
        })
    }
}

/// RFC 3986's unreserved characters stay; everything else is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn format(parameters: &[(&str, &str)]) -> String {
    let mut query = String::new();
    for (name, value) in parameters {
        let separator = if query.is_empty() { "" } else { "&" };
        write!(query, "{separator}{name}={}", utf8_percent_encode(value, ENCODED))
            .expect("invariant: a String takes what is written");
    }
    query
}

fn parse(query: &str) -> Result<BTreeMap<String, String>, QueryError> {
    // A plus is a space to Go's url.Values, which Amazon's agent writes the query with.
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        let decoded = percent_decode_str(&text).decode_utf8().map_err(|_| QueryError::NotUtf8)?;
        Ok(decoded.into_owned())
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

fn required(
    found: &mut BTreeMap<String, String>,
    name: &'static str,
) -> Result<String, QueryError> {
    found.remove(name).filter(|value| !value.is_empty()).ok_or(QueryError::Missing(name))
}

fn parsed<T: std::str::FromStr>(
    found: &mut BTreeMap<String, String>,
    name: &'static str,
    expected: &'static str,
) -> Result<Option<T>, QueryError> {
    let Some(value) = found.remove(name).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    match value.parse() {
        Ok(parsed) => Ok(Some(parsed)),
        Err(_) => Err(QueryError::Invalid { name, value, expected }),
    }
}
