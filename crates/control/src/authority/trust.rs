//! The trust policy of a role that a call wants to assume: it must allow that, beside what the caller's
//! own policies say.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>

use access::Ask;
use arn::Home;
use iam::{Grammar, Policy};
use store::State;
use wire::Error;

use super::caller;

/// The trust policy of the role that is to be assumed, with the name that explanations give it; none
/// where no role is, or where it is not there: then the handler refuses the call.
pub fn policy(state: &State, home: &Home, asks: &[Ask]) -> Result<Option<(String, Policy)>, Error> {
    let Some(ask) = asks.iter().find(|ask| ask.action == "sts:AssumeRole") else {
        return Ok(None);
    };
    let name = ask.resource.rsplit('/').next().unwrap_or_default();
    let role = caller::role(state, name).filter(|role| role.arn(&home.account) == ask.resource);
    let Some(role) = role else { return Ok(None) };
    match Policy::parse(&role.trust_policy, Grammar::Trust) {
        Ok(policy) => Ok(Some((role.name.clone(), policy))),
        Err(error) => Err(Error::access_denied(format!(
            "The trust policy of {} cannot be read, so nobody can assume the role: {error}",
            ask.resource
        ))),
    }
}
