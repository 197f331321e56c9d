//! Expressions as text that parses back to the same tree.

use core::fmt::{self, Display};

use crate::{
    Argument, Expression, Operator, Predicate, Subject,
    parse::{is_bare, is_bare_pattern},
};

impl Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Or(parts) => {
                join(f, parts, " or ", |part| matches!(part, Expression::Or(_)))
            }
            Expression::And(parts) => join(f, parts, " and ", |part| {
                matches!(part, Expression::Or(_) | Expression::And(_))
            }),
            Expression::Not(inner) => write!(f, "not({inner})"),
            Expression::Predicate(predicate) => predicate.fmt(f),
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression],
    between: &str,
    in_parentheses: fn(&Expression) -> bool,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        if in_parentheses(part) { write!(f, "({part})")? } else { part.fmt(f)? }
    }
    Ok(())
}

impl Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.subject, self.operator)?;
        match &self.argument {
            Argument::None => Ok(()),
            Argument::Text(text) => write!(f, " {}", Literal(text, is_bare)),
            Argument::Pattern(pattern) => {
                write!(f, " {}", Literal(pattern.as_str(), is_bare_pattern))
            }
            Argument::Version(_, text) | Argument::Date(_, text) => write!(f, " {text}"),
            Argument::Number(number) => write!(f, " {number}"),
            Argument::List(items) => {
                f.write_str(" [")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{}", if i > 0 { ", " } else { "" }, Literal(item, is_bare))?;
                }
                f.write_str("]")
            }
        }
    }
}

/// A literal, in quotes when it could not stand bare.
struct Literal<'a>(&'a str, fn(&str) -> bool);

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Literal(text, may_be_bare) = *self;
        if may_be_bare(text) {
            f.write_str(text)
        } else if text.contains('\'') {
            write!(f, "\"{text}\"")
        } else {
            write!(f, "'{text}'")
        }
    }
}

impl Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::AgentConnected => f.write_str("agentConnected"),
            Subject::AgentVersion => f.write_str("agentVersion"),
            Subject::Attribute(name) => write!(f, "attribute:{name}"),
            Subject::Ec2InstanceId => f.write_str("ec2InstanceId"),
            Subject::RegisteredAt => f.write_str("registeredAt"),
            Subject::RunningTasksCount => f.write_str("runningTasksCount"),
            Subject::TaskGroup => f.write_str("task:group"),
        }
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
