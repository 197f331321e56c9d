//! Tasks that hosts know of and the control plane does not.

use std::sync::Arc;

use control::session::payload;
use model::Task;
use session_wire::{acs, payload as wire_payload};
use store::{State, TaskDefinitionRow};

use crate::{World, agenda::HostId};

impl World {
    /// The host hears of a task of which the control plane knows nothing, as of a life that it lost:
    /// one that takes all the room that it believes to have there, until the next manifest. What it
    /// places there meanwhile is for the agent to keep waiting.
    pub(crate) fn tell_stray(&mut self, host: HostId) {
        let Some(connection) = self.hosts[host].connection else { return };
        let Some((message, arn)) = self.stray(host) else { return };
        self.count("stray task told");
        self.note(|| format!("fault: host {host} hears of the stray task {arn}"));
        self.strays.insert(arn);
        self.send_down(host, connection, acs::Down::Payload(message));
    }

    fn stray(&mut self, host: HostId) -> Option<(acs::PayloadMessage, String)> {
        let state = self.plane.snapshot()?;
        let key = self.hosts[host].key.clone();
        let (like, row) = some_task(&state)?;
        let id = self.plane.cx(&mut self.dice, self.now).task_id();
        let stray = Task { id, owner: None, ..Task::clone(like) };
        let home = self.plane.settings.home.clone();
        let held = &state.usage(&key.0, key.1).held;
        let free_mib = self.hosts[host].capacity.memory_mib - held.memory_mib;
        let mut body = payload::task(&home, &stray, row);
        take_memory(&mut body, free_mib.max(1));
        let arn = body.arn.clone();
        let message = acs::PayloadMessage {
            message_id: format!("stray-{id}"),
            cluster_arn: home.cluster_arn(&key.0),
            container_instance_arn: home.container_instance_arn(&key.0, key.1),
            tasks: vec![body],
            // Its number is of a life that the agent has long heard the end of.
            seq_num: 0,
            generated_at: self.now.0,
            timeline: None,
        };
        Some((message, arn))
    }
}

/// A task that is to run, as the pattern of a stray one.
fn some_task(state: &State) -> Option<(&Arc<Task>, &Arc<TaskDefinitionRow>)> {
    let task = state.tasks().iter().find(|task| task.is_wanted())?;
    let id = &task.task_definition;
    Some((task, state.task_definitions().get(&(id.family.clone(), id.revision))?))
}

fn take_memory(body: &mut wire_payload::Task, memory_mib: i64) {
    for container in &mut body.containers {
        container.memory = memory_mib;
    }
}
