//! The engine's containers: their verbs, and what they do by themselves as time passes.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};

use super::engine::{FakeEngine, Verb};
use super::images::no_such_image;
use super::ports::wanted_bindings;
use super::script::Script;
use super::volumes::{mounted_volumes, mounts};
use crate::{
    ContainerHealth, ContainerId, ContainerSpec, ContainerState, ContainerStatus, ErrorKind, Event,
    EventKind, HealthStatus, LabelFilter, LogLine, Result, RuntimeError, VolumeSpec,
};

/// A container, with the script of the image it was made from.
#[derive(Clone, Debug)]
pub(super) struct FakeContainer {
    state: ContainerState,
    spec: ContainerSpec,
    script: Script,
    pub(super) volumes: BTreeSet<String>,
    /// How often it was started; what was due for an earlier run is void.
    run: u32,
    order: u64,
    address: Option<u16>,
    /// When the run ends that was told to stop, and with which code.
    stopping: Option<(u64, i64)>,
}

/// Something that a container does by itself.
#[derive(Clone, Debug)]
pub(super) struct Due {
    container_id: ContainerId,
    run: u32,
    act: Act,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    End { exit_code: i64, oom_killed: bool },
    Health(HealthStatus),
}

impl FakeContainer {
    pub(super) fn image_id(&self) -> &str {
        &self.state.image_id
    }
}

impl FakeEngine {
    /// Creates a container.
    pub fn create(&mut self, spec: &ContainerSpec) -> Result<ContainerId> {
        self.answer(Verb::Create)?;
        let image = self.find_image(&spec.image).ok_or_else(|| no_such_image(&spec.image))?;
        let (image_id, script) = (image.id.clone(), image.script.clone());
        if let Some(error) = &script.create_error {
            return Err(error.clone());
        }
        let refusal = |message| RuntimeError::lasting(ErrorKind::CannotCreateContainer, message);
        if let Some(holder) = self.names.get(&spec.name) {
            let name = &spec.name;
            let message = format!(
                "Conflict. The container name \"/{name}\" is already in use by container \"{holder}\"."
            );
            return Err(refusal(message));
        }
        wanted_bindings(spec).map_err(refusal)?;
        let volumes = mounted_volumes(spec);
        for name in &volumes {
            self.create_volume(&VolumeSpec { name: name.clone(), ..VolumeSpec::default() })?;
        }
        let id = self.next_container_id();
        let name = if spec.name.is_empty() { id.0[..12].to_owned() } else { spec.name.clone() };
        let state = ContainerState {
            id: id.clone(),
            name: name.clone(),
            labels: spec.labels(),
            image_id,
            created_at_ms: self.now_ms,
            health: spec.has_health_check().then(ContainerHealth::default),
            network_mode: spec.network_mode().to_owned(),
            mounts: mounts(spec),
            ..ContainerState::default()
        };
        let spec = spec.clone();
        let order = self.next_container;
        let (run, address, stopping) = (0, None, None);
        let container =
            FakeContainer { state, spec, script, volumes, run, order, address, stopping };
        self.containers.insert(id.clone(), container);
        self.names.insert(name, id.clone());
        self.tell_of(&id, EventKind::Created);
        Ok(id)
    }

    /// Starts a container that does not run.
    pub fn start(&mut self, id: &ContainerId) -> Result<()> {
        self.answer(Verb::Start)?;
        let container = self.container(id)?;
        if container.state.status.is_running() {
            return Ok(());
        }
        if let Some(error) = container.script.start_error.clone() {
            return Err(self.refuse_start(id, error));
        }
        let network = own_network(&container.state.network_mode);
        let wanted = match network {
            None => Ok(Vec::new()),
            Some(_) => wanted_bindings(&container.spec),
        };
        let bindings = match wanted.and_then(|wanted| self.ports.take(&wanted)) {
            Ok(bindings) => bindings,
            Err(message) => {
                let message = format!("driver failed programming external connectivity: {message}");
                let error = RuntimeError::lasting(ErrorKind::CannotStartContainer, message);
                return Err(self.refuse_start(id, error));
            }
        };
        let address = network.as_ref().map(|_| self.take_address());
        let now_ms = self.now_ms;
        let container = self.containers.get_mut(id).expect("invariant: looked up above");
        container.run += 1;
        container.address = address;
        let state = &mut container.state;
        state.status = ContainerStatus::Running;
        state.exit_code = None;
        state.oom_killed = false;
        state.error.clear();
        state.started_at_ms = Some(now_ms);
        state.finished_at_ms = None;
        state.pid = Some(1000 + container.order as u32);
        state.port_bindings = bindings;
        state.ip_addresses = network.into_iter().zip(address.map(ip_address)).collect();
        if let Some(health) = &mut state.health {
            *health = ContainerHealth::default();
        }
        let (script, run) = (container.script.clone(), container.run);
        self.tell_of(id, EventKind::Started);
        self.schedule_run(id, run, &script);
        Ok(())
    }

    /// Whether the container is there and runs.
    pub fn is_running(&self, id: &ContainerId) -> bool {
        self.containers.get(id).is_some_and(|container| container.state.status.is_running())
    }

    /// The containers that run, by id, and what each was created from: for simulations, which see
    /// what no agent asks for.
    pub fn running(&self) -> impl Iterator<Item = (&ContainerId, &ContainerSpec)> {
        let running = self.containers.iter().filter(|(_, c)| c.state.status.is_running());
        running.map(|(id, container)| (id, &container.spec))
    }

    /// Sends the stop signal and returns when the container will have ended: at once, later, or,
    /// if it takes no notice, after `timeout_ms`. Whoever stops waits until then.
    pub fn stop(&mut self, id: &ContainerId, timeout_ms: u64) -> Result<u64> {
        self.answer(Verb::Stop)?;
        let now_ms = self.now_ms;
        let container = self.container(id)?;
        if !container.state.status.is_running() {
            return Ok(now_ms);
        }
        let script = &container.script;
        let obeys = !script.ignores_stop_signal && script.stop_ms <= timeout_ms;
        let (in_ms, exit_code) =
            if obeys { (script.stop_ms, script.stop_exit_code) } else { (timeout_ms, 137) };
        let (mut ends_at_ms, mut exit_code) = (now_ms + in_ms, exit_code);
        if let Some((earlier_ms, code)) = container.stopping.filter(|(at, _)| *at <= ends_at_ms) {
            (ends_at_ms, exit_code) = (earlier_ms, code);
        }
        if ends_at_ms <= now_ms {
            self.end_run(id, exit_code, false);
            return Ok(now_ms);
        }
        let container = self.containers.get_mut(id).expect("invariant: looked up above");
        container.stopping = Some((ends_at_ms, exit_code));
        let run = container.run;
        self.schedule(ends_at_ms, id, run, Act::End { exit_code, oom_killed: false });
        Ok(ends_at_ms)
    }

    /// Kills a container, at once.
    pub fn kill(&mut self, id: &ContainerId) -> Result<()> {
        self.answer(Verb::Stop)?;
        if self.container(id)?.state.status.is_running() {
            self.end_run(id, 137, false);
        }
        Ok(())
    }

    /// Removes a container, killing it first if it runs. Containers here have no anonymous
    /// volumes.
    pub fn remove(&mut self, id: &ContainerId) -> Result<()> {
        self.answer(Verb::Remove)?;
        let Some(container) = self.containers.get(id) else { return Ok(()) };
        if container.state.status.is_running() {
            self.end_run(id, 137, false);
        }
        self.tell_of(id, EventKind::Destroyed);
        if let Some(container) = self.containers.remove(id) {
            self.names.remove(&container.state.name);
        }
        Ok(())
    }

    /// The state of a container.
    pub fn inspect(&mut self, id: &ContainerId) -> Result<ContainerState> {
        self.answer(Verb::Inspect)?;
        self.container(id).map(|container| container.state.clone())
    }

    /// The containers with these labels, oldest first.
    pub fn list(&mut self, filter: &LabelFilter) -> Result<Vec<ContainerState>> {
        self.answer(Verb::List)?;
        let wanted = |c: &&FakeContainer| filter.matches(&c.state.labels);
        let mut found: Vec<&FakeContainer> = self.containers.values().filter(wanted).collect();
        found.sort_by_key(|container| container.order);
        Ok(found.into_iter().map(|container| container.state.clone()).collect())
    }

    /// What a container was created from, for tests that ask what an agent asked for.
    pub fn spec(&self, id: &ContainerId) -> Option<&ContainerSpec> {
        self.containers.get(id).map(|container| &container.spec)
    }

    /// A sample in Docker's words, of CPU and memory as the script has them.
    pub fn stats(&mut self, id: &ContainerId) -> Result<Value> {
        self.answer(Verb::Inspect)?;
        let (now_ms, cpus) = (self.now_ms, self.info.cpus);
        let host_memory = self.info.memory_bytes;
        let container = self.container(id)?;
        let ran_ms = match container.state.started_at_ms {
            Some(start_ms) if container.state.status.is_running() => now_ms - start_ms,
            _ => 0,
        };
        let limit = container.spec.host_config.get("Memory").and_then(Value::as_u64);
        Ok(json!({
            "id": id.as_str(),
            "name": format!("/{}", container.state.name),
            "cpu_stats": {
                "cpu_usage": { "total_usage": ran_ms * container.script.cpu_millis * 1000 },
                "system_cpu_usage": now_ms * u64::from(cpus) * 1_000_000,
                "online_cpus": cpus,
            },
            "memory_stats": {
                "usage": if ran_ms > 0 { container.script.memory_bytes } else { 0 },
                "limit": limit.filter(|bytes| *bytes > 0).unwrap_or(host_memory),
            },
        }))
    }

    /// The last lines that a container wrote.
    pub fn logs(&mut self, id: &ContainerId, tail: usize) -> Result<Vec<LogLine>> {
        self.answer(Verb::Inspect)?;
        let container = self.container(id)?;
        let lines = if container.run > 0 { container.script.logs.as_slice() } else { &[] };
        Ok(lines[lines.len().saturating_sub(tail)..].to_vec())
    }

    /// Ends a running container by itself with this code, now.
    pub fn exit(&mut self, id: &ContainerId, exit_code: i64) {
        self.end_run(id, exit_code, false);
    }

    pub(super) fn containers_in(&self, wanted: fn(ContainerStatus) -> bool) -> Vec<ContainerId> {
        let found = self.containers.iter().filter(|(_, c)| wanted(c.state.status));
        found.map(|(id, _)| id.clone()).collect()
    }

    pub(super) fn happen(&mut self, due: Due) {
        let Some(container) = self.containers.get_mut(&due.container_id) else { return };
        if container.run != due.run || !container.state.status.is_running() {
            return;
        }
        match due.act {
            Act::End { exit_code, oom_killed } => {
                self.end_run(&due.container_id, exit_code, oom_killed);
            }
            Act::Health(status) => {
                let Some(health) = &mut container.state.health else { return };
                let failed = status == HealthStatus::Unhealthy;
                health.checked_at_ms = Some(self.now_ms);
                health.exit_code = Some(i64::from(failed));
                health.output.clone_from(&container.script.health_output);
                if health.status != status {
                    health.status = status;
                    self.tell_of(&due.container_id, EventKind::Health(status));
                }
            }
        }
    }

    /// Ends the run of a container; one that does not run is left alone.
    pub(super) fn end_run(&mut self, id: &ContainerId, exit_code: i64, oom_killed: bool) {
        let Some(container) = self.containers.get_mut(id) else { return };
        let state = &mut container.state;
        if !state.status.is_running() {
            return;
        }
        state.status = ContainerStatus::Exited;
        state.exit_code = Some(exit_code);
        state.oom_killed = oom_killed;
        state.finished_at_ms = Some(self.now_ms);
        state.pid = None;
        state.ip_addresses = BTreeMap::new();
        let bindings = std::mem::take(&mut state.port_bindings);
        container.stopping = None;
        if let Some(address) = container.address.take() {
            self.addresses.remove(&address);
        }
        self.ports.give_back(&bindings);
        if oom_killed {
            self.tell_of(id, EventKind::Oom);
        }
        self.tell_of(id, EventKind::Died { exit_code });
    }

    fn container(&self, id: &ContainerId) -> Result<&FakeContainer> {
        self.containers.get(id).ok_or_else(|| {
            RuntimeError::lasting(ErrorKind::NoSuchContainer, format!("No such container: {id}"))
        })
    }

    fn refuse_start(&mut self, id: &ContainerId, error: RuntimeError) -> RuntimeError {
        if let Some(container) = self.containers.get_mut(id) {
            container.state.error.clone_from(&error.message);
        }
        error
    }

    fn schedule_run(&mut self, id: &ContainerId, run: u32, script: &Script) {
        let now_ms = self.now_ms;
        for (after_ms, status) in &script.health {
            self.schedule(now_ms + after_ms, id, run, Act::Health(*status));
        }
        if let Some(exit) = script.exit {
            let act = Act::End { exit_code: exit.code, oom_killed: exit.oom_killed };
            self.schedule(now_ms + exit.after_ms, id, run, act);
        }
    }

    fn schedule(&mut self, at_ms: u64, id: &ContainerId, run: u32, act: Act) {
        self.next_due += 1;
        self.due.insert((at_ms, self.next_due), Due { container_id: id.clone(), run, act });
    }

    fn tell_of(&mut self, id: &ContainerId, kind: EventKind) {
        let Some(container) = self.containers.get(id) else { return };
        let labels = container.state.labels.clone();
        self.tell(Event { container_id: id.clone(), kind, labels, at_ms: self.now_ms });
    }

    /// The lowest free address of the bridge, as an offset from its own.
    fn take_address(&mut self) -> u16 {
        let free = (2..u16::MAX).find(|offset| !self.addresses.contains(offset));
        let offset = free.expect("invariant: an engine holds fewer than 65,000 containers");
        self.addresses.insert(offset);
        offset
    }
}

/// The network that a container of this mode has an address and ports of its own in.
fn own_network(network_mode: &str) -> Option<String> {
    match network_mode {
        "host" | "none" => None,
        "default" => Some("bridge".into()),
        mode if mode.starts_with("container:") => None,
        mode => Some(mode.into()),
    }
}

fn ip_address(offset: u16) -> IpAddr {
    let [high, low] = offset.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(172, 17, high, low))
}
