//! StopServiceDeployment.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html>

use model::Service;
use rollout::{NotUnderWay, StopType};
use store::Tx;
use wire::{Error, ErrorCode, ecs};

use super::lookup;
use crate::{Cx, deployments};

/// Asks for the end of a service deployment; the reconciler carries it out.
pub fn stop_service_deployment(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::StopServiceDeploymentRequest,
) -> Result<ecs::StopServiceDeploymentResponse, Error> {
    let text = input.service_deployment_arn.unwrap_or_default();
    let (cluster, service, id) = lookup::service_deployment_arn(cx, &text)?;
    let (service, _) = deployments::find(tx, &cluster, &service, &id).ok_or_else(|| {
        Error::new(ErrorCode::ServiceDeploymentNotFound, "Service deployment not found.")
    })?;
    let mut service = Service::clone(service);
    let how = match input.stop_type {
        Some(ecs::StopServiceDeploymentStopType::Abort) => StopType::Abort,
        Some(ecs::StopServiceDeploymentStopType::Rollback) | None => StopType::Rollback,
    };
    let is_newest = service.service_deployment.as_ref().is_some_and(|newest| newest.id == id);
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
