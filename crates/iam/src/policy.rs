//! A compiled policy document and its statements.

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::{action::Actions, arn::Resources, condition::Condition, principal::Principals};

/// Which elements a document must and must not have, by what it is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// Attached to a user, group or role, or used as a boundary or session policy: resources, no
    /// principals.
    Identity,
    /// A role's trust policy: principals and actions of STS, no resources.
    Trust,
    /// Any other policy of a resource: principals and resources.
    Resource,
}

/// What a statement does when it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Lets the request through, unless something denies it.
    Allow,
    /// Refuses the request, whatever allows it.
    Deny,
}

/// A place in a document's text; both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// Where a statement stands in a document's text, as SimulatePrincipalPolicy gives it: the places
/// just after its two braces.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// After the opening brace.
    pub start: Position,
    /// After the closing brace.
    pub end: Position,
}

/// A document that was parsed and compiled: immutable, and cheap to decide with.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) grammar: Grammar,
    pub(crate) id: Option<String>,
    pub(crate) statements: Vec<Statement>,
}

impl Policy {
    /// The grammar it was parsed by.
    pub fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// Its `Id`, which nothing depends on.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in the order of the document.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Every condition key that the document asks for, in lower case, each once, in order: what
    /// GetContextKeysForPrincipalPolicy answers.
    pub fn context_keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> =
            self.statements.iter().flat_map(Statement::context_keys).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// One statement, compiled.
#[derive(Clone, Debug)]
pub struct Statement {
    pub(crate) sid: Option<String>,
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    pub(crate) actions: Actions,
    pub(crate) resources: Resources,
    pub(crate) conditions: Box<[Condition]>,
    pub(crate) span: Span,
}

impl Statement {
    /// Its `Sid`; none where it is missing or empty.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// What it does.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Where it stands in the text.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The condition keys that its conditions and policy variables ask for, in lower case.
    pub(crate) fn context_keys(&self) -> impl Iterator<Item = &str> {
        let conditions = self.conditions.iter().flat_map(Condition::context_keys);
        self.resources.context_keys().chain(conditions)
    }
}
