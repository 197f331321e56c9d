//! The decision on a request, in AWS's order: an explicit deny anywhere, then what the resource's
//! policy allows, then identity, boundary and session.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>

use alloc::string::String;

use crate::{
    Decision, Effect, Grant, Kind, Named, Policies, Principal, Request, Statement, StatementRef,
    action::Asked, arn::Parts, principal::Reach,
};

/// Decides one request. Nothing is allocated but for an action of more than 128 bytes, which no
/// service has, and for a value that is compared as binary.
pub fn decide<'a>(request: &Request<'_>, policies: &Policies<'a>) -> Decision<'a> {
    let (mut short, mut long) = ([0; ACTION_BYTES], String::new());
    Question::of(request, &mut short, &mut long).decide(policies)
}

pub(crate) const ACTION_BYTES: usize = 128;

/// The action in lower case.
fn fold<'b>(action: &str, short: &'b mut [u8; ACTION_BYTES], long: &'b mut String) -> &'b str {
    if let Some(room) = short.get_mut(..action.len()) {
        room.copy_from_slice(action.as_bytes());
        room.make_ascii_lowercase();
        return core::str::from_utf8(room)
            .expect("invariant: what was UTF-8 is so in lower case of ASCII");
    }
    *long = action.to_ascii_lowercase();
    long
}

/// A request, taken apart once for all statements.
pub(crate) struct Question<'r> {
    request: &'r Request<'r>,
    asked: Asked<'r>,
    resource: Parts<'r>,
}

/// The first statement of each kind that allows, after every statement was asked whether it denies.
#[derive(Default)]
struct Heard<'a> {
    identity: Option<StatementRef<'a>>,
    boundary: Option<StatementRef<'a>>,
    session: Option<StatementRef<'a>>,
    /// The one that names the principal most directly.
    resource: Option<(Reach, StatementRef<'a>)>,
}

impl<'r> Question<'r> {
    /// The two buffers hold the action in lower case.
    pub(crate) fn of(
        request: &'r Request<'r>,
        short: &'r mut [u8; ACTION_BYTES],
        long: &'r mut String,
    ) -> Self {
        let asked = Asked::of(fold(request.action, short, long));
        Question { request, asked, resource: Parts::of(request.resource) }
    }

    pub(crate) fn decide<'a>(&self, policies: &Policies<'a>) -> Decision<'a> {
        match self.hear_all(policies) {
            Ok(heard) => heard.decide(self.request, policies),
            Err(by) => Decision::ExplicitDeny { by },
        }
    }

    /// Whether a statement is about the action, whatever the rest of the request.
    pub(crate) fn concerns(&self, statement: &Statement) -> bool {
        statement.actions.apply_to(&self.asked)
    }

    /// How far a statement reaches the principal, if it applies to the request otherwise.
    pub(crate) fn reach(&self, statement: &Statement) -> Reach {
        let context = self.request.context;
        if !statement.actions.apply_to(&self.asked)
            || !statement.resources.apply_to(&self.resource, context)
        {
            return Reach::Nobody;
        }
        let reach = statement.principals.reach(&self.request.principal);
        let is_met = || statement.conditions.iter().all(|condition| condition.is_met(context));
        if reach == Reach::Nobody || !is_met() { Reach::Nobody } else { reach }
    }

    /// Asks all statements; the error is one that denies.
    fn hear_all<'a>(&self, policies: &Policies<'a>) -> Result<Heard<'a>, StatementRef<'a>> {
        let mut heard = Heard::default();
        if let Some(named) = policies.resource {
            heard.resource = self.hear_resource(named)?;
        }
        for named in policies.identity {
            self.hear(Kind::Identity, named, &mut heard.identity)?;
        }
        if let Some(named) = &policies.boundary {
            self.hear(Kind::Boundary, named, &mut heard.boundary)?;
        }
        for named in policies.session.unwrap_or_default() {
            self.hear(Kind::Session, named, &mut heard.session)?;
        }
        Ok(heard)
    }

    fn hear<'a>(
        &self,
        kind: Kind,
        named: &Named<'a>,
        allowed: &mut Option<StatementRef<'a>>,
    ) -> Result<(), StatementRef<'a>> {
        for (index, statement) in named.policy.statements.iter().enumerate() {
            let is_of_interest = statement.effect == Effect::Deny || allowed.is_none();
            if is_of_interest && self.reach(statement) != Reach::Nobody {
                let found = StatementRef { kind, policy: named.name, index, statement };
                match statement.effect {
                    Effect::Deny => return Err(found),
                    Effect::Allow => *allowed = Some(found),
                }
            }
        }
        Ok(())
    }

    fn hear_resource<'a>(
        &self,
        named: Named<'a>,
    ) -> Result<Option<(Reach, StatementRef<'a>)>, StatementRef<'a>> {
        let kind = Kind::of_resource(named.policy.grammar);
        let mut best: Option<(Reach, StatementRef<'a>)> = None;
        for (index, statement) in named.policy.statements.iter().enumerate() {
            let reach = self.reach(statement);
            let found = StatementRef { kind, policy: named.name, index, statement };
            match statement.effect {
                Effect::Deny if reach != Reach::Nobody => return Err(found),
                Effect::Allow if reach > best.map_or(Reach::Nobody, |(reach, _)| reach) => {
                    best = Some((reach, found));
                }
                _ => {}
            }
        }
        Ok(best)
    }
}

impl<'a> Heard<'a> {
    /// Nothing denies: is there enough that allows?
    fn decide(&self, request: &Request<'_>, policies: &Policies<'a>) -> Decision<'a> {
        let allowed = |by: StatementRef<'a>| Decision::Allowed { by: Grant::By(by) };
        let silent = |silent: Kind| Decision::ImplicitDeny { silent };
        let is_trust =
            policies.resource.is_some_and(|named| named.policy.grammar == crate::Grammar::Trust);
        if is_trust && self.resource.is_none() {
            return silent(Kind::Trust);
        }
        if let Principal::Root { .. } = request.principal {
            return Decision::Allowed {
                by: self.resource.filter(|_| is_trust).map_or(Grant::Root, |(_, by)| Grant::By(by)),
            };
        }
        // What is granted to a user is limited in the sessions that the user makes with policies.
        let is_user_session =
            matches!(request.principal, Principal::User { .. }) && policies.session.is_some();
        let by_resource = match self.resource {
            Some((Reach::Direct, by)) if !is_user_session => return allowed(by),
            Some((Reach::Direct | Reach::Role, by)) => Some(by),
            _ => None,
        };
        let Some(by) = by_resource.or(self.identity) else {
            return silent(match request.principal {
                Principal::User { .. } | Principal::AssumedRole { .. } => Kind::Identity,
                _ => Kind::Resource,
            });
        };
        if policies.boundary.is_some() && self.boundary.is_none() {
            return silent(Kind::Boundary);
        }
        if policies.session.is_some() && self.session.is_none() {
            return silent(Kind::Session);
        }
        allowed(by)
    }
}
