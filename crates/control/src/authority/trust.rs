//! Who may take a role: its trust policy must allow that, for a caller beside what the caller's own
//! policies say, for a service of AWS's alone.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>

use std::sync::Arc;

use access::Ask;
use arn::Home;
use iam::{Context, Grammar, Named, Policies, Policy, Principal, Request, decide};
use model::{Timestamp, iam::Role};
use store::State;
use wire::Error;

use super::caller;

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
    let found = caller::role_by_arn(state, home, &arn);
    let trusted = found.filter(|role| trusts(home, role, service, now));
    trusted.ok_or_else(|| service.refusal(&arn))
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

/// The trust policy of the role that is to be assumed, with the name that explanations give it; none
/// where no role is, or where it is not there: then the handler refuses the call.
pub fn policy(state: &State, home: &Home, asks: &[Ask]) -> Result<Option<(String, Policy)>, Error> {
    let Some(ask) = asks.iter().find(|ask| ask.action == "sts:AssumeRole") else {
        return Ok(None);
    };
    let Some(role) = caller::role_by_arn(state, home, &ask.resource) else { return Ok(None) };
    match Policy::parse(&role.trust_policy, Grammar::Trust) {
        Ok(policy) => Ok(Some((role.name.clone(), policy))),
        Err(error) => Err(Error::access_denied(format!(
            "The trust policy of {} cannot be read, so nobody can assume the role: {error}",
            ask.resource
        ))),
    }
}
