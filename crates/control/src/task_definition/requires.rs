//! The attributes that a task definition requires of a container instance: the agent's capabilities.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html>

use std::collections::BTreeSet;

use model::{Attribute, NetworkMode};
use wire::ecs;

const OLD: &str = "com.amazonaws.ecs.capability.";
const NEW: &str = "ecs.capability.";

/// What an instance must have, in order of name.
pub fn attributes(
    input: &ecs::RegisterTaskDefinitionRequest,
    network_mode: NetworkMode,
) -> Vec<Attribute> {
    let mut needed: BTreeSet<Attribute> = BTreeSet::new();
    let mut need = |prefix: &str, name: &str| {
        needed.insert(Attribute::named(&format!("{prefix}{name}")));
    };
    need(OLD, "docker-remote-api.1.18");
    if network_mode == NetworkMode::Awsvpc {
        need(NEW, "task-eni");
    }
    if input.task_role_arn.is_some() {
        match network_mode {
            NetworkMode::Host => need(OLD, "task-iam-role-network-host"),
            NetworkMode::Bridge | NetworkMode::Awsvpc | NetworkMode::None => {
                need(OLD, "task-iam-role");
            }
        }
    }
    if input.cpu.is_some() || input.memory.is_some() {
        need(NEW, "task-cpu-mem-limit");
    }
    if input.pid_mode.is_some() || input.ipc_mode.is_some() {
        need(NEW, "pid-ipc-namespace-sharing");
    }
    for (is_used, name) in [
        (input.enable_fault_injection == Some(true), "fault-injection"),
        (input.proxy_configuration.is_some(), "aws-appmesh"),
        (input.inference_accelerators.iter().flatten().next().is_some(), "task-eia"),
        // No document tells the name of this one; no agent here has it.
        (input.trusted_execution_configuration.is_some(), "trusted-execution"),
    ] {
        if is_used {
            need(NEW, name);
        }
    }
    for volume in input.volumes.iter().flatten() {
        if let Some(docker) = &volume.docker_volume_configuration {
            need(NEW, &format!("docker-plugin.{}", docker.driver.as_deref().unwrap_or("local")));
        }
        if let Some(efs) = &volume.efs_volume_configuration {
            need(NEW, if efs.authorization_config.is_some() { "efsAuth" } else { "efs" });
        }
        if volume.fsx_windows_file_server_volume_configuration.is_some() {
            need(NEW, "fsxWindowsFileServer");
        }
        if volume.s3files_volume_configuration.is_some() {
            need(NEW, "storage.s3-files");
        }
    }
    for container in input.container_definitions.iter().flatten() {
        for (prefix, name) in of_container(container, input.execution_role_arn.is_some()) {
            need(prefix, &name);
        }
    }
    if let Some(platform) = &input.runtime_platform {
        if let Some(architecture) = platform.cpu_architecture {
            let value = architecture.as_str().to_ascii_lowercase();
            needed.insert(Attribute::new("ecs.cpu-architecture", &value));
        }
        if let Some(family) = platform.operating_system_family {
            needed.insert(Attribute::new("ecs.os-family", family.as_str()));
        }
    }
    needed.into_iter().collect()
}

fn of_container(
    container: &ecs::ContainerDefinition,
    has_execution_role: bool,
) -> Vec<(&'static str, String)> {
    let mut needed: Vec<(&'static str, String)> = Vec::new();
    let mut need = |prefix, name: &str| needed.push((prefix, name.to_owned()));
    if let Some(log) = &container.log_configuration {
        let driver = log.log_driver.map(ecs::LogDriver::as_str).unwrap_or_default();
        need(OLD, &format!("logging-driver.{driver}"));
        if driver == "awslogs" {
            need(OLD, "docker-remote-api.1.19");
            if has_execution_role {
                need(NEW, "execution-role-awslogs");
            }
        }
        for secret in log.secret_options.iter().flatten() {
            need(NEW, &format!("secrets.{}.bootstrap.log-driver", secret_source(secret)));
        }
    }
    for secret in container.secrets.iter().flatten() {
        need(NEW, &format!("secrets.{}.environment-variables", secret_source(secret)));
    }
    if container.image.as_deref().is_some_and(|i| i.contains(".dkr.ecr.")) {
        need(OLD, "ecr-auth");
        if has_execution_role {
            need(NEW, "execution-role-ecr-pull");
        }
    }
    for spec in container.credential_specs.iter().flatten() {
        let is_domainless = spec.starts_with("credentialspecdomainless:");
        need(NEW, if is_domainless { "gmsa-domainless" } else { "gmsa" });
    }
    let features = [
        (container.depends_on.as_ref().is_some_and(|d| !d.is_empty()), NEW, "container-ordering"),
        (container.start_timeout.is_some(), NEW, "container-ordering"),
        (container.stop_timeout.is_some(), NEW, "container-ordering"),
        (container.health_check.is_some(), NEW, "container-health-check"),
        (container.privileged == Some(true), OLD, "privileged-container"),
        (container.environment_files.as_ref().is_some_and(|f| !f.is_empty()), NEW, "env-files.s3"),
        (
            container.repository_credentials.is_some(),
            NEW,
            "private-registry-authentication.secretsmanager",
        ),
        (
            container.restart_policy.as_ref().is_some_and(|r| r.enabled == Some(true)),
            NEW,
            "container-restart-policy",
        ),
        (
            container.port_mappings.iter().flatten().any(|p| p.container_port_range.is_some()),
            NEW,
            "network.container-port-range",
        ),
    ];
    for (is_used, prefix, name) in features {
        if is_used {
            need(prefix, name);
        }
    }
    if let Some(firelens) = &container.firelens_configuration {
        let kind = firelens.r#type.map(ecs::FirelensConfigurationType::as_str).unwrap_or_default();
        need(NEW, &format!("firelens.{kind}"));
    }
    needed
}

/// Which service a secret comes from: a Secrets Manager ARN says so, anything else is a parameter.
pub fn secret_source(secret: &ecs::Secret) -> &'static str {
    match secret.value_from.as_deref() {
        Some(from) if from.contains(":secretsmanager:") => "asm",
        _ => "ssm",
    }
}
