//! ContinueServiceDeployment: the answer to a PAUSE hook.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html>

use model::{HookTarget, LifecycleHookAction, Service, ServiceDeployment};
use rollout::HookAnswer;
use store::Tx;
use wire::{Error, ecs};

use super::{lifecycle_hooks, lookup};
use crate::{Cx, events};

/// Lets a deployment that is paused go on, or takes it back. The reconciler does the rest.
pub fn continue_service_deployment(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::ContinueServiceDeploymentRequest,
) -> Result<ecs::ContinueServiceDeploymentResponse, Error> {
    let arn = input.service_deployment_arn.unwrap_or_default();
    let hook_id = input.hook_id.unwrap_or_default();
    let (service, deployment) = lookup::service_deployment(tx, cx, &arn)?;
    check_paused(deployment, &hook_id)?;
    // What is under way is the newest, so it is in the service.
    let mut service = Service::clone(service);
    let answer = match input.action.map_or(LifecycleHookAction::Continue, lifecycle_hooks::action) {
        LifecycleHookAction::Continue => HookAnswer::Succeeded,
        LifecycleHookAction::Rollback => HookAnswer::Failed,
    };
    let told = rollout::answer_hook(&mut service, &hook_id, answer, cx.now);
    events::add(tx, cx, &mut service, told);
    tx.put(service);
    Ok(ecs::ContinueServiceDeploymentResponse { service_deployment_arn: Some(arn) })
}

fn check_paused(deployment: &ServiceDeployment, hook_id: &str) -> Result<(), Error> {
    if !deployment.is_under_way() || deployment.rollback.is_some() {
        return Err(Error::invalid_parameter(format!(
            "The service deployment is {}; it can be continued while it is IN_PROGRESS.",
            deployment.status
        )));
    }
    let mut runs = deployment.shift.hook_runs.iter();
    let Some(run) = runs.find(|run| run.id == hook_id) else {
        return Err(Error::invalid_parameter(format!(
            "hookId is '{hook_id}'; the service deployment has no such hook."
        )));
    };
    if run.target != HookTarget::Pause || !run.is_open() {
        return Err(Error::invalid_parameter(format!(
            "hookId is '{hook_id}', whose status is {}; only a PAUSE hook that is AWAITING_ACTION can be continued.",
            run.status
        )));
    }
    Ok(())
}
