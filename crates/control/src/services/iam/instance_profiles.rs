//! Instance profiles: Create…, Get…, List…, Delete…, and the one role that each can have.

use model::iam::{InstanceProfile, Role, key_of};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    entity::{Entity, edit, find, is_taken},
    ids, page, render, tags,
};
use crate::Cx;

/// Creates an instance profile without a role.
pub fn create_instance_profile(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreateInstanceProfileRequest,
) -> Result<iam::CreateInstanceProfileResponse, Error> {
    let name = input.instance_profile_name.unwrap_or_default();
    if is_taken::<InstanceProfile>(tx, &name) {
        return Err(Error::entity_already_exists(format!(
            "Instance Profile {name} already exists."
        )));
    }
    let profile = InstanceProfile {
        name,
        path: input.path.unwrap_or_else(|| "/".into()),
        id: ids::unique_id(cx, "AIPA"),
        created_at: cx.now,
        role: None,
        tags: tags::parse(input.tags.as_deref())?,
    };
    let shown = render::instance_profile(tx, cx, &profile, false);
    tx.put(profile);
    Ok(iam::CreateInstanceProfileResponse { instance_profile: Some(shown) })
}

/// Describes an instance profile with its role.
pub fn get_instance_profile(
    state: &State,
    cx: &mut Cx,
    input: iam::GetInstanceProfileRequest,
) -> Result<iam::GetInstanceProfileResponse, Error> {
    let profile = find::<InstanceProfile>(state, input.instance_profile_name.as_deref())?;
    let shown = render::instance_profile(state, cx, &profile, false);
    Ok(iam::GetInstanceProfileResponse { instance_profile: Some(shown) })
}

/// Lists instance profiles by name.
pub fn list_instance_profiles(
    state: &State,
    cx: &mut Cx,
    input: iam::ListInstanceProfilesRequest,
) -> Result<iam::ListInstanceProfilesResponse, Error> {
    let prefix = input.path_prefix.as_deref();
    let (max_items, marker) = (input.max_items, input.marker.as_deref());
    let page = page::entities(
        state,
        "ListInstanceProfiles",
        max_items,
        marker,
        |profile: &InstanceProfile| page::is_under(&profile.path, prefix),
    )?;
    Ok(iam::ListInstanceProfilesResponse {
        is_truncated: Some(page.is_truncated()),
        instance_profiles: Some(
            page.items.iter().map(|it| render::instance_profile(state, cx, it, true)).collect(),
        ),
        marker: page.marker,
    })
}

/// Lists the instance profiles that have a role.
pub fn list_instance_profiles_for_role(
    state: &State,
    cx: &mut Cx,
    input: iam::ListInstanceProfilesForRoleRequest,
) -> Result<iam::ListInstanceProfilesForRoleResponse, Error> {
    let role = find::<Role>(state, input.role_name.as_deref())?;
    let profiles = state.instance_profiles_of(&role.name).cloned().collect();
    let (max_items, marker) = (input.max_items, input.marker.as_deref());
    let page = page::items(
        "ListInstanceProfilesForRole",
        max_items,
        marker,
        profiles,
        |profile: &std::sync::Arc<InstanceProfile>| key_of(&profile.name),
    )?;
    Ok(iam::ListInstanceProfilesForRoleResponse {
        is_truncated: Some(page.is_truncated()),
        instance_profiles: Some(
            page.items.iter().map(|it| render::instance_profile(state, cx, it, true)).collect(),
        ),
        marker: page.marker,
    })
}

/// Gives an instance profile its role.
pub fn add_role_to_instance_profile(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::AddRoleToInstanceProfileRequest,
) -> Result<(), Error> {
    let role = find::<Role>(tx, input.role_name.as_deref())?;
    role.check_modifiable()?;
    edit::<InstanceProfile>(tx, input.instance_profile_name.as_deref(), |profile| {
        if profile.role.is_some() {
            return Err(Error::limit_exceeded(
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
            ));
        }
        profile.role = Some(role.name.clone());
        Ok(())
    })
}

/// Takes its role from an instance profile.
pub fn remove_role_from_instance_profile(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::RemoveRoleFromInstanceProfileRequest,
) -> Result<(), Error> {
    let role = input.role_name.unwrap_or_default();
    edit::<InstanceProfile>(tx, input.instance_profile_name.as_deref(), |profile| {
        if profile.role.as_ref() != Some(&role) {
            return Err(Error::no_such_entity(Role::missing(&role)));
        }
        profile.role = None;
        Ok(())
    })
}

/// Deletes an instance profile that has no role.
pub fn delete_instance_profile(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::DeleteInstanceProfileRequest,
) -> Result<(), Error> {
    let profile = find::<InstanceProfile>(tx, input.instance_profile_name.as_deref())?;
    if profile.role.is_some() {
        return Err(Error::delete_conflict(
            "Cannot delete entity, must remove roles from instance profile first.",
        ));
    }
    tx.delete::<InstanceProfile>(&key_of(&profile.name));
    Ok(())
}
