//! What CreateService and UpdateService both read: counts, percentages, placement, and what is not
//! supported yet.

use model::{
    BreakerThreshold, CircuitBreaker, DeploymentConfiguration, LaunchType, PlacementConstraint,
    PlacementStrategy, PropagateTags, SchedulingStrategy, TaskDefinition,
};
use wire::{Error, ecs};

use crate::limits;

/// The number of tasks that a service wants.
pub fn desired_count(given: i32) -> Result<u32, Error> {
    u32::try_from(given).ok().filter(|n| *n <= limits::DESIRED_COUNT_MAX).ok_or_else(|| {
        Error::invalid_parameter(format!(
            "desiredCount is {given}; it must be between 0 and {}.",
            limits::DESIRED_COUNT_MAX
        ))
    })
}

/// ECS's defaults: 100 and 200 percent, for daemons 0 and 100.
pub fn default_configuration(strategy: SchedulingStrategy) -> DeploymentConfiguration {
    let (minimum_healthy_percent, maximum_percent) = match strategy {
        SchedulingStrategy::Replica => (100, 200),
        SchedulingStrategy::Daemon => (0, 100),
    };
    DeploymentConfiguration {
        minimum_healthy_percent,
        maximum_percent,
        circuit_breaker: CircuitBreaker::default(),
        early_success: None,
        bake_time_minutes: 0,
    }
}

/// Sets what is given over `current`.
pub fn configuration(
    current: DeploymentConfiguration,
    given: Option<ecs::DeploymentConfiguration>,
    strategy: SchedulingStrategy,
) -> Result<DeploymentConfiguration, Error> {
    let Some(given) = given else { return Ok(current) };
    check_supported(&given)?;
    let minimum = percent("minimumHealthyPercent", given.minimum_healthy_percent, 0, 100)?;
    let maximum = percent("maximumPercent", given.maximum_percent, 0, 200)?;
    let new = DeploymentConfiguration {
        minimum_healthy_percent: minimum.unwrap_or(current.minimum_healthy_percent),
        maximum_percent: maximum.unwrap_or(current.maximum_percent),
        circuit_breaker: match given.deployment_circuit_breaker {
            Some(breaker) => circuit_breaker(&breaker)?,
            None => current.circuit_breaker,
        },
        early_success: current.early_success,
        bake_time_minutes: current.bake_time_minutes,
    };
    let (minimum, maximum) = (new.minimum_healthy_percent, new.maximum_percent);
    match strategy {
        SchedulingStrategy::Daemon if maximum != 100 => Err(Error::invalid_parameter(format!(
            "maximumPercent is {maximum}; it must be 100 for a service with the DAEMON scheduling strategy."
        ))),
        _ if maximum < 100 => Err(Error::invalid_parameter(format!(
            "maximumPercent is {maximum}; it must be at least 100."
        ))),
        SchedulingStrategy::Replica if minimum == 100 && maximum == 100 => {
            Err(Error::invalid_parameter(
                "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
            ))
        }
        SchedulingStrategy::Replica | SchedulingStrategy::Daemon => Ok(new),
    }
}

fn percent(field: &str, given: Option<i32>, low: i32, high: i32) -> Result<Option<u32>, Error> {
    match given {
        Some(v) if v < low || v > high => Err(Error::invalid_parameter(format!(
            "{field} is {v}; it must be between {low} and {high}."
        ))),
        other => Ok(other.map(|v| v as u32)),
    }
}

fn circuit_breaker(given: &ecs::DeploymentCircuitBreaker) -> Result<CircuitBreaker, Error> {
    let threshold = match &given.threshold_configuration {
        None => BreakerThreshold::default(),
        Some(threshold) => {
            let value = threshold.value.unwrap_or_default();
            let value = u32::try_from(value).ok().filter(|v| *v > 0).ok_or_else(|| {
                Error::invalid_parameter(format!(
                    "thresholdConfiguration.value is {value}; it must be positive."
                ))
            })?;
            match threshold.r#type {
                Some(ecs::ThresholdType::Count) => BreakerThreshold::Count(value),
                Some(ecs::ThresholdType::UnboundedPercent) => {
                    BreakerThreshold::UnboundedPercent(value)
                }
                Some(ecs::ThresholdType::BoundedPercent) | None => {
                    BreakerThreshold::BoundedPercent(value)
                }
            }
        }
    };
    Ok(CircuitBreaker {
        enable: given.enable.unwrap_or_default(),
        rollback: given.rollback.unwrap_or_default(),
        threshold,
        reset_on_healthy_task: given.reset_on_healthy_task.unwrap_or(true),
    })
}

fn check_supported(given: &ecs::DeploymentConfiguration) -> Result<(), Error> {
    let is_rolling = given.strategy.is_none_or(|s| s == ecs::DeploymentStrategy::Rolling);
    let alarms = given.alarms.as_ref();
    refuse(&[
        (!is_rolling, "deploymentConfiguration.strategy other than ROLLING"),
        (alarms.is_some_and(|a| a.enable == Some(true)), "deploymentConfiguration.alarms"),
        (
            given.lifecycle_hooks.as_ref().is_some_and(|h| !h.is_empty()),
            "deploymentConfiguration.lifecycleHooks",
        ),
        (
            given.bake_time_in_minutes.is_some_and(|t| t != 0),
            "deploymentConfiguration.bakeTimeInMinutes with the ROLLING strategy",
        ),
        (given.early_success_criteria.is_some(), "deploymentConfiguration.earlySuccessCriteria"),
    ])
}

/// Refuses, by name, the first feature that is used and not supported.
pub fn refuse(features: &[(bool, &str)]) -> Result<(), Error> {
    match features.iter().find(|(is_used, _)| *is_used) {
        Some((_, feature)) => Err(Error::unsupported_feature(format!(
            "{feature}: this control plane does not support it."
        ))),
        None => Ok(()),
    }
}

/// The launch type of a request; EC2 when none is given.
pub fn launch_type(given: Option<ecs::LaunchType>) -> Result<LaunchType, Error> {
    match given {
        None | Some(ecs::LaunchType::Ec2) => Ok(LaunchType::Ec2),
        Some(ecs::LaunchType::External) => Ok(LaunchType::External),
        Some(ecs::LaunchType::Fargate) => Err(Error::unsupported_feature(
            "launchType FARGATE: this control plane has no Fargate pool.",
        )),
        Some(ecs::LaunchType::ManagedInstances) => Err(Error::unsupported_feature(
            "launchType MANAGED_INSTANCES: this control plane does not support it.",
        )),
    }
}

/// The placement constraints of a request. `placement` knows their rules; those of the task
/// definition count with them.
pub fn constraints(
    given: Option<Vec<ecs::PlacementConstraint>>,
    definition: &TaskDefinition,
) -> Result<Vec<PlacementConstraint>, Error> {
    let given = given.unwrap_or_default();
    let constraints = given.into_iter().map(constraint).collect::<Result<Vec<_>, _>>()?;
    placement::Constraint::parse_all(&definition.placement_constraints, &constraints)
        .map_err(invalid)?;
    Ok(constraints)
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
