//! ListServices.

use arn::ServiceName;
use model::ServiceStatus;
use store::State;
use wire::{Error, ecs};

use super::{lookup, page::Page};
use crate::{Cx, limits};

/// Lists the ARNs of the ACTIVE services of a cluster, by name.
pub fn list_services(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListServicesRequest,
) -> Result<ecs::ListServicesResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let page = Page::parse(
        "ListServices",
        input.max_results,
        input.next_token.as_deref(),
        limits::LIST_SERVICES_PAGE_SIZE,
        limits::PAGE_SIZE,
    )?;
    if input.resource_management_type == Some(ecs::ResourceManagementType::Ecs) {
        return Err(Error::unsupported_feature(
            "resourceManagementType ECS: Express Mode services are not supported.",
        ));
    }
    let after = page.after::<ServiceName>()?.map(|name| (cluster.clone(), name));
    let rows = state.services().scan_after(&cluster, after.as_ref());
    let wanted = rows.filter(|service| {
        service.status == ServiceStatus::Active
            && input.launch_type.is_none_or(|l| l.as_str() == service.launch_type.as_str())
            && input
                .scheduling_strategy
                .is_none_or(|s| s.as_str() == service.scheduling_strategy.as_str())
    });
    let (services, next_token) = page.take(wanted, |s| s.name.to_string());
    let arns = services.into_iter().map(|s| cx.home().service_arn(&cluster, &s.name)).collect();
    Ok(ecs::ListServicesResponse { service_arns: Some(arns), next_token })
}
