//! The policies of users and roles, compiled once and kept for as long as the rows that they come from
//! are the ones in the state.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use iam::{Grammar, Named, Policies, Policy, Request, decide};
use model::iam::{Permissions, Role, User};
use store::State;

use super::caller::{Caller, Session, Who};
use crate::{
    limits,
    services::iam::policies::{self, Managed},
};

/// What is kept between calls: compiled policies and opened sessions.
#[derive(Debug, Default)]
pub struct Authority {
    compiled: Mutex<HashMap<String, Arc<Compiled>>>,
    sessions: Mutex<HashMap<String, Arc<Session>>>,
}

/// The policies of one user or role.
#[derive(Debug)]
pub struct Compiled {
    holder: Holder,
    /// The managed policies among them, as they were: a deleted one is `None`.
    managed: Vec<(String, Option<Managed>)>,
    identity: Vec<(String, Policy)>,
    boundary: Option<(String, Policy)>,
    /// A document that cannot be read: then it is not known what is denied, and nothing is allowed.
    unreadable: Option<String>,
}

#[derive(Debug)]
enum Holder {
    User(Arc<User>),
    Role(Arc<Role>),
}

impl Holder {
    fn permissions(&self) -> &Permissions {
        match self {
            Holder::User(user) => &user.permissions,
            Holder::Role(role) => &role.permissions,
        }
    }
}

/// A managed policy, of the account or of AWS.
fn managed(state: &State, arn: &str) -> Option<Managed> {
    policies::by_arn(state, arn.split(':').nth(4)?, arn)
}

/// The document of a managed policy.
pub fn document(state: &State, arn: &str) -> Option<String> {
    managed(state, arn).map(|policy| policy.document().to_owned())
}

fn same(kept: Option<&Managed>, now: Option<&Managed>) -> bool {
    match (kept, now) {
        (Some(Managed::Own(kept)), Some(Managed::Own(now))) => Arc::ptr_eq(kept, now),
        (Some(Managed::Aws(kept)), Some(Managed::Aws(now))) => kept.name == now.name,
        (None, None) => true,
        _ => false,
    }
}

impl Compiled {
    fn of(state: &State, holder: Holder) -> Compiled {
        let mut compiled = Compiled {
            managed: Vec::new(),
            identity: Vec::new(),
            boundary: None,
            unreadable: None,
            holder,
        };
        let Permissions { inline, attached, boundary } = compiled.holder.permissions().clone();
        for (name, document) in inline {
            let policy = compiled.parse(&name, &document);
            compiled.identity.extend(policy.map(|policy| (name, policy)));
        }
        for arn in attached {
            let policy = compiled.managed(state, &arn);
            compiled.identity.extend(policy.map(|policy| (arn, policy)));
        }
        if let Some(arn) = boundary {
            let policy = compiled.managed(state, &arn);
            compiled.boundary = policy.map(|policy| (arn, policy));
        }
        compiled
    }

    /// The managed policy of an ARN, remembered with the row that it was read from.
    fn managed(&mut self, state: &State, arn: &str) -> Option<Policy> {
        let row = managed(state, arn);
        let policy = row.as_ref().and_then(|row| self.parse(arn, row.document()));
        if row.is_none() {
            self.unreadable.get_or_insert_with(|| format!("{arn} does not exist"));
        }
        self.managed.push((arn.to_owned(), row));
        policy
    }

    fn parse(&mut self, name: &str, document: &str) -> Option<Policy> {
        match Policy::parse(document, Grammar::Identity) {
            Ok(policy) => Some(policy),
            Err(error) => {
                tracing::error!(policy = name, %error, "a policy cannot be read");
                self.unreadable.get_or_insert_with(|| format!("{name}: {error}"));
                None
            }
        }
    }

    /// Whether all it was read from is what the state still has.
    fn is_of(&self, state: &State, who: &Who) -> bool {
        let is_holder = match (&self.holder, who) {
            (Holder::User(kept), Who::User(user)) => Arc::ptr_eq(kept, user),
            (Holder::Role(kept), Who::Role { role, .. }) => Arc::ptr_eq(kept, role),
            _ => false,
        };
        let is_current = |(arn, kept): &(String, Option<Managed>)| {
            same(kept.as_ref(), managed(state, arn).as_ref())
        };
        is_holder && self.managed.iter().all(is_current)
    }
}

fn named((name, policy): &(String, Policy)) -> Named<'_> {
    Named { name, policy }
}

impl Authority {
    /// The compiled policies of a user or role; nothing for the root user, who has none.
    fn compiled(&self, state: &State, who: &Who) -> Option<Arc<Compiled>> {
        let (key, holder) = match who {
            Who::Root => return None,
            Who::User(user) => (&user.id, Holder::User(user.clone())),
            Who::Role { role, .. } => (&role.id, Holder::Role(role.clone())),
        };
        let mut kept = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(compiled) = kept.get(key).filter(|compiled| compiled.is_of(state, who)) {
            return Some(compiled.clone());
        }
        if kept.len() >= limits::COMPILED_POLICIES_MAX {
            kept.clear();
        }
        let compiled = Arc::new(Compiled::of(state, holder));
        kept.insert(key.clone(), compiled.clone());
        Some(compiled)
    }

    /// Runs `ask` with the answer to any request of a caller. `trust` is the trust policy of the role that
    /// it wants to assume.
    pub fn with_policies<T>(
        &self,
        state: &State,
        caller: &Caller,
        trust: Option<&(String, Policy)>,
        ask: impl FnOnce(&dyn for<'r> Fn(&Request<'r>) -> Answer) -> T,
    ) -> T {
        let compiled = self.compiled(state, &caller.who);
        let compiled = compiled.as_deref();
        let identity = compiled.map_or(&[][..], |compiled| &compiled.identity);
        let identity: Vec<Named<'_>> = identity.iter().map(named).collect();
        let boundary = compiled.and_then(|compiled| compiled.boundary.as_ref());
        let boundary = boundary.map(named);
        let session = caller.session.as_ref().filter(|session| session.is_limited());
        let session: Option<Vec<Named<'_>>> =
            session.map(|session| session.policies.iter().map(named).collect());
        let resource = trust.map(named);
        let session = session.as_deref();
        let policies = Policies { identity: &identity, boundary, session, resource };
        let unreadable = compiled.and_then(|compiled| compiled.unreadable.as_deref());
        ask(&|request| match unreadable {
            Some(why) => Answer::Unreadable(why.to_owned()),
            None => Answer::of(request, &decide(request, &policies)),
        })
    }

    /// The session of an access key, if its token was opened before.
    pub fn session(&self, access_key_id: &str, token: &str) -> Option<Arc<Session>> {
        let kept = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(access_key_id).filter(|session| session.token == token).cloned()
    }

    /// Keeps a session, so that its token need not be opened for every call.
    pub fn keep_session(&self, access_key_id: &str, session: Arc<Session>) {
        let mut kept = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= limits::OPEN_SESSIONS_MAX {
            kept.clear();
        }
        kept.insert(access_key_id.to_owned(), session);
    }
}

/// A decision, apart from the policies that it names.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Decided; the message is there for a denial.
    Decided {
        /// AWS's sentence.
        denial: Option<String>,
        /// Whose policy spoke, or was silent; its name; its statement.
        by: By,
    },
    /// A document that speaks about the caller cannot be read.
    Unreadable(String),
}

/// Who decided.
#[derive(Clone, Debug, Default)]
pub struct By {
    /// Such as `identity`.
    pub kind: Option<&'static str>,
    /// The policy's name or ARN.
    pub policy: Option<String>,
    /// The statement's Sid or number.
    pub statement: Option<String>,
}

impl Answer {
    fn of(request: &Request<'_>, decision: &iam::Decision<'_>) -> Answer {
        let by = match (decision.statement(), decision) {
            (Some(by), _) => By {
                kind: Some(kind(by.kind)),
                policy: Some(by.policy.to_owned()),
                statement: Some(
                    by.statement.sid().map_or_else(|| by.index.to_string(), ToOwned::to_owned),
                ),
            },
            (None, iam::Decision::ImplicitDeny { silent }) => {
                By { kind: Some(kind(*silent)), ..By::default() }
            }
            (None, _) => By::default(),
        };
        Answer::Decided { denial: decision.sentence(request).map(|it| it.to_string()), by }
    }
}

/// As the audit log calls a kind of policy.
fn kind(kind: iam::Kind) -> &'static str {
    match kind {
        iam::Kind::Identity => "identity",
        iam::Kind::Boundary => "boundary",
        iam::Kind::Session => "session",
        iam::Kind::Resource => "resource",
        iam::Kind::Trust => "trust",
    }
}
