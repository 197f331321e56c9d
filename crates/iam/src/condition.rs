//! Conditions: the operators, and what each says of the values of a request.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use alloc::{boxed::Box, string::String, vec::Vec};
use core::net::IpAddr;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Context,
    arn::{ArnPattern, Parts},
    glob::{Case, Glob},
    value::{Decimal, Moment, Network},
};

/// One operator with one key.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) quantifier: Quantifier,
    pub(crate) if_exists: bool,
    /// True when no value matches, as in `StringNotEquals`.
    pub(crate) negated: bool,
    /// In lower case.
    pub(crate) key: Box<str>,
    pub(crate) test: Test,
}

/// How the values of a request are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    /// Without a set operator.
    Plain,
    ForAnyValue,
    ForAllValues,
}

/// What a value of the request is compared with; any of the values is enough.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// Strings and Booleans.
    Text(Case, Box<[Glob]>),
    Number(Comparison, Box<[Decimal]>),
    Date(Comparison, Box<[Moment]>),
    Binary(Box<[Vec<u8>]>),
    Ip(Box<[Network]>),
    Arn(Box<[ArnPattern]>),
    /// Whether the key is to be missing.
    Null(Box<[bool]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    fn holds<T: Ord>(self, value: &T, limit: &T) -> bool {
        match self {
            Comparison::Equal => value == limit,
            Comparison::Less => value < limit,
            Comparison::LessOrEqual => value <= limit,
            Comparison::Greater => value > limit,
            Comparison::GreaterOrEqual => value >= limit,
        }
    }
}

impl Condition {
    /// Whether the condition is true of a request.
    ///
    /// AWS asks for a set operator wherever a key is multivalued. Without one we take any value that
    /// matches, and for a negated operator none that matches, so that a Deny is not got around by
    /// one more value.
    pub(crate) fn is_met(&self, context: &Context) -> bool {
        let values = context.get(&self.key);
        // An empty string is null, to Null and to the set operators.
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html#AccessPolicyLanguage_RequestContext>
        let is_null = || values.iter().all(String::is_empty);
        if let Test::Null(expected) = &self.test {
            return expected.contains(&is_null());
        }
        match self.quantifier {
            Quantifier::ForAllValues if is_null() => true,
            Quantifier::ForAllValues => {
                values.iter().all(|value| self.test.matches(value, context) != self.negated)
            }
            _ if values.is_empty() && self.if_exists => true,
            Quantifier::ForAnyValue if is_null() => false,
            Quantifier::ForAnyValue => {
                values.iter().any(|value| self.test.matches(value, context) != self.negated)
            }
            Quantifier::Plain => {
                values.iter().any(|value| self.test.matches(value, context)) != self.negated
            }
        }
    }

    /// Its key and those of its policy variables.
    pub(crate) fn context_keys(&self) -> impl Iterator<Item = &str> {
        let (globs, arns): (&[Glob], &[ArnPattern]) = match &self.test {
            Test::Text(_, globs) => (globs, &[]),
            Test::Arn(patterns) => (&[], patterns),
            _ => (&[], &[]),
        };
        let variables = globs.iter().flat_map(Glob::variables);
        let variables = variables.chain(arns.iter().flat_map(ArnPattern::variables));
        core::iter::once(&*self.key).chain(variables)
    }
}

impl Test {
    /// Whether a value of the request matches any of ours. What cannot be read as what the operator
    /// compares matches nothing.
    fn matches(&self, value: &str, context: &Context) -> bool {
        match self {
            Test::Text(case, globs) => globs.iter().any(|glob| glob.matches(value, *case, context)),
            Test::Number(comparison, limits) => Decimal::parse(value)
                .is_some_and(|value| limits.iter().any(|limit| comparison.holds(&value, limit))),
            Test::Date(comparison, limits) => Moment::parse(value)
                .is_some_and(|value| limits.iter().any(|limit| comparison.holds(&value, limit))),
            Test::Binary(wanted) => {
                STANDARD.decode(value).is_ok_and(|bytes| wanted.contains(&bytes))
            }
            Test::Ip(networks) => value
                .parse::<IpAddr>()
                .is_ok_and(|address| networks.iter().any(|network| network.holds(address))),
            Test::Arn(patterns) => {
                let arn = Parts::of(value);
                patterns.iter().any(|pattern| pattern.matches(&arn, context))
            }
            Test::Null(_) => false,
        }
    }
}
