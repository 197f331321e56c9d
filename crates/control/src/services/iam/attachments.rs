//! Managed policies on users and roles: Attach…, Detach…, ListAttached…Policies,
//! ListEntitiesForPolicy.

use std::collections::BTreeMap;

use model::iam::{Role, User};
use store::{PolicyUse, State, Tx};
use wire::{Error, ErrorCode, iam};

use super::{
    entity::{Holder, edit, find},
    page::{self, Listed},
    policies,
};
use crate::Cx;

/// A user or role has at most this many managed policies.
const COUNT_MAX: usize = 10;

fn attach<H: Holder>(
    tx: &mut Tx,
    cx: &Cx,
    name: Option<&str>,
    arn: Option<&str>,
) -> Result<(), Error> {
    let arn = arn.unwrap_or_default();
    let Some(policy) = policies::by_arn(tx, &cx.home().account, arn) else {
        return Err(Error::no_such_entity(format!(
            "Policy {arn} does not exist or is not attachable."
        )));
    };
    if !policy.is_attachable() {
        return Err(Error::new(
            ErrorCode::PolicyNotAttachable,
            "Cannot attach a Service Role Policy to a Customer Role.",
        ));
    }
    edit::<H>(tx, name, |holder| {
        let attached = &mut holder.permissions_mut().attached;
        if attached.iter().any(|there| there == arn) {
            return Ok(());
        }
        if attached.len() >= COUNT_MAX {
            let kind = if H::KIND == "user" { "User" } else { "Role" };
            return Err(Error::limit_exceeded(format!(
                "Cannot exceed quota for PoliciesPer{kind}: {COUNT_MAX}"
            )));
        }
        attached.push(arn.to_owned());
        Ok(())
    })
}

fn detach<H: Holder>(tx: &mut Tx, name: Option<&str>, arn: Option<&str>) -> Result<(), Error> {
    let arn = arn.unwrap_or_default();
    edit::<H>(tx, name, |holder| {
        let attached = &mut holder.permissions_mut().attached;
        let Some(place) = attached.iter().position(|there| there == arn) else {
            return Err(Error::no_such_entity(format!("Policy {arn} was not found.")));
        };
        attached.remove(place);
        Ok(())
    })
}

/// How an attached policy is shown.
pub fn attached_policy(arn: &str) -> iam::AttachedPolicy {
    let name = arn.rsplit('/').next().unwrap_or(arn);
    iam::AttachedPolicy { policy_name: Some(name.to_owned()), policy_arn: Some(arn.to_owned()) }
}

/// The path in the ARN of a policy.
fn path(arn: &str) -> &str {
    let resource = arn.split_once(":policy").map_or("/", |(_, resource)| resource);
    resource.rfind('/').map_or("/", |end| &resource[..=end])
}

fn list<H: Holder>(
    state: &State,
    operation: &'static str,
    holder: Option<&str>,
    prefix: Option<&str>,
    (max_items, marker): (Option<i32>, Option<&str>),
) -> Result<Listed<iam::AttachedPolicy>, Error> {
    let mut arns = find::<H>(state, holder)?.permissions().attached.clone();
    arns.retain(|arn| page::is_under(path(arn), prefix));
    let page = page::items(operation, max_items, marker, arns, String::clone)?;
    Ok(page.map(|arn| attached_policy(&arn)))
}

macro_rules! operations {
    ($(
        $holder:ident, $name:ident: $attach:ident($attach_request:ident),
        $detach:ident($detach_request:ident),
        $list:ident($list_request:ident, $list_name:literal) -> $list_response:ident;
    )+) => { $(
        #[doc = concat!("Attaches a managed policy to a ", stringify!($holder), ".")]
        pub fn $attach(tx: &mut Tx, cx: &mut Cx, input: iam::$attach_request) -> Result<(), Error> {
            attach::<$holder>(tx, cx, input.$name.as_deref(), input.policy_arn.as_deref())
        }

        #[doc = concat!("Detaches a managed policy from a ", stringify!($holder), ".")]
        pub fn $detach(tx: &mut Tx, _: &mut Cx, input: iam::$detach_request) -> Result<(), Error> {
            detach::<$holder>(tx, input.$name.as_deref(), input.policy_arn.as_deref())
        }

        #[doc = concat!("Lists the managed policies of a ", stringify!($holder), ".")]
        pub fn $list(
            state: &State,
            _: &mut Cx,
            input: iam::$list_request,
        ) -> Result<iam::$list_response, Error> {
            let (holder, prefix) = (input.$name.as_deref(), input.path_prefix.as_deref());
            let wanted = (input.max_items, input.marker.as_deref());
            let page = list::<$holder>(state, $list_name, holder, prefix, wanted)?;
            Ok(iam::$list_response {
                is_truncated: Some(page.is_truncated()),
                attached_policies: Some(page.items),
                marker: page.marker,
            })
        }
    )+ };
}

operations! {
    User, user_name: attach_user_policy(AttachUserPolicyRequest),
        detach_user_policy(DetachUserPolicyRequest),
        list_attached_user_policies(ListAttachedUserPoliciesRequest, "ListAttachedUserPolicies")
        -> ListAttachedUserPoliciesResponse;
    Role, role_name: attach_role_policy(AttachRolePolicyRequest),
        detach_role_policy(DetachRolePolicyRequest),
        list_attached_role_policies(ListAttachedRolePoliciesRequest, "ListAttachedRolePolicies")
        -> ListAttachedRolePoliciesResponse;
}

/// A user or role that uses a policy.
enum Entity {
    User(iam::PolicyUser),
    Role(iam::PolicyRole),
}

/// Lists the users and roles that a managed policy is attached to, or bounds.
pub fn list_entities_for_policy(
    state: &State,
    cx: &mut Cx,
    input: iam::ListEntitiesForPolicyRequest,
) -> Result<iam::ListEntitiesForPolicyResponse, Error> {
    let arn = policies::find(state, cx, input.policy_arn.as_deref())?.arn(cx);
    let uses: &[PolicyUse] = match input.policy_usage_filter {
        Some(iam::PolicyUsageType::PermissionsPolicy) => &[PolicyUse::Attached],
        Some(iam::PolicyUsageType::PermissionsBoundary) => &[PolicyUse::Boundary],
        None => &[PolicyUse::Attached, PolicyUse::Boundary],
    };
    let wanted = |kind| input.entity_filter.is_none_or(|filter| filter == kind);
    let prefix = input.path_prefix.as_deref();
    // Who uses it both ways is listed once.
    let mut found = BTreeMap::new();
    for used in uses {
        if wanted(iam::EntityType::User) {
            let users = state.users_with_policy(&arn, *used);
            for user in users.filter(|user| page::is_under(&user.path, prefix)) {
                let (user_name, user_id) = (Some(user.name.clone()), Some(user.id.clone()));
                let entity = Entity::User(iam::PolicyUser { user_name, user_id });
                found.insert(format!("user/{}", user.name), entity);
            }
        }
        if wanted(iam::EntityType::Role) {
            let roles = state.roles_with_policy(&arn, *used);
            for role in roles.filter(|role| page::is_under(&role.path, prefix)) {
                let (role_name, role_id) = (Some(role.name.clone()), Some(role.id.clone()));
                let entity = Entity::Role(iam::PolicyRole { role_name, role_id });
                found.insert(format!("role/{}", role.name), entity);
            }
        }
    }
    let (max_items, marker) = (input.max_items, input.marker.as_deref());
    let all = found.into_iter().collect();
    let page = page::items("ListEntitiesForPolicy", max_items, marker, all, |(name, _)| {
        String::clone(name)
    })?;
    let mut output = iam::ListEntitiesForPolicyResponse {
        is_truncated: Some(page.is_truncated()),
        policy_groups: Some(Vec::new()),
        marker: page.marker,
        ..Default::default()
    };
    let (users, roles) =
        (output.policy_users.get_or_insert_default(), output.policy_roles.get_or_insert_default());
    for (_, entity) in page.items {
        match entity {
            Entity::User(user) => users.push(user),
            Entity::Role(role) => roles.push(role),
        }
    }
    Ok(output)
}
