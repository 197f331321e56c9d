//! Strategies: the preferences among the container instances that fit.

use alloc::{format, string::ToString, sync::Arc, vec, vec::Vec};
use core::fmt;
use model::{ContainerInstance, PlacementStrategy, Resources, Usage};

use crate::Invalid;

/// The most strategies in a chain.
pub const STRATEGIES_MAX: usize = 5;

/// A strategy, ready to be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Any, by the seed.
    Random,
    /// Where the fewest peers are.
    Spread(SpreadField),
    /// Where the least is left.
    Binpack(BinpackField),
}

/// What tasks are spread over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpreadField {
    /// Container instances; `instanceId`, and `host` means the same.
    InstanceId,
    /// The values of an attribute. The instances without it count as one more value.
    Attribute(Arc<str>),
}

/// Which resource is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinpackField {
    /// CPU units.
    Cpu,
    /// Memory.
    Memory,
}

impl Strategy {
    /// Reads one.
    pub fn parse(strategy: &PlacementStrategy) -> Result<Self, Invalid> {
        let refused = |value: &str, rule: &str| {
            let field = "placementStrategy.field";
            Err(Invalid { field, value: value.to_string(), rule: rule.to_string() })
        };
        match strategy {
            PlacementStrategy::Random => Ok(Strategy::Random),
            PlacementStrategy::Spread { field } => match field.strip_prefix("attribute:") {
                Some("") => refused(field, "attribute: must be followed by a name"),
                Some(name) => Ok(Strategy::Spread(SpreadField::Attribute(name.into()))),
                None if field == "instanceId" || field == "host" => {
                    Ok(Strategy::Spread(SpreadField::InstanceId))
                }
                None => refused(field, "spread takes instanceId, host or attribute:NAME"),
            },
            // ECS answers `MEMORY` to some clients, which send it back.
            PlacementStrategy::Binpack { field } => match field.to_ascii_lowercase().as_str() {
                "cpu" => Ok(Strategy::Binpack(BinpackField::Cpu)),
                "memory" => Ok(Strategy::Binpack(BinpackField::Memory)),
                _ => refused(field, "binpack takes cpu or memory"),
            },
        }
    }

    /// Reads a chain of at most [`STRATEGIES_MAX`].
    pub fn parse_all(strategies: &[PlacementStrategy]) -> Result<Vec<Self>, Invalid> {
        if strategies.len() > STRATEGIES_MAX {
            return Err(Invalid {
                field: "placementStrategy",
                value: format!("{} strategies", strategies.len()),
                rule: format!("at most {STRATEGIES_MAX} are allowed"),
            });
        }
        strategies.iter().map(Strategy::parse).collect()
    }

    /// The part of a chain that decides anything: `random` leaves no tie to break, and a strategy
    /// breaks no tie of its own.
    pub(crate) fn deciding(chain: &[Strategy]) -> Vec<&Strategy> {
        let mut deciding: Vec<&Strategy> = Vec::new();
        for strategy in chain {
            if deciding.last() == Some(&&Strategy::Random) {
                break;
            }
            if !deciding.contains(&strategy) {
                deciding.push(strategy);
            }
        }
        deciding
    }

    /// What a service follows that names none: even over zones, and in a zone over instances, as
    /// UpdateService describes where its tasks start and stop.
    pub fn of_services() -> Vec<Self> {
        let zone = SpreadField::Attribute("ecs.availability-zone".into());
        vec![Strategy::Spread(zone), Strategy::Spread(SpreadField::InstanceId)]
    }
}

impl BinpackField {
    /// How much of it these resources have.
    pub(crate) fn amount(self, of: &Resources) -> i64 {
        match self {
            BinpackField::Cpu => of.cpu_units,
            BinpackField::Memory => of.memory_mib,
        }
    }

    /// How much of it is free on an instance.
    pub(crate) fn free(self, instance: &ContainerInstance, usage: &Usage) -> i64 {
        self.amount(&instance.registered) - self.amount(&usage.held)
    }
}

impl fmt::Display for SpreadField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpreadField::InstanceId => f.write_str("instanceId"),
            SpreadField::Attribute(name) => write!(f, "attribute:{name}"),
        }
    }
}

impl fmt::Display for BinpackField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BinpackField::Cpu => "cpu",
            BinpackField::Memory => "memory",
        })
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Strategy::Random => f.write_str("random"),
            Strategy::Spread(field) => write!(f, "spread({field})"),
            Strategy::Binpack(field) => write!(f, "binpack({field})"),
        }
    }
}
