//! Roles that are taken for somebody else: whether a service may, and for tasks the credentials that
//! their agent is given.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>

use std::sync::Arc;

use arn::Home;
use iam::{Context, Grammar, Named, Policies, Policy, Principal, Request, decide};
use model::{
    Task, TaskDefinition, TaskOverride, Timestamp,
    iam::{Role, SessionClaims, SessionOf},
};
use session_wire::acs::RoleCredentials;
use store::{State, TaskDefinitionRow};

use super::{caller, tokens};
use crate::{Cx, launch::Launch, limits};

/// Who takes a role, as trust policies name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Tasks.
    Tasks,
    /// Hosts: EC2's, and those that ECS Anywhere takes in by Systems Manager.
    Hosts,
}

impl Service {
    fn principals(self) -> &'static [&'static str] {
        match self {
            Service::Tasks => &["ecs-tasks.amazonaws.com"],
            Service::Hosts => &["ec2.amazonaws.com", "ssm.amazonaws.com"],
        }
    }

    fn refusal(self, arn: &str) -> String {
        match self {
            Service::Tasks => format!(
                "ECS was unable to assume the role '{arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role."
            ),
            Service::Hosts => format!(
                "role is '{arn}'; it must be a role whose trust policy lets ec2.amazonaws.com or ssm.amazonaws.com assume it."
            ),
        }
    }
}

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

/// A role that is there and that a service may take.
///
/// # Errors
/// A sentence for a role that cannot be taken; for tasks, AWS's.
pub fn assumable(
    state: &State,
    home: &Home,
    role: &str,
    service: Service,
    now: Timestamp,
) -> Result<Arc<Role>, String> {
    let arn = access::role_arn(home, role);
    let found = arn.rsplit('/').next().and_then(|name| caller::role(state, name));
    let found = found.filter(|role| role.arn(&home.account) == arn);
    let trusted = found.filter(|role| trusts(home, role, service, now));
    trusted.ok_or_else(|| service.refusal(&arn))
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

/// Whether a role's trust policy lets a service take it here.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role>
fn trusts(home: &Home, role: &Role, service: Service, now: Timestamp) -> bool {
    let Ok(trust) = Policy::parse(&role.trust_policy, Grammar::Trust) else { return false };
    let mut context = Context::new();
    context.insert("aws:SourceAccount", home.account.as_str());
    context.insert("aws:SourceArn", format!("arn:aws:ecs:{}:{}:*", home.region, home.account));
    context.insert("aws:CurrentTime", now.to_string());
    let arn = role.arn(&home.account);
    let resource = Some(Named { name: "trust policy", policy: &trust });
    let policies = Policies { resource, ..Policies::default() };
    let ask = |service: &&str| {
        let principal = Principal::Service(service);
        let action = "sts:AssumeRole";
        decide(&Request { principal, action, resource: &arn, context: &context }, &policies)
            .is_allowed()
    };
    service.principals().iter().any(ask)
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
