//! Inline policies of users and roles: Put…, Get…, List…, Delete…UserPolicy and …RolePolicy.

use iam::Grammar;
use model::iam::{Role, User};
use store::{State, Tx};
use wire::Error;

use super::{
    documents,
    entity::{Holder, edit, find},
    page::{self, Listed},
};
use crate::Cx;

fn put<H: Holder>(
    tx: &mut Tx,
    holder: Option<&str>,
    name: Option<&str>,
    document: Option<&str>,
) -> Result<(), Error> {
    let (name, document) = (name.unwrap_or_default(), document.unwrap_or_default());
    documents::parse(document, Grammar::Identity)?;
    edit::<H>(tx, holder, |holder| {
        let of = holder.name().to_owned();
        let inline = &mut holder.permissions_mut().inline;
        inline.insert(name.to_owned(), document.to_owned());
        let (kind, max) = (H::KIND, H::INLINE_CHARS_MAX);
        if inline.values().map(|document| documents::chars(document)).sum::<usize>() > max {
            return Err(Error::limit_exceeded(format!(
                "Maximum policy size of {max} bytes exceeded for {kind} {of}"
            )));
        }
        Ok(())
    })
}

fn missing<H: Holder>(name: &str) -> Error {
    let kind = H::KIND;
    Error::no_such_entity(format!("The {kind} policy with name {name} cannot be found."))
}

/// The document of an inline policy.
fn get<H: Holder>(
    state: &State,
    holder: Option<&str>,
    name: Option<&str>,
) -> Result<String, Error> {
    let name = name.unwrap_or_default();
    let holder = find::<H>(state, holder)?;
    let document = holder.permissions().inline.get(name);
    document.cloned().ok_or_else(|| missing::<H>(name))
}

fn list<H: Holder>(
    state: &State,
    operation: &'static str,
    holder: Option<&str>,
    max_items: Option<i32>,
    marker: Option<&str>,
) -> Result<Listed<String>, Error> {
    let names = find::<H>(state, holder)?.permissions().inline.keys().cloned().collect();
    page::items(operation, max_items, marker, names, String::clone)
}

fn delete<H: Holder>(tx: &mut Tx, holder: Option<&str>, name: Option<&str>) -> Result<(), Error> {
    let name = name.unwrap_or_default();
    edit::<H>(tx, holder, |holder| {
        let gone = holder.permissions_mut().inline.remove(name);
        gone.map(drop).ok_or_else(|| missing::<H>(name))
    })
}

macro_rules! operations {
    ($(
        $holder:ident, $name:ident: $put:ident($put_request:ident),
        $get:ident($get_request:ident) -> $get_response:ident,
        $list:ident($list_request:ident, $list_name:literal) -> $list_response:ident,
        $delete:ident($delete_request:ident);
    )+) => { $(
        #[doc = concat!("Puts an inline policy on a ", stringify!($holder), ", in place of one of the same name.")]
        pub fn $put(tx: &mut Tx, _: &mut Cx, input: wire::iam::$put_request) -> Result<(), Error> {
            let (name, document) = (input.policy_name.as_deref(), input.policy_document.as_deref());
            put::<$holder>(tx, input.$name.as_deref(), name, document)
        }

        #[doc = concat!("Gives an inline policy of a ", stringify!($holder), " back.")]
        pub fn $get(
            state: &State,
            _: &mut Cx,
            input: wire::iam::$get_request,
        ) -> Result<wire::iam::$get_response, Error> {
            let document =
                get::<$holder>(state, input.$name.as_deref(), input.policy_name.as_deref())?;
            Ok(wire::iam::$get_response {
                $name: input.$name,
                policy_name: input.policy_name,
                policy_document: Some(document),
            })
        }

        #[doc = concat!("Lists the names of the inline policies of a ", stringify!($holder), ".")]
        pub fn $list(
            state: &State,
            _: &mut Cx,
            input: wire::iam::$list_request,
        ) -> Result<wire::iam::$list_response, Error> {
            let (max_items, marker) = (input.max_items, input.marker.as_deref());
            let holder = input.$name.as_deref();
            let page = list::<$holder>(state, $list_name, holder, max_items, marker)?;
            Ok(wire::iam::$list_response {
                is_truncated: Some(page.is_truncated()),
                policy_names: Some(page.items),
                marker: page.marker,
            })
        }

        #[doc = concat!("Deletes an inline policy of a ", stringify!($holder), ".")]
        pub fn $delete(
            tx: &mut Tx,
            _: &mut Cx,
            input: wire::iam::$delete_request,
        ) -> Result<(), Error> {
            delete::<$holder>(tx, input.$name.as_deref(), input.policy_name.as_deref())
        }
    )+ };
}

operations! {
    User, user_name: put_user_policy(PutUserPolicyRequest),
        get_user_policy(GetUserPolicyRequest) -> GetUserPolicyResponse,
        list_user_policies(ListUserPoliciesRequest, "ListUserPolicies") -> ListUserPoliciesResponse,
        delete_user_policy(DeleteUserPolicyRequest);
    Role, role_name: put_role_policy(PutRolePolicyRequest),
        get_role_policy(GetRolePolicyRequest) -> GetRolePolicyResponse,
        list_role_policies(ListRolePoliciesRequest, "ListRolePolicies") -> ListRolePoliciesResponse,
        delete_role_policy(DeleteRolePolicyRequest);
}
