//! Why no container instance takes a task, in numbers and in ECS's words.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use arn::InstanceId;
use core::{cmp::Reverse, fmt};
use model::{ContainerInstanceStatus, LaunchType, Resources};

use crate::ClusterView;

/// Why a task was not placed: each container instance, and the first step that ruled it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// In the order of their ids.
    pub instances: Vec<RuledOut>,
}

/// A container instance that cannot take the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuledOut {
    /// Which.
    pub instance: InstanceId,
    /// What stood in the way.
    pub obstacle: Obstacle,
}

/// The step that ruled a container instance out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is DRAINING or INACTIVE.
    Status(ContainerInstanceStatus),
    /// It is not of the kind that the launch type runs on.
    LaunchType(LaunchType),
    /// Its agent is not connected.
    Agent,
    /// Too few CPU units are free.
    Cpu {
        /// Units that the task needs.
        asked: i64,
        /// Units that nothing holds.
        free: i64,
    },
    /// Too little memory is free.
    Memory {
        /// MiB that the task needs.
        asked_mib: i64,
        /// MiB that nothing holds.
        free_mib: i64,
    },
    /// Too few GPUs are free.
    Gpu {
        /// GPUs that the task needs.
        asked: usize,
        /// GPUs that nothing holds.
        free: usize,
    },
    /// Host ports that the task needs are taken.
    Ports {
        /// The TCP ones.
        tcp: Vec<u16>,
        /// The UDP ones.
        udp: Vec<u16>,
    },
    /// It lacks an attribute that the task definition requires.
    Attribute {
        /// Its name.
        name: String,
        /// The value that is required, if one is.
        asked: Option<String>,
        /// The value that it has; `None` when it lacks the attribute.
        found: Option<String>,
    },
    /// Peers are already there.
    DistinctInstance {
        /// How many.
        peers: u32,
    },
    /// An expression does not select it.
    MemberOf {
        /// The whole expression.
        expression: String,
        /// The comparisons that decide it.
        because: query::Explanation,
    },
}

/// The step, and the negative of what is lacking there.
pub(crate) type Closeness = (u8, i64);

impl Obstacle {
    /// ECS's word for it, as `failures[].reason` has it.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html>
    pub fn reason(&self) -> &'static str {
        match self {
            Obstacle::Status(_) => "INACTIVE",
            Obstacle::Agent => "AGENT",
            Obstacle::Cpu { .. } => "RESOURCE:CPU",
            Obstacle::Memory { .. } => "RESOURCE:MEMORY",
            Obstacle::Gpu { .. } => "RESOURCE:GPU",
            Obstacle::Ports { .. } => "RESOURCE:PORTS",
            Obstacle::LaunchType(_) | Obstacle::Attribute { .. } => "ATTRIBUTE",
            Obstacle::DistinctInstance { .. } => {
                "DistinctInstance placement constraint unsatisfied."
            }
            Obstacle::MemberOf { .. } => "MemberOf placement constraint unsatisfied.",
        }
    }

    /// How far the instance came, and how little it lacked: the highest is the closest match.
    pub(crate) fn closeness(&self) -> Closeness {
        match self {
            Obstacle::Status(_) => (0, 0),
            Obstacle::LaunchType(_) => (1, 0),
            Obstacle::Agent => (2, 0),
            Obstacle::Cpu { asked, free } => (3, free - asked),
            Obstacle::Memory { asked_mib, free_mib } => (4, free_mib - asked_mib),
            Obstacle::Gpu { asked, free } => (5, *free as i64 - *asked as i64),
            Obstacle::Ports { tcp, udp } => (6, -((tcp.len() + udp.len()) as i64)),
            Obstacle::Attribute { .. } => (7, 0),
            Obstacle::MemberOf { .. } => (8, 0),
            // It is right for the task and only taken.
            Obstacle::DistinctInstance { peers } => (9, -i64::from(*peers)),
        }
    }

    /// Whether the task asks for more of something than an instance with these resources has in all.
    pub(crate) fn is_beyond(&self, registered: &Resources) -> bool {
        match self {
            Obstacle::Cpu { asked, .. } => *asked > registered.cpu_units,
            Obstacle::Memory { asked_mib, .. } => *asked_mib > registered.memory_mib,
            Obstacle::Gpu { asked, .. } => *asked > registered.gpus.len(),
            _ => false,
        }
    }

    /// Whether ECS would look at the instance at all.
    pub(crate) fn is_considered(&self) -> bool {
        !matches!(self, Obstacle::Status(_) | Obstacle::LaunchType(_))
    }
}

/// What ECS says, in RunTask's exception as in events, where nothing could be considered.
const NO_INSTANCES: &str = "No Container Instances were found in your cluster.";

impl Explanation {
    /// Whether the cluster has no ACTIVE container instance for the launch type. RunTask then fails
    /// as a whole, with `No Container Instances were found in your cluster.`
    pub fn has_no_instances(&self) -> bool {
        self.considered().next().is_none()
    }

    /// The container instances that ECS looks at, those that are ACTIVE and of the launch type: for
    /// each of them RunTask has an entry in `failures[]`.
    pub fn considered(&self) -> impl Iterator<Item = &RuledOut> {
        self.instances.iter().filter(|out| out.obstacle.is_considered())
    }

    /// The container instance that came furthest, the one that lacked least among equals.
    pub fn closest(&self) -> Option<&RuledOut> {
        self.considered().max_by_key(|out| (out.obstacle.closeness(), Reverse(out.instance)))
    }

    /// What a service tells of it. The view is the one that was explained.
    pub fn shortfall<V: ClusterView>(&self, view: &V) -> Shortfall {
        let is_beyond = |out: &RuledOut| {
            let entry = view.instance(out.instance);
            entry.is_some_and(|(instance, _)| out.obstacle.is_beyond(&instance.registered))
        };
        Shortfall {
            closest: self.closest().cloned(),
            is_beyond_all: !self.has_no_instances() && self.considered().all(is_beyond),
        }
    }

    /// ECS's one-word reason for the task as a whole: that of the closest instance.
    pub fn reason(&self) -> &'static str {
        self.closest().map_or(NO_INSTANCES, |out| out.obstacle.reason())
    }
}

/// What a service tells of a task that was not placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The container instance that came furthest, the one that lacked least among equals; `None` where
    /// none is ACTIVE and of the launch type.
    pub closest: Option<RuledOut>,
    /// Whether the task asks for more CPU, memory or GPUs than any of those instances has in all, so
    /// that it waits in vain for other tasks to end.
    pub is_beyond_all: bool,
}

impl Shortfall {
    /// The service event without its head `(service NAME) `.
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html>
    pub fn event_text(&self) -> String {
        let cause = match &self.closest {
            None => format!("Reason: {NO_INSTANCES}"),
            Some(RuledOut { instance, obstacle }) => {
                let lacks = match obstacle {
                    Obstacle::Cpu { .. } => "has insufficient CPU units available.".to_string(),
                    Obstacle::Memory { .. } => "has insufficient memory available.".to_string(),
                    Obstacle::Ports { .. } => {
                        "is already using a port required by your task.".to_string()
                    }
                    Obstacle::Attribute { .. } => {
                        "is missing an attribute required by your task.".to_string()
                    }
                    other => format!("encountered error \"{}\".", other.reason()),
                };
                format!("The closest matching (container-instance {instance}) {lacks}")
            }
        };
        format!(
            "was unable to place a task because no container instance met all of its requirements. \
             {cause} For more information, see the Troubleshooting section of the Amazon ECS \
             Developer Guide."
        )
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Status(status) => write!(f, "it is {status}"),
            Obstacle::LaunchType(wanted) => write!(f, "it does not run {wanted} tasks"),
            Obstacle::Agent => f.write_str("its agent is not connected"),
            Obstacle::Cpu { asked, free } => write!(f, "{asked} CPU units asked, {free} free"),
            Obstacle::Memory { asked_mib, free_mib } => {
                write!(f, "{asked_mib} MiB of memory asked, {free_mib} free")
            }
            Obstacle::Gpu { asked, free } => write!(f, "{asked} GPUs asked, {free} free"),
            Obstacle::Ports { tcp, udp } => {
                let named = |kind: &str, ports: &[u16]| {
                    ports.iter().map(|port| format!("{port}/{kind}")).collect::<Vec<_>>()
                };
                let taken = [named("tcp", tcp), named("udp", udp)].concat();
                write!(f, "host ports taken: {}", taken.join(", "))
            }
            Obstacle::Attribute { name, asked, found } => {
                write!(f, "attribute {name}")?;
                if let Some(asked) = asked {
                    write!(f, " = {asked}")?;
                }
                match found {
                    Some(found) => write!(f, " asked, it has {found}"),
                    None => f.write_str(" asked, it has none"),
                }
            }
            Obstacle::DistinctInstance { peers } => {
                write!(f, "distinctInstance: {peers} tasks of the same kind are there")
            }
            Obstacle::MemberOf { because, .. } => write!(f, "memberOf: {because}"),
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.instances.is_empty() {
            return f.write_str(NO_INSTANCES);
        }
        for (i, RuledOut { instance, obstacle }) in self.instances.iter().enumerate() {
            write!(f, "{}{instance}: {obstacle}", if i > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}
