//! Constraints: the rules that a container instance must meet.

use alloc::{string::ToString, vec::Vec};
use core::fmt;
use model::PlacementConstraint;
use query::{Expression, Subject};

use crate::Invalid;

/// The most constraints of a task, those of its task definition and those of the request together.
pub const CONSTRAINTS_MAX: usize = 10;

/// A constraint, ready to be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// No other of the task's peers is to run on the instance. One whose desired status is STOPPED
    /// does not count, even while it still runs.
    DistinctInstance,
    /// The expression selects the instance.
    MemberOf(Expression),
}

impl Constraint {
    /// Reads one; the error tells the place in the expression.
    pub fn parse(constraint: &PlacementConstraint) -> Result<Self, Invalid> {
        match constraint {
            PlacementConstraint::DistinctInstance => Ok(Constraint::DistinctInstance),
            PlacementConstraint::MemberOf { expression } => member_of(expression),
        }
    }

    /// Reads the constraints of a task definition (its `memberOf` expressions) and those of a request
    /// or service, at most [`CONSTRAINTS_MAX`] together.
    pub fn parse_all(
        task_definition: &[alloc::string::String],
        request: &[PlacementConstraint],
    ) -> Result<Vec<Self>, Invalid> {
        let count = task_definition.len() + request.len();
        if count > CONSTRAINTS_MAX {
            return Err(Invalid {
                field: "placementConstraints",
                value: alloc::format!("{count} constraints"),
                rule: alloc::format!(
                    "at most {CONSTRAINTS_MAX} are allowed, those of the task definition included"
                ),
            });
        }
        let of_definition = task_definition.iter().map(|expression| member_of(expression));
        of_definition.chain(request.iter().map(Constraint::parse)).collect()
    }
}

/// Whether an expression asks about the tasks of an instance, not only about the instance itself.
pub(crate) fn asks_about_tasks(expression: &Expression) -> bool {
    match expression {
        Expression::Or(parts) | Expression::And(parts) => parts.iter().any(asks_about_tasks),
        Expression::Not(inner) => asks_about_tasks(inner),
        Expression::Predicate(predicate) => {
            matches!(predicate.subject(), Subject::RunningTasksCount | Subject::TaskGroup)
        }
    }
}

fn member_of(expression: &str) -> Result<Constraint, Invalid> {
    Expression::parse(expression).map(Constraint::MemberOf).map_err(|error| Invalid {
        field: "placementConstraints.expression",
        value: expression.to_string(),
        rule: error.to_string(),
    })
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constraint::DistinctInstance => f.write_str("distinctInstance"),
            Constraint::MemberOf(expression) => write!(f, "memberOf({expression})"),
        }
    }
}
