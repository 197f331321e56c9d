//! A decision and its reason, in our words and in AWS's.

use core::fmt;

use crate::{Effect, Grammar, Principal, Request, Statement};

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A user, group or role.
    Identity,
    /// A user or role, as the limit of what its other policies may allow.
    Boundary,
    /// A session, passed when it was made.
    Session,
    /// The resource.
    Resource,
    /// The role that is to be assumed.
    Trust,
}

impl Kind {
    pub(crate) fn of_resource(grammar: Grammar) -> Kind {
        if grammar == Grammar::Trust { Kind::Trust } else { Kind::Resource }
    }

    /// As in "because no … allows".
    pub fn name(self) -> &'static str {
        match self {
            Kind::Identity => "identity-based policy",
            Kind::Boundary => "permissions boundary",
            Kind::Session => "session policy",
            Kind::Resource => "resource-based policy",
            Kind::Trust => "role trust policy",
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Kind::Identity => "an identity-based policy",
            Kind::Boundary => "a permissions boundary",
            Kind::Session => "a session policy",
            Kind::Resource => "a resource-based policy",
            Kind::Trust => "the role trust policy",
        }
    }
}

/// A statement, by the policy it stands in.
#[derive(Clone, Copy, Debug)]
pub struct StatementRef<'a> {
    /// What the policy is attached to.
    pub kind: Kind,
    /// The policy's name or ARN.
    pub policy: &'a str,
    /// Which statement of the document, from 0.
    pub index: usize,
    /// The statement.
    pub statement: &'a Statement,
}

impl fmt::Display for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement.sid() {
            Some(sid) => write!(f, "statement {sid}")?,
            None => write!(f, "statement {}", self.index)?,
        }
        write!(f, " of the {} {}", self.kind.name(), self.policy)
    }
}

/// Why a request is let through.
#[derive(Clone, Copy, Debug)]
pub enum Grant<'a> {
    /// The account's owner may do everything.
    Root,
    /// A statement that allows it; the first, where several do.
    By(StatementRef<'a>),
}

/// Whether a request is let through, and why.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Let through.
    Allowed {
        /// By what.
        by: Grant<'a>,
    },
    /// Refused by a statement, whatever else allows it.
    ExplicitDeny {
        /// By which.
        by: StatementRef<'a>,
    },
    /// Refused because nothing allows it.
    ImplicitDeny {
        /// The kind of policy that would have to.
        silent: Kind,
    },
}

impl<'a> Decision<'a> {
    /// Whether the request is let through.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Decision::Allowed { .. })
    }

    /// The statement that decided; none when nothing spoke.
    pub fn statement(&self) -> Option<StatementRef<'a>> {
        match self {
            Decision::Allowed { by: Grant::By(by) } | Decision::ExplicitDeny { by } => Some(*by),
            Decision::Allowed { by: Grant::Root } | Decision::ImplicitDeny { .. } => None,
        }
    }

    /// The message that AWS gives for a denial; none for a request that is let through.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
    pub fn sentence<'r>(&self, request: &Request<'r>) -> Option<Sentence<'r>> {
        let reason = match self {
            Decision::Allowed { .. } => return None,
            Decision::ExplicitDeny { by } => Reason::Explicit(by.kind),
            Decision::ImplicitDeny { silent } => Reason::Silent(*silent),
        };
        let Request { principal, action, resource, .. } = *request;
        Some(Sentence { principal, action, resource, reason })
    }
}

/// In one line, for `longshore iam explain`.
impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Decision::Allowed { by: Grant::Root } => f.write_str("allowed: the account's owner"),
            Decision::Allowed { by: Grant::By(by) } => write!(f, "allowed by {by}"),
            Decision::ExplicitDeny { by } => write!(f, "denied by {by}"),
            Decision::ImplicitDeny { silent } => {
                write!(f, "denied: no {} allows it", silent.name())
            }
        }
    }
}

/// AWS's message for a denial.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    principal: Principal<'a>,
    action: &'a str,
    resource: &'a str,
    reason: Reason,
}

#[derive(Clone, Copy, Debug)]
enum Reason {
    Explicit(Kind),
    Silent(Kind),
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("User: ")?;
        match self.principal {
            Principal::Root { account } => write!(f, "arn:aws:iam::{account}:root")?,
            Principal::User { arn } => f.write_str(arn)?,
            Principal::AssumedRole { session_arn, .. } => f.write_str(session_arn)?,
            Principal::Service(name) | Principal::Federated(name) => f.write_str(name)?,
            Principal::Anonymous => f.write_str("anonymous")?,
        }
        let Sentence { action, resource, .. } = self;
        write!(f, " is not authorized to perform: {action} on resource: {resource} ")?;
        match self.reason {
            Reason::Explicit(kind) => write!(f, "with an explicit deny in {}", kind.with_article()),
            Reason::Silent(kind) => {
                write!(f, "because no {} allows the {action} action", kind.name())
            }
        }
    }
}

impl Effect {
    /// As documents write it.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}
