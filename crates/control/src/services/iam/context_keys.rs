//! GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy: the condition keys that
//! policies ask for, which a simulation needs.

use std::collections::BTreeSet;

use store::State;
use wire::{Error, iam};

use super::held::{self, Held};
use crate::Cx;

fn keys(policies: &[Held]) -> iam::GetContextKeysForPolicyResponse {
    let keys: BTreeSet<&str> =
        policies.iter().flat_map(|held| held.policy.context_keys()).collect();
    let keys = keys.into_iter().map(str::to_owned).collect();
    iam::GetContextKeysForPolicyResponse { context_key_names: Some(keys) }
}

/// The keys of the given policies.
pub fn get_context_keys_for_custom_policy(
    _: &State,
    _: &mut Cx,
    input: iam::GetContextKeysForCustomPolicyRequest,
) -> Result<iam::GetContextKeysForPolicyResponse, Error> {
    Ok(keys(&held::given("PolicyInputList", input.policy_input_list.as_deref())?))
}

/// The keys of a principal's policies, and of the given ones.
pub fn get_context_keys_for_principal_policy(
    state: &State,
    cx: &mut Cx,
    input: iam::GetContextKeysForPrincipalPolicyRequest,
) -> Result<iam::GetContextKeysForPolicyResponse, Error> {
    let arn = input.policy_source_arn.unwrap_or_default();
    let mut policies = held::principal(state, cx, &arn)?.identity;
    policies.extend(held::given("PolicyInputList", input.policy_input_list.as_deref())?);
    Ok(keys(&policies))
}
