//! A decision with all that had a part in it, for the simulator's operations and for explanations.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>

use alloc::{string::String, vec::Vec};

use crate::{
    Decision, Effect, Kind, Named, Policies, Request, StatementRef,
    decide::{ACTION_BYTES, Question},
    principal::Reach,
};

/// What SimulatePrincipalPolicy answers for one action and one resource.
#[derive(Clone, Debug)]
pub struct Simulation<'a> {
    /// As [`crate::decide`] has it.
    pub decision: Decision<'a>,
    /// The statements that deny, if any does; otherwise those that allow, which is not enough where
    /// a boundary or session policy is silent.
    pub matched: Vec<StatementRef<'a>>,
    /// Whether the permissions boundary allows the request; none where there is no boundary.
    pub boundary_allows: Option<bool>,
    /// The condition keys that statements about this action ask for and the context lacks, in lower
    /// case, each once, in order.
    pub missing_keys: Vec<&'a str>,
}

/// Decides a request and keeps every statement that applied.
pub fn simulate<'a>(request: &Request<'_>, policies: &Policies<'a>) -> Simulation<'a> {
    let (mut short, mut long) = ([0; ACTION_BYTES], String::new());
    let question = Question::of(request, &mut short, &mut long);
    let (mut matched, mut missing_keys) = (Vec::new(), Vec::new());
    for (kind, Named { name, policy }) in with_kinds(policies) {
        for (index, statement) in policy.statements().iter().enumerate() {
            if question.concerns(statement) {
                let keys = statement.context_keys();
                missing_keys.extend(keys.filter(|key| request.context.get(key).is_empty()));
            }
            if question.reach(statement) != Reach::Nobody {
                matched.push(StatementRef { kind, policy: name, index, statement });
            }
        }
    }
    missing_keys.sort_unstable();
    missing_keys.dedup();
    let of_boundary = |effect: Effect| {
        matched.iter().any(|by| by.kind == Kind::Boundary && by.statement.effect() == effect)
    };
    let boundary_allows =
        policies.boundary.map(|_| of_boundary(Effect::Allow) && !of_boundary(Effect::Deny));
    if matched.iter().any(|by| by.statement.effect() == Effect::Deny) {
        matched.retain(|by| by.statement.effect() == Effect::Deny);
    }
    Simulation { decision: question.decide(policies), matched, boundary_allows, missing_keys }
}

/// All policies in the order in which they are heard.
fn with_kinds<'p, 'a>(policies: &'p Policies<'a>) -> impl Iterator<Item = (Kind, Named<'a>)> + 'p {
    let resource = policies.resource.iter();
    let resource = resource.map(|named| (Kind::of_resource(named.policy.grammar()), *named));
    let identity = policies.identity.iter().map(|named| (Kind::Identity, *named));
    let boundary = policies.boundary.iter().map(|named| (Kind::Boundary, *named));
    let session = policies.session.unwrap_or_default().iter();
    let session = session.map(|named| (Kind::Session, *named));
    resource.chain(identity).chain(boundary).chain(session)
}
