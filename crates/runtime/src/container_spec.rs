//! What to create a container from: Docker's own `Config` and `HostConfig`, and how to lay one
//! part over another.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{ErrorKind, PortBinding, Result, RuntimeError};

/// A container to create.
///
/// The two maps are the body of Docker's `POST /containers/create`: `config` its top level and
/// `host_config` its `HostConfig`, both in Docker's key names and units (bytes, nanoseconds). They
/// are not a typed model because the control plane sends them as text: whatever Docker knows and
/// ECS can ask for goes through without a list of it here. The methods write the few keys that an
/// agent itself sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContainerSpec {
    /// The container's name, unique at the engine.
    pub name: String,
    /// The reference of the image; wins over `config.Image`.
    pub image: String,
    /// Docker's `Config`.
    pub config: Map<String, Value>,
    /// Docker's `HostConfig`.
    pub host_config: Map<String, Value>,
}

impl ContainerSpec {
    /// A container of this name and image with nothing set.
    pub fn new(name: impl Into<String>, image: impl Into<String>) -> Self {
        Self { name: name.into(), image: image.into(), ..Self::default() }
    }

    /// Lays the texts of a payload's `dockerConfig` over what is set, as ECS's agent does: members
    /// that the texts have win, objects are merged, lists are replaced, `null` says nothing. An
    /// empty text is an empty object.
    ///
    /// Fails with `DockerClientConfig` when a text is not the JSON of an object.
    pub fn overlay(&mut self, config: &str, host_config: &str) -> Result<()> {
        overlay(&mut self.config, parse("config", config)?);
        overlay(&mut self.host_config, parse("hostConfig", host_config)?);
        Ok(())
    }

    /// The body of Docker's `POST /containers/create`.
    pub fn create_body(&self) -> Value {
        let mut body = self.config.clone();
        body.insert("Image".into(), json!(self.image));
        body.insert("HostConfig".into(), Value::Object(self.host_config.clone()));
        Value::Object(body)
    }

    /// `Config.Labels` as far as they are texts.
    pub fn labels(&self) -> BTreeMap<String, String> {
        let labels = self.config.get("Labels").and_then(Value::as_object);
        labels
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect()
    }

    /// Sets one label.
    pub fn set_label(&mut self, key: &str, value: &str) {
        object(&mut self.config, "Labels").insert(key.to_owned(), json!(value));
    }

    /// The value of an environment variable, if it is set here.
    pub fn env(&self, key: &str) -> Option<&str> {
        let entries = self.config.get("Env").and_then(Value::as_array)?;
        entries.iter().filter_map(Value::as_str).find_map(|entry| entry_value(entry, key))
    }

    /// Sets an environment variable, in place of one of the same name.
    pub fn set_env(&mut self, key: &str, value: &str) {
        let entries = list(&mut self.config, "Env");
        entries.retain(|entry| entry.as_str().is_none_or(|e| entry_value(e, key).is_none()));
        entries.push(json!(format!("{key}={value}")));
    }

    /// Sets the entry point, in place of the image's.
    pub fn set_entry_point(&mut self, words: &[String]) {
        self.config.insert("Entrypoint".into(), json!(words));
    }

    /// Sets the command, in place of the image's.
    pub fn set_command(&mut self, words: &[String]) {
        self.config.insert("Cmd".into(), json!(words));
    }

    /// Sets the hard limit of memory in bytes; Docker's 0 is none.
    pub fn set_memory_bytes(&mut self, bytes: u64) {
        self.host_config.insert("Memory".into(), json!(bytes));
    }

    /// The hard limit of memory in bytes; 0 is none.
    pub fn memory_bytes(&self) -> u64 {
        self.host_config.get("Memory").and_then(Value::as_u64).unwrap_or(0)
    }

    /// Sets the relative weight of CPU, 2 to 262144.
    pub fn set_cpu_shares(&mut self, shares: u64) {
        self.host_config.insert("CpuShares".into(), json!(shares));
    }

    /// `HostConfig.NetworkMode`; `default` when nothing is set.
    pub fn network_mode(&self) -> &str {
        self.host_config.get("NetworkMode").and_then(Value::as_str).unwrap_or("default")
    }

    /// Sets Docker's network mode: `bridge`, `host`, `none`, `container:<id>` or a network's name.
    pub fn set_network_mode(&mut self, mode: &str) {
        self.host_config.insert("NetworkMode".into(), json!(mode));
    }

    /// Publishes a container port. Host port 0 leaves the choice to the engine; an empty `bind_ip`
    /// means all of the host's addresses.
    pub fn publish(&mut self, binding: &PortBinding) {
        let port = format!("{}/{}", binding.container_port, binding.protocol.as_str());
        object(&mut self.config, "ExposedPorts").insert(port.clone(), json!({}));
        let host_port = match binding.host_port {
            0 => String::new(),
            port => port.to_string(),
        };
        let bindings = list(object(&mut self.host_config, "PortBindings"), &port);
        bindings.push(json!({ "HostIp": binding.bind_ip, "HostPort": host_port }));
    }

    /// Adds a bind or a named volume: `source:/path` or `source:/path:ro`.
    pub fn add_bind(&mut self, bind: &str) {
        list(&mut self.host_config, "Binds").push(json!(bind));
    }

    /// Adds the volumes of another container: `container` or `container:ro`.
    pub fn add_volumes_from(&mut self, from: &str) {
        list(&mut self.host_config, "VolumesFrom").push(json!(from));
    }

    /// Adds a link to another container: `container:alias`.
    pub fn add_link(&mut self, link: &str) {
        list(&mut self.host_config, "Links").push(json!(link));
    }

    /// Whether Docker will check the container's health: a `Healthcheck` is here whose test is not
    /// `NONE`. An image can have one of its own, which this does not see.
    pub fn has_health_check(&self) -> bool {
        let test = self.config.get("Healthcheck").and_then(|check| check.get("Test"));
        test.and_then(Value::as_array)
            .and_then(|words| words.first())
            .is_some_and(|first| first != "NONE")
    }
}

fn entry_value<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.strip_prefix(key)?.strip_prefix('=')
}

fn parse(member: &str, text: &str) -> Result<Map<String, Value>> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_str(text).map_err(|error| {
        let message = format!("dockerConfig.{member} must be the JSON of an object: {error}");
        RuntimeError::lasting(ErrorKind::DockerClientConfig, message)
    })
}

fn overlay(base: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (_, Value::Null) => {}
            (Some(Value::Object(below)), Value::Object(above)) => overlay(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// The object at `key`; what else is there, or nothing, becomes an empty one.
fn object<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let value = map.entry(key).or_insert(Value::Null);
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut().expect("invariant: made an object above")
}

/// The list at `key`; what else is there, or nothing, becomes an empty one.
fn list<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Vec<Value> {
    let value = map.entry(key).or_insert(Value::Null);
    if !value.is_array() {
        *value = json!([]);
    }
    value.as_array_mut().expect("invariant: made a list above")
}
