//! UpdateService: what is absent stays, an empty list clears, and only some members begin a new
//! deployment.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>

use std::sync::Arc;

use arn::TaskDefinitionId;
use model::{DeploymentController, Service};
use store::{State, TaskDefinitionRow, Tx};
use wire::{Error, ecs};

use super::{deployment_configuration, external, lookup, render, service_settings as settings};
use crate::{Cx, deployments};

/// Changes a service.
pub fn update_service(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateServiceRequest,
) -> Result<ecs::UpdateServiceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let text = input.service.as_deref().unwrap_or_default();
    let service = lookup::active_service(tx, cx, &cluster, text)?;
    let mut service = (*service).clone();
    if service.deployment_controller == DeploymentController::External {
        external::check_update(&input)?;
    }
    settings::check_supported(&input)?;
    check_controller(&service, &input)?;
    match service.deployment_controller {
        DeploymentController::Ecs => update(tx, cx, &mut service, input)?,
        DeploymentController::External => {
            let ids = service.task_sets.iter().map(|set| &set.task_definition);
            let definitions: Vec<_> = ids.map(|id| in_use(tx, id)).collect();
            apply(cx, &mut service, &definitions, input)?;
        }
    }
    let answer = render::service(tx, cx, &service, true);
    tx.put(service);
    Ok(ecs::UpdateServiceResponse { service: Some(answer) })
}

/// A service keeps its deployment controller.
fn check_controller(service: &Service, input: &ecs::UpdateServiceRequest) -> Result<(), Error> {
    match &input.deployment_controller {
        Some(given) if external::controller(Some(given)) != service.deployment_controller => {
            Err(Error::unsupported_feature(format!(
                "deploymentController: this control plane does not change it; it is {}.",
                service.deployment_controller
            )))
        }
        _ => Ok(()),
    }
}

/// Changes a service of the service scheduler, and begins a new deployment where that is asked for.
fn update(
    tx: &mut Tx,
    cx: &mut Cx,
    service: &mut Service,
    input: ecs::UpdateServiceRequest,
) -> Result<(), Error> {
    let definition = definition(tx, cx, service, &input)?;
    let is_forced = input.force_new_deployment == Some(true);
    let has_network_configuration = input.network_configuration.is_some();
    settings::check_fit(&definition, service.launch_type, has_network_configuration)?;
    apply(cx, service, std::slice::from_ref(&definition), input)?;
    // Naming the revision that runs already changes nothing, as in ECS, unless it is forced.
    let is_new = service.primary().is_none_or(|d| d.task_definition != definition.facts.id);
    if is_new || is_forced {
        deployments::begin(tx, cx, service, &definition);
    }
    Ok(())
}

/// The revision that the service is to run: the one named, else the one that it runs. A new deployment
/// needs it ACTIVE; a service that only changes its count may go on with one that is not.
fn definition(
    state: &State,
    cx: &Cx,
    service: &Service,
    input: &ecs::UpdateServiceRequest,
) -> Result<Arc<TaskDefinitionRow>, Error> {
    let current = service.primary().map(|d| &d.task_definition);
    let current = current.expect("invariant: an ACTIVE service has a PRIMARY deployment");
    let begins = input.task_definition.is_some() || input.force_new_deployment == Some(true);
    if begins {
        let named = input.task_definition.clone();
        let named = named.unwrap_or_else(|| cx.home().task_definition_arn(current));
        return lookup::usable_task_definition(state, cx, &named);
    }
    Ok(in_use(state, current))
}

fn in_use(state: &State, id: &TaskDefinitionId) -> Arc<TaskDefinitionRow> {
    let row = state.task_definitions().get(&(id.family.clone(), id.revision)).cloned();
    row.expect("invariant: a task definition stays while a service uses it")
}

/// Sets the members that do not begin a deployment. `definitions` are what the service is to run.
fn apply(
    cx: &Cx,
    service: &mut Service,
    definitions: &[Arc<TaskDefinitionRow>],
    input: ecs::UpdateServiceRequest,
) -> Result<(), Error> {
    let strategy = service.scheduling_strategy;
    if let Some(count) = input.desired_count {
        service.desired_count = settings::desired_count(count, strategy)?;
    }
    service.deployment_configuration = deployment_configuration::configuration(
        cx,
        service.deployment_configuration.clone(),
        input.deployment_configuration,
        strategy,
    )?;
    if let Some(wish) = input.availability_zone_rebalancing {
        service.availability_zone_rebalancing = wish == ecs::AvailabilityZoneRebalancing::Enabled;
    }
    if let Some(constraints) = input.placement_constraints {
        service.placement_constraints = settings::constraints(Some(constraints), &[])?;
    }
    for definition in definitions {
        let of_definition = &definition.facts.placement_constraints;
        settings::check_constraints(&service.placement_constraints, of_definition)?;
    }
    if let Some(strategies) = input.placement_strategy {
        service.placement_strategies = settings::service_strategies(Some(strategies), strategy)?;
    }
    if input.health_check_grace_period_seconds.is_some() {
        service.health_check_grace_period_s =
            settings::grace_period(input.health_check_grace_period_seconds)?;
    }
    if let Some(managed) = input.enable_ecs_managed_tags {
        service.enable_ecs_managed_tags = managed;
    }
    if input.propagate_tags.is_some() {
        service.propagate_tags = settings::propagate_tags(input.propagate_tags);
    }
    Ok(())
}
