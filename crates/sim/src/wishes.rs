//! What users do.

use arn::ServiceName;
use model::{
    ContainerInstanceStatus, DeploymentController, SchedulingStrategy, Service, ServiceStatus, Task,
};
use serde_json::{Value, json};
use wire::{Error, ecs};

use crate::{
    World,
    agenda::Action,
    host::{GOOD_IMAGES, IMAGES},
    moves::Cause,
    settings,
};

/// The most services at a time.
const SERVICE_COUNT_MAX: usize = 4;
/// More than any host has.
const HUGE_MIB: u64 = 4_096;

pub fn typed<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("invariant: the request is right")
}

/// Kinds of services, by what users can ask of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Replica,
    Daemon,
    External,
}

impl Kind {
    fn of(service: &Service) -> Kind {
        match (service.deployment_controller, service.scheduling_strategy) {
            (DeploymentController::External, _) => Kind::External,
            (_, SchedulingStrategy::Daemon) => Kind::Daemon,
            (_, SchedulingStrategy::Replica) => Kind::Replica,
        }
    }
}

impl World {
    /// A user does one thing.
    pub(crate) fn wish(&mut self) {
        if self.is_calm {
            return;
        }
        let pause = self.dice.between(500, 15_000);
        self.after(pause * self.patience, Action::Wish);
        match self.dice.below(26) {
            20 | 21 => self.set_alarm(),
            22 => self.stop_deployment(),
            23..=25 => self.control_task_sets(),
            0..=3 => self.create_service(),
            4..=9 => self.update_service(),
            10 => self.force_deployment(),
            11 => self.configure(),
            12 => self.run_task(),
            13 => self.stop_task(),
            14 => self.protect_task(),
            15 => self.drain(),
            16 => self.delete_service(),
            _ => self.scale(),
        }
    }

    /// Runs a handler in a transaction; what was refused is noted.
    pub(crate) fn ask<T>(
        &mut self,
        handler: impl FnOnce(&mut store::Tx, &mut control::Cx) -> Result<T, Error>,
    ) -> Option<T> {
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        match self.plane.update(|tx| handler(tx, &mut cx)) {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => {
                self.count("refused");
                self.note(|| format!("refused: {}", error.message));
                None
            }
            Err(_) => {
                self.note(|| "no answer".into());
                None
            }
        }
    }

    pub(crate) fn register(&mut self, image: &str) -> Option<String> {
        let health = (!matches!(image, "plain" | "exits"))
            .then(|| json!({"command": ["CMD", "true"], "interval": 5}));
        let memory = if image == "huge" { HUGE_MIB } else { 128 };
        let input: ecs::RegisterTaskDefinitionRequest = typed(json!({
            "family": image,
            "containerDefinitions": [{
                "name": "app", "image": image, "cpu": 128, "memory": memory, "healthCheck": health,
            }],
        }));
        let answer = self.ask(|tx, cx| control::api::register_task_definition(tx, cx, input));
        answer?.task_definition?.task_definition_arn
    }

    /// The ACTIVE services.
    fn services(&self) -> Vec<(ServiceName, Kind)> {
        let Some(state) = self.plane.snapshot() else { return Vec::new() };
        let active = state.services().iter().filter(|s| s.status == ServiceStatus::Active);
        active.map(|service| (service.name.clone(), Kind::of(service))).collect()
    }

    /// Those among them that the service scheduler deploys, and whether each is a DAEMON service.
    fn rolled_services(&self) -> Vec<(ServiceName, bool)> {
        let services = self.services().into_iter().filter(|(_, kind)| *kind != Kind::External);
        services.map(|(name, kind)| (name, kind == Kind::Daemon)).collect()
    }

    fn some_service(&mut self) -> Option<(ServiceName, bool)> {
        let services = self.rolled_services();
        self.dice.pick(&services).cloned()
    }

    pub(crate) fn some_image(&mut self) -> &'static str {
        let from = if self.dice.once_in(2) { IMAGES } else { GOOD_IMAGES };
        self.dice.pick(from).copied().unwrap_or("good")
    }

    fn create_service(&mut self) {
        if self.services().len() >= SERVICE_COUNT_MAX {
            return;
        }
        if self.dice.once_in(6) {
            return self.create_external();
        }
        let image = self.some_image();
        let name = format!("s{}", self.dice.below(5));
        let Some(definition) = self.register(image) else { return };
        let is_daemon = self.dice.once_in(6);
        let mut input = settings::any(&mut self.dice, is_daemon);
        input.insert("serviceName".into(), json!(name));
        input.insert("taskDefinition".into(), json!(definition));
        if is_daemon {
            self.count("daemon service created");
            input.insert("schedulingStrategy".into(), json!("DAEMON"));
        } else {
            self.count("service created");
            input.insert("desiredCount".into(), json!(self.dice.below(6)));
            if self.dice.once_in(4) {
                input.insert("availabilityZoneRebalancing".into(), json!("ENABLED"));
            }
        }
        self.note(|| format!("user: create service {}", Value::Object(input.clone())));
        let input = typed(Value::Object(input));
        // A name that is taken is refused; that is an answer, too.
        self.ask(|tx, cx| control::api::create_service(tx, cx, input));
    }

    fn update_service(&mut self) {
        let Some((name, is_daemon)) = self.some_service() else { return };
        let image = self.some_image();
        let Some(definition) = self.register(image) else { return };
        self.count("service updated");
        let mut input = if self.dice.once_in(2) {
            settings::any(&mut self.dice, is_daemon)
        } else {
            serde_json::Map::new()
        };
        input.insert("service".into(), json!(name.as_str()));
        input.insert("taskDefinition".into(), json!(definition));
        self.update(Value::Object(input));
    }

    fn force_deployment(&mut self) {
        let Some((name, _)) = self.some_service() else { return };
        self.count("deployment forced");
        self.update(json!({"service": name.as_str(), "forceNewDeployment": true}));
    }

    fn configure(&mut self) {
        let Some((name, is_daemon)) = self.some_service() else { return };
        self.count("settings changed");
        let mut input = settings::any(&mut self.dice, is_daemon);
        input.insert("service".into(), json!(name.as_str()));
        self.update(Value::Object(input));
    }

    fn scale(&mut self) {
        let services = self.services();
        let Some((name, kind)) = self.dice.pick(&services).cloned() else { return };
        if kind == Kind::Daemon {
            return;
        }
        self.count("service scaled");
        let desired = self.dice.below(7);
        self.update(json!({"service": name.as_str(), "desiredCount": desired}));
    }

    /// UpdateService.
    pub(crate) fn update(&mut self, input: Value) {
        self.note(|| format!("user: update service {input}"));
        let input = typed(input);
        self.ask(|tx, cx| control::api::update_service(tx, cx, input));
    }

    fn delete_service(&mut self) {
        let services = self.services();
        let Some((name, _)) = self.dice.pick(&services).cloned() else { return };
        self.count("service deleted");
        self.note(|| format!("user: delete service {name}"));
        let input = typed(json!({"service": name.as_str(), "force": true}));
        self.ask(|tx, cx| control::api::delete_service(tx, cx, input));
    }

    fn run_task(&mut self) {
        let image = self.some_image();
        let Some(definition) = self.register(image) else { return };
        self.count("task run");
        self.note(|| format!("user: run task {image}"));
        self.watch.cause = Cause::User;
        let input = typed(json!({"taskDefinition": definition, "count": 1}));
        self.ask(|tx, cx| control::api::run_task(tx, cx, input));
    }

    fn some_task(&mut self, is_meant: impl Fn(&Task) -> bool) -> Option<arn::TaskId> {
        let state = self.plane.snapshot()?;
        let live = state.tasks().iter().filter(|t| t.is_wanted() && is_meant(t));
        let live: Vec<_> = live.map(|t| t.id).collect();
        self.dice.pick(&live).copied()
    }

    fn stop_task(&mut self) {
        let Some(id) = self.some_task(|_| true) else { return };
        self.count("task stopped");
        self.note(|| format!("user: stop task {id}"));
        self.stop(id);
    }

    fn stop(&mut self, id: arn::TaskId) {
        self.watch.cause = Cause::User;
        let input = typed(json!({"task": id.to_string()}));
        self.ask(|tx, cx| control::api::stop_task(tx, cx, input));
    }

    fn protect_task(&mut self) {
        let Some(id) = self.some_task(|task| task.owner.is_some()) else { return };
        self.count("task protected");
        self.note(|| format!("user: protect task {id}"));
        let minutes = self.dice.between(1, 4);
        let input = typed(json!({
            "cluster": self.cluster.as_str(), "tasks": [id.to_string()],
            "protectionEnabled": true, "expiresInMinutes": minutes,
        }));
        self.ask(|tx, cx| control::api::update_task_protection(tx, cx, input));
    }

    fn drain(&mut self) {
        let host = self.dice.below(self.hosts.len() as u64) as usize;
        let Some(state) = self.plane.snapshot() else { return };
        let is_host = self.hosts.get(host).is_some_and(|h| !h.is_dead);
        if !is_host {
            return;
        }
        self.count("host drained or activated");
        let status = state.container_instances().get(&self.key_of(host)).map(|i| i.status);
        let to = match status {
            Some(ContainerInstanceStatus::Active) => "DRAINING",
            _ => "ACTIVE",
        };
        self.set_state(host, to);
    }

    fn set_state(&mut self, host: usize, to: &str) {
        self.note(|| format!("user: host {host} to {to}"));
        let input = typed(json!({"containerInstances": [self.hosts[host].arn], "status": to}));
        self.ask(|tx, cx| control::api::update_container_instances_state(tx, cx, input));
    }

    /// The end of users and faults: everything comes up again, and every service is asked for
    /// something that can be had.
    pub(crate) fn calm_down(&mut self) {
        self.is_calm = true;
        // A disk that was about to fail does so now, on something that is surely written. Where the
        // server was down already, it is its start that fails.
        while self.register("good").is_none() {
            self.lose_connections();
            self.start_server();
        }
        self.deregister_strangers();
        for host in
            (0..self.hosts.len()).filter(|host| !self.hosts[*host].is_dead).collect::<Vec<_>>()
        {
            self.set_state(host, "ACTIVE");
            self.after(10, Action::StartEngine(host));
            self.after(20, Action::StartAgent(host));
            self.after(500, Action::Connect(host));
        }
        self.calm_task_sets();
        for (name, is_daemon) in self.rolled_services() {
            let Some(definition) = self.register("good") else { continue };
            let mut input = settings::plain(is_daemon);
            input.insert("service".into(), json!(name.as_str()));
            input.insert("taskDefinition".into(), json!(definition));
            if !is_daemon {
                input.insert("desiredCount".into(), json!(self.dice.below(4)));
            }
            self.update(Value::Object(input));
        }
        // Standalone tasks have no end of their own.
        let Some(state) = self.plane.snapshot() else { return };
        let standalone: Vec<_> = state
            .tasks()
            .iter()
            .filter(|t| t.owner.is_none() && t.is_wanted())
            .map(|t| t.id)
            .collect();
        for id in standalone {
            self.stop(id);
        }
    }
}
