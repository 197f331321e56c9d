//! The order among the containers of a task: `dependsOn`, and what links and `volumesFrom` imply.
//!
//! A container may start when the gate of its dependencies is open; it may be stopped when nothing
//! that depends on it is left. What can never start is known at once, with the reason that ECS's
//! agent reports.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_dependson>

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use model::{DependencyCondition, Timestamp};

/// What a container waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The other exists; `volumesFrom` implies it.
    Create,
    /// The other runs or has run; links imply it.
    Start,
    /// The other has ended.
    Complete,
    /// The other has ended with exit code 0.
    Success,
    /// The other's health check passes.
    Healthy,
}

impl Condition {
    /// The word in a payload.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Start => "START",
            Self::Complete => "COMPLETE",
            Self::Success => "SUCCESS",
            Self::Healthy => "HEALTHY",
        }
    }

    /// Reads the word in a payload; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Create, Self::Start, Self::Complete, Self::Success, Self::Healthy]
            .into_iter()
            .find(|condition| condition.as_str() == word)
    }
}

impl From<DependencyCondition> for Condition {
    fn from(condition: DependencyCondition) -> Self {
        match condition {
            DependencyCondition::Start => Self::Start,
            DependencyCondition::Complete => Self::Complete,
            DependencyCondition::Success => Self::Success,
            DependencyCondition::Healthy => Self::Healthy,
        }
    }
}

/// A container and what it waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The container.
    pub name: String,
    /// What it waits for, by the name of the other.
    pub waits_for: Vec<(String, Condition)>,
    /// How long others wait for it, counted from its start; for ever when absent.
    pub start_timeout_ms: Option<i64>,
    /// Whether it can become healthy at all.
    pub has_health_check: bool,
}

/// Where a container is, as far as order cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How far it came.
    pub stage: Stage,
    /// The exit code, once it has ended.
    pub exit_code: Option<i64>,
    /// Its health.
    pub healthy: bool,
    /// When it was started first; absent when it never ran.
    pub started_at: Option<Timestamp>,
}

/// How far a container came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It does not exist yet.
    #[default]
    Absent,
    /// It exists and never ran.
    Created,
    /// It runs.
    Running,
    /// It has ended, or will never run.
    Stopped,
}

/// Containers whose order makes no sense. Displays without the task's ARN, which the reporter adds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// A container waits for one that the task does not have.
    #[error("container '{container}' depends on '{other}', which is not in the task")]
    Unknown {
        /// The one that waits.
        container: String,
        /// The one that is not there.
        other: String,
    },
    /// A container waits for the health of one without a health check.
    #[error("container '{container}' waits for '{other}' to be HEALTHY, which has no health check")]
    NoHealthCheck {
        /// The one that waits.
        container: String,
        /// The one without a check.
        other: String,
    },
    /// Containers wait for each other in a circle.
    #[error("the containers depend on each other in a circle: {}", .0.join(", "))]
    Circle(
        /// All containers that can never start because of it, by name.
        Vec<String>,
    ),
}

/// Whether a container may start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// It may.
    Open,
    /// It has to wait for another.
    Waiting {
        /// The other.
        on: String,
        /// What must become true of it.
        condition: Condition,
        /// When waiting turns into failing.
        until: Option<Timestamp>,
    },
    /// It will never start. The text is what ECS's agent reports after `CannotStartContainerError: `.
    Failed(String),
}

/// The order of a task's containers, known to make sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    nodes: BTreeMap<String, Node>,
}

impl Order {
    /// Checks that everything that is waited for is there, can happen, and forms no circle.
    pub fn new(nodes: impl IntoIterator<Item = Node>) -> Result<Self, OrderError> {
        let nodes: BTreeMap<String, Node> =
            nodes.into_iter().map(|node| (node.name.clone(), node)).collect();
        for node in nodes.values() {
            for (other, condition) in &node.waits_for {
                let container = node.name.clone();
                let Some(first) = nodes.get(other) else {
                    return Err(OrderError::Unknown { container, other: other.clone() });
                };
                if *condition == Condition::Healthy && !first.has_health_check {
                    return Err(OrderError::NoHealthCheck { container, other: other.clone() });
                }
            }
        }
        let order = Self { nodes };
        let left = order.stuck();
        if left.is_empty() { Ok(order) } else { Err(OrderError::Circle(left)) }
    }

    /// What is left when everything that can be ordered has been taken away.
    fn stuck(&self) -> Vec<String> {
        let mut left: BTreeSet<&str> = self.nodes.keys().map(String::as_str).collect();
        loop {
            let free = |name: &&str| {
                self.nodes[*name].waits_for.iter().all(|(other, _)| !left.contains(other.as_str()))
            };
            let Some(next) = left.iter().copied().find(|name| free(name)) else {
                return left.into_iter().map(String::from).collect();
            };
            left.remove(next);
        }
    }

    /// Whether a container may be pulled, created and started.
    pub fn gate(
        &self,
        container: &str,
        progress: impl Fn(&str) -> Progress,
        now: Timestamp,
    ) -> Gate {
        let Some(node) = self.nodes.get(container) else { return Gate::Open };
        let mut waiting = None;
        for (other, condition) in &node.waits_for {
            match self.resolve(container, other, *condition, progress(other), now) {
                Gate::Open => {}
                Gate::Failed(reason) => return Gate::Failed(reason),
                wait @ Gate::Waiting { .. } => {
                    waiting.get_or_insert(wait);
                }
            }
        }
        waiting.unwrap_or(Gate::Open)
    }

    fn resolve(
        &self,
        container: &str,
        other: &str,
        condition: Condition,
        progress: Progress,
        now: Timestamp,
    ) -> Gate {
        let stopped = progress.stage == Stage::Stopped;
        let resolved = match condition {
            Condition::Create => progress.stage >= Stage::Created,
            Condition::Start => progress.stage == Stage::Running || stopped && ran(&progress),
            Condition::Complete => stopped,
            Condition::Success => stopped && ran(&progress) && progress.exit_code == Some(0),
            Condition::Healthy => progress.stage == Stage::Running && progress.healthy,
        };
        if resolved {
            return Gate::Open;
        }
        let failed = |what: &str| {
            Gate::Failed(format!(
                "dependency graph: failed to resolve container ordering dependency [{other}] for \
                 target [{container}] as dependency {what}."
            ))
        };
        if stopped {
            return failed(match condition {
                Condition::Success => "did not exit successfully",
                Condition::Healthy => "stopped before it was healthy",
                _ => "did not start",
            });
        }
        let until = match (condition, progress.started_at, self.nodes[other].start_timeout_ms) {
            (Condition::Create | Condition::Start, ..) => None,
            (_, Some(started_at), Some(timeout_ms)) => Some(started_at.plus_ms(timeout_ms)),
            _ => None,
        };
        if until.is_some_and(|until| now >= until) {
            return failed("has timed out");
        }
        Gate::Waiting { on: other.into(), condition, until }
    }

    /// Whether a container may be stopped: nothing that waits for it is left. When a circle of this
    /// rule and a stubborn container would hold the stop up, the caller's stop timeout ends it.
    pub fn may_stop(&self, container: &str, progress: impl Fn(&str) -> Progress) -> bool {
        self.nodes.values().all(|node| {
            let depends = node.waits_for.iter().any(|(other, _)| other == container);
            !depends || matches!(progress(&node.name).stage, Stage::Absent | Stage::Stopped)
        })
    }
}

fn ran(progress: &Progress) -> bool {
    progress.started_at.is_some()
}
