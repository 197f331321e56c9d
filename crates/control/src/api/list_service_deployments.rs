//! ListServiceDeployments.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html>

use arn::ServiceDeploymentId;
use store::State;
use wire::{Error, ecs};

use super::{lookup, page::Page, render};
use crate::{Cx, deployments, limits};

/// Lists the service deployments of a service, the newest first.
pub fn list_service_deployments(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListServiceDeploymentsRequest,
) -> Result<ecs::ListServiceDeploymentsResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let text = input.service.as_deref().unwrap_or_default();
    let service = lookup::living_service(state, cx, &cluster, text)?;
    let page = Page::parse(
        "ListServiceDeployments",
        input.max_results,
        input.next_token.as_deref(),
        limits::LIST_SERVICE_DEPLOYMENTS_PAGE_SIZE,
        limits::PAGE_SIZE,
    )?;
    let after: Option<ServiceDeploymentId> = page.after()?;
    let all = deployments::newest_first(state, &service);
    let start = match after {
        None => 0,
        // One that is forgotten by now was older than none that is left.
        Some(id) => all.iter().position(|it| it.id == id).map_or(all.len(), |at| at + 1),
    };
    let made = input.created_at.unwrap_or_default();
    let statuses = input.status.unwrap_or_default();
    let wanted = all.into_iter().skip(start).filter(|deployment| {
        made.after.is_none_or(|after| deployment.created_at.0 > after.0)
            && made.before.is_none_or(|before| deployment.created_at.0 < before.0)
            && (statuses.is_empty()
                || statuses.iter().any(|s| s.as_str() == deployment.status.as_str()))
    });
    let (listed, next_token) = page.take(wanted, |deployment| deployment.id.to_string());
    let briefs = listed.into_iter().map(|it| render::service_deployment_brief(cx, it));
    Ok(ecs::ListServiceDeploymentsResponse {
        service_deployments: Some(briefs.collect()),
        next_token,
    })
}
