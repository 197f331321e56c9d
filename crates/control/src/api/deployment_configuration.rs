//! The deployment configuration of a service, from the wire: percentages, strategy, circuit
//! breaker, alarms, early success.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html>

use model::{
    BreakerThreshold, CircuitBreaker, DeploymentAlarms, DeploymentConfiguration,
    DeploymentStrategy, EarlySuccess, SchedulingStrategy, TrafficSteps,
};
use wire::{Error, ecs};

use super::{lifecycle_hooks, service_settings::unsupported};
use crate::{Cx, alarms, limits};

/// What LINEAR does where nothing else is said.
const LINEAR_DEFAULT: TrafficSteps = TrafficSteps { step_permille: 100, bake_time_minutes: 6 };
/// What CANARY does where nothing else is said.
const CANARY_DEFAULT: TrafficSteps = TrafficSteps { step_permille: 50, bake_time_minutes: 10 };

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
    cx: &Cx,
    current: DeploymentConfiguration,
    given: Option<ecs::DeploymentConfiguration>,
    scheduling: SchedulingStrategy,
) -> Result<DeploymentConfiguration, Error> {
    let Some(given) = given else { return Ok(current) };
    let strategy = given.strategy.map_or(current.strategy, strategy);
    let minimum = percent("minimumHealthyPercent", given.minimum_healthy_percent, 0, 100)?;
    let maximum = percent("maximumPercent", given.maximum_percent, 0, i32::MAX)?;
    let bake = minutes("bakeTimeInMinutes", given.bake_time_in_minutes)?;
    let traffic_steps = traffic_steps(&given, strategy, &current)?;
    let new = DeploymentConfiguration {
        minimum_healthy_percent: minimum.unwrap_or(current.minimum_healthy_percent),
        maximum_percent: maximum.unwrap_or(current.maximum_percent),
        circuit_breaker: match given.deployment_circuit_breaker {
            Some(breaker) => circuit_breaker(&breaker)?,
            None => current.circuit_breaker,
        },
        strategy,
        traffic_steps,
        bake_time_minutes: bake.unwrap_or(current.bake_time_minutes),
        alarms: match given.alarms {
            Some(alarms) => deployment_alarms(alarms)?,
            None => current.alarms,
        },
        early_success: match given.early_success_criteria {
            Some(criteria) => early_success(&criteria)?,
            None => current.early_success,
        },
        lifecycle_hooks: match given.lifecycle_hooks {
            Some(hooks) => lifecycle_hooks::parse(cx, hooks)?,
            None => current.lifecycle_hooks,
        },
    };
    check_percentages(&new, scheduling)?;
    check_strategy(&new, scheduling)?;
    check_early_success(&new)?;
    Ok(new)
}

fn strategy(given: ecs::DeploymentStrategy) -> DeploymentStrategy {
    match given {
        ecs::DeploymentStrategy::Rolling => DeploymentStrategy::Rolling,
        ecs::DeploymentStrategy::BlueGreen => DeploymentStrategy::BlueGreen,
        ecs::DeploymentStrategy::Linear => DeploymentStrategy::Linear,
        ecs::DeploymentStrategy::Canary => DeploymentStrategy::Canary,
    }
}

fn check_percentages(
    new: &DeploymentConfiguration,
    scheduling: SchedulingStrategy,
) -> Result<(), Error> {
    let (minimum, maximum) = (new.minimum_healthy_percent, new.maximum_percent);
    let is_rolling = new.strategy == DeploymentStrategy::Rolling;
    match scheduling {
        SchedulingStrategy::Daemon if maximum != 100 => Err(Error::invalid_parameter(format!(
            "maximumPercent is {maximum}; it must be 100 for a service with the DAEMON scheduling strategy."
        ))),
        _ if maximum < 100 => Err(Error::invalid_parameter(format!(
            "maximumPercent is {maximum}; it must be at least 100."
        ))),
        SchedulingStrategy::Replica if is_rolling && minimum == 100 && maximum == 100 => {
            Err(Error::invalid_parameter(
                "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
            ))
        }
        SchedulingStrategy::Replica | SchedulingStrategy::Daemon => Ok(()),
    }
}

/// What goes with which strategy.
fn check_strategy(
    new: &DeploymentConfiguration,
    scheduling: SchedulingStrategy,
) -> Result<(), Error> {
    let strategy = new.strategy;
    if strategy == DeploymentStrategy::Rolling {
        if new.lifecycle_hooks.is_empty() {
            return Ok(());
        }
        return Err(unsupported(
            "deploymentConfiguration.lifecycleHooks with the strategy ROLLING",
        ));
    }
    if scheduling == SchedulingStrategy::Daemon {
        return Err(Error::invalid_parameter(format!(
            "strategy is {strategy}; a service with the DAEMON scheduling strategy has ROLLING."
        )));
    }
    if new.early_success.is_some() {
        return Err(Error::invalid_parameter(format!(
            "earlySuccessCriteria.enable is true and strategy is {strategy}; early success is for ROLLING alone."
        )));
    }
    if new.circuit_breaker.enable {
        return Err(Error::invalid_parameter(format!(
            "deploymentCircuitBreaker.enable is true and strategy is {strategy}; the circuit breaker is for ROLLING alone."
        )));
    }
    Ok(())
}

fn traffic_steps(
    given: &ecs::DeploymentConfiguration,
    strategy: DeploymentStrategy,
    current: &DeploymentConfiguration,
) -> Result<Option<TrafficSteps>, Error> {
    let foreign = [
        (given.canary_configuration.is_some(), "canaryConfiguration", DeploymentStrategy::Canary),
        (given.linear_configuration.is_some(), "linearConfiguration", DeploymentStrategy::Linear),
    ];
    if let Some((_, member, of)) =
        foreign.iter().find(|(is_used, _, of)| *is_used && *of != strategy)
    {
        return Err(Error::invalid_parameter(format!(
            "{member} goes with the strategy {of}; the strategy is {strategy}."
        )));
    }
    let kept = current.traffic_steps.filter(|_| current.strategy == strategy);
    let (default, least, names, percent, bake) = match strategy {
        DeploymentStrategy::Rolling | DeploymentStrategy::BlueGreen => return Ok(None),
        DeploymentStrategy::Linear => {
            let given = given.linear_configuration.as_ref();
            let (percent, bake) =
                given.map_or((None, None), |g| (g.step_percent, g.step_bake_time_in_minutes));
            (LINEAR_DEFAULT, 30, ["stepPercent", "stepBakeTimeInMinutes"], percent, bake)
        }
        DeploymentStrategy::Canary => {
            let given = given.canary_configuration.as_ref();
            let (percent, bake) =
                given.map_or((None, None), |g| (g.canary_percent, g.canary_bake_time_in_minutes));
            (CANARY_DEFAULT, 1, ["canaryPercent", "canaryBakeTimeInMinutes"], percent, bake)
        }
    };
    let base = kept.unwrap_or(default);
    Ok(Some(TrafficSteps {
        step_permille: permille(names[0], percent, least)?.unwrap_or(base.step_permille),
        bake_time_minutes: minutes(names[1], bake)?.unwrap_or(base.bake_time_minutes),
    }))
}

/// A percentage of the traffic in tenths, of which `least` is the smallest number.
fn permille(field: &str, given: Option<f64>, least: u32) -> Result<Option<u32>, Error> {
    let Some(percent) = given else { return Ok(None) };
    let tenths = percent * 10.0;
    let is_whole = (tenths - tenths.round()).abs() < 1e-6;
    if !is_whole || tenths.round() < f64::from(least) || tenths.round() > 1_000.0 {
        return Err(Error::invalid_parameter(format!(
            "{field} is {percent}; it must be between {} and 100.0, in tenths.",
            f64::from(least) / 10.0
        )));
    }
    Ok(Some(tenths.round() as u32))
}

fn minutes(field: &str, given: Option<i32>) -> Result<Option<u32>, Error> {
    let Some(minutes) = given else { return Ok(None) };
    match u32::try_from(minutes).ok().filter(|m| *m <= limits::BAKE_TIME_MINUTES_MAX) {
        Some(minutes) => Ok(Some(minutes)),
        None => Err(Error::invalid_parameter(format!(
            "{field} is {minutes}; it must be between 0 and {}.",
            limits::BAKE_TIME_MINUTES_MAX
        ))),
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
