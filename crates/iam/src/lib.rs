//! IAM's policy language and how AWS decides by it: documents are parsed and compiled once, and a
//! request is decided without I/O, clock or allocation, with the statement that decided it.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html>
//!
//! ```
//! use iam::{Context, Grammar, Named, Policies, Policy, Principal, Request, decide};
//!
//! let policy = Policy::parse(
//!     r#"{"Version": "2012-10-17",
//!         "Statement": {"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}}"#,
//!     Grammar::Identity,
//! )?;
//! let context = Context::default();
//! let request = Request {
//!     principal: Principal::User { arn: "arn:aws:iam::111122223333:user/ann" },
//!     action: "ecs:RunTask",
//!     resource: "*",
//!     context: &context,
//! };
//! let identity = [Named { name: "look", policy: &policy }];
//! let decision = decide(&request, &Policies { identity: &identity, ..Policies::default() });
//! assert_eq!(
//!     decision.sentence(&request).unwrap().to_string(),
//!     "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecs:RunTask \
//!      on resource: * because no identity-based policy allows the ecs:RunTask action"
//! );
//! # Ok::<(), iam::Malformed>(())
//! ```
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod action;
mod arn;
mod condition;
mod context;
mod decide;
mod decision;
mod glob;
mod json;
mod malformed;
mod parse;
mod policy;
mod principal;
mod request;
mod simulate;
#[cfg(test)]
mod tests;
mod value;

pub use context::Context;
pub use decide::decide;
pub use decision::{Decision, Grant, Kind, Sentence, StatementRef};
pub use malformed::Malformed;
pub use policy::{Effect, Grammar, Policy, Position, Span, Statement};
pub use request::{Named, Policies, Principal, Request};
pub use simulate::{Simulation, simulate};

/// The sizes that AWS allows of documents. Spaces between elements are not counted.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub mod limits {
    /// All inline policies of a user together, in characters.
    pub const USER_INLINE_CHARS_MAX: usize = 2_048;
    /// All inline policies of a role together, in characters.
    pub const ROLE_INLINE_CHARS_MAX: usize = 10_240;
    /// One version of a managed policy, in characters.
    pub const MANAGED_CHARS_MAX: usize = 6_144;
    /// A role's trust policy, in characters.
    pub const TRUST_CHARS_MAX: usize = 2_048;
    /// All session policies of one session together, in characters.
    pub const SESSION_CHARS_MAX: usize = 2_048;
    /// The longest text that any operation takes as a document, in bytes: the API model's
    /// `policyDocumentType`. Longer ones are not read at all.
    pub const DOCUMENT_BYTES_MAX: usize = 131_072;

    /// The size of a document as AWS counts it, in characters.
    pub fn chars(text: &str) -> usize {
        text.chars().filter(|sign| !sign.is_whitespace()).count()
    }
}

/// The entry for a fuzzer: whatever the bytes are, parsing and deciding never panic, statements stand
/// in the text in their order, and nobody is let in by a document that allows nothing.
pub fn fuzz(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    for grammar in [Grammar::Identity, Grammar::Trust, Grammar::Resource] {
        let Ok(policy) = Policy::parse(text, grammar) else { continue };
        let spans = policy.statements().iter().map(Statement::span);
        assert!(spans.is_sorted_by(|one, next| one.end < next.start));
        let context: Context =
            policy.context_keys().into_iter().map(|key| (key, "arn:aws:a:b:c:2026")).collect();
        let named = Named { name: "fuzz", policy: &policy };
        let request = Request {
            principal: Principal::User { arn: "arn:aws:iam::111122223333:user/ann" },
            action: "sts:AssumeRole",
            resource: "arn:aws:iam::111122223333:role/web",
            context: &context,
        };
        let identity = [named];
        let policies = match grammar {
            Grammar::Identity => Policies { identity: &identity, ..Policies::default() },
            _ => Policies { resource: Some(named), ..Policies::default() },
        };
        let allows =
            policy.statements().iter().any(|statement| statement.effect() == Effect::Allow);
        assert!(allows || !decide(&request, &policies).is_allowed());
    }
}
