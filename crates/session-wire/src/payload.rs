//! What a payload says of a task. The control plane has translated the task definition already:
//! whatever Docker knows by itself is in [`DockerConfig`], and the agent lays its own part over it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::acs::RoleCredentials;
use crate::shape::{Absent, shapes};

shapes! {
    /// A task. One that is to stop needs only `arn` and `desired_status`.
    Task {
        /// Its ARN; the last segment is its id.
        arn: String,
        /// Its cluster.
        task_cluster_arn: String,
        /// The family of its task definition.
        family: String,
        /// The revision, as text.
        version: String,
        /// `RUNNING` or `STOPPED`.
        desired_status: String,
        /// JSON that agents ignore: the control plane has merged it in.
        overrides: Overrides,
        /// In the order of the task definition.
        containers: Vec<Container>,
        /// The volumes that its containers mount.
        volumes: Vec<Volume>,
        /// The credentials of the task role.
        role_credentials: Option<RoleCredentials>,
        /// The credentials of the execution role.
        execution_role_credentials: Option<RoleCredentials>,
        /// The limit of the whole task in vCPUs: 0.25 for example.
        cpu: Option<f64>,
        /// The limit of the whole task in MiB.
        memory: Option<i64>,
        /// `bridge` (also when empty), `host`, `awsvpc` or `none`; goes together with Docker's
        /// `NetworkMode`.
        network_mode: String,
        /// `host`, `task` or empty.
        pid_mode: String,
        /// `host`, `task`, `none` or empty.
        ipc_mode: String,
        /// Shown in task metadata.
        launch_type: String,
        /// Network interfaces that were attached for the task.
        elastic_network_interfaces: Vec<ElasticNetworkInterface>,
        /// App Mesh.
        proxy_configuration: Option<ProxyConfiguration>,
        /// Service Connect and block devices.
        attachments: Vec<Attachment>,
        /// GPUs.
        associations: Vec<Association>,
        /// Shown in task metadata.
        service_name: String,
        /// Shown in task metadata.
        group: String,
        /// Whether containers may inject faults.
        enable_fault_injection: Option<bool>,
    }

    /// A container of a task.
    Container {
        /// Unique in the task.
        name: String,
        /// The image reference.
        image: String,
        /// CPU shares; an agent keeps them between 2 and 262144.
        cpu: i64,
        /// The hard limit in MiB; 0 for none.
        memory: i64,
        /// Whether the task ends with it.
        essential: bool,
        /// Replaces the image's entry point when given.
        entry_point: Option<Vec<String>>,
        /// Replaces the image's command when given.
        command: Option<Vec<String>>,
        /// The environment, overrides merged in.
        environment: BTreeMap<String, String>,
        /// Files of further environment.
        environment_files: Vec<EnvironmentFile>,
        /// Secrets for environment or log driver.
        secrets: Vec<Secret>,
        /// Only `command` is allowed here.
        overrides: Overrides,
        /// Ports to publish in bridge mode.
        port_mappings: Vec<PortMapping>,
        /// `name` or `name:alias`.
        links: Vec<String>,
        /// Where volumes go.
        mount_points: Vec<MountPoint>,
        /// Containers whose mounts it gets, too.
        volumes_from: Vec<VolumeFrom>,
        /// What must be true of others before it starts.
        depends_on: Vec<ContainerDependency>,
        /// How long others wait for it, in seconds; 0 for no limit.
        start_timeout: i64,
        /// How long it may take to stop, in seconds; 0 for the agent's own default.
        stop_timeout: i64,
        /// Docker's part.
        docker_config: DockerConfig,
        /// `docker` when `docker_config` has a health check.
        health_check_type: String,
        /// How to pull the image.
        registry_authentication: Option<RegistryAuthentication>,
        /// `ExecutionRole` when the awslogs driver uses it.
        logs_auth_strategy: String,
        /// The router of a task's logs.
        firelens_configuration: Option<FirelensConfiguration>,
        /// ECS Exec.
        managed_agents: Vec<ManagedAgent>,
        /// Restarts in place.
        restart_policy: Option<RestartPolicy>,
        /// Shown in task metadata.
        container_arn: String,
    }

    /// Docker's own part of a container.
    DockerConfig {
        /// The version of Docker's API that it is written for.
        version: String,
        /// JSON of `Config` in the body of `POST /containers/create`.
        config: String,
        /// JSON of its `HostConfig`.
        host_config: String,
    }

    /// A `dependsOn` entry.
    ContainerDependency {
        /// The container that comes first.
        container_name: String,
        /// `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`.
        condition: String,
    }

    /// A port or range of ports.
    PortMapping {
        /// In the container; absent with a range.
        container_port: Option<i32>,
        /// On the host; 0 or absent for one that the agent chooses.
        host_port: Option<i32>,
        /// `first-last` in the container.
        container_port_range: String,
        /// `tcp` (also when empty) or `udp`.
        protocol: String,
    }

    /// Where a volume goes.
    MountPoint {
        /// The volume.
        source_volume: String,
        /// The path inside.
        container_path: String,
        /// Whether it is read-only.
        read_only: bool,
    }

    /// A container whose mounts another gets, too.
    VolumeFrom {
        /// The container.
        source_container: String,
        /// Whether they are read-only.
        read_only: bool,
    }

    /// Restarts in place, as the agent decides them.
    RestartPolicy {
        /// Whether there are any.
        enabled: bool,
        /// Exit codes after which there are none.
        ignored_exit_codes: Vec<i32>,
        /// How long a container must have run to be restarted, in seconds.
        restart_attempt_period: i64,
    }

    /// A file of `NAME=value` lines.
    EnvironmentFile {
        /// The ARN of the object.
        value: String,
        /// `s3`.
        r#type: String,
    }

    /// A secret.
    Secret {
        /// The variable, or the option of the log driver.
        name: String,
        /// A parameter's name or ARN, or a secret's ARN.
        value_from: String,
        /// The region to ask.
        region: String,
        /// For mounted secrets.
        container_path: String,
        /// `ENVIRONMENT_VARIABLE`.
        r#type: String,
        /// `ssm` or `asm`.
        provider: String,
        /// `CONTAINER` (also when empty) or `LOG_DRIVER`.
        target: String,
    }

    /// How to pull an image.
    RegistryAuthentication {
        /// `ecr` or `asm`.
        r#type: String,
        /// For `ecr`.
        ecr_auth_data: Option<EcrAuthData>,
        /// For `asm`.
        asm_auth_data: Option<AsmAuthData>,
    }

    /// Credentials from ECR.
    EcrAuthData {
        /// The account of the registry.
        registry_id: String,
        /// Its region.
        region: String,
        /// Another endpoint.
        endpoint_override: String,
        /// Whether to ask with the execution role.
        use_execution_role: bool,
    }

    /// Credentials from a secret with `username` and `password`.
    AsmAuthData {
        /// The secret's ARN.
        credentials_parameter: String,
        /// Its region.
        region: String,
    }

    /// A log router.
    FirelensConfiguration {
        /// `fluentd` or `fluentbit`.
        r#type: String,
        /// Its options.
        options: BTreeMap<String, String>,
    }

    /// An agent inside a container.
    ManagedAgent {
        /// `ExecuteCommandAgent`.
        name: String,
        /// `sessionLimit`.
        properties: BTreeMap<String, String>,
    }

    /// A volume of a task.
    Volume {
        /// Unique in the task.
        name: String,
        /// `host` (also when empty), `docker`, `efs`, `fsxWindowsFileServer`, `ebs`,
        /// `logDriverOutput`.
        r#type: String,
        /// For `host`; Amazon's agent refuses such a volume without it, so an empty volume has an
        /// empty one.
        host: Option<HostVolume>,
        /// For `docker`.
        docker_volume_configuration: Option<DockerVolumeConfiguration>,
        /// For `efs`.
        efs_volume_configuration: Option<EfsVolumeConfiguration>,
    }

    /// A path of the host.
    HostVolume {
        /// Empty for a fresh volume of the task.
        source_path: String,
    }

    /// A volume that Docker keeps.
    DockerVolumeConfiguration {
        /// `task` (also when empty) or `shared`.
        scope: String,
        /// For `shared`: whether to create it when it is missing.
        autoprovision: bool,
        /// Docker's volume driver.
        driver: String,
        /// Its options.
        driver_opts: BTreeMap<String, String>,
        /// Labels of the volume.
        labels: BTreeMap<String, String>,
    }

    /// A file system of EFS.
    EfsVolumeConfiguration {
        /// The file system.
        file_system_id: String,
        /// The directory in it.
        root_directory: String,
        /// `ENABLED` or `DISABLED`.
        transit_encryption: String,
        /// Where the encrypting proxy listens.
        transit_encryption_port: Option<i32>,
        /// Access points and IAM.
        authorization_config: Option<EfsAuthorizationConfig>,
    }

    /// Access to a file system of EFS.
    EfsAuthorizationConfig {
        /// The access point.
        access_point_id: String,
        /// `ENABLED` or `DISABLED`.
        iam: String,
    }

    /// Something attached to a task.
    Attachment {
        /// Its ARN.
        attachment_arn: String,
        /// `amazonebs` and the like.
        attachment_type: String,
        /// Its properties.
        attachment_properties: Vec<AttachmentProperty>,
    }

    /// A property of an attachment.
    AttachmentProperty {
        /// The name.
        name: String,
        /// The value.
        value: String,
    }

    /// A device given to containers.
    Association {
        /// The id of the device.
        name: String,
        /// `gpu` or `elastic-inference`.
        r#type: String,
        /// More about it.
        content: Option<EncodedString>,
        /// The containers that get it.
        containers: Vec<String>,
    }

    /// A text in some encoding.
    EncodedString {
        /// The text.
        value: String,
        /// `identity` or `base64`.
        encoding: String,
    }

    /// App Mesh.
    ProxyConfiguration {
        /// `APPMESH`.
        r#type: String,
        /// The proxy.
        container_name: String,
        /// Its properties.
        properties: BTreeMap<String, String>,
    }

    /// A network interface.
    ElasticNetworkInterface {
        /// The attachment that brings it.
        attachment_arn: String,
        /// Its id in EC2.
        ec2_id: String,
        /// Its MAC address, by which the host finds it.
        mac_address: String,
        /// Its place among the task's.
        index: Option<i32>,
        /// Its name.
        name: String,
        /// `default`, `vlan`, `veth` or `tunnel`.
        interface_association_protocol: String,
        /// Its IPv4 addresses.
        ipv4_addresses: Vec<Ipv4Address>,
        /// Its IPv6 addresses.
        ipv6_addresses: Vec<Ipv6Address>,
        /// The gateway with its prefix length.
        subnet_gateway_ipv4_address: String,
        /// The gateway with its prefix length.
        subnet_gateway_ipv6_address: String,
        /// Search domains.
        domain_name: Vec<String>,
        /// DNS servers.
        domain_name_servers: Vec<String>,
        /// The host name.
        private_dns_name: String,
    }

    /// An IPv4 address of an interface.
    Ipv4Address {
        /// The address.
        private_address: String,
        /// Whether it is the first one.
        primary: bool,
    }

    /// An IPv6 address of an interface.
    Ipv6Address {
        /// The address.
        address: String,
        /// Whether it is the first one.
        primary: bool,
    }
}

/// Overrides that travel as the text of a JSON object, or as the object itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Overrides(pub String);

/// A container's overrides have something else than `command`, or cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("container overrides '{text}' are not valid: only command can be overridden here")]
pub struct OverridesError {
    /// The overrides as they came.
    pub text: String,
}

impl Absent for Overrides {
    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl Absent for DockerConfig {}

impl<'de> Deserialize<'de> for Overrides {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(from)? {
            Value::String(text) => Self(text),
            Value::Null => Self::default(),
            other => Self(other.to_string()),
        })
    }
}

impl Overrides {
    /// The command of a container's overrides, if they have one.
    ///
    /// Fails when there is another key: the control plane merges everything else itself.
    pub fn command(&self) -> Result<Option<Vec<String>>, OverridesError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Allowed {
            #[serde(default)]
            command: Option<Vec<String>>,
        }
        if self.0.is_empty() {
            return Ok(None);
        }
        let allowed: Option<Allowed> =
            serde_json::from_str(&self.0).map_err(|_| OverridesError { text: self.0.clone() })?;
        Ok(allowed.and_then(|allowed| allowed.command))
    }
}
