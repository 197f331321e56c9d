//! CreateService.

use std::sync::Arc;

use arn::ClusterName;
use model::{DeploymentController, SchedulingStrategy, Service, ServiceStatus, Throttle};
use store::{TaskDefinitionRow, Tx};
use wire::{Error, ecs};

use super::{
    deployment_configuration, external, idempotency, lookup, render, service_settings as settings,
    tags,
};
use crate::{Cx, deployments, limits};

/// Creates a service with its first deployment, or without one where its task sets come from
/// elsewhere. The reconciler starts its tasks.
pub fn create_service(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::CreateServiceRequest,
) -> Result<ecs::CreateServiceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let name = input.service_name.as_deref().unwrap_or_default();
    let name = name.parse().map_err(lookup::invalid)?;
    idempotency::check_token(input.client_token.as_deref(), limits::CREATE_SERVICE_TOKEN_LEN_MAX)?;
    let fingerprint = fingerprint(&input);
    if let Some(existing) = tx.services().get(&(cluster.clone(), name)).cloned()
        && existing.status != ServiceStatus::Inactive
    {
        return match existing.status {
            ServiceStatus::Active if existing.creation_fingerprint == fingerprint => {
                let service = Some(render::service(tx, cx, &existing, true));
                Ok(ecs::CreateServiceResponse { service })
            }
            ServiceStatus::Draining => {
                Err(Error::invalid_parameter("Unable to Start a service that is still Draining."))
            }
            ServiceStatus::Active | ServiceStatus::Inactive => {
                Err(Error::invalid_parameter("Creation of service was not idempotent."))
            }
        };
    }
    let controller = external::controller(input.deployment_controller.as_ref());
    if controller == DeploymentController::External {
        external::check_creation(&input)?;
    }
    settings::check_supported(&input)?;
    let definition = match controller {
        DeploymentController::External => None,
        DeploymentController::Ecs => Some(definition(tx, cx, &input)?),
    };
    let mut service = parse(cx, cluster, input, definition.as_deref(), fingerprint)?;
    deployments::forget_earlier_life(tx, &service.cluster, &service.name);
    if let Some(definition) = &definition {
        deployments::begin(tx, cx, &mut service, definition);
    }
    let answer = render::service(tx, cx, &service, true);
    tx.put(service);
    Ok(ecs::CreateServiceResponse { service: Some(answer) })
}

fn definition(
    tx: &Tx,
    cx: &Cx,
    input: &ecs::CreateServiceRequest,
) -> Result<Arc<TaskDefinitionRow>, Error> {
    let text = input.task_definition.as_deref();
    let text = text.ok_or_else(|| Error::invalid_parameter("TaskDefinition can not be blank."))?;
    lookup::usable_task_definition(tx, cx, text)
}

/// The request without what may differ when it is made again: the token, and how its cluster is named.
fn fingerprint(input: &ecs::CreateServiceRequest) -> String {
    let same = ecs::CreateServiceRequest { client_token: None, cluster: None, ..input.clone() };
    idempotency::fingerprint(&same)
}

fn parse(
    cx: &mut Cx,
    cluster: ClusterName,
    input: ecs::CreateServiceRequest,
    definition: Option<&TaskDefinitionRow>,
    creation_fingerprint: String,
) -> Result<Service, Error> {
    let name = input.service_name.as_deref().unwrap_or_default();
    let strategy = match input.scheduling_strategy {
        Some(ecs::SchedulingStrategy::Daemon) => SchedulingStrategy::Daemon,
        Some(ecs::SchedulingStrategy::Replica) | None => SchedulingStrategy::Replica,
    };
    let is_daemon = strategy == SchedulingStrategy::Daemon;
    let launch_type = settings::launch_type(input.launch_type)?;
    if let Some(row) = definition {
        settings::check_fit(row, launch_type, input.network_configuration.is_some())?;
    }
    let is_external = definition.is_none();
    let desired_count = match (is_daemon, input.desired_count) {
        (true, None) => 0,
        (false, None) if is_external => 0,
        (_, Some(given)) => settings::desired_count(given, strategy)?,
        (false, None) => {
            return Err(Error::invalid_parameter(
                "desiredCount is missing: a service with the REPLICA scheduling strategy needs it.",
            ));
        }
    };
    let placement_strategies = settings::service_strategies(input.placement_strategy, strategy)?;
    let of_definition = definition.map(|row| &row.facts.placement_constraints[..]);
    let of_definition = of_definition.unwrap_or_default();
    let placement_constraints = settings::constraints(input.placement_constraints, of_definition)?;
    Ok(Service {
        cluster,
        name: name.parse().map_err(lookup::invalid)?,
        id: cx.service_id(),
        status: ServiceStatus::Active,
        scheduling_strategy: strategy,
        deployment_controller: external::controller(input.deployment_controller.as_ref()),
        launch_type,
        desired_count,
        deployment_configuration: deployment_configuration::configuration(
            cx,
            deployment_configuration::default_configuration(strategy),
            input.deployment_configuration,
            strategy,
        )?,
        placement_constraints,
        placement_strategies,
        health_check_grace_period_s: settings::grace_period(
            input.health_check_grace_period_seconds,
        )?,
        availability_zone_rebalancing: match input.availability_zone_rebalancing {
            Some(wish) => wish == ecs::AvailabilityZoneRebalancing::Enabled,
            None => !is_daemon && !is_external,
        },
        propagate_tags: settings::propagate_tags(input.propagate_tags),
        enable_ecs_managed_tags: input.enable_ecs_managed_tags.unwrap_or_default(),
        enable_execute_command: input.enable_execute_command.unwrap_or_default(),
        created_at: cx.now,
        created_by: cx.principal.arn.clone(),
        tags: tags::parse(input.tags.as_deref())?,
        deployments: Vec::new(),
        task_sets: Vec::new(),
        service_deployment: None,
        event_seq: 0,
        steady: false,
        placement_failure: None,
        throttle: Throttle::default(),
        rollout: model::RolloutRecord::default(),
        creation_fingerprint,
    })
}
