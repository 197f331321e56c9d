//! What the EXTERNAL deployment controller takes from a service and gives to its task sets.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html>

use model::DeploymentController;
use wire::{Error, ecs};

/// The controller of a new service.
pub fn controller(given: Option<&ecs::DeploymentController>) -> DeploymentController {
    match given.and_then(|controller| controller.r#type) {
        Some(ecs::DeploymentControllerType::External) => DeploymentController::External,
        // What is not supported was refused before.
        Some(ecs::DeploymentControllerType::Ecs | ecs::DeploymentControllerType::CodeDeploy)
        | None => DeploymentController::Ecs,
    }
}

/// Refuses the members of CreateService that task sets have in its place, and those that only the
/// service scheduler's own deployments have.
pub fn check_creation(input: &ecs::CreateServiceRequest) -> Result<(), Error> {
    let is_daemon = input.scheduling_strategy == Some(ecs::SchedulingStrategy::Daemon);
    if is_daemon {
        return Err(Error::invalid_parameter(
            "schedulingStrategy is DAEMON; a service with the EXTERNAL deployment controller is a REPLICA one.",
        ));
    }
    let of_task_sets = [
        (input.task_definition.is_some(), "TaskDefinition must be blank"),
        (input.launch_type.is_some(), "LaunchType must be blank"),
        (
            has(input.capacity_provider_strategy.as_ref()),
            "CapacityProviderStrategy must be empty or null",
        ),
        (input.platform_version.is_some(), "PlatformVersion must be blank"),
        (input.network_configuration.is_some(), "NetworkConfiguration must be empty or null"),
        (has(input.load_balancers.as_ref()), "LoadBalancers must be empty or null"),
        (has(input.service_registries.as_ref()), "ServiceRegistries must be empty or null"),
    ];
    if let Some((_, rule)) = of_task_sets.iter().find(|(is_given, _)| *is_given) {
        return Err(Error::invalid_parameter(format!(
            "{rule}. A service with the EXTERNAL deployment controller has it from its task sets: use CreateTaskSet."
        )));
    }
    check_configuration(input.deployment_configuration.as_ref())?;
    if input.availability_zone_rebalancing == Some(ecs::AvailabilityZoneRebalancing::Enabled) {
        return Err(not_with_external("availabilityZoneRebalancing"));
    }
    Ok(())
}

/// Of the configuration only the two percentages mean something where somebody else deploys.
fn check_configuration(given: Option<&ecs::DeploymentConfiguration>) -> Result<(), Error> {
    let Some(given) = given else { return Ok(()) };
    let breaker = given.deployment_circuit_breaker.as_ref();
    let of_the_scheduler = [
        (breaker.is_some_and(|b| b.enable == Some(true)), "deploymentCircuitBreaker"),
        (given.alarms.as_ref().is_some_and(|a| a.enable == Some(true)), "alarms"),
        (given.strategy.is_some_and(|s| s != ecs::DeploymentStrategy::Rolling), "strategy"),
        (has(given.lifecycle_hooks.as_ref()), "lifecycleHooks"),
        (given.bake_time_in_minutes.is_some_and(|minutes| minutes != 0), "bakeTimeInMinutes"),
        (given.linear_configuration.is_some(), "linearConfiguration"),
        (given.canary_configuration.is_some(), "canaryConfiguration"),
        (given.early_success_criteria.is_some(), "earlySuccessCriteria"),
    ];
    match of_the_scheduler.iter().find(|(is_given, _)| *is_given) {
        Some((_, member)) => Err(not_with_external(&format!("deploymentConfiguration.{member}"))),
        None => Ok(()),
    }
}

fn not_with_external(member: &str) -> Error {
    Error::invalid_parameter(format!(
        "{member} cannot be used with the EXTERNAL deployment controller."
    ))
}

fn has<T>(list: Option<&Vec<T>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

/// Refuses what UpdateService may not change of such a service: it may change the desired count,
/// placement, the grace period, and where tasks get tags from.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html>
pub fn check_update(input: &ecs::UpdateServiceRequest) -> Result<(), Error> {
    let advice = "Use CreateTaskSet to create a new task set.";
    if input.force_new_deployment == Some(true) {
        return Err(Error::invalid_parameter(format!(
            "Cannot force a new deployment on services with an EXTERNAL deployment controller. {advice}"
        )));
    }
    let fixed = [
        (input.task_definition.is_some(), "task definition"),
        (input.network_configuration.is_some(), "network parameters"),
        (input.platform_version.is_some(), "platform version"),
        (input.capacity_provider_strategy.is_some(), "capacity provider strategy"),
        (input.load_balancers.is_some(), "load balancers"),
        (input.service_registries.is_some(), "service registries"),
        (input.deployment_configuration.is_some(), "deployment configuration"),
        (input.availability_zone_rebalancing.is_some(), "Availability Zone rebalancing"),
    ];
    match fixed.iter().find(|(is_given, _)| *is_given) {
        Some((_, what)) => Err(Error::invalid_parameter(format!(
            "Unable to update {what} on services with an EXTERNAL deployment controller. {advice}"
        ))),
        None => Ok(()),
    }
}
