//! StopServiceDeployment.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html>

use model::Service;
use rollout::{NotUnderWay, StopType};
use store::Tx;
use wire::{Error, ecs};

use super::lookup;
use crate::Cx;

/// Asks for the end of a service deployment; the reconciler carries it out.
pub fn stop_service_deployment(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::StopServiceDeploymentRequest,
) -> Result<ecs::StopServiceDeploymentResponse, Error> {
    let text = input.service_deployment_arn.unwrap_or_default();
    let (service, deployment) = lookup::service_deployment(tx, cx, &text)?;
    let newest = service.service_deployment.as_ref();
    let is_newest = newest.is_some_and(|newest| newest.id == deployment.id);
    let mut service = Service::clone(service);
    let how = match input.stop_type {
        Some(ecs::StopServiceDeploymentStopType::Abort) => StopType::Abort,
        Some(ecs::StopServiceDeploymentStopType::Rollback) | None => StopType::Rollback,
    };
    let asked =
        if is_newest { rollout::request_stop(&mut service, how, cx.now) } else { Err(NotUnderWay) };
    if asked.is_err() {
        let message =
            "The service deployment has ended; only one that is under way can be stopped.";
        return Err(Error::conflict(message, vec![text]));
    }
    tx.put(service);
    Ok(ecs::StopServiceDeploymentResponse { service_deployment_arn: Some(text) })
}
