//! What is asked, by whom, and the policies that speak about it.

use crate::{Context, Policy};

/// Who makes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal<'a> {
    /// The account's owner, who is denied nothing but by a resource-based policy.
    Root {
        /// The account's twelve digits.
        account: &'a str,
    },
    /// An IAM user, by long-term keys or by a session of GetSessionToken.
    User {
        /// `arn:aws:iam::111122223333:user/ann`
        arn: &'a str,
    },
    /// A session of a role.
    AssumedRole {
        /// `arn:aws:iam::111122223333:role/web`
        role_arn: &'a str,
        /// `arn:aws:sts::111122223333:assumed-role/web/session`
        session_arn: &'a str,
    },
    /// An AWS service, such as `ecs-tasks.amazonaws.com`.
    Service(&'a str),
    /// Somebody whom an identity provider vouches for, such as `accounts.google.com`, before a role
    /// is assumed.
    Federated(&'a str),
    /// Nobody in particular: a request without a signature.
    Anonymous,
}

impl<'a> Principal<'a> {
    /// The account the principal belongs to; none for a service, a provider or nobody.
    pub fn account(&self) -> Option<&'a str> {
        match self {
            Principal::Root { account } => Some(account),
            Principal::User { arn } => arn.split(':').nth(4),
            Principal::AssumedRole { role_arn, .. } => role_arn.split(':').nth(4),
            Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous => None,
        }
    }
}

/// One thing that somebody wants to do. A call of the API can be several of these.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: Principal<'a>,
    /// Service and action, such as `ecs:RunTask`, in any case.
    pub action: &'a str,
    /// An ARN, or `*` for an action on no resource in particular.
    pub resource: &'a str,
    /// The condition keys of the request.
    pub context: &'a Context,
}

/// A policy and how explanations call it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The ARN of a managed policy, or the name of an inline one.
    pub name: &'a str,
    /// The compiled document.
    pub policy: &'a Policy,
}

/// All policies that speak about a request, by what they are attached to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Policies<'a> {
    /// Of the user and the user's groups, or of the role.
    pub identity: &'a [Named<'a>],
    /// The user's or role's permissions boundary.
    pub boundary: Option<Named<'a>>,
    /// Passed when the session was made; `None` where none were passed, which limits nothing.
    pub session: Option<&'a [Named<'a>]>,
    /// Of the resource. A trust policy (of [`crate::Grammar::Trust`]) must allow the request, any
    /// other may.
    pub resource: Option<Named<'a>>,
}
