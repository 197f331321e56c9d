//! Access keys of users: Create…, List…, Update…, DeleteAccessKey, GetAccessKeyLastUsed.

use model::iam::{AccessKey, User};
use store::{State, Tx};
use wire::{Error, iam};

use super::{entity::find, page, render, users};
use crate::{Cx, authority::secrets};

/// A user has at most this many.
const COUNT_MAX: usize = 2;

/// The user whose keys are meant: the caller, when none is named.
fn owner(state: &State, cx: &Cx, name: Option<&str>) -> Result<String, Error> {
    let name = match name {
        Some(name) => name.to_owned(),
        None => users::caller(cx)?.ok_or_else(|| {
            Error::validation(
                "Must specify userName: the root user's key is kept beside the control plane's data, not in IAM.",
            )
        })?,
    };
    Ok(find::<User>(state, Some(&name))?.name.clone())
}

/// A key of a user.
fn key(state: &State, user: &str, id: Option<&str>) -> Result<AccessKey, Error> {
    let id = id.unwrap_or_default();
    let key = state.access_keys().get(&id.to_owned()).filter(|key| key.user == user);
    key.map(|key| (**key).clone()).ok_or_else(|| missing(id))
}

fn missing(id: &str) -> Error {
    Error::no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

/// Makes a key. Only this answer has its secret.
pub fn create_access_key(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreateAccessKeyRequest,
) -> Result<iam::CreateAccessKeyResponse, Error> {
    let user = owner(tx, cx, input.user_name.as_deref())?;
    if tx.access_keys_of(&user).count() >= COUNT_MAX {
        return Err(Error::limit_exceeded(format!(
            "Cannot exceed quota for AccessKeysPerUser: {COUNT_MAX}"
        )));
    }
    let (id, secret) = (cx.access_key_id("AKIA"), cx.secret_access_key());
    let key = AccessKey {
        secret: secrets::seal(cx, &id, &secret),
        id,
        user,
        is_active: true,
        created_at: cx.now,
        last_used: None,
    };
    let shown = iam::AccessKey {
        user_name: Some(key.user.clone()),
        access_key_id: Some(key.id.clone()),
        status: Some(render::status(&key)),
        secret_access_key: Some(secret),
        create_date: Some(render::time(key.created_at)),
    };
    tx.put(key);
    Ok(iam::CreateAccessKeyResponse { access_key: Some(shown) })
}

/// Lists the keys of a user.
pub fn list_access_keys(
    state: &State,
    cx: &mut Cx,
    input: iam::ListAccessKeysRequest,
) -> Result<iam::ListAccessKeysResponse, Error> {
    let user = owner(state, cx, input.user_name.as_deref())?;
    let keys = state.access_keys_of(&user).cloned().collect();
    let marker = input.marker.as_deref();
    let page = page::items("ListAccessKeys", input.max_items, marker, keys, |key| key.id.clone())?;
    Ok(iam::ListAccessKeysResponse {
        is_truncated: Some(page.is_truncated()),
        access_key_metadata: Some(
            page.items.iter().map(|key| render::access_key_metadata(key)).collect(),
        ),
        marker: page.marker,
    })
}

/// Makes a key usable or not.
pub fn update_access_key(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::UpdateAccessKeyRequest,
) -> Result<(), Error> {
    let user = owner(tx, cx, input.user_name.as_deref())?;
    let key = key(tx, &user, input.access_key_id.as_deref())?;
    let is_active = match input.status {
        Some(iam::StatusType::Expired) => {
            return Err(Error::validation(
                "The status of an access key can be set to Active or Inactive.",
            ));
        }
        status => status == Some(iam::StatusType::Active),
    };
    tx.put(AccessKey { is_active, ..key });
    Ok(())
}

/// Deletes a key.
pub fn delete_access_key(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::DeleteAccessKeyRequest,
) -> Result<(), Error> {
    let user = owner(tx, cx, input.user_name.as_deref())?;
    let key = key(tx, &user, input.access_key_id.as_deref())?;
    tx.delete::<AccessKey>(&key.id);
    Ok(())
}

/// Says when and for what a key was last used.
pub fn get_access_key_last_used(
    state: &State,
    _: &mut Cx,
    input: iam::GetAccessKeyLastUsedRequest,
) -> Result<iam::GetAccessKeyLastUsedResponse, Error> {
    let id = input.access_key_id.unwrap_or_default();
    let key = state.access_keys().get(&id).ok_or_else(|| missing(&id))?;
    let last = key.last_used.as_ref();
    let or_none = |text: Option<&String>| Some(text.map_or("N/A", String::as_str).to_owned());
    Ok(iam::GetAccessKeyLastUsedResponse {
        user_name: Some(key.user.clone()),
        access_key_last_used: Some(iam::AccessKeyLastUsed {
            last_used_date: last.map(|last| render::time(last.at)),
            service_name: or_none(last.map(|last| &last.service)),
            region: or_none(last.map(|last| &last.region)),
        }),
    })
}
