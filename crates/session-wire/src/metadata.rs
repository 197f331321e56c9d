//! The documents by which an agent tells a task about itself, as Amazon's agent writes them: the task
//! metadata of versions 3 and 4, and the agent's introspection.
//!
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html>
//! and <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-introspection.html>.
//! A moment is text such as `2026-11-25T01:43:31.123Z`. A member that is nothing is left out.

use std::collections::BTreeMap;

use serde::Serialize;

/// Declares documents: members in `PascalCase`, an `Option`, list or map left out when it is nothing.
macro_rules! documents {
    ($(
        $(#[$doc:meta])*
        $name:ident { $(
            $(#[$member_doc:meta])* $member:ident $(as $wire:literal)?: $type:ty,
        )* }
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name { $(
            $(#[$member_doc])*
            $(#[serde(rename = $wire)])?
            #[serde(skip_serializing_if = "Nothing::is_nothing")]
            pub $member: $type,
        )* }
    )* };
}

/// Whether a member is left out.
trait Nothing {
    fn is_nothing(&self) -> bool {
        false
    }
}

impl Nothing for String {}
impl Nothing for u16 {}
impl Nothing for Limits {}

impl<T> Nothing for Option<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T> Nothing for Vec<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Nothing for BTreeMap<K, V> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

documents! {
    /// A task.
    Task {
        /// The cluster as the agent was told it.
        cluster: String,
        /// The task's ARN.
        task_arn as "TaskARN": String,
        /// The family of the task definition.
        family: String,
        /// The revision of the task definition.
        revision: String,
        /// `RUNNING` or `STOPPED`.
        desired_status: String,
        /// How far the least of its containers came.
        known_status: String,
        /// Those whose image is here, in the order of the task definition.
        containers: Vec<Container>,
        /// The limits of the task as a whole, when it has any: CPU in vCPUs, memory in MiB.
        limits: Option<Limits>,
        /// When the first pull began.
        pull_started_at: Option<String>,
        /// When the last pull ended.
        pull_stopped_at: Option<String>,
        /// When the first essential container ended.
        execution_stopped_at: Option<String>,
        /// That of the container instance.
        availability_zone: Option<String>,
        /// The tags of the task, where they were asked for.
        task_tags: BTreeMap<String, String>,
        /// The tags of the container instance, where they were asked for.
        container_instance_tags: BTreeMap<String, String>,
        /// Version 4: `EC2` or `EXTERNAL`.
        launch_type: Option<String>,
        /// Version 4: tags that could not be had.
        errors: Vec<TagError>,
        /// Version 4: the service that the task belongs to.
        service_name: Option<String>,
        /// Version 4: whether containers may inject faults.
        fault_injection_enabled: Option<bool>,
    }

    /// A container.
    Container {
        /// Docker's id; empty before it is created.
        docker_id: String,
        /// Its name in the task definition.
        name: String,
        /// Its name at Docker.
        docker_name: String,
        /// The image as the task definition has it.
        image: String,
        /// The image's id, `sha256:…`.
        image_id as "ImageID": String,
        /// Its ports as they are bound.
        ports: Vec<Port>,
        /// Its labels, those of ECS among them.
        labels: BTreeMap<String, String>,
        /// `RUNNING` or `STOPPED`.
        desired_status: String,
        /// `PULLED`, `CREATED`, `RUNNING` or `STOPPED`.
        known_status: String,
        /// Once it has ended.
        exit_code: Option<i64>,
        /// CPU in units of 1/1024 vCPU, memory in MiB.
        limits: Limits,
        /// When it was created.
        created_at: Option<String>,
        /// When it was started last.
        started_at: Option<String>,
        /// When it ended.
        finished_at: Option<String>,
        /// `NORMAL`.
        r#type: String,
        /// Where it can be reached.
        networks: Vec<Network>,
        /// Its health, if it has a health check.
        health: Option<Health>,
        /// What is mounted into it.
        volumes: Vec<Volume>,
        /// Version 4: Docker's log driver, where the task definition names one.
        log_driver: Option<String>,
        /// Version 4: the options of the log driver.
        log_options: BTreeMap<String, String>,
        /// Version 4: the container's ARN.
        container_arn as "ContainerARN": Option<String>,
        /// Version 4: restarts in place, where the container has a restart policy.
        restart_count: Option<u32>,
    }

    /// Limits of a task or a container.
    Limits {
        /// In vCPUs for a task, in units for a container.
        cpu as "CPU": Option<f64>,
        /// In MiB.
        memory: Option<i64>,
    }

    /// A port.
    Port {
        /// The port inside.
        container_port: u16,
        /// `tcp` or `udp`.
        protocol: String,
        /// The port of the host.
        host_port: u16,
        /// Version 4: the host's address.
        host_ip: Option<String>,
    }

    /// A network that a container is in.
    Network {
        /// `bridge`, `host`, `none`, or the name of a network.
        network_mode: String,
        /// Its addresses; one empty text where it has none of its own.
        ipv4_addresses as "IPv4Addresses": Vec<String>,
    }

    /// What is mounted into a container.
    Volume {
        /// Docker's name of the volume.
        docker_name: Option<String>,
        /// Where it is on the host.
        source: Option<String>,
        /// The path inside.
        destination: Option<String>,
    }

    /// Why tags are missing.
    TagError {
        /// `TaskTags` or `ContainerInstanceTags`.
        error_field: String,
        /// The error's name, if the control plane gave one.
        error_code: Option<String>,
        /// What it said.
        error_message: String,
        /// The HTTP status, if there was an answer.
        status_code: Option<u16>,
        /// Whose tags they are.
        resource_arn as "ResourceARN": String,
    }

    /// The agent, to whoever asks on its host.
    Agent {
        /// The cluster as the agent was told it.
        cluster: String,
        /// The ARN that it registered under.
        container_instance_arn: String,
        /// The agent's version.
        version: String,
    }

    /// A task, to whoever asks on its host.
    LocalTask {
        /// The task's ARN.
        arn: String,
        /// `RUNNING` or `STOPPED`.
        desired_status: String,
        /// How far the least of its containers came.
        known_status: String,
        /// The family of the task definition.
        family: String,
        /// The revision of the task definition.
        version: String,
        /// Those whose image is here.
        containers: Vec<LocalContainer>,
    }

    /// A container, to whoever asks on its host.
    LocalContainer {
        /// Docker's id.
        docker_id: String,
        /// Its name at Docker.
        docker_name: String,
        /// Its name in the task definition.
        name: String,
        /// The image as the task definition has it.
        image: String,
        /// The image's id.
        image_id as "ImageID": String,
        /// When it was created.
        created_at: Option<String>,
        /// When it was started last.
        started_at: Option<String>,
        /// Its ports.
        ports: Vec<Port>,
        /// Where it can be reached.
        networks: Vec<Network>,
        /// What is mounted into it.
        volumes: Vec<Volume>,
        /// Restarts in place, where it has a restart policy.
        restart_count: Option<u32>,
    }
}

/// The health of a container. These members begin with a small letter.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// `HEALTHY` or `UNHEALTHY`; left out while unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// When it became so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_since: Option<String>,
    /// The exit code of the last check, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// What the last check wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
}
