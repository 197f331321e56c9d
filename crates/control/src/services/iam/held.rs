//! The policies that a user or role has, each with where it comes from.

use iam::{Grammar, Policy};
use model::iam::{Permissions, Role, User};
use store::State;
use wire::{Error, iam::PolicySourceType};

use super::{
    documents,
    entity::{Holder, find},
    policies::{self, Managed},
};
use crate::Cx;

/// A policy that speaks about what a principal may.
pub struct Held {
    /// How answers call it.
    pub id: String,
    /// Where it comes from.
    pub source: PolicySourceType,
    /// Its document, compiled.
    pub policy: Policy,
}

/// A principal and its policies.
pub struct Principal {
    /// The ARN of the user or role.
    pub arn: String,
    /// Whether it is a role.
    pub is_role: bool,
    /// Its identity-based policies.
    pub identity: Vec<Held>,
    /// Its permissions boundary.
    pub boundary: Option<Held>,
}

/// The user or role with this ARN, and its policies.
pub fn principal(state: &State, cx: &Cx, arn: &str) -> Result<Principal, Error> {
    let account = &cx.home().account;
    let invalid = || Error::invalid_input(format!("Invalid Entity Arn: {arn}"));
    let resource = arn.strip_prefix(&format!("arn:aws:iam::{account}:")).ok_or_else(invalid)?;
    let (kind, path) = resource.split_once('/').ok_or_else(invalid)?;
    let name = Some(path.rsplit('/').next().unwrap_or(path));
    match kind {
        "user" => {
            let user = find::<User>(state, name)?;
            if user.arn(account) != arn {
                return Err(Error::no_such_entity(format!("{arn} cannot be found.")));
            }
            held(state, cx, arn, &*user, PolicySourceType::User)
        }
        "role" => {
            let role = find::<Role>(state, name)?;
            if role.arn(account) != arn {
                return Err(Error::no_such_entity(format!("{arn} cannot be found.")));
            }
            held(state, cx, arn, &*role, PolicySourceType::Role)
        }
        _ => Err(invalid()),
    }
}

fn held<H: Holder>(
    state: &State,
    cx: &Cx,
    arn: &str,
    holder: &H,
    source: PolicySourceType,
) -> Result<Principal, Error> {
    let Permissions { inline, attached, boundary } = holder.permissions();
    let mut identity = Vec::new();
    for (name, document) in inline {
        identity.push(Held {
            id: format!("{}_{}_{name}", H::KIND, holder.name()),
            source,
            policy: documents::parse(document, Grammar::Identity)?,
        });
    }
    for arn in attached {
        identity.extend(managed(state, cx, arn)?);
    }
    let boundary = boundary.as_deref().map(|arn| managed(state, cx, arn)).transpose()?.flatten();
    let is_role = source == PolicySourceType::Role;
    Ok(Principal { arn: arn.to_owned(), is_role, identity, boundary })
}

/// A managed policy; none when it is gone, which cannot happen while it is attached.
fn managed(state: &State, cx: &Cx, arn: &str) -> Result<Option<Held>, Error> {
    let Some(managed) = policies::by_arn(state, &cx.home().account, arn) else { return Ok(None) };
    let source = match managed {
        Managed::Own(_) => PolicySourceType::UserManaged,
        Managed::Aws(_) => PolicySourceType::AwsManaged,
    };
    let policy = documents::parse(managed.document(), Grammar::Identity)?;
    Ok(Some(Held { id: managed.name().to_owned(), source, policy }))
}

/// Policies that a call brings along, called after the member that they stand in.
pub fn given(member: &str, documents: Option<&[String]>) -> Result<Vec<Held>, Error> {
    let documents = documents.unwrap_or_default().iter().enumerate();
    documents
        .map(|(index, document)| {
            Ok(Held {
                id: format!("{member}.{}", index + 1),
                source: PolicySourceType::None,
                policy: documents::parse(document, Grammar::Identity)?,
            })
        })
        .collect()
}
