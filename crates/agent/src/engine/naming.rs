//! Names and labels of containers and volumes, as Amazon's agent gives them.

use std::fmt::Write;

use runtime::LabelFilter;
use sha2::{Digest, Sha256};

/// The labels that an agent's containers carry.
pub mod label {
    /// The cluster as the agent was told it.
    pub const CLUSTER: &str = "com.amazonaws.ecs.cluster";
    /// The container's name in its task.
    pub const CONTAINER_NAME: &str = "com.amazonaws.ecs.container-name";
    /// The task's ARN.
    pub const TASK_ARN: &str = "com.amazonaws.ecs.task-arn";
    /// The family of the task definition.
    pub const FAMILY: &str = "com.amazonaws.ecs.task-definition-family";
    /// The revision of the task definition.
    pub const REVISION: &str = "com.amazonaws.ecs.task-definition-version";
    /// The ARN of the container instance: ours, so that several agents can share one engine.
    pub const CONTAINER_INSTANCE: &str = "longshore.container-instance";
}

/// `ecs-<family>-<revision>-<name>-<20 hex>`. The digits come from the task's ARN, so that a create
/// whose answer was lost is found again, and never done twice.
pub(super) fn docker_name(task_arn: &str, family: &str, revision: &str, name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut digest = Sha256::new();
    digest.update(task_arn.as_bytes());
    digest.update([0]);
    digest.update(name.as_bytes());
    let mut text = format!("ecs-{family}-{revision}-{plain}-");
    for byte in &digest.finalize()[..10] {
        write!(text, "{byte:02x}").expect("invariant: a String takes what is written");
    }
    text
}

/// The id of a container in the paths of the task endpoint, in the form of a UUID. Whoever has the
/// secret finds the same id again after a restart; nobody else can guess it.
pub(super) fn endpoint_id(secret: &str, task_arn: &str, name: &str) -> String {
    let mut digest = Sha256::new();
    for part in [secret, task_arn, name] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    let mut text = String::new();
    for (place, byte) in digest.finalize()[..16].iter().enumerate() {
        let dash = if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" };
        write!(text, "{dash}{byte:02x}").expect("invariant: a String takes what is written");
    }
    text
}

/// The containers of one agent.
pub(super) fn of_instance(container_instance_arn: &str) -> LabelFilter {
    LabelFilter::equals(label::CONTAINER_INSTANCE, container_instance_arn)
}

/// One container of a task.
pub(super) fn of_container(instance_arn: &str, task_arn: &str, name: &str) -> LabelFilter {
    of_instance(instance_arn)
        .and_equals(label::TASK_ARN, task_arn)
        .and_equals(label::CONTAINER_NAME, name)
}
