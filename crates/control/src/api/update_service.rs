//! UpdateService: what is absent stays, an empty list clears, and only some members begin a new
//! deployment.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>

use model::{SchedulingStrategy, Service, ServiceStatus, TaskDefinition};
use store::Tx;
use wire::{Error, ErrorCode, ecs};

use super::{create_service, lookup, render, service_settings as settings};
use crate::Cx;

/// Changes a service.
pub fn update_service(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateServiceRequest,
) -> Result<ecs::UpdateServiceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let text = input.service.as_deref().unwrap_or_default();
    let service = lookup::service(tx, cx, &cluster, text)?;
    if service.status != ServiceStatus::Active {
        return Err(Error::new(ErrorCode::ServiceNotActive, "Service was not ACTIVE."));
    }
    check_supported(&input)?;
    let mut service = (*service).clone();
    let is_forced = input.force_new_deployment == Some(true);
    let current = service.primary().map(|d| cx.home().task_definition_arn(&d.task_definition));
    let named = input.task_definition.clone().or(current.filter(|_| is_forced));
    let running = service.primary().and_then(|d| {
        tx.task_definitions().get(&(d.task_definition.family.clone(), d.task_definition.revision))
    });
    let running = running.cloned().ok_or_else(|| Error::client("TaskDefinition not found."))?;
    apply(&mut service, &running.facts, input)?;
    if let Some(named) = named {
        let definition = lookup::usable_task_definition(tx, cx, &named)?;
        create_service::check_launch_type(&definition.facts, service.launch_type)?;
        let of_definition = &definition.facts.placement_constraints;
        placement::Constraint::parse_all(of_definition, &service.placement_constraints)
            .map_err(settings::invalid)?;
        let is_new = service.primary().is_none_or(|d| d.task_definition != definition.facts.id);
        // Naming the revision that runs already changes nothing, as in ECS, unless it is forced.
        if is_new || is_forced {
            let id = cx.deployment_id();
            rollout::begin_deployment(&mut service, definition.facts.id.clone(), id, cx.now);
        }
    }
    let key = (service.cluster.clone(), service.name.clone());
    tx.put(service);
    let service = tx.get::<Service>(&key).cloned().expect("invariant: it was just put");
    Ok(ecs::UpdateServiceResponse { service: Some(render::service(tx, cx, &service, true)) })
}

fn check_supported(input: &ecs::UpdateServiceRequest) -> Result<(), Error> {
    let given = |list: Option<usize>| list.is_some_and(|len| len > 0);
    let is_ecs = |c: &ecs::DeploymentController| {
        c.r#type.is_none_or(|t| t == ecs::DeploymentControllerType::Ecs)
    };
    settings::refuse(&[
        (given(input.load_balancers.as_ref().map(Vec::len)), "loadBalancers"),
        (given(input.service_registries.as_ref().map(Vec::len)), "serviceRegistries"),
        (
            given(input.capacity_provider_strategy.as_ref().map(Vec::len)),
            "capacityProviderStrategy",
        ),
        (given(input.volume_configurations.as_ref().map(Vec::len)), "volumeConfigurations"),
        (
            given(input.vpc_lattice_configurations.as_ref().map(Vec::len)),
            "vpcLatticeConfigurations",
        ),
        (given(input.gateway_connectors.as_ref().map(Vec::len)), "gatewayConnectors"),
        (input.network_configuration.is_some(), "networkConfiguration (network mode awsvpc)"),
        (
            input.service_connect_configuration.as_ref().is_some_and(|c| c.enabled != Some(false)),
            "serviceConnectConfiguration",
        ),
        (input.monitoring.is_some(), "monitoring"),
        (input.platform_version.is_some(), "platformVersion (launch type FARGATE)"),
        (input.enable_execute_command == Some(true), "enableExecuteCommand"),
        (
            !input.deployment_controller.as_ref().is_none_or(is_ecs),
            "deploymentController other than ECS",
        ),
    ])
}

/// Sets the members that do not begin a deployment.
fn apply(
    service: &mut Service,
    running: &TaskDefinition,
    input: ecs::UpdateServiceRequest,
) -> Result<(), Error> {
    let is_daemon = service.scheduling_strategy == SchedulingStrategy::Daemon;
    if let Some(count) = input.desired_count {
        if is_daemon {
            return Err(Error::invalid_parameter(
                "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.",
            ));
        }
        service.desired_count = settings::desired_count(count)?;
    }
    service.deployment_configuration = settings::configuration(
        service.deployment_configuration.clone(),
        input.deployment_configuration,
        service.scheduling_strategy,
    )?;
    if let Some(wish) = input.availability_zone_rebalancing {
        service.availability_zone_rebalancing = wish == ecs::AvailabilityZoneRebalancing::Enabled;
    }
    if let Some(constraints) = input.placement_constraints {
        service.placement_constraints = settings::constraints(Some(constraints), running)?;
    }
    if let Some(strategies) = input.placement_strategy {
        if is_daemon && !strategies.is_empty() {
            return Err(Error::invalid_parameter(
                "placementStrategy: the DAEMON scheduling strategy does not support placement strategies.",
            ));
        }
        service.placement_strategies = settings::strategies(Some(strategies))?;
    }
    if input.health_check_grace_period_seconds.is_some() {
        service.health_check_grace_period_s =
            create_service::grace_period(input.health_check_grace_period_seconds)?;
    }
    if let Some(managed) = input.enable_ecs_managed_tags {
        service.enable_ecs_managed_tags = managed;
    }
    if input.propagate_tags.is_some() {
        service.propagate_tags = settings::propagate_tags(input.propagate_tags);
    }
    Ok(())
}
