//! What IAM shows of what is kept.

use model::iam::{AccessKey, InstanceProfile, LastUsed, Permissions, Role, User};
use store::State;
use wire::iam;

use crate::Cx;

/// A tag.
pub fn tag(tag: &model::Tag) -> iam::Tag {
    iam::Tag { key: Some(tag.key.clone()), value: Some(tag.value.clone()) }
}

/// Tags; nothing where there are none, as AWS leaves the member out.
pub fn tags(tags: &[model::Tag]) -> Option<Vec<iam::Tag>> {
    (!tags.is_empty()).then(|| tags.iter().map(tag).collect())
}

/// A time.
pub fn time(at: model::Timestamp) -> wire::Timestamp {
    // IAM tells times to the second.
    wire::Timestamp(at.0.div_euclid(1000) * 1000)
}

/// A permissions boundary.
pub fn boundary(permissions: &Permissions) -> Option<iam::AttachedPermissionsBoundary> {
    Some(iam::AttachedPermissionsBoundary {
        permissions_boundary_type: Some(
            iam::PermissionsBoundaryAttachmentType::PermissionsBoundaryPolicy,
        ),
        permissions_boundary_arn: Some(permissions.boundary.clone()?),
    })
}

/// A user. Lists leave tags and boundary out.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
pub fn user(cx: &Cx, user: &User, is_listed: bool) -> iam::User {
    iam::User {
        path: Some(user.path.clone()),
        user_name: Some(user.name.clone()),
        user_id: Some(user.id.clone()),
        arn: Some(user.arn(&cx.home().account)),
        create_date: Some(time(user.created_at)),
        permissions_boundary: boundary(&user.permissions).filter(|_| !is_listed),
        tags: tags(&user.tags).filter(|_| !is_listed),
        ..Default::default()
    }
}

/// A role. Lists leave tags, boundary and last use out.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
pub fn role(cx: &Cx, role: &Role, is_listed: bool) -> iam::Role {
    iam::Role {
        path: Some(role.path.clone()),
        role_name: Some(role.name.clone()),
        role_id: Some(role.id.clone()),
        arn: Some(role.arn(&cx.home().account)),
        create_date: Some(time(role.created_at)),
        assume_role_policy_document: Some(role.trust_policy.clone()),
        description: role.description.clone(),
        max_session_duration: i32::try_from(role.max_session_s).ok(),
        permissions_boundary: boundary(&role.permissions).filter(|_| !is_listed),
        tags: tags(&role.tags).filter(|_| !is_listed),
        role_last_used: (!is_listed).then(|| role_last_used(role.last_used.as_ref())),
    }
}

/// When a role was last used; an empty structure when never.
pub fn role_last_used(last: Option<&LastUsed>) -> iam::RoleLastUsed {
    iam::RoleLastUsed {
        last_used_date: last.map(|last| time(last.at)),
        region: last.map(|last| last.region.clone()),
    }
}

/// What everybody may know of an access key.
pub fn access_key_metadata(key: &AccessKey) -> iam::AccessKeyMetadata {
    iam::AccessKeyMetadata {
        user_name: Some(key.user.clone()),
        access_key_id: Some(key.id.clone()),
        status: Some(status(key)),
        create_date: Some(time(key.created_at)),
    }
}

/// Whether an access key can be used.
pub fn status(key: &AccessKey) -> iam::StatusType {
    if key.is_active { iam::StatusType::Active } else { iam::StatusType::Inactive }
}

/// An instance profile with its role.
pub fn instance_profile(
    state: &State,
    cx: &Cx,
    profile: &InstanceProfile,
    is_listed: bool,
) -> iam::InstanceProfile {
    let of_role = |name: &String| state.roles().get(&model::iam::key_of(name));
    let roles = profile.role.as_ref().and_then(of_role).into_iter();
    iam::InstanceProfile {
        path: Some(profile.path.clone()),
        instance_profile_name: Some(profile.name.clone()),
        instance_profile_id: Some(profile.id.clone()),
        arn: Some(profile.arn(&cx.home().account)),
        create_date: Some(time(profile.created_at)),
        roles: Some(roles.map(|it| role(cx, it, true)).collect()),
        tags: if is_listed { None } else { tags(&profile.tags) },
    }
}
