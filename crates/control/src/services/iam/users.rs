//! Users: CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser.

use model::iam::{AccessKey, Permissions, User, key_of};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    boundaries,
    entity::{find, is_taken},
    ids, page, render, tags,
};
use crate::Cx;

/// Creates a user, who may do nothing yet.
pub fn create_user(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreateUserRequest,
) -> Result<iam::CreateUserResponse, Error> {
    let name = input.user_name.unwrap_or_default();
    check_free(tx, &name)?;
    let boundary = boundaries::parse(tx, cx, input.permissions_boundary.as_deref())?;
    let user = User {
        name,
        path: input.path.unwrap_or_else(|| "/".into()),
        id: ids::unique_id(cx, "AIDA"),
        created_at: cx.now,
        tags: tags::parse(input.tags.as_deref())?,
        permissions: Permissions { boundary, ..Permissions::default() },
    };
    let shown = render::user(cx, &user, false);
    tx.put(user);
    Ok(iam::CreateUserResponse { user: Some(shown) })
}

fn check_free(state: &State, name: &str) -> Result<(), Error> {
    if is_taken::<User>(state, name) {
        return Err(Error::entity_already_exists(format!("User with name {name} already exists.")));
    }
    Ok(())
}

/// Describes a user: the caller, when none is named.
pub fn get_user(
    state: &State,
    cx: &mut Cx,
    input: iam::GetUserRequest,
) -> Result<iam::GetUserResponse, Error> {
    let name = match input.user_name {
        Some(name) => Some(name),
        None => caller(cx)?,
    };
    let user = match name {
        Some(name) => render::user(cx, &*find::<User>(state, Some(&name))?, false),
        None => root(cx),
    };
    Ok(iam::GetUserResponse { user: Some(user) })
}

/// The name of the user who calls; none for the root user.
pub fn caller(cx: &Cx) -> Result<Option<String>, Error> {
    let resource = cx.principal.arn.splitn(6, ':').nth(5).unwrap_or_default();
    match resource.split_once('/') {
        None => Ok(None),
        Some(("user", path)) => Ok(path.rsplit('/').next().map(str::to_owned)),
        Some(_) => {
            Err(Error::validation("Must specify userName when calling with non-User credentials"))
        }
    }
}

fn root(cx: &Cx) -> iam::User {
    let account = cx.home().account.clone();
    iam::User { arn: Some(cx.principal.arn.clone()), user_id: Some(account), ..Default::default() }
}

/// Lists users by name.
pub fn list_users(
    state: &State,
    cx: &mut Cx,
    input: iam::ListUsersRequest,
) -> Result<iam::ListUsersResponse, Error> {
    let is_wanted = |user: &User| page::is_under(&user.path, input.path_prefix.as_deref());
    let marker = input.marker.as_deref();
    let page = page::entities::<User>(state, "ListUsers", input.max_items, marker, is_wanted)?;
    Ok(iam::ListUsersResponse {
        is_truncated: Some(page.is_truncated()),
        users: Some(page.items.iter().map(|user| render::user(cx, user, true)).collect()),
        marker: page.marker,
    })
}

/// Gives a user another name or path; its keys and policies stay.
pub fn update_user(tx: &mut Tx, _: &mut Cx, input: iam::UpdateUserRequest) -> Result<(), Error> {
    let old = find::<User>(tx, input.user_name.as_deref())?;
    let name = input.new_user_name.unwrap_or_else(|| old.name.clone());
    if key_of(&name) != key_of(&old.name) {
        check_free(tx, &name)?;
    }
    let keys: Vec<AccessKey> = tx.access_keys_of(&old.name).map(|key| (**key).clone()).collect();
    for key in keys {
        tx.put(AccessKey { user: name.clone(), ..key });
    }
    let path = input.new_path.unwrap_or_else(|| old.path.clone());
    tx.delete::<User>(&key_of(&old.name));
    tx.put(User { name, path, ..(*old).clone() });
    Ok(())
}

/// Deletes a user who has neither keys nor policies.
pub fn delete_user(tx: &mut Tx, _: &mut Cx, input: iam::DeleteUserRequest) -> Result<(), Error> {
    let user = find::<User>(tx, input.user_name.as_deref())?;
    if tx.access_keys_of(&user.name).next().is_some() {
        return Err(Error::delete_conflict("Cannot delete entity, must delete access keys first."));
    }
    check_bare(&user.permissions)?;
    tx.delete::<User>(&key_of(&user.name));
    Ok(())
}

/// Refuses to delete what still has policies.
pub fn check_bare(permissions: &Permissions) -> Result<(), Error> {
    if !permissions.attached.is_empty() {
        return Err(Error::delete_conflict(
            "Cannot delete entity, must detach all policies first.",
        ));
    }
    if !permissions.inline.is_empty() {
        return Err(Error::delete_conflict("Cannot delete entity, must delete policies first."));
    }
    Ok(())
}
