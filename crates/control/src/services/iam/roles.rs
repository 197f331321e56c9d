//! Roles: CreateRole, GetRole, ListRoles, UpdateRole, UpdateAssumeRolePolicy, DeleteRole.

use model::iam::{Permissions, Role, key_of};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    boundaries, documents,
    entity::{Entity, edit, find, is_taken},
    ids, page, render, tags, users,
};
use crate::Cx;

/// How long a session lasts at most where the role does not say: an hour.
const MAX_SESSION_S: u32 = 3600;

/// Creates a role.
pub fn create_role(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreateRoleRequest,
) -> Result<iam::CreateRoleResponse, Error> {
    let name = input.role_name.unwrap_or_default();
    let path = input.path.unwrap_or_else(|| "/".into());
    if path.starts_with("/aws-service-role/") {
        return Err(Error::invalid_input(
            "The path /aws-service-role/ is reserved for service-linked roles.",
        ));
    }
    if is_taken::<Role>(tx, &name) {
        return Err(Error::entity_already_exists(format!("Role with name {name} already exists.")));
    }
    let boundary = boundaries::parse(tx, cx, input.permissions_boundary.as_deref())?;
    let role = Role {
        trust_policy: documents::trust(input.assume_role_policy_document.as_deref())?,
        name,
        path,
        id: ids::unique_id(cx, "AROA"),
        created_at: cx.now,
        description: input.description,
        max_session_s: seconds(input.max_session_duration).unwrap_or(MAX_SESSION_S),
        tags: tags::parse(input.tags.as_deref())?,
        permissions: Permissions { boundary, ..Permissions::default() },
        last_used: None,
    };
    let shown = render::role(cx, &role, false);
    tx.put(role);
    Ok(iam::CreateRoleResponse { role: Some(shown) })
}

/// The model bounds the duration.
fn seconds(duration: Option<i32>) -> Option<u32> {
    duration.and_then(|seconds| u32::try_from(seconds).ok())
}

/// Describes a role.
pub fn get_role(
    state: &State,
    cx: &mut Cx,
    input: iam::GetRoleRequest,
) -> Result<iam::GetRoleResponse, Error> {
    let role = find::<Role>(state, input.role_name.as_deref())?;
    Ok(iam::GetRoleResponse { role: Some(render::role(cx, &role, false)) })
}

/// Lists roles by name.
pub fn list_roles(
    state: &State,
    cx: &mut Cx,
    input: iam::ListRolesRequest,
) -> Result<iam::ListRolesResponse, Error> {
    let is_wanted = |role: &Role| page::is_under(&role.path, input.path_prefix.as_deref());
    let marker = input.marker.as_deref();
    let page = page::entities::<Role>(state, "ListRoles", input.max_items, marker, is_wanted)?;
    Ok(iam::ListRolesResponse {
        is_truncated: Some(page.is_truncated()),
        roles: Some(page.items.iter().map(|role| render::role(cx, role, true)).collect()),
        marker: page.marker,
    })
}

/// Changes what a role is for and how long its sessions may last. What is not given is reset, as AWS
/// does it.
pub fn update_role(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::UpdateRoleRequest,
) -> Result<iam::UpdateRoleResponse, Error> {
    edit::<Role>(tx, input.role_name.as_deref(), |role| {
        role.description = input.description;
        role.max_session_s = seconds(input.max_session_duration).unwrap_or(MAX_SESSION_S);
        Ok(())
    })?;
    Ok(iam::UpdateRoleResponse {})
}

/// Changes who may assume a role.
pub fn update_assume_role_policy(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::UpdateAssumeRolePolicyRequest,
) -> Result<(), Error> {
    edit::<Role>(tx, input.role_name.as_deref(), |role| {
        role.trust_policy = documents::trust(input.policy_document.as_deref())?;
        Ok(())
    })
}

/// Deletes a role that has no policies and is in no instance profile.
pub fn delete_role(tx: &mut Tx, _: &mut Cx, input: iam::DeleteRoleRequest) -> Result<(), Error> {
    let role = find::<Role>(tx, input.role_name.as_deref())?;
    role.check_modifiable()?;
    if tx.instance_profiles_of(&role.name).next().is_some() {
        return Err(Error::delete_conflict(
            "Cannot delete entity, must remove roles from instance profile first.",
        ));
    }
    users::check_bare(&role.permissions)?;
    tx.delete::<Role>(&key_of(&role.name));
    Ok(())
}
