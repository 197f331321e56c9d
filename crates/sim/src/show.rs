//! The cluster at an instant, for whoever steps through a history.

use std::fmt::Write as _;

use control::reconcile::Key;
use model::{Service, ServiceStatus, Task};
use store::State;

use crate::{World, agenda::short, event::Clock, world::BEGIN};

impl World {
    /// Hosts, services with their deployments, and live tasks, a line each.
    pub fn show(&mut self) -> String {
        let mut text = format!("at {} s\n", Clock(self.now.ms_since(BEGIN)));
        let Some(state) = self.plane.snapshot() else {
            return text + "the server is down\n";
        };
        self.show_hosts(&state, &mut text);
        for service in state.services().iter().filter(|s| s.status != ServiceStatus::Inactive) {
            self.show_service(&state, service, &mut text);
        }
        for task in state.tasks().iter().filter(|t| t.is_live() && t.owner.is_none()) {
            self.show_task(task, "", &mut text);
        }
        text
    }

    fn show_hosts(&self, state: &State, text: &mut String) {
        for (index, host) in self.hosts.iter().enumerate() {
            let up = |is_up: bool| if is_up { "up" } else { "down" };
            let instance = state.container_instances().get(&host.key);
            let status = instance.map_or("unknown", |instance| instance.status.as_str());
            let tasks: Vec<&Task> =
                state.live_tasks_on(&host.key.0, host.key.1).map(|task| &**task).collect();
            let memory_mib: i64 = tasks.iter().map(|task| task.reserved.memory_mib).sum();
            let connected = if host.connection.is_some() { "connected" } else { "not connected" };
            let _ = writeln!(
                text,
                "host {index} {status}, agent {}, engine {}, {connected}: {} tasks hold {memory_mib} of {} MiB, {} containers run",
                up(host.engine.is_some()),
                up(host.fake.is_up() && !host.is_dead),
                tasks.len(),
                host.capacity.memory_mib,
                host.fake.running().count(),
            );
        }
    }

    fn show_service(&mut self, state: &State, service: &Service, text: &mut String) {
        let configuration = &service.deployment_configuration;
        let _ = writeln!(
            text,
            "service {} {} {}: wants {} at {}/{}{}",
            service.name,
            service.scheduling_strategy,
            service.status,
            service.desired_count,
            configuration.minimum_healthy_percent,
            configuration.maximum_percent,
            if service.steady { ", steady" } else { "" },
        );
        let key = Key::Service(service.cluster.clone(), service.name.clone());
        let waits = self.plane.queue().into_iter().flat_map(|queue| queue.waiting());
        let why = waits.filter(|(waiting, ..)| **waiting == key).map(|(_, why, _)| why);
        for blocked in why {
            let _ = writeln!(text, "  waits: {}", blocked.explanation);
        }
        for deployment in &service.deployments {
            let _ = writeln!(
                text,
                "  {} {} {} {}, {} failed: {}",
                deployment.id,
                deployment.status,
                deployment.task_definition,
                deployment.rollout_state,
                deployment.failed_tasks,
                deployment.rollout_state_reason,
            );
        }
        for task in state.live_tasks_of_service(service) {
            self.show_task(task, "  ", text);
        }
    }

    fn show_task(&self, task: &Task, indent: &str, text: &mut String) {
        let host = self.hosts.iter().position(|h| Some(h.key.1) == task.container_instance);
        let host = host.map_or_else(|| "no host".into(), |host| format!("host {host}"));
        let _ = writeln!(
            text,
            "{indent}task {} {} on {host}: {}, wanted {}, {}",
            short(&task.id.to_string()),
            task.task_definition,
            task.last_status,
            task.desired_status,
            task.health_status,
        );
    }
}
