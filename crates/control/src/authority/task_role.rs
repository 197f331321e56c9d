//! The roles of tasks: whether a task to be can have them, and the credentials that its agent is given.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>

use model::{
    Task, TaskDefinition, TaskOverride, Timestamp,
    iam::{SessionClaims, SessionOf},
};
use session_wire::acs::RoleCredentials;
use store::{State, TaskDefinitionRow};

use super::{
    tokens,
    trust::{Service, assumable},
};
use crate::{Cx, launch::Launch, limits};

/// What a role of a task is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The task role, which the task's own code works with.
    Application,
    /// The task execution role, which the agent works with for the task.
    Execution,
}

impl Part {
    /// Both.
    pub const ALL: [Part; 2] = [Part::Application, Part::Execution];

    /// As the agent protocol calls it.
    pub fn role_type(self) -> &'static str {
        match self {
            Part::Application => "TaskApplication",
            Part::Execution => "TaskExecution",
        }
    }

    /// The ARN or name of this role of a task: what was asked for when it was run, else its definition's.
    fn role<'a>(self, overrides: &'a TaskOverride, facts: &'a TaskDefinition) -> Option<&'a str> {
        let (asked, defined) = match self {
            Part::Application => (&overrides.task_role_arn, &facts.task_role_arn),
            Part::Execution => (&overrides.execution_role_arn, &facts.execution_role_arn),
        };
        asked.as_deref().or(defined.as_deref())
    }
}

/// Checks that the roles of a task to be can be taken for it.
///
/// # Errors
/// As [`assumable`].
pub fn check(state: &State, cx: &Cx, launch: &Launch<'_>) -> Result<(), String> {
    let (overrides, facts) = (launch.overrides, &launch.definition.facts);
    Part::ALL
        .into_iter()
        .filter_map(|part| part.role(overrides, facts))
        .try_for_each(|role| assumable(state, cx.home(), role, Service::Tasks, cx.now).map(drop))
}

/// The credentials of a task's role, and until when they are valid; `None` where it has none that can be
/// taken.
pub fn credentials(
    state: &State,
    cx: &mut Cx,
    task: &Task,
    row: &TaskDefinitionRow,
    part: Part,
) -> Option<(RoleCredentials, Timestamp)> {
    let role = match assumable(
        state,
        cx.home(),
        part.role(&task.overrides, &row.facts)?,
        Service::Tasks,
        cx.now,
    ) {
        Ok(role) => role,
        Err(why) => {
            tracing::warn!(task = %task.id, "{why}");
            return None;
        }
    };
    let arn = cx.home().task_arn(&task.cluster, task.id);
    let of = SessionOf::Role { role: role.name.clone(), session_name: task.id.to_string() };
    let expires_at = cx.now.plus_ms(limits::TASK_SESSION_MS);
    let claims =
        SessionClaims { task: Some(arn.clone()), ..SessionClaims::new(of, cx.now, expires_at) };
    let minted = tokens::mint(state, cx, claims)?;
    let credentials = RoleCredentials {
        credentials_id: credentials_id(cx, &arn, part),
        role_arn: role.arn(&cx.home().account),
        access_key_id: minted.access_key_id,
        secret_access_key: minted.secret_access_key,
        session_token: minted.session_token,
        expiration: expires_at.to_string(),
        credential_scope: String::new(),
    };
    Some((credentials, expires_at))
}

/// The id under which a task finds its credentials: always the same for a task, and known to nobody who
/// does not know the control plane's own key.
fn credentials_id(cx: &Cx, task_arn: &str, part: Part) -> String {
    arn::uuid(cx.settings.vault.number(&format!("credentials {} {task_arn}", part.role_type())))
}
