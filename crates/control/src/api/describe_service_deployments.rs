//! DescribeServiceDeployments.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html>

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, deployments, limits};

/// Describes service deployments, of whatever services and clusters.
pub fn describe_service_deployments(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeServiceDeploymentsRequest,
) -> Result<ecs::DescribeServiceDeploymentsResponse, Error> {
    let arns = input.service_deployment_arns.unwrap_or_default();
    let count_max = limits::DESCRIBE_SERVICE_DEPLOYMENTS_COUNT_MAX;
    check_count("serviceDeploymentArns", arns.len(), count_max)?;
    let (mut described, mut failures) = (Vec::new(), Vec::new());
    for text in &arns {
        let (cluster, service, id) = lookup::service_deployment_arn(cx, text)?;
        match deployments::find(state, &cluster, &service, &id) {
            Some((service, deployment)) => {
                described.push(render::service_deployment(state, cx, service, deployment));
            }
            None => failures.push(failure::missing(text)),
        }
    }
    Ok(ecs::DescribeServiceDeploymentsResponse {
        service_deployments: Some(described),
        failures: Some(failures),
    })
}
