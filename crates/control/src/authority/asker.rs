//! A caller with one request: what its call asks is decided here, and remembered for the audit log.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use access::{Ask, Facts};
use arn::Home;
use audit::Check;
use iam::{Context, Request};
use model::Timestamp;
use store::State;
use wire::{Error, ErrorCode};

use super::{
    caller::Caller,
    facts::Known,
    policies::{Answer, Authority, By},
    trust,
};
use crate::{Principal, hosts::guard};

/// Where a request came from, and when.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The address of the connection; a call of our own has none.
    pub source_ip: Option<IpAddr>,
    /// What the client says it is.
    pub user_agent: Option<String>,
    /// When it came.
    pub at: Timestamp,
}

/// A caller and its request.
#[derive(Debug)]
pub struct Asker {
    /// Who calls.
    pub caller: Caller,
    /// From where.
    pub origin: Origin,
    home: Home,
    authority: Arc<Authority>,
    checks: Mutex<Vec<Check<'static>>>,
}

impl Asker {
    /// A caller with its request.
    pub fn new(caller: Caller, origin: Origin, home: Home, authority: Arc<Authority>) -> Asker {
        Asker { caller, origin, home, authority, checks: Mutex::default() }
    }

    /// The caller, as handlers see it.
    pub fn principal(&self) -> Principal {
        let session = self.caller.session.as_ref().map(|session| session.claims.clone());
        Principal { arn: self.caller.arn.clone(), session }
    }

    /// Decides all that a call asks, on the state that its handler will see. The first thing that is not
    /// allowed refuses it, in AWS's words.
    ///
    /// # Errors
    /// `AccessDeniedException`.
    pub fn admit(
        &self,
        state: &State,
        asks: impl FnOnce(&dyn Facts, &Home) -> Vec<Ask>,
    ) -> Result<(), Error> {
        let asks = asks(&Known { state, caller: &self.caller.arn }, &self.home);
        if self.caller.is_root() && self.caller.session.is_none() {
            let checks = asks.into_iter().map(|ask| Check {
                action: ask.action.into(),
                resource: ask.resource.into(),
                ..Check::new("", "", true)
            });
            self.checks.lock().unwrap_or_else(PoisonError::into_inner).extend(checks);
            return Ok(());
        }
        let host = self.caller.claims().and_then(|claims| claims.host.as_deref());
        let principal_arn = self.caller.principal_arn(&self.home);
        let principal = self.caller.principal(&self.home, &principal_arn);
        let about_caller = self.context();
        let trust = trust::policy(state, &self.home, &asks)?;
        let (mut checks, mut refusal) = (Vec::new(), None);
        self.authority.with_policies(state, &self.caller, trust.as_ref(), |decide| {
            for Ask { action, resource, context } in asks {
                let ask = Ask { action, resource, context: joined(context, &about_caller) };
                let answer = decide(&Request {
                    principal,
                    action,
                    resource: &ask.resource,
                    context: &ask.context,
                });
                let another =
                    host.and_then(|host| guard::refusal(state, &self.home, host, &ask));
                let Ask { resource, .. } = ask;
                let (denial, by) = match answer {
                    Answer::Decided { denial: None, .. } if another.is_some() => {
                        let why = another.map(|why| format!("User: {} {why}", self.caller.arn));
                        (why, By { kind: Some("host"), ..Default::default() })
                    }
                    Answer::Decided { denial, by } => (denial, by),
                    Answer::Unreadable(why) => (
                        Some(format!(
                            "User: {} is not authorized to perform: {action} on resource: {resource} because a policy cannot be read: {why}",
                            self.caller.arn
                        )),
                        By::default(),
                    ),
                };
                checks.push(Check {
                    action: action.into(),
                    resource: resource.into(),
                    is_allowed: denial.is_none(),
                    policy_type: by.kind.map(Into::into),
                    policy: by.policy.map(Into::into),
                    statement: by.statement.map(Into::into),
                });
                refusal = refusal.take().or(denial);
            }
        });
        self.checks.lock().unwrap_or_else(PoisonError::into_inner).append(&mut checks);
        match refusal {
            None => Ok(()),
            Some(message) => Err(Error::new(ErrorCode::AccessDenied, message)),
        }
    }

    /// What was decided so far.
    pub fn take_checks(&self) -> Vec<Check<'static>> {
        std::mem::take(&mut *self.checks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What condition keys say of the caller and the request, whatever it asks.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    fn context(&self) -> Context {
        let mut context = Context::new();
        self.caller.describe(&self.home, &mut context);
        let Origin { source_ip, user_agent, at } = &self.origin;
        if let Some(ip) = source_ip {
            context.insert("aws:SourceIp", ip.to_canonical().to_string());
        }
        if let Some(agent) = user_agent {
            context.insert("aws:UserAgent", agent.as_str());
        }
        context.insert("aws:CurrentTime", at.to_string());
        context.insert("aws:EpochTime", (at.0 / 1000).to_string());
        context.insert("aws:SecureTransport", "false");
        context.insert("aws:RequestedRegion", self.home.region.as_str());
        context.insert("aws:ViaAWSService", "false");
        context
    }
}

/// The keys of one ask with those of its caller.
fn joined(mut context: Context, about_caller: &Context) -> Context {
    for (key, values) in about_caller.iter() {
        if let [value] = values {
            context.insert(key, value.as_str());
        }
    }
    context
}
