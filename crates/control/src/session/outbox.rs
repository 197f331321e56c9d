//! What a session has to tell its agent: the difference between the state and what was sent.

use std::collections::BTreeMap;

use arn::{Home, TaskId};
use model::{DesiredStatus, Task, Timestamp};
use session_wire::acs::{
    Down, PayloadMessage, RoleCredentials, RoleCredentialsMessage, TaskIdentifier,
    TaskManifestMessage, TaskStopVerificationAck,
};
use store::{State, TaskDefinitionRow};

use super::{InstanceKey, payload};
use crate::{
    Cx,
    authority::task_role::{self, Part},
};

/// The messages of one session. It begins empty, so a new session tells everything once more.
#[derive(Debug, Default)]
pub struct Outbox {
    sent: BTreeMap<TaskId, Sent>,
}

/// What an agent knows of a task.
#[derive(Clone, Copy, Debug)]
struct Sent {
    number: u64,
    /// When the credentials of its roles are to be followed by new ones.
    renewed_at: Option<Timestamp>,
}

impl Outbox {
    /// A payload for each task of the container instance of which the agent does not know the newest
    /// word, and new credentials for those whose are half used up.
    pub fn messages(&mut self, state: &State, cx: &mut Cx, key: &InstanceKey) -> Vec<Down> {
        let (mut payloads, mut renewals) = (Vec::new(), Vec::new());
        let mut live = BTreeMap::new();
        for task in state.live_tasks_on(&key.0, key.1) {
            let number = task.payload_seq_num;
            let mut sent = self.sent.get(&task.id).copied();
            if sent.is_none_or(|sent| sent.number < number) {
                let made = payload_message(state, cx, key, task);
                sent = Some(Sent { number, renewed_at: made.as_ref().and_then(|made| made.1) });
                payloads.extend(made.map(|(message, _)| (number, message)));
            } else if let Some(sent) = &mut sent
                && sent.renewed_at.is_some_and(|at| at <= cx.now)
            {
                let made = renewal(state, cx, task);
                sent.renewed_at = made.iter().map(|(_, at)| *at).min();
                renewals.extend(made.into_iter().map(|(message, _)| message));
            }
            live.extend(sent.map(|sent| (task.id, sent)));
        }
        self.sent = live;
        // Lower numbers first: what was decided first is told first.
        payloads.sort_by_key(|(number, _)| *number);
        let payloads = payloads.into_iter().map(|(_, message)| Down::Payload(message));
        payloads.chain(renewals.into_iter().map(Down::RoleCredentials)).collect()
    }

    /// When there is something to tell although nothing has changed.
    pub fn due(&self) -> Option<Timestamp> {
        self.sent.values().filter_map(|sent| sent.renewed_at).min()
    }
}

/// The task as its agent is told of it, and when the credentials in it are to be renewed.
fn payload_message(
    state: &State,
    cx: &mut Cx,
    key: &InstanceKey,
    task: &Task,
) -> Option<(PayloadMessage, Option<Timestamp>)> {
    let id = &task.task_definition;
    let row = state.task_definitions().get(&(id.family.clone(), id.revision))?;
    let number = task.payload_seq_num;
    let mut told = payload::task(cx.home(), task, row);
    let is_running = task.desired_status == DesiredStatus::Running;
    let given = if is_running { credentials(state, cx, task, row) } else { Vec::new() };
    let renewed_at = given.iter().map(|(.., at)| *at).min();
    for (part, credentials, _) in given {
        match part {
            Part::Application => told.role_credentials = Some(credentials),
            Part::Execution => told.execution_role_credentials = Some(credentials),
        }
    }
    let home = cx.home();
    let message = PayloadMessage {
        message_id: format!("payload-{}-{number}", task.id),
        cluster_arn: home.cluster_arn(&key.0),
        container_instance_arn: home.container_instance_arn(&key.0, key.1),
        tasks: vec![told],
        seq_num: number as i64,
        generated_at: cx.now.0,
        timeline: None,
    };
    Some((message, renewed_at))
}

/// New credentials of a task's roles, and when they are to be renewed in turn.
fn renewal(state: &State, cx: &mut Cx, task: &Task) -> Vec<(RoleCredentialsMessage, Timestamp)> {
    let id = &task.task_definition;
    let Some(row) = state.task_definitions().get(&(id.family.clone(), id.revision)) else {
        return Vec::new();
    };
    let given = credentials(state, cx, task, row).into_iter().map(|(part, credentials, at)| {
        let message = RoleCredentialsMessage {
            message_id: format!("credentials-{}-{}", task.id, credentials.access_key_id),
            task_arn: cx.home().task_arn(&task.cluster, task.id),
            task_cluster_arn: cx.home().cluster_arn(&task.cluster),
            role_type: part.role_type().into(),
            role_credentials: Some(credentials),
        };
        (message, at)
    });
    given.collect()
}

/// The credentials of the roles that a task has, each with when it is to be renewed: half way to its end.
fn credentials(
    state: &State,
    cx: &mut Cx,
    task: &Task,
    row: &TaskDefinitionRow,
) -> Vec<(Part, RoleCredentials, Timestamp)> {
    let given = Part::ALL.into_iter().filter_map(|part| {
        let (credentials, until) = task_role::credentials(state, cx, task, row, part)?;
        Some((part, credentials, cx.now.plus_ms(until.ms_since(cx.now) / 2)))
    });
    given.collect()
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
