//! Permissions boundaries of users and roles: Put… and Delete…PermissionsBoundary.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>

use model::iam::{Role, User};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    entity::{Holder, edit, find},
    policies,
};
use crate::Cx;

/// Reads the ARN of a boundary, which must be a policy that is there.
pub fn parse(state: &State, cx: &Cx, arn: Option<&str>) -> Result<Option<String>, Error> {
    let Some(arn) = arn else { return Ok(None) };
    let is_there = policies::by_arn(state, &cx.home().account, arn);
    if !is_there.is_some_and(|policy| policy.is_attachable()) {
        return Err(Error::no_such_entity(format!(
            "Scope ARN: {arn} does not exist or is not attachable."
        )));
    }
    Ok(Some(arn.to_owned()))
}

fn put<H: Holder>(
    tx: &mut Tx,
    cx: &Cx,
    name: Option<&str>,
    arn: Option<&str>,
) -> Result<(), Error> {
    let boundary = parse(tx, cx, arn)?;
    edit::<H>(tx, name, |holder| {
        holder.permissions_mut().boundary = boundary;
        Ok(())
    })
}

fn delete<H: Holder>(tx: &mut Tx, name: Option<&str>) -> Result<(), Error> {
    let holder = find::<H>(tx, name)?;
    if holder.permissions().boundary.is_none() {
        let (kind, name) = (H::KIND, holder.name());
        return Err(Error::no_such_entity(format!(
            "The {kind} with name {name} has no permissions boundary."
        )));
    }
    edit::<H>(tx, name, |holder| {
        holder.permissions_mut().boundary = None;
        Ok(())
    })
}

/// Bounds a user.
pub fn put_user_permissions_boundary(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::PutUserPermissionsBoundaryRequest,
) -> Result<(), Error> {
    put::<User>(tx, cx, input.user_name.as_deref(), input.permissions_boundary.as_deref())
}

/// Bounds a role.
pub fn put_role_permissions_boundary(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::PutRolePermissionsBoundaryRequest,
) -> Result<(), Error> {
    put::<Role>(tx, cx, input.role_name.as_deref(), input.permissions_boundary.as_deref())
}

/// Takes the boundary from a user.
pub fn delete_user_permissions_boundary(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::DeleteUserPermissionsBoundaryRequest,
) -> Result<(), Error> {
    delete::<User>(tx, input.user_name.as_deref())
}

/// Takes the boundary from a role.
pub fn delete_role_permissions_boundary(
    tx: &mut Tx,
    _: &mut Cx,
    input: iam::DeleteRolePermissionsBoundaryRequest,
) -> Result<(), Error> {
    delete::<Role>(tx, input.role_name.as_deref())
}
