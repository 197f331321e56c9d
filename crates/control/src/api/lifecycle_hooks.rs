//! The lifecycle hooks of a service, from the wire.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html>

use ecs::DeploymentLifecycleHookStage as Stage;
use model::{HookTarget, LifecycleHook, LifecycleHookAction, LifecycleStage};
use serde_json::Value;
use wire::{Error, ecs};

use crate::{Cx, limits};

/// How long a hook waits for an answer where nothing else is said: a day.
const TIMEOUT_MINUTES_DEFAULT: i32 = 1_440;
/// How long a pause may last.
const PAUSE_MINUTES_MAX: i32 = 20_160;
/// How long a Lambda function may take.
const LAMBDA_MINUTES_MAX: i32 = 1_440;

/// The hooks that a request gives, all checked.
pub fn parse(
    cx: &Cx,
    given: Vec<ecs::DeploymentLifecycleHook>,
) -> Result<Vec<LifecycleHook>, Error> {
    let hooks = given.into_iter().map(|hook| parse_one(cx, hook)).collect::<Result<Vec<_>, _>>()?;
    let pauses = hooks.iter().filter(|hook| hook.target == HookTarget::Pause).count();
    for (kind, count) in [("PAUSE", pauses), ("AWS_LAMBDA", hooks.len() - pauses)] {
        if count > limits::LIFECYCLE_HOOK_COUNT_MAX {
            return Err(invalid(&format!(
                "{count} hooks have the targetType {kind}; a service has at most {}.",
                limits::LIFECYCLE_HOOK_COUNT_MAX
            )));
        }
    }
    Ok(hooks)
}

fn parse_one(cx: &Cx, given: ecs::DeploymentLifecycleHook) -> Result<LifecycleHook, Error> {
    let stages = given.lifecycle_stages.clone().unwrap_or_default();
    if stages.is_empty() {
        return Err(invalid("a hook needs lifecycleStages."));
    }
    let timeout = given.timeout_configuration.clone().unwrap_or_default();
    let kind = given.target_type.unwrap_or(ecs::DeploymentLifecycleHookTargetType::AwsLambda);
    let (target, minutes_max) = match kind {
        ecs::DeploymentLifecycleHookTargetType::Pause => {
            (pause(&given, &stages)?, PAUSE_MINUTES_MAX)
        }
        ecs::DeploymentLifecycleHookTargetType::AwsLambda => {
            (lambda(cx, given)?, LAMBDA_MINUTES_MAX)
        }
    };
    let minutes = timeout.timeout_in_minutes.unwrap_or(TIMEOUT_MINUTES_DEFAULT);
    if !(1..=minutes_max).contains(&minutes) {
        return Err(invalid(&format!(
            "timeoutConfiguration.timeoutInMinutes is {minutes}; for a hook with the targetType {kind} it must be between 1 and {minutes_max}."
        )));
    }
    Ok(LifecycleHook {
        target,
        stages: stages.into_iter().map(stage).collect(),
        timeout_minutes: minutes as u32,
        timeout_action: timeout.action.map_or(LifecycleHookAction::Rollback, action),
    })
}

fn pause(given: &ecs::DeploymentLifecycleHook, stages: &[Stage]) -> Result<HookTarget, Error> {
    let foreign = [
        (given.hook_target_arn.is_some(), "hookTargetArn"),
        (given.role_arn.is_some(), "roleArn"),
        (given.hook_details.is_some(), "hookDetails"),
    ];
    if let Some((_, member)) = foreign.iter().find(|(is_used, _)| *is_used) {
        return Err(invalid(&format!("a hook with the targetType PAUSE has no {member}.")));
    }
    let shifts = [Stage::TestTrafficShift, Stage::ProductionTrafficShift];
    if let Some(stage) = stages.iter().find(|stage| shifts.contains(stage)) {
        return Err(invalid(&format!("a hook with the targetType PAUSE cannot be at {stage}.")));
    }
    Ok(HookTarget::Pause)
}

fn lambda(cx: &Cx, given: ecs::DeploymentLifecycleHook) -> Result<HookTarget, Error> {
    let function_arn = given.hook_target_arn.unwrap_or_default();
    let is_function = function_arn.starts_with("arn:aws:lambda:")
        && function_arn.split(':').nth(5) == Some("function")
        && function_arn.split(':').nth(6).is_some_and(|name| !name.is_empty());
    if !is_function {
        return Err(invalid(&format!(
            "hookTargetArn is '{function_arn}'; a hook with the targetType AWS_LAMBDA needs the ARN of a Lambda function."
        )));
    }
    let Some(role_arn) = given.role_arn else {
        return Err(invalid("a hook with the targetType AWS_LAMBDA needs roleArn."));
    };
    if given.hook_details.as_ref().is_some_and(|details| !details.is_object()) {
        return Err(invalid("hookDetails must be a JSON object."));
    }
    if cx.settings.lambda_endpoint.is_none() {
        return Err(Error::unsupported_feature(
            "deploymentConfiguration.lifecycleHooks with the targetType AWS_LAMBDA: this control plane was started without --lambda-endpoint.",
        ));
    }
    let details = given.hook_details.as_ref().map(Value::to_string);
    Ok(HookTarget::AwsLambda { function_arn, role_arn, details })
}

fn stage(given: Stage) -> LifecycleStage {
    match given {
        Stage::ReconcileService => LifecycleStage::ReconcileService,
        Stage::PreScaleUp => LifecycleStage::PreScaleUp,
        Stage::PostScaleUp => LifecycleStage::PostScaleUp,
        Stage::TestTrafficShift => LifecycleStage::TestTrafficShift,
        Stage::PostTestTrafficShift => LifecycleStage::PostTestTrafficShift,
        Stage::PreProductionTrafficShift => LifecycleStage::PreProductionTrafficShift,
        Stage::ProductionTrafficShift => LifecycleStage::ProductionTrafficShift,
        Stage::PostProductionTrafficShift => LifecycleStage::PostProductionTrafficShift,
    }
}

/// What becomes of a deployment that a hook held.
pub fn action(given: ecs::DeploymentLifecycleHookAction) -> LifecycleHookAction {
    match given {
        ecs::DeploymentLifecycleHookAction::Rollback => LifecycleHookAction::Rollback,
        ecs::DeploymentLifecycleHookAction::Continue => LifecycleHookAction::Continue,
    }
}

fn invalid(message: &str) -> Error {
    Error::invalid_parameter(format!("lifecycleHooks: {message}"))
}
