//! What the operations that start tasks read alike: counts, placement, the fit of a task
//! definition, and what is not supported yet.

use model::{
    LaunchType, PlacementConstraint, PlacementStrategy, PropagateTags, SchedulingStrategy,
};
use serde::Serialize;
use serde_json::Value;
use store::TaskDefinitionRow;
use wire::{Error, ecs};

use crate::limits;

/// The number of tasks that a REPLICA service wants.
pub fn desired_count(given: i32, strategy: SchedulingStrategy) -> Result<u32, Error> {
    if strategy == SchedulingStrategy::Daemon {
        return Err(Error::invalid_parameter(
            "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.",
        ));
    }
    u32::try_from(given).ok().filter(|n| *n <= limits::DESIRED_COUNT_MAX).ok_or_else(|| {
        Error::invalid_parameter(format!(
            "desiredCount is {given}; it must be between 0 and {}.",
            limits::DESIRED_COUNT_MAX
        ))
    })
}

/// Members of CreateService, UpdateService, RunTask and StartTask that ask for what this control plane
/// does not have.
const UNSUPPORTED: &[&str] = &[
    "capacityProviderStrategy",
    "enableExecuteCommand",
    "gatewayConnectors",
    "loadBalancers",
    "monitoring",
    "platformVersion",
    "role",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// Refuses, by name, the first member that is used and not supported. A member that says that it is
/// not used, such as an empty list, is let pass.
pub fn check_supported(input: &impl Serialize) -> Result<(), Error> {
    let input = serde_json::to_value(input)
        .map_err(|error| Error::invalid_parameter(format!("The request: {error}.")))?;
    if let Some(member) = UNSUPPORTED.iter().find(|member| is_used(&input[**member])) {
        return Err(unsupported(member));
    }
    match input["deploymentController"]["type"].as_str() {
        None | Some("ECS" | "EXTERNAL") => Ok(()),
        Some(other) => Err(unsupported(&format!("deploymentController {other}"))),
    }
}

fn is_used(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) | Value::Number(_) | Value::String(_) => true,
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => members.get("enabled") != Some(&Value::Bool(false)),
    }
}

/// The refusal of what this control plane does not have.
pub fn unsupported(feature: &str) -> Error {
    Error::unsupported_feature(format!("{feature}: this control plane does not support it."))
}

/// Refuses a launch type or a network that the task definition was not found fit for, and what it
/// leaves to the start of a task.
pub fn check_fit(
    row: &TaskDefinitionRow,
    launch_type: LaunchType,
    has_network_configuration: bool,
) -> Result<(), Error> {
    let definition = &row.facts;
    if !definition.compatibilities.contains(&launch_type) {
        return Err(Error::invalid_parameter(format!(
            "Task definition does not support launch_type {launch_type}."
        )));
    }
    if definition.network_mode == model::NetworkMode::Awsvpc {
        return Err(unsupported("Network mode awsvpc"));
    }
    let mut volumes = row.document.volumes.iter().flatten();
    if let Some(volume) = volumes.find(|v| v.configured_at_launch == Some(true)) {
        let name = volume.name.as_deref().unwrap_or_default();
        return Err(unsupported(&format!("configuredAtLaunch of the volume '{name}'")));
    }
    if has_network_configuration {
        return Err(Error::invalid_parameter(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        ));
    }
    Ok(())
}

/// How long a new task may be unhealthy.
pub fn grace_period(given: Option<i32>) -> Result<Option<u32>, Error> {
    match given {
        Some(seconds) if seconds < 0 => Err(Error::invalid_parameter(format!(
            "healthCheckGracePeriodSeconds is {seconds}; it must be between 0 and 2147483647."
        ))),
        other => Ok(other.map(|seconds| seconds as u32)),
    }
}

/// The launch type of a request; EC2 when none is given.
pub fn launch_type(given: Option<ecs::LaunchType>) -> Result<LaunchType, Error> {
    match given {
        None | Some(ecs::LaunchType::Ec2) => Ok(LaunchType::Ec2),
        Some(ecs::LaunchType::External) => Ok(LaunchType::External),
        Some(other) => Err(unsupported(&format!("launchType {other}"))),
    }
}

/// The placement constraints of a request. `placement` knows their rules; those of the task
/// definition count with them.
pub fn constraints(
    given: Option<Vec<ecs::PlacementConstraint>>,
    of_definition: &[String],
) -> Result<Vec<PlacementConstraint>, Error> {
    let given = given.unwrap_or_default();
    let constraints = given.into_iter().map(constraint).collect::<Result<Vec<_>, _>>()?;
    check_constraints(&constraints, of_definition)?;
    Ok(constraints)
}

/// Checks constraints together with those of a task definition.
pub fn check_constraints(
    constraints: &[PlacementConstraint],
    of_definition: &[String],
) -> Result<(), Error> {
    placement::Constraint::parse_all(of_definition, constraints).map(drop).map_err(invalid)
}

fn constraint(given: ecs::PlacementConstraint) -> Result<PlacementConstraint, Error> {
    match (given.r#type, given.expression) {
        (Some(ecs::PlacementConstraintType::DistinctInstance), None) => {
            Ok(PlacementConstraint::DistinctInstance)
        }
        (Some(ecs::PlacementConstraintType::DistinctInstance), Some(_)) => {
            Err(Error::invalid_parameter(
                "placementConstraints: a constraint of the type distinctInstance has no expression.",
            ))
        }
        (Some(ecs::PlacementConstraintType::MemberOf), expression) => {
            Ok(PlacementConstraint::MemberOf { expression: expression.unwrap_or_default() })
        }
        (None, _) => Err(Error::invalid_parameter(
            "placementConstraints: a constraint needs a type, distinctInstance or memberOf.",
        )),
    }
}

/// The placement strategies of a request. `placement` knows their rules.
pub fn strategies(
    given: Option<Vec<ecs::PlacementStrategy>>,
) -> Result<Vec<PlacementStrategy>, Error> {
    let given = given.unwrap_or_default();
    let strategies =
        given.into_iter().map(|s| strategy(s.r#type, s.field)).collect::<Result<Vec<_>, _>>()?;
    placement::Strategy::parse_all(&strategies).map_err(invalid)?;
    Ok(strategies)
}

/// The placement strategies of a service: a DAEMON has none.
pub fn service_strategies(
    given: Option<Vec<ecs::PlacementStrategy>>,
    strategy: SchedulingStrategy,
) -> Result<Vec<PlacementStrategy>, Error> {
    let strategies = strategies(given)?;
    if strategy == SchedulingStrategy::Daemon && !strategies.is_empty() {
        return Err(Error::invalid_parameter(
            "placementStrategy: the DAEMON scheduling strategy does not support placement strategies.",
        ));
    }
    Ok(strategies)
}

fn strategy(
    kind: Option<ecs::PlacementStrategyType>,
    field: Option<String>,
) -> Result<PlacementStrategy, Error> {
    let field = field.unwrap_or_default();
    match kind {
        Some(ecs::PlacementStrategyType::Random) if field.is_empty() => {
            Ok(PlacementStrategy::Random)
        }
        Some(ecs::PlacementStrategyType::Random) => Err(Error::invalid_parameter(format!(
            "placementStrategy: the field '{field}' is not valid: random has no field."
        ))),
        Some(ecs::PlacementStrategyType::Binpack) => Ok(PlacementStrategy::Binpack { field }),
        Some(ecs::PlacementStrategyType::Spread) => Ok(PlacementStrategy::Spread { field }),
        None => Err(Error::invalid_parameter(
            "placementStrategy: a strategy needs a type, random, spread or binpack.",
        )),
    }
}

/// A rule of `placement` that a request breaks.
pub fn invalid(error: placement::Invalid) -> Error {
    Error::invalid_parameter(format!("{error}."))
}

/// Where tasks get their tags from.
pub fn propagate_tags(given: Option<ecs::PropagateTags>) -> PropagateTags {
    match given {
        Some(ecs::PropagateTags::TaskDefinition) => PropagateTags::TaskDefinition,
        Some(ecs::PropagateTags::Service) => PropagateTags::Service,
        Some(ecs::PropagateTags::None) | None => PropagateTags::None,
    }
}
