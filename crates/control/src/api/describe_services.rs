//! DescribeServices.

use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Describes services by name or ARN, INACTIVE ones too.
pub fn describe_services(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeServicesRequest,
) -> Result<ecs::DescribeServicesResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?;
    let named = input.services.unwrap_or_default();
    if named.is_empty() {
        return Err(Error::invalid_parameter("Services cannot be empty."));
    }
    check_count("services", named.len(), limits::DESCRIBE_SERVICES_COUNT_MAX)?;
    let with_tags = input.include.is_some_and(|i| i.contains(&ecs::ServiceField::Tags));
    let (mut services, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let name = lookup::service_name(cx, &cluster.name, text)?;
        match state.services().get(&(cluster.name.clone(), name.clone())) {
            Some(service) => services.push(render::service(state, cx, service, with_tags)),
            None => failures.push(failure::missing(&cx.home().service_arn(&cluster.name, &name))),
        }
    }
    Ok(ecs::DescribeServicesResponse { services: Some(services), failures: Some(failures) })
}
