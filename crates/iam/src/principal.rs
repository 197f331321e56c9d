//! The principals of a statement, and how directly one names who asks.

use alloc::boxed::Box;

use crate::Principal;

/// `Principal` or `NotPrincipal`; a document without principals speaks of whoever it is attached to.
#[derive(Clone, Debug)]
pub(crate) enum Principals {
    Attached,
    Named(Box<[PrincipalName]>),
    NotNamed(Box<[PrincipalName]>),
}

/// One principal, as documents name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PrincipalName {
    /// `"*"` or `{"AWS": "*"}`
    Everyone,
    /// By its digits or its root's ARN.
    Account(Box<str>),
    User(Box<str>),
    Role(Box<str>),
    /// A session of a role, or of a federated user.
    Session(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// What an ARN becomes when the user or role is deleted, and the canonical id of a user of S3:
    /// nobody who can call us.
    Nobody,
}

/// How a statement names who asks, from nothing to the very caller. It decides which other policies
/// still limit what a resource-based policy allows.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    Nobody,
    /// The account: it may pass the permission on, by identity-based policies.
    Account,
    /// The role behind the session: its boundary and session policies still limit.
    Role,
    /// The user or session itself, or everyone.
    Direct,
}

impl Principals {
    pub(crate) fn reach(&self, asking: &Principal<'_>) -> Reach {
        match self {
            Principals::Attached => Reach::Direct,
            Principals::Named(names) => {
                names.iter().map(|name| name.reach(asking)).max().unwrap_or(Reach::Nobody)
            }
            Principals::NotNamed(names) => {
                if is_spared(names, asking) {
                    Reach::Nobody
                } else {
                    Reach::Direct
                }
            }
        }
    }
}

/// Whether `NotPrincipal` leaves somebody out: the principal must be named, and all that stands above
/// it as well, a session's role and the account.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn is_spared(names: &[PrincipalName], asking: &Principal<'_>) -> bool {
    let names_at = |reach| names.iter().any(|name| name.reach(asking) == reach);
    let is_everyone = names.contains(&PrincipalName::Everyone);
    is_everyone
        || match asking {
            Principal::User { .. } => names_at(Reach::Direct) && names_at(Reach::Account),
            Principal::AssumedRole { .. } => {
                names_at(Reach::Direct) && names_at(Reach::Role) && names_at(Reach::Account)
            }
            _ => names_at(Reach::Direct),
        }
}

impl PrincipalName {
    fn reach(&self, asking: &Principal<'_>) -> Reach {
        let is = |same: bool, reach: Reach| if same { reach } else { Reach::Nobody };
        match (self, asking) {
            (PrincipalName::Everyone, _) => Reach::Direct,
            (PrincipalName::Account(account), Principal::Root { account: asking }) => {
                is(**account == **asking, Reach::Direct)
            }
            (PrincipalName::Account(account), asking) => {
                is(asking.account() == Some(account), Reach::Account)
            }
            (PrincipalName::User(arn), Principal::User { arn: asking }) => {
                is(**arn == **asking, Reach::Direct)
            }
            (PrincipalName::Role(arn), Principal::AssumedRole { role_arn, .. }) => {
                is(**arn == **role_arn, Reach::Role)
            }
            (PrincipalName::Session(arn), Principal::AssumedRole { session_arn, .. }) => {
                is(**arn == **session_arn, Reach::Direct)
            }
            (PrincipalName::Service(name), Principal::Service(asking))
            | (PrincipalName::Federated(name), Principal::Federated(asking)) => {
                is(**name == **asking, Reach::Direct)
            }
            _ => Reach::Nobody,
        }
    }
}
