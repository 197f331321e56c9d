//! What a session has to tell its agent: the difference between the state and what was sent.

use std::collections::BTreeMap;

use arn::{Home, TaskId};
use model::{DesiredStatus, Task, Timestamp};
use session_wire::acs::{
    Down, PayloadMessage, TaskIdentifier, TaskManifestMessage, TaskStopVerificationAck,
};
use store::State;

use super::{InstanceKey, payload};

/// The messages of one session. It begins empty, so a new session tells everything once more.
#[derive(Debug, Default)]
pub struct Outbox {
    sent: BTreeMap<TaskId, u64>,
}

impl Outbox {
    /// A payload for each task of the container instance of which the agent does not know the newest
    /// word.
    pub fn payloads(
        &mut self,
        state: &State,
        home: &Home,
        key: &InstanceKey,
        now: Timestamp,
    ) -> Vec<Down> {
        let mut messages = Vec::new();
        let mut live = BTreeMap::new();
        for task in state.live_tasks_on(&key.0, key.1) {
            live.insert(task.id, task.payload_seq_num);
            if self.sent.get(&task.id).is_some_and(|sent| *sent >= task.payload_seq_num) {
                continue;
            }
            if let Some(message) = payload_message(state, home, key, task, now) {
                messages.push(message);
            }
        }
        self.sent = live;
        // Lower numbers first: what was decided first is told first.
        messages.sort_by_key(|(number, _)| *number);
        messages.into_iter().map(|(_, message)| Down::Payload(message)).collect()
    }
}

fn payload_message(
    state: &State,
    home: &Home,
    key: &InstanceKey,
    task: &Task,
    now: Timestamp,
) -> Option<(u64, PayloadMessage)> {
    let id = &task.task_definition;
    let row = state.task_definitions().get(&(id.family.clone(), id.revision))?;
    let number = task.payload_seq_num;
    let message = PayloadMessage {
        message_id: format!("payload-{}-{number}", task.id),
        cluster_arn: home.cluster_arn(&key.0),
        container_instance_arn: home.container_instance_arn(&key.0, key.1),
        tasks: vec![payload::task(home, task, row)],
        seq_num: number as i64,
        generated_at: now.0,
        timeline: None,
    };
    Some((number, message))
}

fn identifier(home: &Home, task: &Task) -> TaskIdentifier {
    TaskIdentifier {
        task_arn: home.task_arn(&task.cluster, task.id),
        task_cluster_arn: home.cluster_arn(&task.cluster),
        desired_status: task.desired_status.to_string(),
    }
}

/// Everything that the container instance should run, under a number that is newer than all before.
pub fn manifest(
    state: &State,
    home: &Home,
    key: &InstanceKey,
    number: u64,
    now: Timestamp,
) -> Down {
    Down::TaskManifest(TaskManifestMessage {
        message_id: format!("manifest-{}-{number}", key.1),
        cluster_arn: home.cluster_arn(&key.0),
        container_instance_arn: home.container_instance_arn(&key.0, key.1),
        generated_at: now.0,
        timeline: number as i64,
        tasks: state.live_tasks_on(&key.0, key.1).map(|t| identifier(home, t)).collect(),
    })
}

/// The agent asks which of its tasks must stop: those that are not to run here, by the newest state.
pub fn verify_stops(
    state: &State,
    home: &Home,
    key: &InstanceKey,
    message_id: &str,
    candidates: Vec<TaskIdentifier>,
    now: Timestamp,
) -> Down {
    let is_wanted = |candidate: &TaskIdentifier| {
        let id = home.task(&candidate.task_arn, &key.0);
        let task = id.ok().and_then(|id| state.tasks().get(&(key.0.clone(), id)));
        task.is_some_and(|task| {
            task.container_instance == Some(key.1)
                && task.desired_status == DesiredStatus::Running
                && task.is_live()
        })
    };
    Down::TaskStopVerificationAck(TaskStopVerificationAck {
        message_id: message_id.into(),
        generated_at: now.0,
        stop_tasks: candidates.into_iter().filter(|c| !is_wanted(c)).collect(),
    })
}
