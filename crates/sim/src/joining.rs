//! Hosts that come, and hosts that go for good.

use std::collections::BTreeSet;

use arn::InstanceId;
use model::Resources;
use runtime::fake::FakeEngine;
use serde_json::json;
use wire::ecs;

use crate::{
    World,
    agenda::{Action, HostId},
    host::{self, Disk, Host},
    moves::Cause,
    wishes::typed,
};

/// What each host has, unless chance makes it smaller.
const CPU_UNITS: i64 = 2_048;
pub const MEMORY_MIB: i64 = 2_048;
/// After how long a registration that failed is tried again.
const RETRY_MS: u64 = 1_000;

impl World {
    /// A host registers, as an agent does at its first start.
    pub(crate) fn join(&mut self) {
        let index = self.hosts.len();
        let zone = format!("us-east-1{}", ["a", "b", "c"][index % 3]);
        let input = registration(&self.cluster.to_string(), &zone, self.memory_mib);
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let answer =
            self.plane.update(|tx| control::api::register_container_instance(tx, &mut cx, input));
        let Ok(answer) = answer else { return self.after(RETRY_MS, Action::Join) };
        let answer = answer.expect("invariant: the request is right");
        let arn = answer.container_instance.and_then(|i| i.container_instance_arn);
        let arn = arn.expect("invariant: a container instance has an ARN");
        let id: Option<InstanceId> = arn.rsplit('/').next().and_then(|id| id.parse().ok());
        let mut fake = FakeEngine::new(self.dice.any(), self.now.0 as u64);
        host::stock(&mut fake);
        self.hosts.push(Host {
            key: (self.cluster.clone(), id.expect("invariant: its ARN ends with its id")),
            arn,
            capacity: Resources::new(CPU_UNITS, self.memory_mib),
            disk: Disk { watermark: -1, ..Disk::default() },
            engine: None,
            life: 0,
            fake,
            connection: None,
            last_down: self.now,
            last_up: self.now,
            listening: false,
            tick_at: None,
            engine_at: None,
            misses_events: false,
            is_dead: false,
            flaw: self.flaw,
            forgotten: BTreeSet::new(),
        });
        self.note(|| format!("host {index} joins"));
        self.after(0, Action::StartAgent(index));
    }

    /// A host dies with all that is on it, and never comes back. Somebody will notice.
    pub(crate) fn die(&mut self, host: HostId) {
        self.note(|| format!("fault: host {host} dies"));
        self.hosts[host].crash_agent();
        self.break_connection(host);
        self.hosts[host].fake.reboot_host(0);
        self.hosts[host].fake.crash();
        self.hosts[host].is_dead = true;
        let unnoticed = self.dice.between(1_000, 60_000);
        self.after(unnoticed, Action::Bury(host));
    }

    /// The container instance of a host that died is deregistered, and a new host takes its place.
    pub(crate) fn bury(&mut self, host: HostId) {
        if self.deregister(&self.hosts[host].arn.clone()) {
            self.after(100, Action::Join);
        } else {
            self.after(RETRY_MS, Action::Bury(host));
        }
    }

    /// Whether it could be told.
    fn deregister(&mut self, arn: &str) -> bool {
        self.watch.cause = Cause::User;
        let input = typed(json!({"containerInstance": arn, "force": true}));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let api = control::api::deregister_container_instance;
        self.plane.update(|tx| api(tx, &mut cx, input)).is_ok()
    }

    /// Deregisters the container instances that no host knows to be its own: their registration was
    /// kept, and the answer was lost.
    pub(crate) fn deregister_strangers(&mut self) {
        let Some(state) = self.plane.snapshot() else { return };
        let home = self.plane.settings.home.clone();
        for instance in state.container_instances().iter() {
            if !self.hosts.iter().any(|host| host.key.1 == instance.id) {
                self.deregister(&home.container_instance_arn(&instance.cluster, instance.id));
            }
        }
    }
}

fn registration(
    cluster: &str,
    zone: &str,
    memory_mib: i64,
) -> ecs::RegisterContainerInstanceRequest {
    let resource =
        |name: &str, value| json!({"name": name, "type": "INTEGER", "integerValue": value});
    typed(json!({
        "cluster": cluster,
        "totalResources": [resource("CPU", CPU_UNITS), resource("MEMORY", memory_mib)],
        "attributes": [
            {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"},
            {"name": "ecs.capability.container-health-check"},
            {"name": "ecs.availability-zone", "value": zone},
        ],
    }))
}
