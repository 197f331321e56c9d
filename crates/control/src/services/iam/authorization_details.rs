//! GetAccountAuthorizationDetails: all users, roles and managed policies, with everything that says
//! what they may.

use model::iam::{Permissions, Role, User, key_of};
use store::State;
use wire::{
    Error,
    iam::{
        EntityType, GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse,
        ManagedPolicyDetail, PolicyDetail, RoleDetail, UserDetail,
    },
};

use super::{attachments, page, policies::Managed, policy_versions, render};
use crate::{Cx, services::iam::aws_managed};

/// One of what is listed.
enum Entity<'a> {
    User(&'a User),
    Role(&'a Role),
    Policy(Managed),
}

/// Lists users, then roles, then policies of the account, then AWS's.
pub fn get_account_authorization_details(
    state: &State,
    cx: &mut Cx,
    input: GetAccountAuthorizationDetailsRequest,
) -> Result<GetAccountAuthorizationDetailsResponse, Error> {
    let filter = input.filter.unwrap_or_default();
    let is_wanted = |kind| filter.is_empty() || filter.contains(&kind);
    let mut all = Vec::new();
    if is_wanted(EntityType::User) {
        all.extend(state.users().iter().map(|user| Entity::User(user)));
    }
    if is_wanted(EntityType::Role) {
        all.extend(state.roles().iter().map(|role| Entity::Role(role)));
    }
    if is_wanted(EntityType::LocalManagedPolicy) {
        all.extend(state.policies().iter().cloned().map(Managed::Own).map(Entity::Policy));
    }
    if is_wanted(EntityType::AwsManagedPolicy) {
        all.extend(aws_managed::ALL.iter().map(Managed::Aws).map(Entity::Policy));
    }
    let order = |entity: &Entity<'_>| match entity {
        Entity::User(user) => format!("1{}", key_of(&user.name)),
        Entity::Role(role) => format!("2{}", key_of(&role.name)),
        Entity::Policy(Managed::Own(policy)) => format!("3{}", key_of(&policy.name)),
        Entity::Policy(policy) => format!("4{}", policy.arn(cx)),
    };
    let (max_items, marker) = (input.max_items, input.marker.as_deref());
    let page = page::items("GetAccountAuthorizationDetails", max_items, marker, all, order)?;
    let is_truncated = Some(page.is_truncated());
    let (mut users, mut roles, mut policies) = (Vec::new(), Vec::new(), Vec::new());
    for entity in page.items {
        match entity {
            Entity::User(it) => users.push(user(cx, it)),
            Entity::Role(it) => roles.push(role(state, cx, it)),
            Entity::Policy(it) => policies.push(policy(state, cx, &it)),
        }
    }
    Ok(GetAccountAuthorizationDetailsResponse {
        user_detail_list: Some(users),
        group_detail_list: Some(Vec::new()),
        role_detail_list: Some(roles),
        policies: Some(policies),
        is_truncated,
        marker: page.marker,
    })
}

fn inline(permissions: &Permissions) -> Vec<PolicyDetail> {
    let policies = permissions.inline.iter().map(|(name, document)| PolicyDetail {
        policy_name: Some(name.clone()),
        policy_document: Some(document.clone()),
    });
    policies.collect()
}

fn attached(permissions: &Permissions) -> Vec<wire::iam::AttachedPolicy> {
    permissions.attached.iter().map(|arn| attachments::attached_policy(arn)).collect()
}

fn user(cx: &Cx, user: &User) -> UserDetail {
    let shown = render::user(cx, user, false);
    UserDetail {
        path: shown.path,
        user_name: shown.user_name,
        user_id: shown.user_id,
        arn: shown.arn,
        create_date: shown.create_date,
        user_policy_list: Some(inline(&user.permissions)),
        group_list: Some(Vec::new()),
        attached_managed_policies: Some(attached(&user.permissions)),
        permissions_boundary: shown.permissions_boundary,
        tags: shown.tags,
    }
}

fn role(state: &State, cx: &Cx, role: &Role) -> RoleDetail {
    let shown = render::role(cx, role, false);
    let profiles = state.instance_profiles_of(&role.name);
    RoleDetail {
        path: shown.path,
        role_name: shown.role_name,
        role_id: shown.role_id,
        arn: shown.arn,
        create_date: shown.create_date,
        assume_role_policy_document: shown.assume_role_policy_document,
        instance_profile_list: Some(
            profiles.map(|it| render::instance_profile(state, cx, it, true)).collect(),
        ),
        role_policy_list: Some(inline(&role.permissions)),
        attached_managed_policies: Some(attached(&role.permissions)),
        permissions_boundary: shown.permissions_boundary,
        tags: shown.tags,
        role_last_used: shown.role_last_used,
    }
}

fn policy(state: &State, cx: &Cx, policy: &Managed) -> ManagedPolicyDetail {
    let shown = policy.render(state, cx, false);
    let versions = policy.versions().into_iter();
    ManagedPolicyDetail {
        policy_name: shown.policy_name,
        policy_id: shown.policy_id,
        arn: shown.arn,
        path: shown.path,
        default_version_id: shown.default_version_id,
        attachment_count: shown.attachment_count,
        permissions_boundary_usage_count: shown.permissions_boundary_usage_count,
        is_attachable: shown.is_attachable,
        description: shown.description,
        create_date: shown.create_date,
        update_date: shown.update_date,
        policy_version_list: Some(
            versions.map(|version| policy_versions::render(version, true)).collect(),
        ),
    }
}
