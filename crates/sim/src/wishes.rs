//! What users do.

use arn::ServiceName;
use model::{ContainerInstanceStatus, ServiceStatus};
use serde_json::{Value, json};
use wire::ecs;

use crate::{
    World,
    agenda::Action,
    host::{GOOD_IMAGES, IMAGES},
};

/// The most services at a time.
const SERVICE_COUNT_MAX: usize = 3;

fn typed<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the request is right")
}

impl World {
    /// A user does one thing.
    pub(crate) fn wish(&mut self) {
        if self.is_calm {
            return;
        }
        let pause = self.dice.between(500, 20_000);
        self.after(pause, Action::Wish);
        match self.dice.below(12) {
            0..=2 => self.create_service(),
            3..=6 => self.update_service(),
            7 => self.run_task(),
            8 => self.stop_task(),
            9 => self.drain(),
            10 => self.delete_service(),
            _ => self.scale(),
        }
    }

    fn register(&mut self, image: &str) -> Option<String> {
        let health = (image != "plain").then(|| json!({"command": ["CMD", "true"], "interval": 5}));
        let input: ecs::RegisterTaskDefinitionRequest = typed(json!({
            "family": image,
            "containerDefinitions": [{
                "name": "app", "image": image, "cpu": 128, "memory": 128, "healthCheck": health,
            }],
        }));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let answer =
            self.plane.update(|tx| control::api::register_task_definition(tx, &mut cx, input));
        match answer {
            Ok(answer) => {
                answer.expect("the request is right").task_definition?.task_definition_arn
            }
            Err(_) => None,
        }
    }

    fn services(&self) -> Vec<ServiceName> {
        let Some(state) = self.plane.snapshot() else { return Vec::new() };
        let active = state.services().iter().filter(|s| s.status == ServiceStatus::Active);
        active.map(|s| s.name.clone()).collect()
    }

    fn some_image(&mut self) -> &'static str {
        let from = if self.dice.once_in(3) { IMAGES } else { GOOD_IMAGES };
        self.dice.pick(from).copied().unwrap_or("good")
    }

    fn create_service(&mut self) {
        if self.services().len() >= SERVICE_COUNT_MAX {
            return;
        }
        let image = self.some_image();
        let name = format!("s{}", self.dice.below(5));
        let Some(definition) = self.register(image) else { return };
        let (minimum, maximum) = self.percentages();
        let desired = self.dice.below(6);
        let breaker = self.dice.once_in(2);
        let input: ecs::CreateServiceRequest = typed(json!({
            "serviceName": name, "taskDefinition": definition, "desiredCount": desired,
            "deploymentConfiguration": {
                "minimumHealthyPercent": minimum, "maximumPercent": maximum,
                "deploymentCircuitBreaker": {"enable": breaker, "rollback": breaker},
            },
        }));
        self.note(|| {
            format!("user: create service {name} of {desired} {image} {minimum}/{maximum}")
        });
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        // A name that is taken is refused; that is an answer, too.
        let _ = self.plane.update(|tx| control::api::create_service(tx, &mut cx, input));
    }

    fn percentages(&mut self) -> (u64, u64) {
        let pairs = [(100, 200), (50, 100), (100, 150), (0, 100), (50, 200), (75, 150)];
        self.dice.pick(&pairs).copied().unwrap_or((100, 200))
    }

    fn update_service(&mut self) {
        let services = self.services();
        let Some(name) = self.dice.pick(&services).cloned() else { return };
        let image = self.some_image();
        let Some(definition) = self.register(image) else { return };
        let (minimum, maximum) = self.percentages();
        self.note(|| format!("user: update service {name} to {image} {minimum}/{maximum}"));
        self.update(typed(json!({
            "service": name.as_str(), "taskDefinition": definition,
            "deploymentConfiguration": {
                "minimumHealthyPercent": minimum, "maximumPercent": maximum,
            },
        })));
    }

    fn scale(&mut self) {
        let services = self.services();
        let Some(name) = self.dice.pick(&services).cloned() else { return };
        let desired = self.dice.below(7);
        self.note(|| format!("user: scale service {name} to {desired}"));
        self.update(typed(json!({"service": name.as_str(), "desiredCount": desired})));
    }

    pub(crate) fn update(&mut self, input: ecs::UpdateServiceRequest) {
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let _ = self.plane.update(|tx| control::api::update_service(tx, &mut cx, input));
    }

    fn delete_service(&mut self) {
        let services = self.services();
        let Some(name) = self.dice.pick(&services).cloned() else { return };
        self.note(|| format!("user: delete service {name}"));
        let input = typed(json!({"service": name.as_str(), "force": true}));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let _ = self.plane.update(|tx| control::api::delete_service(tx, &mut cx, input));
    }

    fn run_task(&mut self) {
        let image = self.some_image();
        let Some(definition) = self.register(image) else { return };
        self.note(|| format!("user: run task {image}"));
        let input = typed(json!({"taskDefinition": definition, "count": 1}));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let _ = self.plane.update(|tx| control::api::run_task(tx, &mut cx, input));
    }

    fn stop_task(&mut self) {
        let Some(state) = self.plane.snapshot() else { return };
        let live: Vec<_> = state.tasks().iter().filter(|t| t.is_wanted()).map(|t| t.id).collect();
        let Some(id) = self.dice.pick(&live).copied() else { return };
        self.note(|| format!("user: stop task {id}"));
        self.stop(id);
    }

    pub(crate) fn stop(&mut self, id: arn::TaskId) {
        let input = typed(json!({"task": id.to_string()}));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let _ = self.plane.update(|tx| control::api::stop_task(tx, &mut cx, input));
    }

    fn drain(&mut self) {
        let host = self.dice.below(self.hosts.len() as u64) as usize;
        let Some(state) = self.plane.snapshot() else { return };
        let status = state.container_instances().get(&self.key_of(host)).map(|i| i.status);
        let to = match status {
            Some(ContainerInstanceStatus::Active) => "DRAINING",
            _ => "ACTIVE",
        };
        self.set_state(host, to);
    }

    pub(crate) fn set_state(&mut self, host: usize, to: &str) {
        self.note(|| format!("user: host {host} to {to}"));
        let input = typed(json!({"containerInstances": [self.hosts[host].arn], "status": to}));
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let _ = self
            .plane
            .update(|tx| control::api::update_container_instances_state(tx, &mut cx, input));
    }

    /// The end of users and faults: everything comes up again, and every service is asked for
    /// something that can be had.
    pub(crate) fn calm_down(&mut self) {
        self.is_calm = true;
        self.note(|| "calm".into());
        // A disk that was about to fail does so now, on something that is surely written.
        let _ = self.register("good");
        if !self.plane.is_up() {
            self.lose_connections();
            self.plane.start(self.now);
        }
        for host in 0..self.hosts.len() {
            self.set_state(host, "ACTIVE");
            self.after(10, Action::StartEngine(host));
            self.after(20, Action::StartAgent(host));
            self.after(500, Action::Connect(host));
        }
        for name in self.services() {
            let Some(definition) = self.register("good") else { continue };
            let desired = self.dice.below(4);
            self.update(typed(json!({
                "service": name.as_str(), "taskDefinition": definition, "desiredCount": desired,
                "deploymentConfiguration": {
                    "minimumHealthyPercent": 50, "maximumPercent": 200,
                },
            })));
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
