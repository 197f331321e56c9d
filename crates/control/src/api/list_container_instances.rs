//! ListContainerInstances, filtered by the cluster query language.

use arn::InstanceId;
use model::ContainerInstanceStatus;
use query::Expression;
use store::State;
use wire::{Error, ecs};

use super::{lookup, page::Page};
use crate::{Cx, place::Cluster};

/// Lists the ARNs of container instances; without a status all but INACTIVE ones.
pub fn list_container_instances(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListContainerInstancesRequest,
) -> Result<ecs::ListContainerInstancesResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let page = Page::of("ListContainerInstances", input.max_results, input.next_token.as_deref())?;
    let filter = match input.filter.as_deref().filter(|f| !f.is_empty()) {
        None => None,
        Some(text) => Some(Expression::parse(text).map_err(|error| {
            Error::invalid_parameter(format!("Invalid filter expression: {error}"))
        })?),
    };
    let after = page.after::<InstanceId>()?.map(|id| (cluster.clone(), id));
    let rows = state.container_instances().scan_after(&cluster, after.as_ref());
    let view = Cluster { state, name: &cluster };
    let wanted = rows.filter(|instance| {
        let status = match input.status {
            Some(status) => instance.status.as_str() == status.as_str(),
            None => instance.status != ContainerInstanceStatus::Inactive,
        };
        status && filter.as_ref().is_none_or(|f| f.matches(&view.candidate(instance)))
    });
    let (instances, next_token) = page.take(wanted, |i| i.id.to_string());
    let arns = instances.iter().map(|i| cx.home().container_instance_arn(&cluster, i.id)).collect();
    Ok(ecs::ListContainerInstancesResponse { container_instance_arns: Some(arns), next_token })
}
