//! CreateService.

use arn::ClusterName;
use model::{
    LaunchType, PlacementStrategy, SchedulingStrategy, Service, ServiceStatus, TaskDefinition,
    Throttle,
};
use store::Tx;
use wire::{Error, ecs};

use super::{idempotency, lookup, render, service_settings as settings, tags};
use crate::{Cx, limits};

/// Creates a service with its first deployment. The reconciler starts its tasks.
pub fn create_service(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::CreateServiceRequest,
) -> Result<ecs::CreateServiceResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let name = input.service_name.as_deref().unwrap_or_default();
    let name = name.parse().map_err(lookup::invalid)?;
    idempotency::check_token(input.client_token.as_deref(), limits::CREATE_SERVICE_TOKEN_LEN_MAX)?;
    let fingerprint = idempotency::fingerprint(&input);
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
    check_supported(&input)?;
    let text = input
        .task_definition
        .as_deref()
        .ok_or_else(|| Error::invalid_parameter("TaskDefinition can not be blank."))?;
    let definition = lookup::usable_task_definition(tx, cx, text)?;
    let mut service = parse(cx, cluster, input, &definition.facts, fingerprint)?;
    let id = cx.deployment_id();
    rollout::begin_deployment(&mut service, definition.facts.id.clone(), id, cx.now);
    let key = (service.cluster.clone(), service.name.clone());
    forget_events(tx, &service);
    tx.put(service);
    let service = tx.get::<Service>(&key).cloned().expect("invariant: it was just put");
    Ok(ecs::CreateServiceResponse { service: Some(render::service(tx, cx, &service, true)) })
}

/// A service of the same name that was deleted leaves its events; the new one starts without.
fn forget_events(tx: &mut Tx, service: &Service) {
    let of = (service.cluster.clone(), service.name.clone());
    let seqs: Vec<u64> = tx.service_events().scan(&of).map(|e| e.seq).collect();
    for seq in seqs {
        tx.delete::<model::ServiceEvent>(&(of.0.clone(), of.1.clone(), seq));
    }
}

fn check_supported(input: &ecs::CreateServiceRequest) -> Result<(), Error> {
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
        (input.role.is_some(), "role (for a load balancer)"),
        (input.enable_execute_command == Some(true), "enableExecuteCommand"),
        (
            !input.deployment_controller.as_ref().is_none_or(is_ecs),
            "deploymentController other than ECS",
        ),
    ])
}

fn parse(
    cx: &mut Cx,
    cluster: ClusterName,
    input: ecs::CreateServiceRequest,
    definition: &TaskDefinition,
    creation_fingerprint: String,
) -> Result<Service, Error> {
    let name = input.service_name.as_deref().unwrap_or_default();
    let strategy = match input.scheduling_strategy {
        Some(ecs::SchedulingStrategy::Daemon) => SchedulingStrategy::Daemon,
        Some(ecs::SchedulingStrategy::Replica) | None => SchedulingStrategy::Replica,
    };
    let is_daemon = strategy == SchedulingStrategy::Daemon;
    let launch_type = settings::launch_type(input.launch_type)?;
    check_launch_type(definition, launch_type)?;
    let desired_count = match (is_daemon, input.desired_count) {
        (true, None) => 0,
        (true, Some(_)) => {
            return Err(Error::invalid_parameter(
                "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.",
            ));
        }
        (false, given) => settings::desired_count(given.unwrap_or(0))?,
    };
    let mut placement_strategies = settings::strategies(input.placement_strategy)?;
    if is_daemon && !placement_strategies.is_empty() {
        return Err(Error::invalid_parameter(
            "placementStrategy: the DAEMON scheduling strategy does not support placement strategies.",
        ));
    }
    if placement_strategies.is_empty() && !is_daemon {
        placement_strategies = default_strategies();
    }
    let placement_constraints = settings::constraints(input.placement_constraints, definition)?;
    Ok(Service {
        cluster,
        name: name.parse().map_err(lookup::invalid)?,
        id: cx.service_id(),
        status: ServiceStatus::Active,
        scheduling_strategy: strategy,
        launch_type,
        desired_count,
        deployment_configuration: settings::configuration(
            settings::default_configuration(strategy),
            input.deployment_configuration,
            strategy,
        )?,
        placement_constraints,
        placement_strategies,
        health_check_grace_period_s: grace_period(input.health_check_grace_period_seconds)?,
        availability_zone_rebalancing: match input.availability_zone_rebalancing {
            Some(wish) => wish == ecs::AvailabilityZoneRebalancing::Enabled,
            None => !is_daemon,
        },
        propagate_tags: settings::propagate_tags(input.propagate_tags),
        enable_ecs_managed_tags: input.enable_ecs_managed_tags.unwrap_or_default(),
        enable_execute_command: input.enable_execute_command.unwrap_or_default(),
        created_at: cx.now,
        created_by: cx.principal.arn.clone(),
        tags: tags::parse(input.tags.as_deref())?,
        deployments: Vec::new(),
        event_seq: 0,
        steady: false,
        placement_failure: None,
        throttle: Throttle::default(),
        rollout: model::RolloutRecord::default(),
        creation_fingerprint,
    })
}

/// ECS spreads a service over zones unless told otherwise, and within a zone over instances.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>
fn default_strategies() -> Vec<PlacementStrategy> {
    ["attribute:ecs.availability-zone", "instanceId"]
        .map(|field| PlacementStrategy::Spread { field: field.into() })
        .to_vec()
}

/// How long a new task may be unhealthy.
pub fn grace_period(given: Option<i32>) -> Result<Option<u32>, Error> {
    match given {
        Some(seconds) if seconds < 0 => Err(Error::invalid_parameter(format!(
            "healthCheckGracePeriodSeconds is {seconds}; it must be between 0 and 2147483647."
        ))),
        other => Ok(other.map(|seconds| seconds as u32)),
    }
}

/// Refuses a launch type that the task definition was not found fit for.
pub fn check_launch_type(
    definition: &TaskDefinition,
    launch_type: LaunchType,
) -> Result<(), Error> {
    if !definition.compatibilities.contains(&launch_type) {
        return Err(Error::invalid_parameter(format!(
            "Task definition does not support launch_type {launch_type}."
        )));
    }
    if definition.network_mode == model::NetworkMode::Awsvpc {
        return Err(Error::unsupported_feature(
            "Network mode awsvpc: this control plane does not support it.",
        ));
    }
    Ok(())
}
