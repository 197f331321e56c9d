//! Service events, in the words of ECS that clients match on.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html>

use alloc::{format, string::String};
use arn::{DeploymentId, ServiceName, TaskId};
use core::fmt;

struct List<'a>(&'a [TaskId]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|task| write!(f, " (task {task})"))
    }
}

/// Tasks were started. The caller writes it, since it makes the ids.
pub fn has_started(service: &ServiceName, tasks: &[TaskId]) -> String {
    format!("(service {service}) has started {} tasks:{}.", tasks.len(), List(tasks))
}

/// Tasks were told to stop.
pub fn has_stopped(service: &ServiceName, tasks: &[TaskId]) -> String {
    format!("(service {service}) has stopped {} running tasks:{}.", tasks.len(), List(tasks))
}

/// All is as it should be.
pub fn steady_state(service: &ServiceName) -> String {
    format!("(service {service}) has reached a steady state.")
}

/// A deployment is done.
pub fn deployment_completed(service: &ServiceName, deployment: &DeploymentId) -> String {
    format!("(service {service}) (deployment {deployment}) deployment completed.")
}

/// The circuit breaker, or an alarm, gave a deployment up.
pub fn deployment_failed(service: &ServiceName, deployment: &DeploymentId, cause: &str) -> String {
    format!("(service {service}) (deployment {deployment}) deployment failed: {cause}.")
}

/// The alarms of a deployment are not watched, since some were in ALARM when it started.
pub fn alarms_ignored(
    service: &ServiceName,
    deployment: &DeploymentId,
    in_alarm: &[String],
) -> String {
    format!("(service {service}) (deployment {deployment}) {}", alarms_ignored_reason(in_alarm))
}

/// The same as the reason of a service deployment's status.
pub fn alarms_ignored_reason(in_alarm: &[String]) -> String {
    let names = in_alarm.join(", ");
    format!("alarms are ignored: in ALARM state when the deployment started: {names}.")
}

/// An older deployment is brought back.
pub fn rolling_back(service: &ServiceName, to: &DeploymentId) -> String {
    format!("(service {service}) rolling back to deployment {to}.")
}

/// Tasks keep stopping before they run.
pub fn cannot_start_consistently(service: &ServiceName) -> String {
    format!("(service {service}) is unable to consistently start tasks successfully.")
}

/// The two percentages allow neither a start nor a stop.
pub fn percentages_block(service: &ServiceName) -> String {
    format!(
        "(service {service}) was unable to stop or start tasks during a deployment because of the \
         service deployment configuration. Update the minimumHealthyPercent or maximumPercent \
         value and try again."
    )
}

/// Protected tasks are more than desired_count.
pub fn protection_blocks(service: &ServiceName, deployment: &DeploymentId) -> String {
    format!(
        "(service {service}) was unable to reach steady state because task set ({deployment}) was \
         unable to scale in. Reason: The number of protected tasks are more than the desired count \
         of tasks"
    )
}
