//! What the operations that start tasks read alike: counts, percentages, placement, the fit of a task
//! definition, and what is not supported yet.

use model::{
    BreakerThreshold, CircuitBreaker, DeploymentAlarms, DeploymentConfiguration,
    DeploymentStrategy, EarlySuccess, LaunchType, PlacementConstraint, PlacementStrategy,
    PropagateTags, SchedulingStrategy,
};
use serde::Serialize;
use serde_json::Value;
use store::TaskDefinitionRow;
use wire::{Error, ecs};

use crate::{alarms, limits};

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
        strategy: DeploymentStrategy::Rolling,
        traffic_steps: None,
        lifecycle_hooks: Vec::new(),
        alarms: DeploymentAlarms::default(),
    }
}

/// Sets what is given over `current`.
pub fn configuration(
    current: DeploymentConfiguration,
    given: Option<ecs::DeploymentConfiguration>,
    strategy: SchedulingStrategy,
) -> Result<DeploymentConfiguration, Error> {
    let Some(given) = given else { return Ok(current) };
    check_rolling(&given)?;
    let minimum = percent("minimumHealthyPercent", given.minimum_healthy_percent, 0, 100)?;
    let maximum = percent("maximumPercent", given.maximum_percent, 0, i32::MAX)?;
    let new = DeploymentConfiguration {
        minimum_healthy_percent: minimum.unwrap_or(current.minimum_healthy_percent),
        maximum_percent: maximum.unwrap_or(current.maximum_percent),
        circuit_breaker: match given.deployment_circuit_breaker {
            Some(breaker) => circuit_breaker(&breaker)?,
            None => current.circuit_breaker,
        },
        bake_time_minutes: match given.bake_time_in_minutes {
            Some(minutes) => bake_time(minutes)?,
            None => current.bake_time_minutes,
        },
        alarms: match given.alarms {
            Some(alarms) => deployment_alarms(alarms)?,
            None => current.alarms,
        },
        early_success: match given.early_success_criteria {
            Some(criteria) => early_success(&criteria)?,
            None => current.early_success,
        },
        ..current
    };
    check_early_success(&new)?;
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

fn bake_time(minutes: i32) -> Result<u32, Error> {
    let max = limits::BAKE_TIME_MINUTES_MAX;
    if !(0..=max).contains(&minutes) {
        return Err(Error::invalid_parameter(format!(
            "bakeTimeInMinutes is {minutes}; it must be between 0 and {max}."
        )));
    }
    Ok(minutes as u32)
}

fn deployment_alarms(given: ecs::DeploymentAlarms) -> Result<DeploymentAlarms, Error> {
    let alarms = DeploymentAlarms {
        names: given.alarm_names.unwrap_or_default(),
        enable: given.enable.unwrap_or_default(),
        rollback: given.rollback.unwrap_or_default(),
    };
    alarms.names.iter().try_for_each(|name| alarms::check_name(name))?;
    if alarms.enable && alarms.names.is_empty() {
        return Err(Error::invalid_parameter(
            "alarms.alarmNames is empty; alarms that are enabled need one name at least.",
        ));
    }
    Ok(alarms)
}

fn early_success(
    given: &ecs::DeploymentEarlySuccessCriteria,
) -> Result<Option<EarlySuccess>, Error> {
    let healthy = percent("earlySuccessCriteria.healthyPercent", given.healthy_percent, 0, 100)?;
    if given.enable != Some(true) {
        return Ok(None);
    }
    match (healthy, given.source_service_revision_cleanup) {
        (Some(healthy_percent), Some(cleanup)) => Ok(Some(EarlySuccess {
            healthy_percent,
            cleanup_blocks: cleanup == ecs::ServiceRevisionCleanup::Blocking,
        })),
        _ => Err(Error::invalid_parameter(
            "earlySuccessCriteria: healthyPercent and sourceServiceRevisionCleanup are needed when it is enabled.",
        )),
    }
}

fn check_early_success(new: &DeploymentConfiguration) -> Result<(), Error> {
    let Some(early) = new.early_success else { return Ok(()) };
    if early.healthy_percent < new.minimum_healthy_percent {
        return Err(Error::invalid_parameter(format!(
            "earlySuccessCriteria.healthyPercent is {}; it must be at least minimumHealthyPercent, which is {}.",
            early.healthy_percent, new.minimum_healthy_percent
        )));
    }
    Ok(())
}

fn check_rolling(given: &ecs::DeploymentConfiguration) -> Result<(), Error> {
    let is_rolling = given.strategy.is_none_or(|s| s == ecs::DeploymentStrategy::Rolling);
    let features = [
        (!is_rolling, "strategy other than ROLLING"),
        (given.lifecycle_hooks.as_ref().is_some_and(|h| !h.is_empty()), "lifecycleHooks"),
        (given.canary_configuration.is_some(), "canaryConfiguration"),
        (given.linear_configuration.is_some(), "linearConfiguration"),
    ];
    match features.iter().find(|(is_used, _)| *is_used) {
        Some((_, feature)) => Err(unsupported(&format!("deploymentConfiguration.{feature}"))),
        None => Ok(()),
    }
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

fn unsupported(feature: &str) -> Error {
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
