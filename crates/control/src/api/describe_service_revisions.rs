//! DescribeServiceRevisions.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html>

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, deployments, limits};

/// Describes service revisions, of whatever services and clusters.
pub fn describe_service_revisions(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeServiceRevisionsRequest,
) -> Result<ecs::DescribeServiceRevisionsResponse, Error> {
    let arns = input.service_revision_arns.unwrap_or_default();
    check_count("serviceRevisionArns", arns.len(), limits::DESCRIBE_SERVICE_REVISIONS_COUNT_MAX)?;
    let (mut described, mut failures) = (Vec::new(), Vec::new());
    for text in &arns {
        let (cluster, service, id) = lookup::service_revision_arn(cx, text)?;
        match deployments::find_revision(state, &cluster, &service, &id) {
            Some(revision) => described.push(render::service_revision(cx, revision)),
            None => failures.push(failure::missing(text)),
        }
    }
    Ok(ecs::DescribeServiceRevisionsResponse {
        service_revisions: Some(described),
        failures: Some(failures),
    })
}
