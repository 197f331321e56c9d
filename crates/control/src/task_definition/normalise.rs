//! The document of a task definition as ECS shows it again: with the defaults that clients such as
//! Terraform compare with what they sent.

use model::{NetworkMode, TaskDefinition};
use wire::ecs;

/// The request with ECS's defaults filled in. What changes later (status, revision, times, tags) is
/// not kept here; `api::render` adds it from the facts.
pub fn document(
    input: ecs::RegisterTaskDefinitionRequest,
    facts: &TaskDefinition,
) -> ecs::TaskDefinition {
    let mut containers = input.container_definitions.unwrap_or_default();
    for container in &mut containers {
        fill(container, facts.network_mode);
    }
    let mut volumes = input.volumes.unwrap_or_default();
    volumes.iter_mut().for_each(fill_volume);
    ecs::TaskDefinition {
        container_definitions: Some(containers),
        volumes: Some(volumes),
        placement_constraints: Some(input.placement_constraints.unwrap_or_default()),
        task_role_arn: input.task_role_arn,
        execution_role_arn: input.execution_role_arn,
        network_mode: input.network_mode,
        runtime_platform: input.runtime_platform,
        requires_compatibilities: input.requires_compatibilities,
        // vCPUs and GB become units and MiB.
        cpu: facts.cpu_units.map(|units| units.to_string()),
        memory: facts.memory_mib.map(|mib| mib.to_string()),
        inference_accelerators: input.inference_accelerators,
        pid_mode: input.pid_mode,
        ipc_mode: input.ipc_mode,
        proxy_configuration: input.proxy_configuration,
        ephemeral_storage: input.ephemeral_storage,
        enable_fault_injection: input.enable_fault_injection,
        trusted_execution_configuration: input.trusted_execution_configuration,
        ..ecs::TaskDefinition::default()
    }
}

/// A volume that says nothing of itself is one of the host's, at a place of Docker's choice.
fn fill_volume(volume: &mut ecs::Volume) {
    let is_of_host = volume.docker_volume_configuration.is_none()
        && volume.efs_volume_configuration.is_none()
        && volume.fsx_windows_file_server_volume_configuration.is_none()
        && volume.s3files_volume_configuration.is_none()
        && volume.configured_at_launch != Some(true);
    if is_of_host {
        volume.host.get_or_insert_default();
    }
    if let Some(efs) = &mut volume.efs_volume_configuration {
        efs.root_directory.get_or_insert_with(|| "/".into());
    }
    if let Some(docker) = &mut volume.docker_volume_configuration {
        docker.scope.get_or_insert(ecs::Scope::Task);
    }
}

fn fill(container: &mut ecs::ContainerDefinition, network_mode: NetworkMode) {
    container.cpu.get_or_insert(0);
    container.essential.get_or_insert(true);
    container.port_mappings.get_or_insert_default();
    container.environment.get_or_insert_default();
    container.mount_points.get_or_insert_default();
    container.volumes_from.get_or_insert_default();
    container.system_controls.get_or_insert_default();
    for mapping in container.port_mappings.iter_mut().flatten() {
        mapping.protocol.get_or_insert(ecs::TransportProtocol::Tcp);
        if mapping.container_port_range.is_none() {
            let own_network = matches!(network_mode, NetworkMode::Host | NetworkMode::Awsvpc);
            let default = if own_network { mapping.container_port } else { Some(0) };
            mapping.host_port = mapping.host_port.or(default);
        }
    }
    if let Some(check) = &mut container.health_check {
        check.interval.get_or_insert(30);
        check.timeout.get_or_insert(5);
        check.retries.get_or_insert(3);
    }
}
