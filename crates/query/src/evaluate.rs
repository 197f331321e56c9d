//! Whether a container instance is selected, and which comparison says so.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{cmp::Ordering, fmt};

use crate::{Argument, Expression, InstanceView, Operator, Predicate, Subject, Version};

/// Why an expression holds or does not: the comparisons that decide it, and what each found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether the whole expression holds.
    pub holds: bool,
    /// The fewest comparisons that decide it, in the order of the expression.
    pub findings: Vec<Finding>,
}

/// One comparison of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The comparison, as it prints.
    pub predicate: String,
    /// Whether it is true. Under a `not` it is a true one that makes the whole false.
    pub holds: bool,
    /// What the container instance has; `None` when it has nothing to compare.
    pub actual: Option<String>,
}

impl Expression {
    /// Whether the container instance is selected.
    ///
    /// - A subject that the instance does not have makes every comparison false, the negative ones
    ///   too: `attribute:stack != prod` selects the instances that have `stack` with another value
    ///   (so AWS words its example of `!=`, and `not_in` and `!~` follow it here). To select those
    ///   without it as well, write `not(attribute:stack == prod)`.
    /// - `task:group` is the set of the groups that the instance hosts. `==`, `in` and `=~` ask
    ///   whether one of them is meant; their negatives ask whether none is, so that
    ///   `task:group != database` selects an empty instance.
    /// - Texts are compared by their bytes. Of an attribute, `<` and `>` compare two whole numbers as
    ///   numbers and everything else as texts.
    /// - `agentVersion` goes number by number (1.9 is below 1.14), `registeredAt` by the second.
    /// - A pattern must match the whole value.
    pub fn matches(&self, view: &dyn InstanceView) -> bool {
        match self {
            Expression::Or(parts) => parts.iter().any(|part| part.matches(view)),
            Expression::And(parts) => parts.iter().all(|part| part.matches(view)),
            Expression::Not(inner) => !inner.matches(view),
            Expression::Predicate(predicate) => predicate.matches(view),
        }
    }

    /// What [`Expression::matches`] answers, with the comparisons that decide it.
    pub fn explain(&self, view: &dyn InstanceView) -> Explanation {
        let mut findings = Vec::new();
        let holds = self.matches(view);
        self.find(view, holds, &mut findings);
        Explanation { holds, findings }
    }

    /// Adds the comparisons that make this `holds`.
    fn find(&self, view: &dyn InstanceView, holds: bool, findings: &mut Vec<Finding>) {
        match self {
            Expression::Not(inner) => inner.find(view, !holds, findings),
            Expression::Predicate(predicate) => findings.push(predicate.finding(view, holds)),
            // One part decides a true `or` and a false `and`; all of them decide the opposite.
            Expression::Or(parts) | Expression::And(parts) => {
                let one_decides = holds == matches!(self, Expression::Or(_));
                let deciding = parts.iter().filter(|part| part.matches(view) == holds);
                for part in deciding.take(if one_decides { 1 } else { parts.len() }) {
                    part.find(view, holds, findings);
                }
            }
        }
    }
}

impl Predicate {
    /// Whether the comparison is true of the container instance.
    pub fn matches(&self, view: &dyn InstanceView) -> bool {
        match &self.subject {
            Subject::Attribute(name) => self.text_matches(view.attribute(name)),
            Subject::Ec2InstanceId => self.text_matches(view.ec2_instance_id()),
            Subject::AgentConnected => {
                self.text_matches(Some(if view.agent_connected() { "true" } else { "false" }))
            }
            Subject::AgentVersion => {
                let actual = view.agent_version().and_then(Version::of_agent);
                let (Some(actual), Argument::Version(wanted, _)) = (actual, &self.argument) else {
                    return false;
                };
                self.operator.accepts(actual.cmp(wanted))
            }
            Subject::RegisteredAt => {
                let Argument::Date(wanted, _) = &self.argument else { return false };
                let actual_s = view.registered_at().0.div_euclid(1000);
                self.operator.accepts(actual_s.cmp(&wanted.0.div_euclid(1000)))
            }
            Subject::RunningTasksCount => {
                let Argument::Number(wanted) = self.argument else { return false };
                self.operator.accepts(u64::from(view.running_tasks_count()).cmp(&wanted))
            }
            Subject::TaskGroup => self.group_matches(view),
        }
    }

    fn text_matches(&self, actual: Option<&str>) -> bool {
        let Some(actual) = actual else { return self.operator == Operator::NotExists };
        match (&self.argument, self.operator) {
            (Argument::None, operator) => operator == Operator::Exists,
            (Argument::Text(wanted), operator) => operator.accepts(compare(actual, wanted)),
            (Argument::List(items), operator) => {
                items.iter().any(|item| item == actual) == (operator == Operator::In)
            }
            (Argument::Pattern(pattern), operator) => {
                pattern.is_match(actual) == (operator == Operator::Matches)
            }
            (Argument::Version(..) | Argument::Number(_) | Argument::Date(..), _) => false,
        }
    }

    fn group_matches(&self, view: &dyn InstanceView) -> bool {
        let hosted = match &self.argument {
            Argument::Text(wanted) => view.hosts_group(wanted),
            Argument::List(items) => items.iter().any(|item| view.hosts_group(item)),
            Argument::Pattern(pattern) => {
                view.hosts_group_where(&mut |group| pattern.is_match(group))
            }
            _ => view.hosts_group_where(&mut |_| true),
        };
        let positive = matches!(
            self.operator,
            Operator::Equals | Operator::In | Operator::Matches | Operator::Exists
        );
        hosted == positive
    }

    fn finding(&self, view: &dyn InstanceView, holds: bool) -> Finding {
        let actual = match &self.subject {
            Subject::Attribute(name) => view.attribute(name).map(ToString::to_string),
            Subject::Ec2InstanceId => view.ec2_instance_id().map(ToString::to_string),
            Subject::AgentConnected => Some(view.agent_connected().to_string()),
            Subject::AgentVersion => view.agent_version().map(ToString::to_string),
            Subject::RegisteredAt => Some(view.registered_at().to_string()),
            Subject::RunningTasksCount => Some(view.running_tasks_count().to_string()),
            Subject::TaskGroup => hosted_groups(view),
        };
        Finding { predicate: self.to_string(), holds, actual }
    }
}

/// How many groups a finding names before it says "and more".
const GROUPS_NAMED_MAX: usize = 5;

/// The groups in the order of their names, so that two views of one cluster tell the same.
fn hosted_groups(view: &dyn InstanceView) -> Option<String> {
    let mut groups = BTreeSet::new();
    view.hosts_group_where(&mut |group| {
        groups.insert(group.to_string());
        false
    });
    let more = if groups.len() > GROUPS_NAMED_MAX { " and more" } else { "" };
    let named: Vec<String> = groups.into_iter().take(GROUPS_NAMED_MAX).collect();
    (!named.is_empty()).then(|| format!("{}{more}", named.join(", ")))
}

/// Two whole numbers as numbers, anything else as texts.
fn compare(actual: &str, wanted: &str) -> Ordering {
    match (actual.parse::<i64>(), wanted.parse::<i64>()) {
        // Equality stays that of texts: `01` is not `1`.
        (Ok(a), Ok(b)) => a.cmp(&b).then_with(|| actual.cmp(wanted)),
        _ => actual.cmp(wanted),
    }
}

impl Operator {
    /// Whether a comparison that came out as `ordering` is what the operator asks for.
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Operator::Equals => ordering.is_eq(),
            Operator::NotEquals => ordering.is_ne(),
            Operator::Greater => ordering.is_gt(),
            Operator::GreaterEqual => ordering.is_ge(),
            Operator::Less => ordering.is_lt(),
            Operator::LessEqual => ordering.is_le(),
            _ => false,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, finding) in self.findings.iter().enumerate() {
            write!(f, "{}{finding}", if i > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is {}: it has ", self.predicate, self.holds)?;
        match &self.actual {
            Some(actual) => write!(f, "'{actual}'"),
            None => f.write_str("none"),
        }
    }
}
