//! What is said on the command line of `longshore simulate`.

use std::str::FromStr;

use model::{PlacementConstraint, PlacementStrategy};
use placement::{Constraint, Strategy};

/// `NAME=COUNT`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// A task definition or a service.
    pub name: String,
    /// How many tasks.
    pub count: usize,
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rule = || "expected NAME=COUNT, such as web:3=6".to_owned();
        let (name, count) = text.split_once('=').ok_or_else(rule)?;
        let count = count.parse().map_err(|_| rule())?;
        if name.is_empty() { Err(rule()) } else { Ok(Amount { name: name.into(), count }) }
    }
}

/// Reads `random`, `spread:FIELD` or `binpack:FIELD`.
pub(super) fn strategy(text: &str) -> Result<PlacementStrategy, String> {
    let strategy = match text.split_once(':') {
        None if text == "random" => PlacementStrategy::Random,
        Some(("spread", field)) => PlacementStrategy::Spread { field: field.into() },
        Some(("binpack", field)) => PlacementStrategy::Binpack { field: field.into() },
        _ => return Err("expected random, spread:FIELD or binpack:FIELD".into()),
    };
    match Strategy::parse(&strategy) {
        Ok(_) => Ok(strategy),
        Err(invalid) => Err(invalid.to_string()),
    }
}

/// Reads `distinctInstance` or `memberOf:EXPRESSION`.
pub(super) fn constraint(text: &str) -> Result<PlacementConstraint, String> {
    let constraint = match text.split_once(':') {
        None if text == "distinctInstance" => PlacementConstraint::DistinctInstance,
        Some(("memberOf", expression)) => {
            PlacementConstraint::MemberOf { expression: expression.into() }
        }
        _ => return Err("expected distinctInstance or memberOf:EXPRESSION".into()),
    };
    match Constraint::parse(&constraint) {
        Ok(_) => Ok(constraint),
        // The parser's message has a caret under the place.
        Err(invalid) => Err(format!("the expression is refused {}", invalid.rule)),
    }
}
