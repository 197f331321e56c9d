//! What the controllers of services with the EXTERNAL controller do: they make task sets, scale them,
//! make one the primary one, and delete them.

use arn::{DeploymentId, ServiceName};
use model::{DeploymentController, ServiceStatus, TaskSetStatus};
use serde_json::{Value, json};

use crate::{World, settings, wishes::typed};

/// As many as users make of a service; the control plane lets in one more.
const TASK_SETS_MAX: usize = control::limits::TASK_SET_COUNT_MAX - 1;

impl World {
    /// CreateService with the EXTERNAL controller.
    pub(crate) fn create_external(&mut self) {
        self.count("external service created");
        let mut input = settings::external(&mut self.dice);
        input.insert("serviceName".into(), json!(format!("x{}", self.dice.below(2))));
        input.insert("desiredCount".into(), json!(self.dice.below(6)));
        self.note(|| format!("user: create service {}", Value::Object(input.clone())));
        let input = typed(Value::Object(input));
        self.ask(|tx, cx| control::api::create_service(tx, cx, input));
    }

    /// A controller does one thing.
    pub(crate) fn control_task_sets(&mut self) {
        let services = self.external_services();
        let Some(service) = self.dice.pick(&services).cloned() else { return };
        let sets = self.task_sets(&service);
        if sets.len() < TASK_SETS_MAX && (sets.is_empty() || self.dice.once_in(3)) {
            let (image, scale) = (self.some_image(), self.some_scale());
            self.create_task_set(&service, image, scale);
            return;
        }
        let Some((set, _)) = self.dice.pick(&sets).cloned() else { return };
        match self.dice.below(5) {
            0..=2 => self.scale_task_set(&service, &set),
            3 => self.make_primary(&service, &set),
            _ => {
                let is_forced = self.dice.once_in(2);
                self.delete_task_set(&service, &set, is_forced);
            }
        }
    }

    /// Leaves each service with the EXTERNAL controller one task set that can be had, at 100 percent.
    pub(crate) fn calm_task_sets(&mut self) {
        for service in self.external_services() {
            let old = self.task_sets(&service);
            let desired = self.dice.below(4);
            self.update(json!({
                "service": service.as_str(), "desiredCount": desired, "placementConstraints": [],
            }));
            let Some(new) = self.create_task_set(&service, "good", 100) else { continue };
            self.make_primary(&service, &new);
            for (set, _) in old.iter().filter(|(_, status)| *status != TaskSetStatus::Draining) {
                self.delete_task_set(&service, set, true);
            }
        }
    }

    fn external_services(&self) -> Vec<ServiceName> {
        let Some(state) = self.plane.snapshot() else { return Vec::new() };
        let active = state.services().iter().filter(|s| s.status == ServiceStatus::Active);
        let external = active.filter(|s| s.deployment_controller == DeploymentController::External);
        external.map(|s| s.name.clone()).collect()
    }

    fn task_sets(&self, service: &ServiceName) -> Vec<(DeploymentId, TaskSetStatus)> {
        let Some(state) = self.plane.snapshot() else { return Vec::new() };
        let key = (self.cluster.clone(), service.clone());
        let sets = state.services().get(&key).into_iter().flat_map(|s| &s.task_sets);
        sets.map(|set| (set.id.clone(), set.status)).collect()
    }

    fn some_scale(&mut self) -> u64 {
        self.dice.pick(&[0, 25, 50, 100, 100]).copied().unwrap_or(100)
    }

    fn create_task_set(
        &mut self,
        service: &ServiceName,
        image: &str,
        scale: u64,
    ) -> Option<DeploymentId> {
        let definition = self.register(image)?;
        self.count("task set created");
        self.note(|| format!("user: create task set of {service}: {definition} at {scale}"));
        let input = typed(json!({
            "cluster": self.cluster.as_str(), "service": service.as_str(),
            "taskDefinition": definition, "scale": {"unit": "PERCENT", "value": scale},
        }));
        let answer = self.ask(|tx, cx| control::api::create_task_set(tx, cx, input))?;
        answer.task_set?.id?.parse().ok()
    }

    fn scale_task_set(&mut self, service: &ServiceName, set: &DeploymentId) {
        let scale = self.some_scale();
        self.count("task set scaled");
        self.note(|| format!("user: task set {set} of {service} to {scale}"));
        let input = typed(json!({
            "cluster": self.cluster.as_str(), "service": service.as_str(),
            "taskSet": set.as_str(), "scale": {"unit": "PERCENT", "value": scale},
        }));
        self.ask(|tx, cx| control::api::update_task_set(tx, cx, input));
    }

    fn make_primary(&mut self, service: &ServiceName, set: &DeploymentId) {
        self.count("task set made primary");
        self.note(|| format!("user: task set {set} of {service} is to be primary"));
        let input = typed(json!({
            "cluster": self.cluster.as_str(), "service": service.as_str(),
            "primaryTaskSet": set.as_str(),
        }));
        self.ask(|tx, cx| control::api::update_service_primary_task_set(tx, cx, input));
    }

    fn delete_task_set(&mut self, service: &ServiceName, set: &DeploymentId, is_forced: bool) {
        self.count("task set deleted");
        self.note(|| format!("user: delete task set {set} of {service}"));
        let input = typed(json!({
            "cluster": self.cluster.as_str(), "service": service.as_str(),
            "taskSet": set.as_str(), "force": is_forced,
        }));
        self.ask(|tx, cx| control::api::delete_task_set(tx, cx, input));
    }
}
