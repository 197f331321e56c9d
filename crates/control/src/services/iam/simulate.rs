//! SimulateCustomPolicy and SimulatePrincipalPolicy: what policies would decide, without doing it.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
//!
//! Of each policy that speaks for the decision the first such statement is told.

use std::collections::BTreeSet;

use iam::{Context, Decision, Grammar, Named, Policies, Policy, Position, Principal, Request};
use store::State;
use wire::{
    Error,
    iam::{
        ContextEntry, EvaluationResult, PermissionsBoundaryDecisionDetail,
        PolicyEvaluationDecisionType as Outcome, SimulateCustomPolicyRequest,
        SimulatePolicyResponse, SimulatePrincipalPolicyRequest, Statement,
    },
};

use super::{
    documents,
    held::{self, Held},
    page,
};
use crate::{Cx, limits};

/// What is simulated.
struct Simulation<'a> {
    /// In whose name.
    principal: Principal<'a>,
    identity: &'a [Held],
    boundary: Option<&'a Held>,
    resource: Option<Policy>,
    context: Context,
}

/// Simulates the given policies.
pub fn simulate_custom_policy(
    _: &State,
    cx: &mut Cx,
    input: SimulateCustomPolicyRequest,
) -> Result<SimulatePolicyResponse, Error> {
    let identity = held::given("PolicyInputList", input.policy_input_list.as_deref())?;
    let boundaries = input.permissions_boundary_policy_input_list.as_deref();
    let boundary = held::given("PermissionsBoundaryPolicyInputList", boundaries)?;
    if input.resource_policy.is_some() && input.caller_arn.is_none() {
        return Err(Error::invalid_input("CallerArn is required with a ResourcePolicy."));
    }
    check_resource_handling(input.resource_handling_option.as_deref())?;
    let nobody = format!("arn:aws:iam::{}:user/simulated", cx.home().account);
    let caller = input.caller_arn.unwrap_or(nobody);
    let simulation = Simulation {
        principal: Principal::User { arn: &caller },
        identity: &identity,
        boundary: boundary.first(),
        resource: resource(input.resource_policy.as_deref())?,
        context: context(input.context_entries.as_deref()),
    };
    let results = simulation.run(input.action_names, input.resource_arns)?;
    answer("SimulateCustomPolicy", results, input.max_items, input.marker.as_deref())
}

/// Simulates the policies of a user or role, with those given.
pub fn simulate_principal_policy(
    state: &State,
    cx: &mut Cx,
    input: SimulatePrincipalPolicyRequest,
) -> Result<SimulatePolicyResponse, Error> {
    let source = input.policy_source_arn.unwrap_or_default();
    let mut of = held::principal(state, cx, &source)?;
    of.identity.extend(held::given("PolicyInputList", input.policy_input_list.as_deref())?);
    let boundaries = input.permissions_boundary_policy_input_list.as_deref();
    let boundary = held::given("PermissionsBoundaryPolicyInputList", boundaries)?;
    check_resource_handling(input.resource_handling_option.as_deref())?;
    let name = source.rsplit('/').next().unwrap_or_default();
    let session = format!("arn:aws:sts::{}:assumed-role/{name}/simulated", cx.home().account);
    let caller = input.caller_arn.as_deref();
    let simulation = Simulation {
        principal: if of.is_role {
            let session_arn = caller.unwrap_or(&session);
            Principal::AssumedRole { role_arn: &of.arn, session_arn }
        } else {
            Principal::User { arn: caller.unwrap_or(&of.arn) }
        },
        identity: &of.identity,
        boundary: boundary.first().or(of.boundary.as_ref()),
        resource: resource(input.resource_policy.as_deref())?,
        context: context(input.context_entries.as_deref()),
    };
    let results = simulation.run(input.action_names, input.resource_arns)?;
    answer("SimulatePrincipalPolicy", results, input.max_items, input.marker.as_deref())
}

/// The scenarios of EC2's resources are not simulated.
fn check_resource_handling(option: Option<&str>) -> Result<(), Error> {
    match option {
        None => Ok(()),
        Some(option) => Err(Error::invalid_input(format!(
            "ResourceHandlingOption is '{option}': scenarios of Amazon EC2 are not supported by this control plane."
        ))),
    }
}

fn resource(document: Option<&str>) -> Result<Option<Policy>, Error> {
    document.map(|document| documents::parse(document, Grammar::Resource)).transpose()
}

fn context(entries: Option<&[ContextEntry]>) -> Context {
    let mut context = Context::new();
    for entry in entries.unwrap_or_default() {
        let key = entry.context_key_name.clone().unwrap_or_default();
        let values = entry.context_key_values.clone().unwrap_or_default();
        let is_list = entry.context_key_type.is_some_and(|kind| kind.as_str().ends_with("List"));
        match <[String; 1]>::try_from(values) {
            Ok([value]) if !is_list => context.insert(key, value),
            Ok([value]) => context.insert_all(key, [value]),
            Err(values) => context.insert_all(key, values),
        }
    }
    context
}

impl Simulation<'_> {
    fn run(
        &self,
        actions: Option<Vec<String>>,
        resources: Option<Vec<String>>,
    ) -> Result<Vec<EvaluationResult>, Error> {
        let all = || vec!["*".to_owned()];
        let resources = resources.filter(|arns| !arns.is_empty()).unwrap_or_else(all);
        let actions = actions.unwrap_or_default();
        let count = actions.len() * resources.len();
        if count > limits::SIMULATION_COUNT_MAX {
            return Err(Error::invalid_input(format!(
                "ActionNames and ResourceArns make {count} simulations; at most {} are made in one call.",
                limits::SIMULATION_COUNT_MAX
            )));
        }
        let mut results = Vec::new();
        for action in actions {
            if !action.contains(':') || action.contains(['*', '?']) {
                return Err(Error::invalid_input(format!("Invalid Action: {action}")));
            }
            results.extend(resources.iter().map(|resource| self.decide(&action, resource)));
        }
        Ok(results)
    }

    fn decide(&self, action: &str, resource: &str) -> EvaluationResult {
        let (principal, context) = (self.principal, &self.context);
        let request = Request { principal, action, resource, context };
        let identity: Vec<Named<'_>> = self.identity.iter().map(named).collect();
        let boundary = self.boundary.map(named);
        let of_resource =
            self.resource.as_ref().map(|policy| Named { name: "ResourcePolicy", policy });
        let policies =
            Policies { identity: &identity, boundary, session: None, resource: of_resource };
        let outcome = outcome(&iam::decide(&request, &policies));
        let matched = self.identity.iter().filter_map(|held| matched(&request, held, outcome));
        let bounded = boundary.map(|boundary| {
            let alone = [boundary];
            let policies = Policies { identity: &alone, ..Policies::default() };
            iam::decide(&request, &policies).is_allowed()
        });
        EvaluationResult {
            eval_action_name: Some(action.to_owned()),
            eval_resource_name: Some(resource.to_owned()),
            eval_decision: Some(outcome),
            matched_statements: Some(matched.collect()),
            missing_context_values: Some(self.missing()),
            permissions_boundary_decision_detail: bounded.map(|allowed| {
                PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(allowed) }
            }),
            ..Default::default()
        }
    }

    /// The condition keys that the policies ask for and nobody gave.
    fn missing(&self) -> Vec<String> {
        let of_held = self.identity.iter().chain(self.boundary).map(|held| &held.policy);
        let keys: BTreeSet<&str> =
            of_held.chain(&self.resource).flat_map(Policy::context_keys).collect();
        let missing = keys.into_iter().filter(|key| self.context.get(key).is_empty());
        missing.map(str::to_owned).collect()
    }
}

fn named(held: &Held) -> Named<'_> {
    Named { name: &held.id, policy: &held.policy }
}

fn outcome(decision: &Decision<'_>) -> Outcome {
    match decision {
        Decision::Allowed { .. } => Outcome::Allowed,
        Decision::ExplicitDeny { .. } => Outcome::ExplicitDeny,
        Decision::ImplicitDeny { .. } => Outcome::ImplicitDeny,
    }
}

/// The statement of one policy that speaks for the outcome.
fn matched(request: &Request<'_>, held: &Held, of_all: Outcome) -> Option<Statement> {
    let alone = [named(held)];
    let decision = iam::decide(request, &Policies { identity: &alone, ..Policies::default() });
    let span = decision.statement().filter(|_| outcome(&decision) == of_all)?.statement.span();
    Some(Statement {
        source_policy_id: Some(held.id.clone()),
        source_policy_type: Some(held.source),
        start_position: Some(position(span.start)),
        end_position: Some(position(span.end)),
    })
}

fn position(Position { line, column }: Position) -> wire::iam::Position {
    wire::iam::Position { line: i32::try_from(line).ok(), column: i32::try_from(column).ok() }
}

fn answer(
    operation: &'static str,
    results: Vec<EvaluationResult>,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<SimulatePolicyResponse, Error> {
    let numbered = results.into_iter().enumerate().collect();
    let page =
        page::items(operation, max_items, marker, numbered, |(index, _)| format!("{index:010}"))?;
    Ok(SimulatePolicyResponse {
        is_truncated: Some(page.is_truncated()),
        marker: page.marker.clone(),
        evaluation_results: Some(page.map(|(_, result)| result).items),
    })
}
