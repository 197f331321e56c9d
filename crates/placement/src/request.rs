//! What is to be placed.

use alloc::{string::String, sync::Arc, vec::Vec};
use arn::ServiceId;
use model::{Attribute, LaunchType, Resources};

use crate::{Constraint, SpreadField, Strategy};

/// A task that wants a container instance. One request serves every task that differs only in its
/// id, such as those of a service's deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What it holds, from [`crate::needs_of`]. Of `gpus` only the number counts.
    pub needs: Resources,
    /// What its instance must have, from the task definition. One with a value must have that value.
    pub requires_attributes: Vec<Attribute>,
    /// Binding, from [`Constraint::parse_all`].
    pub constraints: Vec<Constraint>,
    /// Best effort, in order, from [`Strategy::parse_all`]. Empty takes any instance that fits.
    pub strategies: Vec<Strategy>,
    /// The tasks that `spread` and `distinctInstance` count.
    pub peers: Peers,
    /// EC2 goes to instances of the cloud, EXTERNAL to those with the attribute
    /// `ecs.capability.external`, FARGATE to either.
    pub launch_type: LaunchType,
}

impl Request {
    /// The same without what other tasks on an instance may keep from it, such as room: it fits where
    /// the task is right. `spread_over` orders the instances by the values of that attribute.
    pub(crate) fn without_room(&self, spread_over: Option<&str>) -> Self {
        let over = |name| Strategy::Spread(SpreadField::Attribute(Arc::from(name)));
        let is_kept = |constraint: &&Constraint| **constraint != Constraint::DistinctInstance;
        Request {
            needs: Resources::default(),
            requires_attributes: self.requires_attributes.clone(),
            constraints: self.constraints.iter().filter(is_kept).cloned().collect(),
            strategies: spread_over.map(over).into_iter().collect(),
            peers: Peers::Group(String::new()),
            launch_type: self.launch_type,
        }
    }
}

/// The tasks that one task is to be kept apart from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peers {
    /// The tasks of a service, of all its deployments. A service is told by its id: what a caller
    /// wrote as a task's `group` does not make it one of them.
    Service(ServiceId),
    /// The tasks of no service that have this task group.
    Group(String),
}

/// A constraint or strategy that ECS refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} '{value}' is not valid: {rule}")]
pub struct Invalid {
    /// The member, in ECS's words.
    pub field: &'static str,
    /// What was given.
    pub value: String,
    /// The rule that it breaks; for an expression the parser's message with its caret.
    pub rule: String,
}
