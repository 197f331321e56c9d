//! The tree of an expression.

use alloc::{boxed::Box, string::String, vec::Vec};
use model::Timestamp;

use crate::{Pattern, Version};

/// A parsed and type-checked expression. [`Expression::parse`] makes one; it prints as an expression
/// that parses to the same tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// True when one of at least two is.
    Or(Vec<Expression>),
    /// True when all of at least two are.
    And(Vec<Expression>),
    /// True when the other is false.
    Not(Box<Expression>),
    /// One comparison.
    Predicate(Predicate),
}

/// `subject operator argument`, whose parts fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    pub(crate) subject: Subject,
    pub(crate) operator: Operator,
    pub(crate) argument: Argument,
}

impl Predicate {
    /// What is compared.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// How.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// With what.
    pub fn argument(&self) -> &Argument {
        &self.argument
    }
}

/// What of a container instance is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Whether its agent is connected: `true` or `false`.
    AgentConnected,
    /// Its agent's version, compared number by number.
    AgentVersion,
    /// The value of the attribute of this name.
    Attribute(String),
    /// The id of its machine.
    Ec2InstanceId,
    /// When it registered, to the second.
    RegisteredAt,
    /// How many tasks are RUNNING on it.
    RunningTasksCount,
    /// The groups of the tasks that it hosts.
    TaskGroup,
}

/// A comparison; each has a sign and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// `==`, `equals`
    Equals,
    /// `!=`, `not_equals`
    NotEquals,
    /// `>`, `greater_than`
    Greater,
    /// `>=`, `greater_than_equal`
    GreaterEqual,
    /// `<`, `less_than`
    Less,
    /// `<=`, `less_than_equal`
    LessEqual,
    /// `exists`
    Exists,
    /// `!exists`, `not_exists`
    NotExists,
    /// `in`
    In,
    /// `!in`, `not_in`
    NotIn,
    /// `=~`, `matches`
    Matches,
    /// `!~`, `not_matches`
    NotMatches,
}

/// The right side of a comparison, in the type that its subject asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `exists` and `not_exists` take none.
    None,
    /// A text.
    Text(String),
    /// The texts of `in` and `not_in`, at least one.
    List(Vec<String>),
    /// The pattern of `=~` and `!~`.
    Pattern(Pattern),
    /// A version, and how it was written.
    Version(Version, String),
    /// A number, from 0.
    Number(u64),
    /// An instant, and how it was written.
    Date(Timestamp, String),
}

use Operator as Op;

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 12] = [
        Op::Equals,
        Op::NotEquals,
        Op::Greater,
        Op::GreaterEqual,
        Op::Less,
        Op::LessEqual,
        Op::Exists,
        Op::NotExists,
        Op::In,
        Op::NotIn,
        Op::Matches,
        Op::NotMatches,
    ];

    /// How it is printed: the sign where there is one.
    pub fn as_str(self) -> &'static str {
        match self {
            Op::Equals => "==",
            Op::NotEquals => "!=",
            Op::Greater => ">",
            Op::GreaterEqual => ">=",
            Op::Less => "<",
            Op::LessEqual => "<=",
            Op::Exists => "exists",
            Op::NotExists => "!exists",
            Op::In => "in",
            Op::NotIn => "!in",
            Op::Matches => "=~",
            Op::NotMatches => "!~",
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Op::Equals => "equals",
            Op::NotEquals => "not_equals",
            Op::Greater => "greater_than",
            Op::GreaterEqual => "greater_than_equal",
            Op::Less => "less_than",
            Op::LessEqual => "less_than_equal",
            Op::Exists => "exists",
            Op::NotExists => "not_exists",
            Op::In => "in",
            Op::NotIn => "not_in",
            Op::Matches => "matches",
            Op::NotMatches => "not_matches",
        }
    }
}

/// AWS names these for agentConnected and ec2InstanceId.
const OF_TEXT: &[Operator] =
    &[Op::Equals, Op::NotEquals, Op::In, Op::NotIn, Op::Matches, Op::NotMatches];
/// AWS names these for agentVersion, registeredAt and runningTasksCount.
const OF_ORDER: &[Operator] =
    &[Op::Equals, Op::NotEquals, Op::Greater, Op::GreaterEqual, Op::Less, Op::LessEqual];
/// AWS names none for task:group; a set of groups has no order.
const OF_GROUP: &[Operator] = &[
    Op::Equals,
    Op::NotEquals,
    Op::Exists,
    Op::NotExists,
    Op::In,
    Op::NotIn,
    Op::Matches,
    Op::NotMatches,
];

impl Subject {
    /// The operators that may follow it.
    pub fn operators(&self) -> &'static [Operator] {
        match self {
            Subject::AgentConnected | Subject::Ec2InstanceId => OF_TEXT,
            Subject::AgentVersion | Subject::RegisteredAt | Subject::RunningTasksCount => OF_ORDER,
            Subject::Attribute(_) => &Operator::ALL,
            Subject::TaskGroup => OF_GROUP,
        }
    }
}
