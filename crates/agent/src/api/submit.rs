//! Bringing a state report to the control plane, however long it takes.

use std::time::Duration;

use model::Timestamp;
use tokio::sync::Semaphore;
use wire::{ecs, op};

use super::Client;
use crate::clock::BackOff;
use crate::engine::{Binding, ContainerChange, Report};

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Returns when the control plane has taken the report, or said that it never will: only
/// `InvalidParameterException` means that. Anything else is tried again, for days if need be, since
/// nobody else knows what the report says.
pub async fn submit(api: &Client, cluster: &str, report: &Report, permits: &Semaphore) {
    let input = request(cluster, report);
    let mut back_off = BackOff::new(FIRST_PAUSE, LONGEST_PAUSE);
    loop {
        let answer = {
            let _permit = permits.acquire().await;
            api.call::<op::SubmitTaskStateChange>(&input).await
        };
        match answer {
            Ok(_) => return,
            Err(error) if error.is_invalid_parameter() => {
                tracing::error!(task = report.task, %error, "a report is refused for ever");
                return;
            }
            Err(error) => {
                tracing::warn!(task = report.task, %error, "a report is not taken yet");
                tokio::time::sleep(back_off.pause()).await;
            }
        }
    }
}

fn request(cluster: &str, report: &Report) -> ecs::SubmitTaskStateChangeRequest {
    let at = |at: Option<Timestamp>| at.map(|at| wire::Timestamp(at.0));
    ecs::SubmitTaskStateChangeRequest {
        cluster: Some(cluster.to_owned()),
        task: Some(report.task.clone()),
        status: Some(report.status.as_str().to_owned()),
        reason: report.reason.clone(),
        containers: Some(report.containers.iter().map(container).collect()),
        pull_started_at: at(report.pull_started_at),
        pull_stopped_at: at(report.pull_stopped_at),
        execution_stopped_at: at(report.execution_stopped_at),
        ..ecs::SubmitTaskStateChangeRequest::default()
    }
}

fn container(change: &ContainerChange) -> ecs::ContainerStateChange {
    ecs::ContainerStateChange {
        container_name: Some(change.name.clone()),
        status: Some(change.status.as_str().to_owned()),
        runtime_id: change.runtime_id.clone(),
        exit_code: change.exit_code.map(|code| i32::try_from(code).unwrap_or(i32::MAX)),
        reason: change.reason.clone(),
        image_digest: change.image_digest.clone(),
        network_bindings: Some(change.bindings.iter().map(binding).collect()),
    }
}

fn binding(binding: &Binding) -> ecs::NetworkBinding {
    ecs::NetworkBinding {
        bind_ip: Some(binding.bind_ip.clone()),
        container_port: Some(i32::from(binding.container_port)),
        host_port: Some(i32::from(binding.host_port)),
        protocol: binding.protocol.parse().ok(),
        ..ecs::NetworkBinding::default()
    }
}
