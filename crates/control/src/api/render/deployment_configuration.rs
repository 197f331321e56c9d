//! A deployment configuration as services and service deployments show it.

use model::{
    BreakerThreshold, CircuitBreaker, DeploymentConfiguration, DeploymentStrategy, EarlySuccess,
    HookTarget, LifecycleHook, SchedulingStrategy,
};
use wire::ecs;

use super::word;

/// A deployment configuration. A DAEMON service without alarms does not mention them, as in ECS.
pub fn deployment_configuration(
    configuration: &DeploymentConfiguration,
    scheduling: SchedulingStrategy,
) -> ecs::DeploymentConfiguration {
    let is_replica = scheduling == SchedulingStrategy::Replica;
    let (hooks, alarms) = (&configuration.lifecycle_hooks, &configuration.alarms);
    let mut shown = ecs::DeploymentConfiguration {
        maximum_percent: Some(configuration.maximum_percent as i32),
        minimum_healthy_percent: Some(configuration.minimum_healthy_percent as i32),
        deployment_circuit_breaker: Some(circuit_breaker(&configuration.circuit_breaker)),
        strategy: word(configuration.strategy.as_str()),
        bake_time_in_minutes: Some(configuration.bake_time_minutes as i32),
        lifecycle_hooks: (!hooks.is_empty()).then(|| hooks.iter().map(hook).collect()),
        alarms: (is_replica || !alarms.names.is_empty()).then(|| ecs::DeploymentAlarms {
            alarm_names: Some(alarms.names.clone()),
            rollback: Some(alarms.rollback),
            enable: Some(alarms.enable),
        }),
        early_success_criteria: configuration.early_success.map(early_success),
        ..ecs::DeploymentConfiguration::default()
    };
    if let Some(steps) = configuration.traffic_steps {
        let step = Some(percent(steps.step_permille));
        let bake = Some(steps.bake_time_minutes as i32);
        if configuration.strategy == DeploymentStrategy::Linear {
            shown.linear_configuration = Some(ecs::LinearConfiguration {
                step_percent: step,
                step_bake_time_in_minutes: bake,
            });
        } else {
            shown.canary_configuration = Some(ecs::CanaryConfiguration {
                canary_percent: step,
                canary_bake_time_in_minutes: bake,
            });
        }
    }
    shown
}

fn early_success(criteria: EarlySuccess) -> ecs::DeploymentEarlySuccessCriteria {
    ecs::DeploymentEarlySuccessCriteria {
        enable: Some(true),
        healthy_percent: Some(criteria.healthy_percent as i32),
        source_service_revision_cleanup: Some(if criteria.cleanup_blocks {
            ecs::ServiceRevisionCleanup::Blocking
        } else {
            ecs::ServiceRevisionCleanup::Deferred
        }),
    }
}

/// Tenths of a percent as percent.
pub fn percent(permille: u32) -> f64 {
    f64::from(permille) / 10.0
}

fn hook(hook: &LifecycleHook) -> ecs::DeploymentLifecycleHook {
    let stages = hook.stages.iter().filter_map(|stage| word(stage.as_str()));
    let mut shown = ecs::DeploymentLifecycleHook {
        lifecycle_stages: Some(stages.collect()),
        target_type: Some(target_type(&hook.target)),
        timeout_configuration: Some(ecs::DeploymentLifecycleHookTimeoutConfiguration {
            action: word(hook.timeout_action.as_str()),
            timeout_in_minutes: Some(hook.timeout_minutes as i32),
        }),
        ..ecs::DeploymentLifecycleHook::default()
    };
    if let HookTarget::AwsLambda { function_arn, role_arn, details } = &hook.target {
        shown.hook_target_arn = Some(function_arn.clone());
        shown.role_arn = Some(role_arn.clone());
        shown.hook_details = details.as_deref().and_then(|d| serde_json::from_str(d).ok());
    }
    shown
}

/// The kind of a hook.
pub fn target_type(target: &HookTarget) -> ecs::DeploymentLifecycleHookTargetType {
    match target {
        HookTarget::Pause => ecs::DeploymentLifecycleHookTargetType::Pause,
        HookTarget::AwsLambda { .. } => ecs::DeploymentLifecycleHookTargetType::AwsLambda,
    }
}

fn circuit_breaker(breaker: &CircuitBreaker) -> ecs::DeploymentCircuitBreaker {
    let (kind, value) = match breaker.threshold {
        BreakerThreshold::Count(value) => (ecs::ThresholdType::Count, value),
        BreakerThreshold::BoundedPercent(value) => (ecs::ThresholdType::BoundedPercent, value),
        BreakerThreshold::UnboundedPercent(value) => (ecs::ThresholdType::UnboundedPercent, value),
    };
    ecs::DeploymentCircuitBreaker {
        enable: Some(breaker.enable),
        rollback: Some(breaker.rollback),
        reset_on_healthy_task: Some(breaker.reset_on_healthy_task),
        threshold_configuration: Some(ecs::ThresholdConfiguration {
            r#type: Some(kind),
            value: Some(value as i32),
        }),
    }
}
